"""What stands in a table that a filter leaves empty: why there is nothing, and the way out of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from assessor.ui import theme


class EmptyNote(QWidget):
    """Lies over ``table``, below its headings; hidden until it is needed."""

    clear_asked = Signal()

    def __init__(self, table: QWidget) -> None:
        super().__init__(table)
        self.word = QLabel("没有符合筛选的行")
        theme.dress(self.word, tone="muted")
        self.clear = QPushButton("清除筛选")
        theme.dress(self.clear, role="link")
        self.clear.clicked.connect(lambda: self.clear_asked.emit())
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.SPACE)
        for part in (self.word, self.clear):
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        self.hide()
        table.installEventFilter(self)

    def show_where(self, is_needed: bool) -> None:
        self.setVisible(is_needed)
        if is_needed:
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        table = self.parentWidget()
        if table is None:
            return
        self.adjustSize()
        room = table.height() - theme.HEADER_HEIGHT - self.height()
        self.move(max(0, (table.width() - self.width()) // 2), theme.HEADER_HEIGHT + max(0, room // 3))
        self.raise_()
