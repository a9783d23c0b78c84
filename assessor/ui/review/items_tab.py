"""待核事项: what deserves a look, filtered, ticked off with a note, and the way to where it is mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from assessor.domain.review_entry import ReviewChange, ReviewField, review_work, ticked
from assessor.domain.review_item import ReviewItem, ReviewTopic, open_items
from assessor.domain.review_list import review_items
from assessor.ui import theme
from assessor.ui.choice import Choice
from assessor.ui.grid.column import CellChange
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel
from assessor.ui.history_menu import add_history_actions
from assessor.ui.review.acts import ReviewActs
from assessor.ui.review.item_columns import item_columns
from assessor.ui.review.tab_parts import TableOrWord, add_buttons, make_action
from assessor.ui.segments import Segments

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView
    from assessor.ui.background import Job

OPEN, DONE, ALL = "open", "done", "all"
_NOTHING = "没有需要核对的事项。"
_FILTERED = "没有符合筛选的事项。\n改选上面的事由、单位或状态。"
_LISTED = 18


class ItemsTab(QWidget):
    counted = Signal(int)
    """How many are still to be looked at."""
    adjust_asked = Signal(str, str)
    """Unit and indicator whose score may be changed."""

    def __init__(self, acts: ReviewActs, open_place: Callable[[ReviewItem], object]) -> None:
        super().__init__()
        self._acts, self._open_place = acts, open_place
        self._items: tuple[ReviewItem, ...] = ()
        self._shown_of: object = None
        self.topic = Choice("事由")
        self.unit = Choice("单位")
        for choice in (self.topic, self.unit):
            choice.setMaxVisibleItems(_LISTED)
            choice.currentIndexChanged.connect(self._filter)
        self.state = Segments("状态")
        self.state.show_choices(_states(()))
        self.state.chosen.connect(self._filter)
        self.grid = Grid("待核事项", frozen=3, memory_key="review-items")
        self.model: RowModel[ReviewItem] = RowModel(item_columns(), lambda item: item.key)
        self.model.write = self._write
        self.grid.set_model(self.model)
        self.grid.opened.connect(lambda index: self._open_place(self.model.row_at(index)))
        self.grid.looked_at.connect(self._look)
        self.grid.menu_asked.connect(self._add_actions)
        self.go = make_action(self, "去处理", "", self._go)
        self.tick = make_action(self, "标为已核", "Ctrl+Return", lambda: self._tick(on=True))
        self.untick = make_action(self, "改回待核", "", lambda: self._tick(on=False))
        self.adjust = make_action(self, "调整得分…", "", self._ask_adjust)
        self.buttons = QWidget()
        """Of the actions; stands beside the page's tabs, where there is room."""
        self.place = TableOrWord(self.grid, _NOTHING)
        self._lay_out()
        self._allow()

    def fill(self, view: YearView) -> None:
        shown_of = (view.facts, view.result, view.previous)
        self.model.locked = self._acts.locked_reason()
        if self._shown_of is None or any(a is not b for a, b in zip(shown_of, self._shown_of, strict=True)):  # type: ignore[call-overload]
            self._shown_of = shown_of
            listed = self._acts.surroundings.session.review_of(view)
            self._items = review_items(view) if listed is None else listed
            self._show_choices(view)
            self._filter()
        self.counted.emit(len(open_items(self._items)))
        self._allow()

    def show_topic(self, topic: ReviewTopic | None) -> None:
        self.topic.setCurrentIndex(max(self.topic.findData(topic.value if topic else ""), 0))

    def chosen(self) -> list[ReviewItem]:
        return self.grid.selected_rows() if self.model.rowCount() else []

    def _show_choices(self, view: YearView) -> None:
        topics = Counter(item.topic for item in self._items)
        units = Counter(item.unit.unit.code for item in self._items)
        names = {unit.unit.code: unit.unit.short_name for group in view.facts.groups for unit in group.units}
        _fill_choice(
            self.topic,
            "全部事由",
            [(item.value, f"{item.label} {topics[item]}") for item in ReviewTopic if topics[item]],
        )
        _fill_choice(
            self.unit, "全部单位", [(code, f"{name} {units[code]}") for code, name in names.items() if units[code]]
        )

    def _filter(self) -> None:
        topic, unit, state = self.topic.currentData(), self.unit.currentData(), self.state.key
        rows = [
            item
            for item in self._items
            if (not topic or item.topic.value == topic)
            and (not unit or item.unit.unit.code == unit)
            and (state == ALL or item.state.is_done == (state == DONE))
        ]
        self.model.show_rows(rows)
        self.state.show_choices(_states(self._items))
        self.place.word.setText(_FILTERED if self._items else _NOTHING)
        self.place.show_table(bool(rows))
        self._allow()

    def _write(self, changes: Sequence[CellChange[ReviewItem]]) -> Job | None:
        meant = [ReviewChange(change.row, ReviewField(change.column), change.value) for change in changes]  # type: ignore[arg-type]
        return self._acts.save(review_work(meant))

    def _tick(self, *, on: bool) -> None:
        job = self._acts.save(ticked(self.chosen(), on=on))
        if job is not None:
            job.failed.connect(self._acts.surroundings.show_problem)

    def _go(self) -> None:
        index = self.grid.current_index()
        if index.isValid():
            self._open_place(self.model.row_at(index))

    def _ask_adjust(self) -> None:
        (item,) = self.chosen()
        self.adjust_asked.emit(item.unit.unit.code, item.indicator or "")

    def _look(self, index: QModelIndex) -> None:
        self._allow()
        if index.isValid():
            item = self.model.row_at(index)
            self._acts.surroundings.look_at(item.unit.unit.code, item.indicator)

    def _allow(self) -> None:
        rows, locked = self.chosen(), self._acts.locked_reason()
        self.go.setEnabled(len(rows) == 1)
        self.go.setText(rows[0].topic.place.label if len(rows) == 1 else "去处理")
        self.tick.setEnabled(not locked and any(item.check is None for item in rows))
        self.untick.setEnabled(not locked and any(item.check is not None for item in rows))
        self.adjust.setEnabled(not locked and len(rows) == 1 and bool(rows[0].indicator))
        for action in (self.tick, self.untick, self.adjust):
            keys = action.shortcut().toString()
            action.setToolTip(locked or (f"{action.text()}（{keys}）" if keys else action.text()))

    def _add_actions(self, index: QModelIndex, menu: QMenu) -> None:
        item = self.model.row_at(index)
        menu.addActions([self.go, self.tick, self.untick, self.adjust])
        menu.addSeparator()
        unit, code = item.unit.unit.code, item.indicator
        menu.addAction("得分依据", lambda: self._acts.surroundings.show_trace(unit, code))
        if self._acts.view is not None:
            add_history_actions(menu, self._acts.view, unit, code, show=self._acts.surroundings.show_history)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        for widget in (self.topic, self.unit, self.state):
            row.addWidget(widget)
        buttons = QHBoxLayout(self.buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(4)
        add_buttons(buttons, [self.go, self.tick, self.untick, self.adjust])
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(row)
        layout.addWidget(self.place, 1)


def _states(items: Sequence[ReviewItem]) -> list[tuple[str, str]]:
    waiting = len(open_items(items))
    counts = ((OPEN, "待核", waiting), (DONE, "已核", len(items) - waiting), (ALL, "全部", len(items)))
    return [(key, f"{title} {count}") for key, title, count in counts]


def _fill_choice(choice: Choice, everything: str, choices: list[tuple[str, str]]) -> None:
    """Keeps what is chosen, where it is still there."""
    before = choice.currentData()
    choice.blockSignals(True)
    choice.clear()
    choice.addItem(everything, "")
    for key, title in choices:
        choice.addItem(title, key)
    choice.setCurrentIndex(max(choice.findData(before), 0))
    choice.blockSignals(False)
