"""任务: the plan's tree, and beside it what the year asks of whom, edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from assessor.domain import assignment_table
from assessor.domain.assignment_table import WHOLE_YEAR, AssignmentRow, Pick, PickKind
from assessor.domain.place import Place
from assessor.ui import assigning, theme
from assessor.ui.assignment_columns import columns_for
from assessor.ui.dialogs.layout import show_dialog
from assessor.ui.dialogs.picking import Offer, PickDialog
from assessor.ui.grid.column import CellChange
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel
from assessor.ui.models.branch_model import BranchModel
from assessor.ui.pages.page import Page, Surroundings
from assessor.ui.segments import Segments
from assessor.ui.task_head import TaskHead

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView
    from assessor.ui.background import Job

_BY_TASK, _BY_UNIT = "task", "unit"
_TREE_WIDTH = 300
_COUNT_WIDTH = 44


class TasksPage(Page):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__("任务", surroundings)
        self._rows: tuple[AssignmentRow, ...] = ()
        self._pick = WHOLE_YEAR
        self._locked = ""
        self.grouping = Segments("查看方式")
        self.grouping.show_choices([(_BY_TASK, "按任务"), (_BY_UNIT, "按单位")])
        self.grouping.chosen.connect(lambda _key: self._regroup())
        self.assign_button = QPushButton("下达给单位…")
        self.assign_button.clicked.connect(self.ask_assign)
        theme.dress(self.assign_button, role="primary")
        self.drop_button = QPushButton("取消任务")
        self.drop_button.setToolTip("取消选中的任务分解；已有填报的不能取消，请写明“不涉及”的原因")
        self.drop_button.clicked.connect(self.drop_selected)
        self.copy_button = QPushButton("沿用上年")
        self.copy_button.setToolTip("把这项任务上年的承担单位、权重、目标值带到本年度；已定的目标值不变")
        self.copy_button.clicked.connect(self.bring_along)
        self.plan_button = QPushButton("按实施方案下达")
        self.plan_button.clicked.connect(self.assign_by_plan)
        for button in (self.copy_button, self.drop_button, self.assign_button):
            self.tools.addWidget(button)
        self.branches = BranchModel()
        self.tree = _tree(self.branches)
        self.tree.selectionModel().currentChanged.connect(self._choose)
        self.head = TaskHead()
        self.head.requirement_given.connect(self._save_requirement)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        theme.dress(self.summary, tone="muted")
        self._tables: dict[PickKind, Grid] = {}
        self.hint = QLabel()
        self._lay_out_body()

    @property
    def grid(self) -> Grid:
        """The table beside what is chosen in the tree: each kind of entry has its own columns."""
        kind = self._pick.kind
        if kind not in self._tables:
            self._tables[kind] = self._new_table(kind)
        return self._tables[kind]

    @property
    def model(self) -> RowModel[AssignmentRow]:
        found = self.grid.model
        if found is None:
            raise RuntimeError("a table without rows to show")
        return found

    def fill(self, view: YearView) -> None:
        self._rows = assignment_table.assignment_rows(view, self.surroundings.today())
        self._locked = self._reason(view)
        self._show_tree(view)
        self._show_picked()

    def take_focus(self) -> None:
        self.tree.setFocus()

    def show_task(self, code: str) -> None:
        """Goes to a task of the plan."""
        self._go(_BY_TASK, Pick(PickKind.TASK, code))

    def show_unit(self, code: str) -> None:
        """Goes to the tasks of a unit."""
        self._go(_BY_UNIT, Pick(PickKind.UNIT, code))

    def go_to(self, place: Place) -> None:
        if place.task:
            self.show_task(place.task)
        elif place.unit:
            self.show_unit(place.unit)

    def place(self) -> Place:
        kind, code = self._pick.kind, self._pick.code
        task, unit = code if kind is PickKind.TASK else "", code if kind is PickKind.UNIT else ""
        return Place(self.objectName(), unit=unit, task=task)

    def ask_assign(self) -> None:
        """Chooses units for the task, or tasks for the unit, that is looked at."""
        view = self.view
        if view is None:
            return
        pick = self._pick
        if pick.kind is PickKind.TASK:
            task = view.plan.task_by_code[pick.code]
            units = assignment_table.units_without(view, pick.code)
            offers = [
                (title, [Offer(unit.code, unit.short_name, " ".join(unit.names)) for unit in items])
                for title, items in units
            ]
            dialog = PickDialog(f"{task.code} {task.title}", offers, "下达给单位", self)
        else:
            name = view.plan.unit_by_code[pick.code].short_name
            tasks = assignment_table.tasks_without(view, pick.code)
            offers = [
                (title, [Offer(task.code, f"{task.code} {task.title}") for task in items]) for title, items in tasks
            ]
            dialog = PickDialog(f"{name}承担的任务", offers, "下达任务", self)
        dialog.accepted.connect(lambda: self._assign(pick, dialog.chosen()))
        show_dialog(dialog)

    def drop_selected(self) -> None:
        rows = self.grid.selected_rows()
        if rows and self.view is not None:
            self._follow(assigning.drop(self.surroundings.session, self.view.year.year, rows))

    def bring_along(self) -> None:
        if self.view is not None and self._pick.kind is PickKind.TASK:
            self._follow(assigning.bring_along(self.surroundings.session, self.view.year.year, self._pick.code))

    def assign_by_plan(self) -> None:
        if self.view is not None:
            self._follow(assigning.assign_by_plan(self.surroundings.session, self.view.year.year))

    def _assign(self, pick: Pick, keys: Sequence[str]) -> None:
        view = self.view
        if view is None or not keys:
            return
        is_task = pick.kind is PickKind.TASK
        parts = [(pick.code, key) if is_task else (key, pick.code) for key in keys]
        items = [assignment_table.new_assignment(view, task, unit) for task, unit in parts]
        what = pick.code if is_task else view.plan.unit_by_code[pick.code].short_name
        self._follow(assigning.assign(self.surroundings.session, view.year.year, items, f"{what} {len(items)} 项"))

    def _write(self, changes: Sequence[CellChange[AssignmentRow]]) -> Job | None:
        if self.view is None or not changes:
            return None
        return assigning.write_cells(self.surroundings.session, self.view.year.year, changes)

    def _save_requirement(self, task: str, text: str) -> None:
        if self.view is not None:
            self._follow(assigning.save_requirement_of(self.surroundings.session, self.view.year.year, task, text))

    def _follow(self, job: Job) -> None:
        self.surroundings.clear_problem()
        job.failed.connect(self.surroundings.show_problem)

    def _new_table(self, kind: PickKind) -> Grid:
        model: RowModel[AssignmentRow] = RowModel(columns_for(kind), lambda row: row.key)
        model.write = self._write
        grid = Grid("任务分解", frozen=1, memory_key=f"tasks.{kind.value}")
        grid.set_model(model)
        grid.menu_asked.connect(self._add_actions)
        grid.looked_at.connect(lambda _index: self._allow())
        self._body.addWidget(grid)
        return grid

    def _reason(self, view: YearView) -> str:
        """Why nothing can be changed; empty: it can."""
        current = self.surroundings.session.current
        if current is not None and current.is_read_only:
            return f"工作簿不能修改：{current.read_only_reason}"
        return f"{view.year.year} 年度已定稿，不能修改" if view.seal is not None else ""

    def _regroup(self) -> None:
        self._pick = WHOLE_YEAR
        if self.view is not None:
            self._show_tree(self.view)
            self._show_picked()

    def _go(self, grouping: str, pick: Pick) -> None:
        if self.view is None:
            return
        if self.grouping.key != grouping:
            self.grouping.button(grouping).setChecked(True)
            self._show_tree(self.view)
        self.tree.setCurrentIndex(self.branches.index_of(pick))

    def _show_tree(self, view: YearView) -> None:
        is_by_task = self.grouping.key == _BY_TASK
        build = assignment_table.task_branches if is_by_task else assignment_table.unit_branches
        pick = self._pick
        if self.branches.show_branches(build(view, self._rows)):
            self.tree.expandAll() if not is_by_task else self.tree.expandToDepth(0)
        index = self.branches.index_of(pick)
        self.tree.setCurrentIndex(index if index.isValid() else self.branches.index(0, 0))

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        pick = self.branches.pick_at(index)
        if pick is not None and pick != self._pick:
            self._pick = pick
            self._show_picked()
            self.grid.go_to(self.model.index(0, 0))

    def _show_picked(self) -> None:
        view = self.view
        if view is None:
            return
        rows = assignment_table.picked(self._rows, self._pick)
        self.model.locked = self._locked
        self.model.show_rows(rows)
        self._show_head(view, rows)
        self.hint.setText(self._first_step())
        self._body.setCurrentWidget(self.grid if rows else self._nothing)
        self._allow()

    def _show_head(self, view: YearView, rows: Sequence[AssignmentRow]) -> None:
        is_task = self._pick.kind is PickKind.TASK
        self.head.setVisible(is_task)
        parts = [assignment_table.summary(rows)] if rows else []
        if is_task:
            code = self._pick.code
            targets = [assignment_table.target_words(item) for item in view.targets if item.target.task == code]
            requirement = view.facts.requirements.get(code, "")
            self.head.show_task(view.plan.task_by_code[code], targets, requirement, self._locked)
            parts.append(assignment_table.target_sum(rows))
        self.summary.setText("；".join(part for part in parts if part))
        self.summary.setVisible(bool(parts))

    def _first_step(self) -> str:
        if not self._rows:
            return "本年度还没有下达任何任务。\n可以按实施方案把全部任务一次下达给责任单位，再逐项调整。"
        if self._pick.kind is PickKind.TASK:
            return "这项任务本年度没有下达给任何单位。\n点“下达给单位…”选择承担的单位，或点“沿用上年”。"
        return "这里本年度还没有任务。\n点“下达任务…”选择。"

    def _allow(self) -> None:
        """What can be done with what is looked at."""
        kind, can_write = self._pick.kind, not self._locked
        self.assign_button.setText("下达任务…" if kind is PickKind.UNIT else "下达给单位…")
        self.assign_button.setEnabled(can_write and kind in (PickKind.TASK, PickKind.UNIT))
        choose = "" if kind in (PickKind.TASK, PickKind.UNIT) else "请先在左边选择一项任务，或按单位选择一个单位"
        self.assign_button.setToolTip(self._locked or choose)
        self.copy_button.setVisible(self.grouping.key == _BY_TASK)
        self.copy_button.setEnabled(can_write and kind is PickKind.TASK)
        self.drop_button.setEnabled(can_write and bool(self.grid.selected_rows()))
        self.plan_button.setVisible(not self._rows)
        self.plan_button.setEnabled(can_write)

    def _add_actions(self, index: QModelIndex, menu: QMenu) -> None:
        row = self.model.row_at(index)
        menu.addSeparator()
        if self._pick.kind is not PickKind.TASK:
            menu.addAction(f"查看任务 {row.assignment.task}", lambda: self.show_task(row.assignment.task))
        if self._pick.kind is not PickKind.UNIT:
            menu.addAction(f"查看{row.unit_name}的任务", lambda: self.show_unit(row.assignment.unit))
        menu.addAction("取消任务", self.drop_selected).setEnabled(self.drop_button.isEnabled())

    def _lay_out_body(self) -> None:
        left = _card()
        inside = QVBoxLayout(left)
        inside.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        inside.addWidget(self.grouping)
        inside.addWidget(self.tree, 1)
        self._nothing = QWidget()
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.dress(self.hint, tone="muted")
        empty = QVBoxLayout(self._nothing)
        empty.addStretch(1)
        empty.addWidget(self.hint)
        empty.addWidget(self.plan_button, 0, Qt.AlignmentFlag.AlignHCenter)
        empty.addStretch(2)
        self._body = QStackedWidget()
        self._body.addWidget(self._nothing)
        table = _card()
        framed = QVBoxLayout(table)
        framed.setContentsMargins(1, 1, 1, 1)
        framed.addWidget(self._body)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(theme.SPACE, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addWidget(self.head)
        column.addWidget(self.summary)
        column.addWidget(table, 1)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([_TREE_WIDTH, 3 * _TREE_WIDTH])
        layout = QHBoxLayout(self.body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)


def _card() -> QFrame:
    card = QFrame()
    theme.dress(card, role="card")
    return card


def _tree(model: BranchModel) -> QTreeView:
    tree = QTreeView()
    tree.setAccessibleName("任务和单位")
    tree.setModel(model)
    tree.setHeaderHidden(True)
    tree.setUniformRowHeights(True)
    tree.setIndentation(theme.SPACE * 2)
    tree.setTextElideMode(Qt.TextElideMode.ElideRight)
    header = tree.header()
    header.setStretchLastSection(False)
    header.setMinimumSectionSize(_COUNT_WIDTH)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
    header.resizeSection(1, _COUNT_WIDTH)
    return tree
