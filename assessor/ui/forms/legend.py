"""The legend of the states of forms, with how many there are of each; a state that is chosen is the only one shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from assessor.domain.form_table import FormRow, FormState, count_states
from assessor.ui import theme
from assessor.ui.forms.state_look import MARKS, NOT_ASSIGNED, NOT_ASSIGNED_FILL, fill_of, is_meant, tone_of

_SIDE = 12


class Legend(QWidget):
    chosen = Signal(str)
    """A state's value, a mark, or empty: all."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("状态")
        self.wanted = ""
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for key in (*(state.value for state in FormState), *MARKS):
            button = QPushButton()
            button.setCheckable(True)
            button.setIconSize(QSize(_SIDE, _SIDE))
            theme.dress(button, role="chip")
            button.clicked.connect(lambda is_on, key=key: self.choose(key if is_on else ""))
            self._buttons[key] = button
            row.addWidget(button)
        self._unassigned = QLabel(NOT_ASSIGNED)
        self._unassigned_swatch = QLabel()
        theme.dress(self._unassigned, tone="muted")
        row.addWidget(self._unassigned_swatch)
        row.addWidget(self._unassigned)
        row.addStretch(1)

    def button(self, key: str) -> QPushButton:
        return self._buttons[key]

    def choose(self, key: str) -> None:
        self.wanted = key
        for name, button in self._buttons.items():
            button.setChecked(name == key)
        self.chosen.emit(key)

    def show_counts(self, rows: Sequence[FormRow], *, with_unassigned: bool) -> None:
        """States that no form is in are left out, the one that is chosen excepted."""
        counts = count_states(rows)
        for state in FormState:
            self._show(state.value, state.label, counts.get(state, 0), _swatch(fill_of(state), tone_of(state)))
        for mark, label in MARKS.items():
            self._show(mark, label, sum(is_meant(row, mark) for row in rows), QIcon())
        self._unassigned_swatch.setPixmap(_swatch(NOT_ASSIGNED_FILL, "border").pixmap(_SIDE, _SIDE))
        for part in (self._unassigned_swatch, self._unassigned):
            part.setVisible(with_unassigned)

    def _show(self, key: str, label: str, count: int, icon: QIcon) -> None:
        button = self._buttons[key]
        button.setText(f" {label} {count}" if not icon.isNull() else f"{label} {count}")
        button.setIcon(icon)
        button.setAccessibleName(f"{label} {count} 份")
        button.setVisible(bool(count) or key == self.wanted)


def _swatch(fill: str, tone: str) -> QIcon:
    """A square in the colours of a state."""
    colours = theme.colours()
    pixmap = QPixmap(_SIDE * 3, _SIDE * 3)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(3, 3)
    painter.setPen(QPen(QColor(getattr(colours, tone)), 1.6))
    painter.setBrush(QColor(getattr(colours, fill)))
    painter.drawRoundedRect(QRectF(1, 1, _SIDE - 2, _SIDE - 2), 2, 2)
    painter.end()
    return QIcon(pixmap)
