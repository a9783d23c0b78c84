"""The bar under the stages that says, as long as it is so, that the workbook cannot be changed here, and why."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from assessor.ui import theme
from assessor.ui.icons import icon


class ReadOnlyBar(QFrame):
    retry_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme.dress(self, role="notice")
        sign = QLabel()
        sign.setPixmap(icon("lock").pixmap(18, 18))
        head = QLabel("只读")
        head.setFont(theme.font(bold=True))
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setAccessibleName("只读原因")
        self.retry_button = QPushButton("刷新")
        self.retry_button.setToolTip("读取最新数据；如果已经可以修改，就转为可以修改（F5）")
        self.retry_button.setAutoDefault(True)
        self.retry_button.clicked.connect(self.retry_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE * 2, 4, theme.SPACE * 2, 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(sign)
        layout.addWidget(head)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.retry_button)
        self.hide()

    def show_reason(self, reason: str) -> None:
        """Empty: the workbook can be changed."""
        self.text.setText(reason)
        self.setVisible(bool(reason))
