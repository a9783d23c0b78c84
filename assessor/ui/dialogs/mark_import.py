"""What importing reviewers' sheets would do: marks that would change, or what is wrong with the sheets."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from assessor.domain.mark_import import MarkImport
from assessor.ui.dialogs.layout import dialog_buttons, dialog_column, dialog_heading, dialog_text
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel
from assessor.ui.reviewing.columns import fault_columns, replacement_columns

_WIDTH, _TABLE_HEIGHT = 960, 280


class MarkImportDialog(QDialog):
    def __init__(self, parent: QWidget, outcome: MarkImport) -> None:
        super().__init__(parent)
        self.setWindowTitle("导入评委评分表")
        layout = dialog_column(self)
        layout.addWidget(dialog_heading(_heading(outcome)))
        layout.addWidget(dialog_text(_words(outcome), "muted"))
        for note in outcome.notes:
            layout.addWidget(dialog_text(note, "warn"))
        self.grid = Grid("评分表的问题" if outcome.faults else "将被替换的评分", frozen=1)
        self._rows: list[Any] = list(outcome.faults or outcome.replaced)
        columns: tuple[Any, ...] = fault_columns() if outcome.faults else replacement_columns()
        self.model: RowModel[Any] = RowModel(columns, self._rows.index)
        self.model.show_rows(self._rows)
        self.grid.setMinimumHeight(_TABLE_HEIGHT)
        self.grid.set_model(self.model)
        layout.addWidget(self.grid, 1)
        self.buttons, self.ok_button = dialog_buttons(self, "替换并导入" if outcome.replaced else "导入")
        self.ok_button.setVisible(not outcome.faults)
        if outcome.faults:
            self.buttons.button(self.buttons.StandardButton.Cancel).setText("关闭")
        self.grid.setVisible(bool(self._rows))
        layout.addWidget(self.buttons)
        self.resize(_WIDTH, self.sizeHint().height())


def _heading(outcome: MarkImport) -> str:
    if outcome.faults:
        return f"有 {len(outcome.faults)} 处问题，一个评分也没有导入"
    if outcome.replaced:
        return f"有 {len(outcome.replaced)} 个评分与已有的不同"
    return "请核对后导入"


def _words(outcome: MarkImport) -> str:
    if outcome.faults:
        return "请按文件和单元格改正，保存后再导入。"
    return f"{outcome.words}。导入前自动备份。"
