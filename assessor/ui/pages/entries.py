"""加减分: bonuses, deductions, vetoes and occurrences, with what each counts for; files dropped on one prove it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QMenu, QStackedWidget, QToolButton, QVBoxLayout

from assessor.domain.entry_table import EntryRow, UnitEntries, entry_rows, unit_entries
from assessor.domain.event_entry import EventChange, EventField, changed_events, event_label
from assessor.domain.facts import Event, EventKind
from assessor.domain.place import Place
from assessor.ui import theme
from assessor.ui.dialogs.event import EventDialog, FilledEvent
from assessor.ui.entry_columns import FILES, entry_columns, unit_entry_columns
from assessor.ui.evidence_mime import has_sources, sources_in
from assessor.ui.evidence_work import EvidenceWork
from assessor.ui.grid.column import CellChange
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel
from assessor.ui.history_menu import add_history_actions
from assessor.ui.pages.page import Page, Surroundings
from assessor.ui.segments import Segments
from assessor.workbook.events import add_events, remove_events, update_event, update_events
from assessor.workbook.evidence import EvidenceFacts, Owner, count_by_event
from assessor.workbook.evidence_adding import Added, Draft, Source
from assessor.workbook.evidence_names import kept_name

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView
    from assessor.ui.background import Job
    from assessor.workbook.workbook import Edit

EVENTS, UNITS = "events", "units"
_LOOKS = ((EVENTS, "逐条"), (UNITS, "按单位汇总"))
_SEALED = "本年度已定稿，不能修改加减分"
_EMPTY = "本年度还没有加分、扣分、一票否决和扣分情形。\n点“新增…”（Ins）登记一条；之后把证明文件拖到那一行。"
_DOINGS = (
    ("add", "新增…", "Ins"),
    ("change", "修改…", "Ctrl+Return"),
    ("copy", "复制到其他单位…", "Ctrl+Shift+D"),
    ("prove", "添加佐证…", ""),
    ("remove", "删除", "Ctrl+Del"),
)


class EntriesPage(Page):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__("加减分", surroundings)
        self.looks = Segments("查看方式")
        self.looks.show_choices(_LOOKS)
        self.tools.addWidget(self.looks)
        self.grid = Grid("加减分事项", frozen=2, memory_key="entries")
        self.model: RowModel[EntryRow] = RowModel(entry_columns(), lambda row: row.event.key)
        self.model.write = self._write
        self.sums = Grid("加减分汇总", frozen=1, memory_key="entry-sums")
        self.sums_model: RowModel[UnitEntries] = RowModel(unit_entry_columns(), lambda row: row.unit.unit.code)
        self.summary = QLabel()
        self.note = QLabel()
        self.dialog: EventDialog | None = None
        self.work = EvidenceWork(surroundings, self._say)
        self._files: dict[str, int] = {}
        self._files_of: int | None = None
        self._counting: Job | None = None
        self._wanted: str = ""
        self.doings = self._make_actions()
        self._lay_out_body()
        self._connect()
        self.setAcceptDrops(True)

    def fill(self, view: YearView) -> None:
        if self._files_of != view.year.year:
            self._files, self._files_of = {}, view.year.year
        self._show(view)
        self._count_files(view.year.year)

    def take_focus(self) -> None:
        (self.grid if self.looks.key == EVENTS else self.sums).setFocus()

    def go_to(self, place: Place) -> None:
        if not place.key:
            return
        self.looks.show_choices(_LOOKS, EVENTS)
        self._show_look(EVENTS)
        self.grid.go_to_row(place.key, EventField.REASON.value)

    def place(self) -> Place:
        index = self.grid.current_index()
        key = self.model.row_at(index).event.key if index.isValid() else ""
        return Place(self.objectName(), key=key if self.looks.key == EVENTS else "")

    def locked_reason(self) -> str:
        """Why nothing can be changed; empty where it can."""
        current = self.surroundings.session.current
        return (current.read_only_reason if current else "") or (_SEALED if self.view and self.view.seal else "")

    def chosen(self) -> list[EntryRow]:
        return self.grid.selected_rows() if self.model.rowCount() else []

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if has_sources(event.mimeData()) and not self.locked_reason():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        row = self._row_at(event.position().toPoint())
        if row is None:
            event.ignore()
            return
        self.grid.go_to(self.model.index_of(row.event.key, FILES))
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        row = self._row_at(event.position().toPoint())
        if row is not None and not self.locked_reason():
            event.acceptProposedAction()
            self.prove(row, sources_in(event.mimeData(), datetime.now().astimezone()))

    def prove(self, row: EntryRow, sources: Sequence[Source]) -> None:
        """Takes files as evidence of the row's event."""
        if not sources or self.view is None:
            return
        self.surroundings.clear_problem()
        owner, today = Owner(event=row.event.key), self.surroundings.today()
        drafts = [
            Draft(row.unit.unit.code, EvidenceFacts(Path(kept_name(source.name)).stem, owner, received=today), source)
            for source in sources
        ]
        self.work.add(self.view.year.year, drafts, self._tell_added)

    # What is shown

    def _show(self, view: YearView) -> None:
        rows, sums = entry_rows(view, self._files), unit_entries(view)
        self.model.locked = self.locked_reason()
        self.model.show_rows(rows)
        self.sums_model.show_rows(sums)
        self.summary.setText(_summary(rows, sums))
        self._show_tables()
        self._allow()
        if self._wanted and self.model.place_of(self._wanted) is not None:
            self.grid.go_to(self.model.index_of(self._wanted, EventField.REASON.value))
            self._wanted = ""

    def _count_files(self, year: int) -> None:
        job = self.surroundings.session.run(
            "正在读取佐证材料", lambda workbook, _work: count_by_event(workbook, year), quiet=True
        )
        self._counting = job
        job.done.connect(lambda counts: self._show_files(job, counts))
        job.failed.connect(self.surroundings.show_problem)

    def _show_files(self, job: Job, counts: dict[str, int]) -> None:
        if self._counting is job and self.view is not None and counts != self._files:
            self._files = counts
            self._show(self.view)

    def _allow(self) -> None:
        reason, rows = self.locked_reason(), self.chosen()
        is_list = self.looks.key == EVENTS
        fits = {
            "add": True,
            "change": len(rows) == 1,
            "copy": len(rows) == 1,
            "prove": len(rows) == 1,
            "remove": bool(rows),
        }
        for key, title, keys in _DOINGS:
            action = self.doings[key]
            action.setEnabled(not reason and is_list and fits[key])
            action.setToolTip(reason or (f"{title}（{keys}）" if keys else title))

    def _show_tables(self) -> None:
        table = self.grid if self.looks.key == EVENTS else self.sums
        self.tables.setCurrentWidget(table if self.model.row_total else self.empty)

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _show_look(self, _key: str) -> None:
        self._show_tables()
        self._allow()
        self.take_focus()

    # What is done

    def _write(self, changes: Sequence[CellChange[EntryRow]]) -> Job | None:
        meant = [EventChange(change.row, EventField(change.column), change.value) for change in changes]  # type: ignore[arg-type]
        changed = changed_events(meant)
        if not changed:
            return None
        label = event_label("修改", [event for _unit, event in changed])
        return self._change(label, lambda edit, year: update_events(edit, year, changed))

    def _change(self, label: str, function: Callable[[Edit, int], object]) -> Job:
        assert self.view is not None
        year = self.view.year.year
        self.surroundings.clear_problem()
        self._say("")
        return self.surroundings.session.change(label, lambda edit: function(edit, year))

    def _do(self, label: str, function: Callable[[Edit, int], object]) -> Job:
        job = self._change(label, function)
        job.failed.connect(self.surroundings.show_problem)
        return job

    def _ask_new(self) -> None:
        chosen = [row.unit.unit.code for row in self.chosen()[:1]]
        dialog = self._make_dialog("新增加减分事项", chosen=chosen)
        dialog.accepted.connect(lambda: self._add("登记", dialog.filled))
        dialog.open()

    def _ask_change(self) -> None:
        (row,) = self.chosen()
        dialog = self._make_dialog("修改加减分事项", chosen=[row.unit.unit.code], is_one=True)
        dialog.prefill(row.event)
        dialog.accepted.connect(lambda: self._update(dialog.filled))
        dialog.open()

    def _ask_copy(self) -> None:
        (row,) = self.chosen()
        alike = [other.unit.unit.code for other in self.model.rows() if _is_copy(other.event, row.event)]
        dialog = self._make_dialog("复制到其他单位", chosen=[row.unit.unit.code], without=alike, already=len(alike))
        dialog.prefill(row.event)
        dialog.accepted.connect(lambda: self._copy(row, dialog.filled))
        dialog.open()

    def _ask_files(self) -> None:
        (row,) = self.chosen()
        names, _kind = QFileDialog.getOpenFileNames(self, f"“{row.event.reason}”的佐证材料", str(Path.home()))
        self.prove(row, [Path(name) for name in names])

    def _add(self, verb: str, filled: FilledEvent | None) -> None:
        if filled is not None:
            label = event_label(verb, [filled.event])
            job = self._do(label, lambda edit, year: add_events(edit, year, filled.units, filled.event))
            job.done.connect(self._go_to_new)

    def _update(self, filled: FilledEvent | None) -> None:
        if filled is not None:
            (unit,) = filled.units
            self._do(
                event_label("修改", [filled.event]), lambda edit, year: update_event(edit, year, unit, filled.event)
            )

    def _copy(self, row: EntryRow, filled: FilledEvent | None) -> None:
        """Those that have it already take the same part of it from now on."""
        if filled is None:
            return
        shared_by = filled.event.shared_by
        alike = [other for other in self.model.rows() if _is_copy(other.event, row.event)]
        shares = [(other.unit.unit.code, replace(other.event, shared_by=shared_by)) for other in alike]

        def copy(edit: Edit, year: int) -> object:
            update_events(edit, year, shares)
            return add_events(edit, year, filled.units, filled.event)

        self._do(event_label("复制", [filled.event]), copy).done.connect(self._go_to_new)

    def _remove(self) -> None:
        events = [row.event for row in self.chosen()]
        keys = [event.key for event in events]
        job = self._do(event_label("删除", events), lambda edit, year: remove_events(edit, year, keys))
        job.done.connect(lambda _nothing: self._say("已删除，可用“撤销”（Ctrl+Z）取回"))

    def _go_to_new(self, keys: tuple[str, ...]) -> None:
        self._wanted = keys[0]

    def _tell_added(self, added: Added) -> None:
        self._say("\n".join(added.notes) or f"已添加 {len(added.keys)} 件佐证材料")

    def _make_dialog(
        self, title: str, *, chosen: Sequence[str], without: Sequence[str] = (), is_one: bool = False, already: int = 0
    ) -> EventDialog:
        assert self.view is not None
        day = min(max(self.surroundings.today(), self.view.year.starts), self.view.year.ends)
        self.dialog = dialog = EventDialog(
            self, self.view, day, chosen=chosen, without=without, is_one=is_one, already=already
        )
        dialog.setWindowTitle(title)
        dialog.finished.connect(lambda _code: self._forget_dialog(dialog))
        return dialog

    def _forget_dialog(self, dialog: EventDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None

    # Where the cursor is

    def _row_at(self, place: QPoint) -> EntryRow | None:
        if self.looks.key != EVENTS:
            return None
        number = self.grid.table.rowAt(self.grid.table.viewport().mapFrom(self, place).y())
        return self.model.row_at_place(number) if number >= 0 else None

    def _look(self, index: QModelIndex) -> None:
        self._allow()
        if index.isValid():
            self.surroundings.look_at(self.model.row_at(index).unit.unit.code, None)

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if self.model.column_at(index).key == FILES and not row.files and not self.locked_reason():
            self._ask_files()
        else:
            code = row.event.code if row.event.kind is EventKind.OCCURRENCE else None
            self.surroundings.show_trace(row.unit.unit.code, code)

    def _add_actions(self, index: QModelIndex, menu: QMenu) -> None:
        row = self.model.row_at(index)
        menu.addActions([self.doings[key] for key, _title, _keys in _DOINGS])
        menu.addSeparator()
        menu.addAction("得分依据", lambda: self._open(index))
        if self.view is not None:
            add_history_actions(menu, self.view, row.unit.unit.code, None, show=self.surroundings.show_history)

    # How it is laid out

    def _make_actions(self) -> dict[str, QAction]:
        run = {
            "add": self._ask_new,
            "change": self._ask_change,
            "copy": self._ask_copy,
            "prove": self._ask_files,
            "remove": self._remove,
        }
        actions = {}
        for key, title, keys in _DOINGS:
            action = QAction(title, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _checked, key=key: run[key]())
            self.addAction(action)
            actions[key] = action
        return actions

    def _connect(self) -> None:
        self.grid.set_model(self.model)
        self.sums.set_model(self.sums_model)
        self.grid.looked_at.connect(self._look)
        self.grid.opened.connect(self._open)
        self.grid.menu_asked.connect(self._add_actions)
        self.sums.opened.connect(
            lambda index: self.surroundings.show_trace(self.sums_model.row_at(index).unit.unit.code, None)
        )
        self.sums.looked_at.connect(
            lambda index: self.surroundings.look_at(self.sums_model.row_at(index).unit.unit.code, None)
        )
        self.looks.chosen.connect(self._show_look)

    def _lay_out_body(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        for key, _title, _keys in _DOINGS:
            button = QToolButton()
            button.setDefaultAction(self.doings[key])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.summary)
        theme.dress(self.summary, tone="muted")
        self.note.setWordWrap(True)
        self.note.setAccessibleName("提示信息")
        theme.dress(self.note, tone="muted")
        self.note.hide()
        self.empty = QLabel(_EMPTY)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(theme.SPACE * 3)
        theme.dress(self.empty, tone="muted")
        self.tables = QStackedWidget()
        for widget in (self.grid, self.sums, self.empty):
            self.tables.addWidget(widget)
        card = QFrame()
        theme.dress(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.tables)
        layout = QVBoxLayout(self.body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(row)
        layout.addWidget(self.note)
        layout.addWidget(card, 1)


def _is_copy(other: Event, event: Event) -> bool:
    """Whether both are one achievement, recorded for two units (or the very same event)."""
    return replace(other, key="", shared_by=1) == replace(event, key="", shared_by=1)


def _summary(rows: Sequence[EntryRow], sums: Sequence[UnitEntries]) -> str:
    counts = [(kind, sum(row.event.kind is kind for row in rows)) for kind in EventKind]
    parts = [f"共 {len(rows)} 条", *(f"{kind.label} {count}" for kind, count in counts if count)]
    full = sum(bool(unit.full_caps) for unit in sums)
    bare = sum(not row.files for row in rows)
    parts += [f"{full} 个单位已到上限"] if full else []
    parts += [f"缺佐证 {bare}"] if bare else []
    return "　".join(parts) if rows else ""
