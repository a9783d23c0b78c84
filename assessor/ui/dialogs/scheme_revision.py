"""Before a frozen scheme is changed: what differs, whose scores, ranks and grades move, and the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from assessor.domain.scheme_revision import MoveRow, move_rows, revision_lines, revision_summary
from assessor.ui import theme
from assessor.ui.dialogs.layout import dialog_buttons, dialog_column, dialog_heading, dialog_text
from assessor.ui.grid.column import CellKind, Column
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assessor.domain.rehearsal import Rehearsal
    from assessor.domain.scheme_comparison import ComparedItem

_WIDTH = 900
_LINES = 8


COLUMNS: tuple[Column[MoveRow], ...] = (
    Column("unit", "单位", CellKind.TEXT, lambda row: row.unit, is_bold=True, width=130),
    Column("before", "原得分", CellKind.NUMBER, lambda row: row.before, width=76),
    Column("after", "新得分", CellKind.NUMBER, lambda row: row.after, width=76),
    Column("gain", "增减", CellKind.NUMBER, lambda row: row.gain, width=76, tone=lambda row: row.tone, is_bold=True),
    Column("rank", "名次", CellKind.TEXT, lambda row: row.rank, width=80),
    Column("grade", "等次", CellKind.TEXT, lambda row: row.grade, width=112, tone=lambda row: row.grade_tone),
    Column("why", "变化最大的指标", CellKind.TEXT, lambda row: row.why, width=330, tone=lambda _row: "muted"),
)


class RevisionDialog(QDialog):
    def __init__(
        self,
        title: str,
        number: int,
        items: Sequence[ComparedItem],
        rehearsal: Rehearsal,
        parent: QWidget | None = None,
    ) -> None:
        """``number``: of the version that it makes."""
        super().__init__(parent)
        self.setWindowTitle("修改已固定的细则")
        lines = revision_lines(items)
        self.model: RowModel[MoveRow] = RowModel(COLUMNS, lambda row: row.key)
        self.grid = Grid("得分变化", frozen=1, memory_key="scheme.revision", numbers=False)
        self.grid.set_model(self.model)
        self.model.show_rows(move_rows(rehearsal))
        self.grid.setMinimumHeight(210)
        card = QFrame()
        theme.dress(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.grid)
        self.summary = dialog_text(revision_summary(rehearsal))
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName("修改的原因")
        self.reason.setPlaceholderText("写明为什么改，例如：根据领导小组会议纪要〔2024〕3号调整分值")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(60)
        self.problem = dialog_text("", "bad")
        self.problem.hide()
        self.buttons, self.ok_button = dialog_buttons(self, f"存为第 {number} 版")
        self.ok_button.setEnabled(False)
        self.reason.textChanged.connect(lambda: self.ok_button.setEnabled(bool(self.text)))
        layout = dialog_column(self)
        self.setMinimumWidth(_WIDTH)
        layout.addWidget(dialog_heading(f"《{title}》改动 {len(lines)} 处"))
        rest = [f"另有 {len(lines) - _LINES} 处"] if len(lines) > _LINES else []
        layout.addWidget(dialog_text("\n".join(f"• {line}" for line in (*lines[:_LINES], *rest)), "muted"))
        layout.addWidget(self.summary)
        layout.addWidget(card, 1)
        layout.addWidget(dialog_text("修改的原因（记入这一版和修改历史）："))
        layout.addWidget(self.reason)
        layout.addWidget(self.problem)
        layout.addWidget(self.buttons)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def text(self) -> str:
        """The reason, on one line."""
        return " ".join(self.reason.toPlainText().split())
