"""Everything in a scheme file that could not be read, by place; nothing was imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QVBoxLayout, QWidget

from assessor.exchange.scheme_intake import FileFault
from assessor.ui import theme
from assessor.ui.dialogs.layout import dialog_column, dialog_heading, dialog_text
from assessor.ui.grid.column import CellKind, Column
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel

_SIZE = (820, 460)


@dataclass(frozen=True)
class FaultRow:
    number: int
    fault: FileFault


def fault_columns() -> tuple[Column[FaultRow], ...]:
    return (
        Column("place", "位置", CellKind.TEXT, lambda row: row.fault.place, lambda row: row.number, is_bold=True),
        Column("what", "问题", CellKind.TEXT, lambda row: row.fault.what, tone=lambda _row: "bad"),
        Column("remedy", "怎样改", CellKind.TEXT, lambda row: row.fault.remedy),
    )


class SchemeFaultsDialog(QDialog):
    def __init__(self, parent: QWidget, file: str, faults: Sequence[FileFault]) -> None:
        super().__init__(parent)
        self.setWindowTitle("细则读不出来")
        self.model = RowModel[FaultRow](fault_columns(), lambda row: row.number)
        self.model.show_rows([FaultRow(number, fault) for number, fault in enumerate(faults, start=1)])
        self.grid = Grid("读不出的地方", memory_key="scheme.faults")
        self.grid.set_model(self.model)
        card = QFrame()
        theme.dress(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.grid)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.close_button = buttons.button(QDialogButtonBox.StandardButton.Close)
        self.close_button.setText("关闭")
        self.close_button.setIcon(QIcon())
        buttons.rejected.connect(self.reject)
        layout = dialog_column(self)
        layout.addWidget(dialog_heading(f"{file} 有 {len(faults)} 处读不出"))
        layout.addWidget(dialog_text("什么也没有导入。请在文件中逐处改正后，再导入一次。", "muted"))
        layout.addWidget(card, 1)
        layout.addWidget(buttons)
        self.resize(*_SIZE)
