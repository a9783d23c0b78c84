"""设置: what holds at this workstation, and what holds in the open workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from assessor.ui import theme
from assessor.ui.choice import Choice
from assessor.ui.dialogs.layout import dialog_buttons, dialog_column, dialog_form, dialog_text

MEGABYTE = 1 << 20
MOST_MEGABYTES = 1000
"""A file of evidence is held in memory while it is stored."""
ZOOMS = (90, 100, 110, 125, 150)
"""Percent."""
_SCHEMES = (
    ("跟随系统", Qt.ColorScheme.Unknown),
    ("浅色", Qt.ColorScheme.Light),
    ("深色", Qt.ColorScheme.Dark),
)
_LONGEST_NAME = 30
MOST_DAYS = 90
_NUMBER_WIDTH = 88


@dataclass(frozen=True)
class OwnSettings:
    """Of this workstation."""

    operator: str
    scheme: Qt.ColorScheme
    zoom: int
    """Percent; holds from the next start on."""
    opens_last: bool


@dataclass(frozen=True)
class WorkbookSettings:
    """Of a workbook, whoever opens it."""

    backup_folder: str
    """Empty: beside the workbook."""
    megabytes: int
    """That a file of evidence may have."""
    reminder_days: int
    """0: never."""


class NumberField(QLineEdit):
    """Takes a whole number from ``least`` to ``most``; what is beyond counts as the nearest."""

    def __init__(self, name: str, least: int, most: int) -> None:
        super().__init__()
        self._bounds = least, most
        self.setAccessibleName(name)
        self.setValidator(QIntValidator(least, most, self))
        self.setFixedWidth(_NUMBER_WIDTH)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def value(self) -> int:
        least, most = self._bounds
        text = self.text()
        return max(least, min(int(text), most)) if text.isdecimal() else least

    def set_value(self, number: int) -> None:
        self.setText(str(number))


class SettingsDialog(QDialog):
    def __init__(
        self, own: OwnSettings, workbook: WorkbookSettings | None, locked: str, parent: QWidget | None = None
    ) -> None:
        """``workbook``: None where none is open. ``locked``: why it cannot be changed; empty: it can."""
        super().__init__(parent)
        self.setWindowTitle("设置")
        self.operator = QLineEdit(own.operator)
        self.operator.setMaxLength(_LONGEST_NAME)
        self.operator.setPlaceholderText("姓名，例如 张三")
        self.scheme = Choice("外观")
        for title, scheme in _SCHEMES:
            self.scheme.addItem(title, scheme)
        self.scheme.setCurrentIndex(self.scheme.findData(own.scheme))
        self.zoom = Choice("字号")
        for percent in ZOOMS:
            self.zoom.addItem("标准" if percent == 100 else f"{percent} %", percent)
        self.zoom.setCurrentIndex(max(self.zoom.findData(own.zoom), 0))
        self.opens_last = QCheckBox("启动时打开上次的工作簿(&L)")
        self.opens_last.setChecked(own.opens_last)
        self.folder = QLineEdit()
        self.folder.setPlaceholderText("放在工作簿旁边")
        self.folder.setAccessibleName("备份文件夹")
        self.folder_button = QPushButton("选择…")
        self.folder_button.setAccessibleName("选择备份文件夹")
        self.folder_button.setAutoDefault(False)
        self.folder_button.clicked.connect(self._ask_folder)
        self.megabytes = NumberField("每个佐证文件最大，MB", 1, MOST_MEGABYTES)
        self.reminder = NumberField("报送截止前提醒，天", 0, MOST_DAYS)
        self._workbook_box = self._make_workbook_box(workbook, locked)
        self._lay_out()

    def own(self) -> OwnSettings:
        """As chosen."""
        name = " ".join(self.operator.text().split())
        return OwnSettings(name, self.scheme.currentData(), self.zoom.currentData(), self.opens_last.isChecked())

    def workbook(self) -> WorkbookSettings:
        return WorkbookSettings(self.folder.text().strip(), self.megabytes.value(), self.reminder.value())

    def _make_workbook_box(self, workbook: WorkbookSettings | None, locked: str) -> QGroupBox:
        box = QGroupBox("这个工作簿")
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(self.folder, 1)
        row.addWidget(self.folder_button)
        form = dialog_form()
        label = QLabel("备份文件夹(&B)：")
        label.setBuddy(self.folder)
        form.addRow(label, row)
        _add_number(form, "每个佐证文件最大(&E)：", self.megabytes, "MB")
        _add_number(form, "报送截止前提醒(&R)：", self.reminder, "天")
        form.addRow("", _hint("提醒显示在窗口上方；填 0 不提醒。"))
        said = locked or ("没有打开的工作簿" if workbook is None else "")
        if said:
            note = dialog_text(said, "warn")
            form.addRow(note)
        box.setLayout(form)
        if workbook is not None:
            self.folder.setText(workbook.backup_folder)
            self.megabytes.set_value(workbook.megabytes)
            self.reminder.set_value(workbook.reminder_days)
        for field in (self.folder, self.folder_button, self.megabytes, self.reminder):
            field.setDisabled(bool(said))
        return box

    def _lay_out(self) -> None:
        own = QGroupBox("这台电脑")
        form = dialog_form()
        form.addRow("操作员(&O)：", self.operator)
        form.addRow("外观(&T)：", self.scheme)
        form.addRow("字号(&Z)：", self.zoom)
        form.addRow("", _hint("字号在重新打开程序后生效；表格可随时用 Ctrl+滚轮缩放。"))
        form.addRow("", self.opens_last)
        own.setLayout(form)
        layout = dialog_column(self)
        layout.addWidget(own)
        layout.addWidget(self._workbook_box)
        self.buttons, self.ok_button = dialog_buttons(self, "保存")
        layout.addWidget(self.buttons)

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "选择备份文件夹", self.folder.text() or str(Path.home()))
        if chosen:
            self.folder.setText(str(Path(chosen)))


def _hint(words: str) -> QLabel:
    """On one line: a label that wraps keeps more room than it needs in a form."""
    label = QLabel(words)
    theme.dress(label, tone="muted")
    return label


def _add_number(form: QFormLayout, title: str, field: NumberField, unit: str) -> None:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE)
    row.addWidget(field)
    row.addWidget(QLabel(unit))
    row.addStretch(1)
    label = QLabel(title)
    label.setBuddy(field)
    form.addRow(label, row)
