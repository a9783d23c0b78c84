"""Two schemes side by side: years, groups, versions, drafts and default ones, with what differs marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assessor.domain.scheme_comparison import Change, ComparedLine, compare_schemes, compared_lines
from assessor.domain.scheme_place import part_words
from assessor.ui import theme
from assessor.ui.choice import Choice
from assessor.ui.dialogs.layout import dialog_column, dialog_heading, dialog_text
from assessor.ui.grid.column import CellKind, Column
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel

if TYPE_CHECKING:
    from assessor.workbook.scheme_sources import SchemeSource

_WIDTH, _LEAST = 1080, 360
_FILLS = {Change.CHANGED: "warn_soft", Change.ADDED: "good_soft", Change.REMOVED: "bad_soft", Change.SAME: ""}


def _name(line: ComparedLine) -> str:
    item = line.item
    return item.title if item.code in ("", item.title) else f"{item.code} {item.title}"


def _part(line: ComparedLine) -> str:
    return part_words(line.item.part)


def comparison_columns(before: str, after: str) -> tuple[Column[ComparedLine], ...]:
    def fill(line: ComparedLine) -> str:
        return _FILLS[line.change]

    return (
        Column("part", "部分", CellKind.TEXT, _part, width=84, tone=lambda _line: "muted"),
        Column("item", "项目", CellKind.TEXT, _name, width=190, is_bold=True),
        Column("change", "变化", CellKind.TEXT, lambda line: line.change.label, width=60, fill=fill),
        Column("field", "内容", CellKind.TEXT, lambda line: line.field, width=90, tone=lambda _line: "muted"),
        Column("before", before, CellKind.LONG_TEXT, lambda line: line.before, width=270, fill=fill),
        Column("after", after, CellKind.LONG_TEXT, lambda line: line.after, width=270, fill=fill),
    )


class ComparisonDialog(QDialog):
    """``before`` and ``after``: keys of the sources that are compared first. ``notes``: a line each on the versions of
    the scheme at hand."""

    def __init__(
        self,
        sources: Sequence[SchemeSource],
        before: str,
        after: str,
        notes: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("细则比较与版本")
        self._sources = {source.key: source for source in sources}
        self.before, self.after = Choice("比较：原"), Choice("比较：新")
        for choice, chosen in ((self.before, before), (self.after, after)):
            for source in sources:
                choice.addItem(source.title, source.key)
            choice.setCurrentIndex(max(choice.findData(chosen), 0))
            choice.currentIndexChanged.connect(lambda _place: self._compare())
        self.all_fields = QCheckBox("相同的也列出")
        self.all_fields.toggled.connect(lambda _is_on: self._compare())
        self.summary = QLabel()
        theme.dress(self.summary, tone="muted")
        self.model: RowModel[ComparedLine] = RowModel(
            comparison_columns("", ""), lambda line: (line.item.part, line.item.code, line.field)
        )
        self.grid = Grid("细则比较", frozen=2, memory_key="scheme.comparison", numbers=False)
        self.grid.set_model(self.model)
        self.grid.setMinimumHeight(_LEAST)
        self._lay_out(notes)
        self.setMinimumWidth(_WIDTH)
        self._compare()

    def _compare(self) -> None:
        before, after = (self._sources[str(choice.currentData())] for choice in (self.before, self.after))
        items = compare_schemes(before.scheme, after.scheme)
        lines = compared_lines(items, with_same=self.all_fields.isChecked())
        self.model.show_table(comparison_columns(before.title, after.title), lines)
        counts = {change: sum(item.change is change for item in items) for change in Change}
        parts = [
            f"{change.label} {counts[change]} 项" for change in Change if counts[change] and change is not Change.SAME
        ]
        self.summary.setText("　".join(parts) or "两份细则完全相同")

    def _lay_out(self, notes: Sequence[str]) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(self.before, 1)
        row.addWidget(QLabel("→"))
        row.addWidget(self.after, 1)
        row.addWidget(self.all_fields)
        card = QFrame()
        theme.dress(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.grid)
        layout = dialog_column(self)
        layout.addWidget(dialog_heading("细则比较"))
        if notes:
            layout.addWidget(dialog_text("\n".join(notes), "muted"))
        layout.addLayout(row)
        layout.addWidget(self.summary)
        layout.addWidget(card, 1)
