"""Lists of a scheme in the grid: grades, kinds of bonus and deduction, vetoes, figures; a category's indicators."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assessor.domain.rule_entry import entry_of, read_entry
from assessor.domain.rules.rule import PanelRule
from assessor.domain.scheme import Scheme
from assessor.domain.scheme_edit import (
    Spot,
    add_item,
    change_indicator,
    change_items,
    items_of,
    move_item,
    points_words,
    recode,
    remove_items,
    rename,
)
from assessor.domain.scheme_entry import read_title
from assessor.domain.scheme_soundness import Part
from assessor.domain.wording import plain
from assessor.domain.year import Year
from assessor.ui import theme
from assessor.ui.grid.column import CellChange
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel
from assessor.ui.scheme.fields import LineField, tool_button
from assessor.ui.scheme.item_columns import INDICATORS, ItemRow, PanelRow, columns_of, panel_columns, rows_of
from assessor.ui.scheme.pane import SchemePane, card_of, heading, muted

if TYPE_CHECKING:
    from assessor.ui.background import Job

_TITLES = {
    Part.GRADE: ("等次", "从高到低排列，最低分含本数；最低一档写 0。名额在“总则”里设。"),
    Part.BONUS: ("加分", "每一类都要有上限；同一事项就高不重复，几个单位共同取得的平分。"),
    Part.DEDUCTION: ("扣分", "每一类都要有上限。按指标逐次扣分的，请用指标的评分规则“逐次扣分”。"),
    Part.VETO: ("一票否决", "有这些情形的单位，总分再高，等次也不超过所限定的。"),
    Part.FIGURE: ("填报项", "填报表要各单位填的数；一个填报项可以供几个指标使用，只填一次。"),
}


class ListPane(SchemePane):
    """One of the lists; each has its own grid, made when it is first shown."""

    def __init__(self) -> None:
        super().__init__()
        self._part = Part.GRADE
        self._grids: dict[Part, Grid] = {}
        self._cards: dict[Part, QWidget] = {}
        self._wanted = ""
        """Key of an item to go to once it is there."""
        self.title = heading()
        self.hint = muted()
        self.add = tool_button("增加", self._add)
        self.remove = tool_button("删除", self._remove)
        self.up = tool_button("上移", partial(self._move, -1))
        self.down = tool_button("下移", partial(self._move, 1))
        self._body = QVBoxLayout()
        self._lay_out()

    @property
    def grid(self) -> Grid:
        if self._part not in self._grids:
            model: RowModel[ItemRow] = RowModel(columns_of(self._part), lambda row: row.key)
            model.write = self._write
            grid = Grid(_TITLES[self._part][0], memory_key=f"scheme.{self._part.value}")
            grid.set_model(model)
            self._grids[self._part] = grid
            self._cards[self._part] = card_of(grid)
            self._body.addWidget(self._cards[self._part])
        return self._grids[self._part]

    @property
    def model(self) -> RowModel[ItemRow]:
        found = self.grid.model
        assert found is not None
        return found

    def show_spot(self, scheme: Scheme, spot: Spot, year: Year, locked: str) -> None:
        self._part = spot.part
        title, hint = _TITLES[spot.part]
        self.title.setText(title)
        self.hint.setText(hint)
        self.model.locked = locked
        self.model.show_rows(rows_of(scheme, spot.part, items_of(scheme, spot.part)))
        for part, card in self._cards.items():
            card.setVisible(part is spot.part)
        for button in (self.add, self.remove, self.up, self.down):
            button.setEnabled(not locked)
            button.setToolTip(locked)
        if self._wanted:
            self.go_to(self._wanted)

    def go_to(self, key: str) -> None:
        """Selects the item; waits for it where it is not there yet."""
        index = self.model.index_of(key)
        self._wanted = "" if index.isValid() else key
        self.grid.go_to(index)

    def finish(self) -> bool:
        return all(grid.editing.finish() for grid in self._grids.values())

    def _write(self, changes: Sequence[CellChange[ItemRow]]) -> Job | None:
        settings: dict[str, dict[str, Any]] = {}
        for change in changes:
            settings.setdefault(change.row.key, {})[change.column] = change.value
        part = self._part
        return self.ask(f"修改{_TITLES[part][0]}", lambda scheme: change_items(scheme, part, settings))

    def _add(self) -> None:
        self.ask(f"增加{_TITLES[self._part][0]}", partial(add_item, part=self._part))

    def _remove(self) -> None:
        keys = [row.key for row in self.grid.selected_rows()]
        if keys:
            self.ask(f"删除{_TITLES[self._part][0]}", partial(remove_items, part=self._part, keys=keys))

    def _move(self, step: int) -> None:
        rows = self.grid.selected_rows()
        if rows:
            self.ask(f"移动{_TITLES[self._part][0]}", partial(move_item, part=self._part, key=rows[0].key, step=step))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(_head(self.title, self.add, self.remove, self.up, self.down))
        layout.addWidget(self.hint)
        layout.addLayout(self._body, 1)


class CategoryPane(SchemePane):
    """A category's title, and its indicators to be edited at a glance."""

    opened = Signal(object)
    """Spot of an indicator."""

    def __init__(self) -> None:
        super().__init__()
        self._code = ""
        self.code = LineField("代码", read_title, width=76)
        self.name = LineField("一级指标名称", read_title)
        self.sum = muted()
        self.model: RowModel[ItemRow] = RowModel(INDICATORS, lambda row: row.key)
        self.model.write = self._write
        self.grid = Grid("二级指标", frozen=2, memory_key="scheme.category")
        self.grid.set_model(self.model)
        self.grid.opened.connect(self._open)
        self.code.given.connect(self._recode)
        self.name.given.connect(self._rename)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(QLabel("一级指标"))
        row.addWidget(self.code)
        row.addWidget(self.name, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(row)
        layout.addWidget(self.sum)
        layout.addWidget(card_of(self.grid), 1)

    def _recode(self, text: str) -> None:
        spot = Spot(Part.CATEGORY, self._code)
        self.ask(f"{spot.code} 代码 → {text}", partial(recode, spot=spot, code=text), self.code.refuse)

    def _rename(self, text: str) -> None:
        spot = Spot(Part.CATEGORY, self._code)
        self.ask(f"{spot.code} 名称", partial(rename, spot=spot, title=text), self.name.refuse)

    def show_spot(self, scheme: Scheme, spot: Spot, year: Year, locked: str) -> None:
        category = scheme.category_by_code[spot.code]
        self._code = spot.code
        self.code.show_value(spot.code, spot.code, locked)
        self.name.show_value(spot.code, category.title, locked)
        self.sum.setText(f"本类 {len(category.indicators)} 项，{plain(category.points)} 分；全部{points_words(scheme)}")
        self.model.locked = locked
        self.model.show_rows([ItemRow(item.code, item) for item in category.indicators])

    def finish(self) -> bool:
        return self.grid.editing.finish() and super().finish()

    def _write(self, changes: Sequence[CellChange[ItemRow]]) -> Job | None:
        settings: dict[str, dict[str, Any]] = {}
        for change in changes:
            settings.setdefault(change.row.key, {})[change.column] = change.value

        def change_all(scheme: Scheme) -> Scheme:
            for code, fields in settings.items():
                scheme = change_indicator(scheme, code, **fields)
            return scheme

        what = next(iter(settings)) if len(settings) == 1 else f"{len(settings)} 项指标"
        return self.ask(f"修改 {what}", change_all)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(Spot(Part.INDICATOR, self.model.row_at(index).key))


class PanelsPane(SchemePane):
    """The panels of reviewers of every indicator that is judged."""

    def __init__(self) -> None:
        super().__init__()
        self.title = heading("评委组")
        self.hint = muted("各评议指标由哪些评委组评、各占多少权重。增加、删除评委组，请到该指标的评分规则。")
        self.model: RowModel[PanelRow] = RowModel([], lambda row: (row.indicator.code, row.number))
        self.model.write = self._write
        self.grid = Grid("评委组", frozen=1, memory_key="scheme.panels")
        self.grid.set_model(self.model)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.title)
        layout.addWidget(self.hint)
        layout.addWidget(card_of(self.grid), 1)

    def show_spot(self, scheme: Scheme, spot: Spot, year: Year, locked: str) -> None:
        judged = [item for item in scheme.indicators if isinstance(item.rule, PanelRule)]
        rows = []
        for indicator in judged:
            entry = entry_of(indicator.rule)
            rows += [PanelRow(indicator, number, row) for number, row in enumerate(entry.rows["panels"])]
        self.model.locked = locked
        fields = judged[0].rule.form[0].columns if judged else ()
        self.model.show_table(panel_columns(fields), rows)

    def finish(self) -> bool:
        return self.grid.editing.finish()

    def _write(self, changes: Sequence[CellChange[PanelRow]]) -> Job | None:
        places = {column.key: place for place, column in enumerate(self.model.columns[1:])}

        def change_all(scheme: Scheme) -> Scheme:
            for change in changes:
                code = change.row.indicator.code
                entry = entry_of(scheme.indicator_by_code[code].rule)
                rows = [list(row) for row in entry.rows["panels"]]
                rows[change.row.number][places[change.column]] = str(change.value)
                entry = type(entry)(entry.kind, entry.texts, {"panels": tuple(tuple(row) for row in rows)})
                scheme = change_indicator(scheme, code, rule=read_entry(entry))
            return scheme

        return self.ask("修改评委组", change_all)


def _head(title: QLabel, *buttons: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(2)
    row.addWidget(title, 1)
    for button in buttons:
        row.addWidget(button)
    return row
