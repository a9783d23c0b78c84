"""Where a rule's target comes from: a number, a figure of the form, or what was assigned."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assessor.domain.rules.form_field import FormField
from assessor.ui.scheme.fields import ChoiceField, LineField
from assessor.ui.scheme.row_table import checked

_NONE, _NUMBER, _FIGURE, _ASSIGNED = "", "number", "figure", "assigned"
_ASSIGNED_WORDS, _FIGURE_WORDS = "下达的目标值", "填报项 "


class TargetField(QWidget):
    """Speaks the texts of ``params_text``: ``100``, ``填报项 staff``, ``下达的目标值``."""

    given = Signal(str)

    def __init__(self, field: FormField) -> None:
        super().__init__()
        self._field = field
        self._figures: Mapping[str, str] = {}
        self.source = ChoiceField(field.label)
        self.source.given.connect(self._choose)
        self.number = LineField(f"{field.label}数值", lambda text: checked(field, text), width=110)
        self.number.given.connect(self.given)
        self.figure = ChoiceField(f"{field.label}填报项")
        self.figure.given.connect(lambda code: self.given.emit(f"{_FIGURE_WORDS}{code}"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.source)
        layout.addWidget(self.number)
        layout.addWidget(self.figure)
        layout.addStretch(1)
        self.setFocusProxy(self.source)

    @property
    def is_refused(self) -> bool:
        return self.number.is_refused

    def show_text(self, key: object, text: str, figures: Mapping[str, str], *, is_of_task: bool, locked: str) -> None:
        self._figures = figures
        choices: list[tuple[object, str]] = [] if self._field.is_required else [(_NONE, "不比目标")]
        choices += [(_NUMBER, "数字"), (_FIGURE, "填报项")]
        kind = _kind(text)
        if is_of_task or kind == _ASSIGNED:
            choices.append((_ASSIGNED, _ASSIGNED_WORDS))
        chosen = kind if kind or not self._field.is_required else None
        self.source.show_choices(choices, chosen, locked)
        self.number.setVisible(kind == _NUMBER)
        self.number.show_value(key, text if kind == _NUMBER else "", locked)
        self.figure.setVisible(kind == _FIGURE)
        code = text.removeprefix(_FIGURE_WORDS.strip()).strip()
        self.figure.show_choices([*figures.items()], code, locked)

    def commit(self) -> bool:
        return self.number.isHidden() or self.number.commit()

    def _choose(self, kind: str) -> None:
        first = next(iter(self._figures), "")
        self.given.emit(
            {_NONE: "", _NUMBER: "100", _FIGURE: f"{_FIGURE_WORDS}{first}", _ASSIGNED: _ASSIGNED_WORDS}[kind]
        )


def _kind(text: str) -> str:
    if not text:
        return _NONE
    if text == _ASSIGNED_WORDS:
        return _ASSIGNED
    return _FIGURE if text.startswith(_FIGURE_WORDS.strip()) else _NUMBER
