"""新填报项: a number or a tick that forms are to ask for, made where a rule needs it."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QWidget

from assessor.domain.figure_text import YES_NO
from assessor.domain.scheme import Figure, Scope
from assessor.ui.dialogs.layout import dialog_buttons, dialog_column, dialog_form, dialog_heading, dialog_text

_SHEETS = {Scope.UNIT: "单位年度填报表", Scope.TASK: "任务填报表"}


class NewFigureDialog(QDialog):
    def __init__(self, code: str, scope: Scope, parent: QWidget | None = None) -> None:
        """``code``: that it gets."""
        super().__init__(parent)
        self.setWindowTitle("新填报项")
        self._code, self._scope = code, scope
        self.name = QLineEdit()
        self.name.setAccessibleName("填报项名称")
        self.name.setPlaceholderText("例如：举办科普活动")
        self.measure = QLineEdit()
        self.measure.setAccessibleName("计量单位")
        self.measure.setPlaceholderText("例如：场、人次")
        self.tick = QCheckBox("填“是”或“否”，不填数字")
        self.tick.toggled.connect(self.measure.setDisabled)
        form = dialog_form()
        form.addRow("名称：", self.name)
        form.addRow("计量单位：", self.measure)
        form.addRow("", self.tick)
        layout = dialog_column(self)
        layout.addWidget(dialog_heading("新填报项"))
        layout.addWidget(dialog_text(f"加入{_SHEETS[scope]}，由各单位填报。一个填报项可以供几个指标使用。", "muted"))
        layout.addLayout(form)
        self.buttons, self.ok_button = dialog_buttons(self, "添加")
        self.ok_button.setEnabled(False)
        self.name.textChanged.connect(lambda text: self.ok_button.setEnabled(bool(text.strip())))
        layout.addWidget(self.buttons)
        self.name.setFocus()

    @property
    def figure(self) -> Figure:
        measure = YES_NO if self.tick.isChecked() else self.measure.text().strip()
        return Figure(self._code, self.name.text().strip(), measure, self._scope)
