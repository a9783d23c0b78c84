"""The bar above the pages that says what went wrong and what to do about it, or that something is done, until it is
closed. It never takes the keyboard."""

from __future__ import annotations

import traceback

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from assessor.errors import AssessorError
from assessor.ui import theme
from assessor.ui.icons import icon


class MessageBar(QFrame):
    def __init__(self) -> None:
        super().__init__()
        theme.dress(self, role="banner")
        self._sign = sign = QLabel()
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setAccessibleName("提示信息")
        self.details = QLabel()
        self.details.setWordWrap(True)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.setAccessibleName("详细信息")
        theme.dress(self.details, tone="muted")
        self.details_button = QPushButton("详细信息")
        self.details_button.setCheckable(True)
        self.details_button.setAutoDefault(True)
        self.details_button.toggled.connect(self.details.setVisible)
        self.close_button = QPushButton("知道了")
        self.close_button.setAutoDefault(True)  # Enter presses it, as Space does
        self.close_button.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE * 2, theme.SPACE, theme.SPACE * 2, theme.SPACE)
        layout.setSpacing(theme.SPACE + 4)
        layout.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(theme.SPACE // 2)
        texts.addWidget(self.text)
        texts.addWidget(self.details)
        layout.addLayout(texts, 1)
        layout.addWidget(self.details_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_problem(self, problem: AssessorError) -> None:
        self._show(str(problem), "warning", "banner")
        self._fold(_cause_of(problem))

    def show_notice(self, text: str) -> None:
        """What ended in the background, or is to be known."""
        self._show(text, "check", "done")
        self._fold("")

    def _show(self, text: str, sign: str, role: str) -> None:
        self._sign.setPixmap(icon(sign).pixmap(20, 20))
        theme.dress(self, role=role)
        self.text.setText(text)
        self.show()

    def _fold(self, details: str) -> None:
        self.details.setText(details)
        self.details_button.setChecked(False)
        self.details.hide()
        self.details_button.setVisible(bool(details))


def _cause_of(problem: AssessorError) -> str:
    """What the system or a library said, in its own words; empty where the sentence says it all."""
    cause = problem.__cause__
    return "" if cause is None else "".join(traceback.format_exception_only(cause)).strip()
