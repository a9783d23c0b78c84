"""A draft's name, and for a new one what it is made from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from assessor.ui.choice import Choice
from assessor.ui.dialogs.layout import dialog_buttons, dialog_column, dialog_form, dialog_heading, dialog_text

if TYPE_CHECKING:
    from assessor.workbook.scheme_sources import SchemeSource

_LONGEST = 40


class DraftDialog(QDialog):
    """``sources``: what a new draft can be made from; none: only the name is asked for."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        button: str,
        name: str,
        sources: Sequence[SchemeSource] = (),
        chosen: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._sources = {source.key: source for source in sources}
        self.name = QLineEdit(name)
        self.name.setAccessibleName("草稿名称")
        self.name.setMaxLength(_LONGEST)
        self.name.setPlaceholderText("例如：提高任务落实分值")
        self.name.selectAll()
        self.source = Choice("从哪一份细则开始")
        for source in sources:
            self.source.addItem(source.title, source.key)
        self.source.setCurrentIndex(max(self.source.findData(chosen), 0))
        buttons, self.ok_button = dialog_buttons(self, button)
        form = dialog_form()
        form.addRow("名称", self.name)
        layout = dialog_column(self)
        layout.addWidget(dialog_heading(title))
        layout.addLayout(form)
        if sources:
            form.addRow("从哪一份开始", self.source)
            words = "草稿只用来修改和试算，采用之前不影响任何年度的细则和得分。"
            layout.addWidget(dialog_text(words, "muted"))
        layout.addWidget(buttons)
        self.name.textChanged.connect(lambda _text: self._allow())
        self._allow()

    @property
    def text(self) -> str:
        return " ".join(self.name.text().split())

    def chosen(self) -> SchemeSource:
        return self._sources[str(self.source.currentData())]

    def _allow(self) -> None:
        self.ok_button.setEnabled(bool(self.text))
