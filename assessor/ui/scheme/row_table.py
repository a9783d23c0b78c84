"""A field of rows of a rule (bands, items, panels) as a small grid, with rows added, removed and moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assessor.domain.rule_entry import Row, read_field
from assessor.domain.rules.form_field import FieldKind, FormField
from assessor.errors import InputError, SchemeError
from assessor.ui import theme
from assessor.ui.grid.column import CellChange, CellEdit, CellKind, Column
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel
from assessor.ui.scheme.fields import tool_button

if TYPE_CHECKING:
    from assessor.ui.background import Job

_MOST_SHOWN = 8
_LONGEST = 4
"""Signs of a heading on one line."""
_NUMBERS = (FieldKind.NUMBER, FieldKind.SHARE, FieldKind.INTEGER)
_NEW = {FieldKind.NUMBER: "1", FieldKind.SHARE: "0%", FieldKind.INTEGER: "1", FieldKind.TEXT: "新的一行"}
"""What a new row begins with."""


@dataclass(frozen=True)
class TableRow:
    number: int
    texts: Row


class RowTable(QWidget):
    changed = Signal(object)
    """All rows, as tuples of texts."""
    figure_wanted = Signal()
    """A figure that there is not yet is to have a row."""

    def __init__(self, field: FormField) -> None:
        super().__init__()
        self.field = field
        self._figures: Mapping[str, str] = {}
        self.model: RowModel[TableRow] = RowModel([], lambda row: row.number)
        self.model.write = self._write
        self.grid = Grid(field.label, memory_key=f"scheme.rule.{field.key}", numbers=True)
        self.add = tool_button("增加一行", self.add_row)
        self.remove = tool_button("删除", self._remove)
        self.up = tool_button("上移", lambda: self._move(-1))
        self.down = tool_button("下移", lambda: self._move(1))
        self.figure = tool_button("新填报项…", self.figure_wanted.emit)
        self.figure.setVisible(any(column.kind is FieldKind.FIGURE for column in field.columns))
        self.model.show_columns([self._column(place, column) for place, column in enumerate(field.columns)])
        self.grid.set_model(self.model)
        self._lay_out()

    def rows(self) -> tuple[Row, ...]:
        return tuple(row.texts for row in self.model.rows())

    def show_rows(self, rows: Sequence[Row], figures: Mapping[str, str], locked: str) -> None:
        """``figures``: code -> title, of those that can be chosen."""
        self._figures = figures
        self.model.locked = locked
        self.model.show_rows([TableRow(number, row) for number, row in enumerate(rows)])
        shown = max(min(len(rows), _MOST_SHOWN), 1)
        self.grid.setFixedHeight(theme.HEADER_HEIGHT + shown * theme.ROW_HEIGHT + 14)
        for button in (self.add, self.remove, self.up, self.down, self.figure):
            button.setEnabled(not locked)
            button.setToolTip(locked)

    def add_row(self, figure: str = "") -> None:
        chosen = figure or next(iter(self._figures), "")
        texts = []
        for column in self.field.columns:
            if column.kind is FieldKind.FIGURE:
                texts.append(chosen)
            elif column.kind is FieldKind.CHOICE:
                texts.append(column.choices[0][1])
            elif column.kind is FieldKind.TEXT and chosen:
                texts.append(self._figures.get(chosen, chosen))
            else:
                texts.append(_NEW[column.kind])
        self.changed.emit((*self.rows(), tuple(texts)))

    def _remove(self) -> None:
        gone = {row.number for row in self.grid.selected_rows()}
        self.changed.emit(tuple(row.texts for row in self.model.rows() if row.number not in gone))

    def _move(self, step: int) -> None:
        chosen = self.grid.selected_rows()
        if not chosen:
            return
        rows, place = list(self.rows()), chosen[0].number
        other = place + step
        if 0 <= other < len(rows):
            rows[place], rows[other] = rows[other], rows[place]
            self.changed.emit(tuple(rows))
            self.grid.go_to(self.model.index(other, 0))

    def _write(self, changes: Sequence[CellChange[TableRow]]) -> Job | None:
        places = {column.key: place for place, column in enumerate(self.field.columns)}
        rows = list(self.rows())
        for change in changes:
            texts = list(rows[change.row.number])
            texts[places[change.column]] = str(change.value)
            rows[change.row.number] = tuple(texts)
        self.changed.emit(tuple(rows))
        return None

    def _column(self, place: int, field: FormField) -> Column[TableRow]:
        is_figure = field.kind is FieldKind.FIGURE
        kind = CellKind.NUMBER if field.kind in _NUMBERS else CellKind.TEXT
        if is_figure or field.kind is FieldKind.CHOICE:
            kind = CellKind.CHOICE

        def text(row: TableRow) -> str:
            return self._figures.get(row.texts[place], row.texts[place]) if is_figure else row.texts[place]

        def choices(_row: TableRow) -> Sequence[str]:
            return list(self._figures.values()) if is_figure else [words for _value, words in field.choices]

        def parse(_row: TableRow, typed: str) -> str:
            return self._code(typed) if is_figure else checked(field, typed)

        width = 180 if is_figure else 140 if field.kind is FieldKind.TEXT else 84
        edit = CellEdit(text, parse, choices=choices)
        return Column(field.key, two_lines(field.label), kind, text, edit=edit, width=width, hint=field.hint)

    def _code(self, typed: str) -> str:
        found = next((code for code, title in self._figures.items() if typed in (title, code)), None)
        if found is None:
            raise InputError(f"没有填报项“{typed}”", remedy="请从列表中选择，或先点“新填报项…”")
        return found

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for button in (self.add, self.remove, self.up, self.down, self.figure):
            buttons.addWidget(button)
        buttons.addStretch(1)
        card = QFrame()
        theme.dress(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.grid)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(card)
        layout.addLayout(buttons)
        if self.field.hint:
            hint = QLabel(self.field.hint)
            hint.setWordWrap(True)
            theme.dress(hint, tone="muted")
            layout.addWidget(hint)


def two_lines(title: str) -> str:
    """A long heading broken in its middle."""
    middle = (len(title) + 1) // 2
    return title if len(title) <= _LONGEST else f"{title[:middle]}\n{title[middle:]}"


def checked(field: FormField, typed: str) -> str:
    """The text, where the field takes it. Raises InputError."""
    try:
        read_field(field, typed)
    except SchemeError as problem:
        raise InputError(problem.what, remedy=problem.remedy) from None
    is_bare_share = field.kind is FieldKind.SHARE and typed.strip() and not typed.strip().endswith(("%", "％"))
    return replaced_share(typed) if is_bare_share else typed.strip()


def replaced_share(typed: str) -> str:
    """A share typed without its sign: 0.6 and 60 both are 60%."""
    from decimal import Decimal

    from assessor.domain.wording import plain

    value = Decimal(typed.strip())
    return f"{plain(value * 100 if value <= 1 else value)}%"
