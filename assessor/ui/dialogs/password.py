"""Asks for the password of a workbook, as often as it takes; and for a new one, with what it means to have one."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assessor.ui import theme

if TYPE_CHECKING:
    from assessor.errors import AssessorError
    from assessor.ui.loading import Loaded

_WIDTH = 460
_SHOW = "显示密码(&S)"


class Purpose(Enum):
    """What is done with a password; the value is the dialog's title."""

    SET = "设置密码"
    CHANGE = "更改密码"
    REMOVE = "解除密码"

    @property
    def needs_old(self) -> bool:
        return self is not Purpose.SET

    @property
    def needs_new(self) -> bool:
        return self is not Purpose.REMOVE


class AskPasswordDialog(QDialog):
    """Stays until the file at ``path`` is open, or the user gives up."""

    entered = Signal(str)

    def __init__(self, path: Path, parent: QWidget | None = None, what: str = "工作簿") -> None:
        super().__init__(parent)
        self.path = path
        self.setWindowTitle("输入密码")
        self.field = _field("密码")
        self.show_box = QCheckBox(_SHOW)
        self.problem = _problem()
        buttons, self.ok_button = _buttons(self, "打开", self._enter)
        layout = _column(self, f"“{path.name}”有密码")
        place = _text(f"{path.parent}\n请输入{what}的密码。区分大小写；忘记后无法找回。", tone="muted")
        for widget in (place, self.field, self.show_box, self.problem, buttons):
            layout.addWidget(widget)
        self.show_box.toggled.connect(lambda is_on: _reveal([self.field], is_on))
        self.field.textChanged.connect(lambda text: self.ok_button.setEnabled(bool(text)))
        self.ok_button.setEnabled(False)
        self.field.setFocus()

    def show_problem(self, problem: AssessorError) -> None:
        """The password was wrong: to be typed once more."""
        _tell(self.problem, problem)
        self.field.setEnabled(True)
        self.field.selectAll()
        self.field.setFocus()
        self.ok_button.setEnabled(bool(self.field.text()))
        _make_room(self)

    def take_loaded(self, loaded: Loaded) -> None:
        if loaded.path == self.path.resolve():
            self.accept()

    def give_way(self, problem: AssessorError) -> None:
        """Another trouble than the password is told elsewhere."""
        from assessor.errors import PasswordNeededError, WrongPasswordError

        if not isinstance(problem, (PasswordNeededError, WrongPasswordError)):
            self.reject()

    def _enter(self) -> None:
        if self.field.text():
            self.problem.hide()
            self.field.setEnabled(False)
            self.ok_button.setEnabled(False)
            self.entered.emit(self.field.text())


