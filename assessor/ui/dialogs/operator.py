"""Asks whose name the edits made at this workstation bear."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from assessor.ui import theme

_LONGEST = 30


class OperatorDialog(QDialog):
    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("操作员")
        self.field = QLineEdit(name)
        self.field.setMaxLength(_LONGEST)
        self.field.setPlaceholderText("姓名，例如 张三")
        self.field.setAccessibleName("操作员姓名")
        self.field.selectAll()
        said = QLabel("在这台电脑上所作的修改，都记在这个名字下。")
        hint = QLabel("不填写时记为“未署名”，以后可在“工具 > 操作员…”中更改。")
        theme.dress(hint, tone="muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self)
        self.ok_button = buttons.button(QDialogButtonBox.StandardButton.Ok)
        theme.dress(self.ok_button, role="primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE * 3, theme.SPACE * 2, theme.SPACE * 3, theme.SPACE * 2)
        layout.setSpacing(theme.SPACE + 4)
        for widget in (said, self.field, hint, buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(420)

    @property
    def name(self) -> str:
        """Without blanks around it and line breaks in it."""
        return " ".join(self.field.text().split())
