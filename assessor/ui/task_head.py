"""What stands above the assignments of one task: the plan's words, its targets, and what the year asks of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout

from assessor.domain.plan import Task
from assessor.ui import theme

_LINES = 2


class TaskHead(QFrame):
    requirement_given = Signal(str, str)
    """Code of the task, and the text that was typed for it."""

    def __init__(self) -> None:
        super().__init__()
        theme.dress(self, role="card")
        self._task = ""
        self._saved = ""
        self.title = QLabel()
        self.title.setFont(theme.font("heading", bold=True))
        self.title.setWordWrap(True)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        theme.dress(self.summary, tone="muted")
        self.targets = QLabel()
        self.targets.setWordWrap(True)
        self.requirement = QPlainTextEdit()
        self.requirement.setAccessibleName("年度要求")
        self.requirement.setTabChangesFocus(True)
        self.requirement.setPlaceholderText("本年度对这项任务的具体要求，印在任务书上。可不填")
        height = self.requirement.fontMetrics().lineSpacing() * _LINES + 2 * theme.SPACE
        self.requirement.setFixedHeight(height)
        self.requirement.installEventFilter(self)
        self._lay_out()

    def show_task(self, task: Task, targets: list[str], requirement: str, locked: str) -> None:
        """``locked``: why nothing can be changed; empty: it can."""
        if task.code != self._task:
            self.commit()
        is_typing = self.requirement.hasFocus() and task.code == self._task
        self._task = task.code
        self.title.setText(f"{task.code} {task.title}")
        self.summary.setText(task.summary)
        self.summary.setVisible(bool(task.summary))
        self.targets.setText("\n".join(targets))
        self.targets.setVisible(bool(targets))
        if not is_typing or self._typed() == self._saved:
            self._saved = requirement
            self.requirement.setPlainText(requirement)
        self.requirement.setReadOnly(bool(locked))
        self.requirement.setToolTip(locked or "Ctrl+Enter 或离开这里即保存，Esc 还原")

    def commit(self) -> None:
        """Hands on what was typed, where it differs."""
        if self._task and self._typed() != self._saved:
            self._saved = self._typed()
            self.requirement_given.emit(self._task, self._saved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.commit()
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.commit()
                return True
            if event.key() == Qt.Key.Key_Escape and self._typed() != self._saved:
                self.requirement.setPlainText(self._saved)
                return True
        return super().eventFilter(watched, event)

    def _typed(self) -> str:
        return self.requirement.toPlainText().strip()

    def _lay_out(self) -> None:
        asked = QLabel("年度要求")
        asked.setBuddy(self.requirement)
        theme.dress(asked, tone="muted")
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(asked, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.requirement, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE * 2, theme.SPACE + 4, theme.SPACE * 2, theme.SPACE + 4)
        layout.setSpacing(theme.SPACE // 2 + 2)
        for widget in (self.title, self.summary, self.targets):
            layout.addWidget(widget)
        layout.addLayout(row)