class PasswordDialog(QDialog):
    """For a new password, a change or the end of one. What was typed is checked before the dialog is accepted."""

    def __init__(self, purpose: Purpose, name: str, present: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from assessor.workbook.password import NO_RECOVERY, SHORTEST

        self._purpose, self._present = purpose, present
        self.setWindowTitle(purpose.value)
        self.old_field, self.new_field = _field("原密码"), _field("新密码")
        self.repeat_field = _field("再输入一次新密码")
        self.new_field.setPlaceholderText(f"至少 {SHORTEST} 个字符；几个词连成的短语又好记又安全")
        self.show_box = QCheckBox(_SHOW)
        self.kept_box = QCheckBox("我已另行记下密码，知道忘记后无法找回(&K)")
        self.problem = _problem()
        buttons, self.ok_button = _buttons(self, purpose.value, self._check)
        layout = _column(self, f"{purpose.value}：{name}")
        layout.addWidget(_text(_MEANINGS[purpose]))
        layout.addLayout(self._form())
        layout.addWidget(self.show_box)
        if purpose.needs_new:
            layout.addWidget(_text(NO_RECOVERY, tone="warn"))
            layout.addWidget(self.kept_box)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        self.show_box.toggled.connect(lambda is_on: _reveal(self._fields(), is_on))
        self.kept_box.toggled.connect(self._follow)
        for field in self._fields():
            field.textChanged.connect(self._follow)
        self._follow()
        self._fields()[0].setFocus()

    @property
    def new(self) -> str:
        return self.new_field.text()

    def _fields(self) -> list[QLineEdit]:
        return [
            *([self.old_field] if self._purpose.needs_old else []),
            *([self.new_field, self.repeat_field] if self._purpose.needs_new else []),
        ]

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(theme.SPACE)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for field in self._fields():
            form.addRow(field.accessibleName(), field)
        return form

    def _follow(self) -> None:
        is_filled = all(field.text() for field in self._fields())
        self.ok_button.setEnabled(is_filled and (self.kept_box.isChecked() or not self._purpose.needs_new))

    def _check(self) -> None:
        from assessor.errors import InputError

        try:
            self._refuse()
        except InputError as problem:
            _tell(self.problem, problem)
            _make_room(self)
        else:
            self.accept()

    def _refuse(self) -> None:
        from assessor.errors import InputError
        from assessor.workbook.driver import normal
        from assessor.workbook.password import check_new_password

        if self._purpose.needs_old and normal(self.old_field.text()) != normal(self._present or ""):
            self._point_at(self.old_field)
            raise InputError("原密码不对", remedy="请检查大小写和输入法后重新输入")
        if not self._purpose.needs_new:
            return
        self._point_at(self.new_field)
        check_new_password(self.new)
        if self._purpose.needs_old and normal(self.new) == normal(self.old_field.text()):
            raise InputError("新密码与原密码相同", remedy="请另想一个密码")
        if self.new != self.repeat_field.text():
            self._point_at(self.repeat_field)
            raise InputError("两次输入的新密码不一样", remedy="请重新输入；可以先选“显示密码”")

    def _point_at(self, field: QLineEdit) -> None:
        field.setFocus()
        field.selectAll()


_MEANINGS = {
    Purpose.SET: "工作簿、佐证文件和备份都会加密，没有密码打不开。转换时工作簿暂时关闭，完成后自动打开。"
    "以前导出的包、报告和复制到别处的文件不会改变。",
    Purpose.CHANGE: "工作簿和备份都改用新密码，佐证文件随工作簿走。以前导出的包和复制到别处的文件仍用原密码。",
    Purpose.REMOVE: "解除后，工作簿、佐证文件和备份都不再加密，拿到文件的人都能打开。",
}


def _column(dialog: QDialog, heading: str) -> QVBoxLayout:
    dialog.setMinimumWidth(_WIDTH)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(theme.SPACE * 3, theme.SPACE * 2, theme.SPACE * 3, theme.SPACE * 2)
    layout.setSpacing(theme.SPACE + 4)
    head = QLabel(heading)
    head.setTextFormat(Qt.TextFormat.PlainText)
    head.setWordWrap(True)
    head.setFont(theme.font("heading", bold=True))
    layout.addWidget(head)
    return layout


def _text(words: str, tone: str = "") -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if tone:
        theme.dress(label, tone=tone)
    return label


def _problem() -> QLabel:
    label = _text("", tone="bad")
    label.setAccessibleName("提示信息")
    label.hide()
    return label


def _tell(label: QLabel, problem: AssessorError) -> None:
    label.setText(f"{problem.what}。\n{problem.remedy}。" if problem.remedy else problem.what)
    label.show()


def _make_room(dialog: QDialog) -> None:
    """A window does not grow by itself with texts that break into more lines."""
    layout = dialog.layout()
    if layout is not None:
        layout.activate()
        dialog.resize(dialog.width(), layout.totalHeightForWidth(dialog.width()))


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field


def _reveal(fields: list[QLineEdit], is_on: bool) -> None:
    for field in fields:
        field.setEchoMode(QLineEdit.EchoMode.Normal if is_on else QLineEdit.EchoMode.Password)


def _buttons(dialog: QDialog, word: str, accept: object) -> tuple[QDialogButtonBox, QPushButton]:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, dialog)
    ok_button = buttons.button(QDialogButtonBox.StandardButton.Ok)
    ok_button.setText(word)
    theme.dress(ok_button, role="primary")
    buttons.accepted.connect(accept)
    buttons.rejected.connect(dialog.reject)
    return buttons, ok_button
