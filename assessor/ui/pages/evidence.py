"""佐证: the year's evidence and its files; dropping or pasting files adds them, or puts one into the row under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QMessageBox

from assessor.domain.place import Place
from assessor.errors import AssessorError, InputError
from assessor.ui.dialogs.evidence import EvidenceDialog, Filled
from assessor.ui.evidence_actions import EvidenceActions
from assessor.ui.evidence_data import CheckOutcome, EvidenceData, read_evidence
from assessor.ui.evidence_layout import EvidenceLayout
from assessor.ui.evidence_mime import has_sources, sources_in
from assessor.ui.evidence_work import EvidenceWork
from assessor.ui.models.evidence_model import EvidenceModel, EvidenceOrder
from assessor.ui.pages.page import Page, Surroundings
from assessor.workbook.evidence import EvidenceFacts, Owner
from assessor.workbook.evidence_adding import Added, Draft, Source
from assessor.workbook.evidence_list import EvidenceItem
from assessor.workbook.evidence_names import kept_name, safe_name
from assessor.workbook.evidence_store import StoredFile

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView
    from assessor.ui.background import Job

_SEALED = "本年度已定稿，不能修改佐证材料"
_CLEARING = (
    "要从佐证文件夹中删除没有任何记录（包括修改历史）用到的文件吗？\n"
    "删除后不能撤销。如果刚从旧备份恢复过工作簿，请不要清理：较新的工作簿可能还要用到它们。"
)


class EvidencePage(Page):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__("佐证", surroundings)
        self.actions_by_key = EvidenceActions(self, self.do)
        self.parts = EvidenceLayout(self.body, self.tools, self.actions_by_key)
        self.table = self.parts.table
        self.dialog: EvidenceDialog | None = None
        self._order = EvidenceOrder(EvidenceModel(EvidenceData()))
        self.parts.show_order(self._order)
        self._reading: Job | None = None
        self._chosen_keys: Sequence[int] = ()
        self.work = EvidenceWork(surroundings, self.parts.say)
        self.setAcceptDrops(True)
        self.table.opened.connect(lambda _index: self.do("open" if self._files() else "attach"))
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.parts.unit.currentIndexChanged.connect(self._filter)
        self.parts.text.textChanged.connect(self._filter)
        self._doings: dict[str, Callable[[], object]] = {
            "add": self._ask_new,
            "paste": self._paste,
            "open": self._open,
            "export": self._export,
            "attach": self._ask_file,
            "change": self._ask_change,
            "remove": self._remove,
            "check": self._check,
            "clear": self._clear,
        }

    @property
    def evidence(self) -> EvidenceData:
        return self._order.evidence

    def fill(self, view: YearView) -> None:
        year = view.year.year
        self._reading = job = self.surroundings.session.run(
            "正在读取佐证材料", lambda workbook, _work: read_evidence(workbook, year), quiet=True
        )
        job.done.connect(lambda data: self._show(data) if self._reading is job else None)
        job.failed.connect(self.surroundings.show_problem)
        self._allow()

    def take_focus(self) -> None:
        self.table.setFocus()

    def do(self, key: str) -> None:
        """Does what the action of that key does; a problem goes to the message bar."""
        if not self.actions_by_key[key].isEnabled():
            return
        self.surroundings.clear_problem()
        self.parts.say("")
        try:
            self._doings[key]()
        except AssessorError as problem:
            self.surroundings.show_problem(problem)

    def take(self, sources: Sequence[Source], item: EvidenceItem | None = None) -> None:
        """Files that were dropped or pasted: one for a row is its file, others become new evidence."""
        if item is not None and len(sources) == 1:
            self._attach(item, sources[0])
        elif sources:
            self._ask_new(sources, item)

    def chosen(self) -> tuple[EvidenceItem, ...]:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(self._order.item(row) for row in rows)

    def choose(self, keys: Sequence[int]) -> None:
        """Selects these items, where they are shown, and goes to the first."""
        rows = [row for row in map(self._order.row_of, keys) if row is not None]
        chooser = self.table.selectionModel()
        chooser.clearSelection()
        whole = QItemSelectionModel.SelectionFlag.Rows | QItemSelectionModel.SelectionFlag.Select
        for row in rows:
            chooser.select(self._order.index(row, 0), whole)
        if rows:
            chooser.setCurrentIndex(self._order.index(rows[0], 0), QItemSelectionModel.SelectionFlag.NoUpdate)
            self.table.scrollTo(self._order.index(rows[0], 0))

    def go_to(self, place: Place) -> None:
        if not place.key:
            if place.unit:
                self.parts.show_unit(place.unit)
            return
        self.parts.show_all()
        self._chosen_keys = (int(place.key),)  # for when they are read
        self.choose(self._chosen_keys)

    def place(self) -> Place:
        keys = self._chosen_keys or [item.key for item in self.chosen()]
        return Place(self.objectName(), key=str(keys[0])) if keys else Place(self.objectName())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if has_sources(event.mimeData()) and not self.read_only_reason():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        item = self._item_at(event.position().toPoint())
        self.choose([item.key] if item else [])
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.read_only_reason():
            return
        event.acceptProposedAction()
        item = self._item_at(event.position().toPoint())
        self.take(sources_in(event.mimeData(), datetime.now().astimezone()), item)

    def read_only_reason(self) -> str:
        """Why nothing can be changed here; empty where it can."""
        current = self.surroundings.session.current
        if current is None or self.view is None:
            return "没有打开的年度"
        return current.read_only_reason or (_SEALED if self.view.seal else "")

    def _show(self, data: EvidenceData) -> None:
        keys = self._chosen_keys or [item.key for item in self.chosen()]
        self._chosen_keys = ()
        self._order = EvidenceOrder(EvidenceModel(data))
        self.parts.show_order(self._order)
        self.table.selectionModel().selectionChanged.connect(lambda _on, _off: self._allow())
        self.parts.show_units(data)
        self._filter()
        self.choose(keys)
        self._allow()

    def _filter(self) -> None:
        self._order.show_only(self.parts.unit_code(), self.parts.text.text())
        self.parts.summarize(self._order)

    def _allow(self) -> None:
        chosen = self.chosen()
        files = sum(1 for item in chosen if item.file)
        self.actions_by_key.allow(len(chosen), files, self.read_only_reason())

    def _item_at(self, place: QPoint) -> EvidenceItem | None:
        index = self.table.indexAt(self.table.viewport().mapFrom(self, place))
        return self._order.item(index.row()) if index.isValid() else None

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions_by_key.all())
        menu.popup(self.table.viewport().mapToGlobal(place))

    def _files(self) -> list[StoredFile]:
        return [item.file for item in self.chosen() if item.file is not None]

    def _paste(self) -> None:
        sources = sources_in(QApplication.clipboard().mimeData(), datetime.now().astimezone())
        if not sources:
            remedy = "请先在文件管理器中复制文件，或复制一张图片"
            raise InputError("剪贴板中没有文件或图片", place="粘贴", remedy=remedy)
        chosen = self.chosen()
        lacks_file = len(chosen) == len(sources) == 1 and chosen[0].file is None
        self.take(sources, chosen[0] if lacks_file else None)

    def _ask_new(self, sources: Sequence[Source] = (), like: EvidenceItem | None = None) -> None:
        """``like``: whose unit and owner to begin with; else those of the row that is chosen."""
        dialog = self._make_dialog("添加佐证材料", [source.name for source in sources])
        first = like or next(iter(self.chosen()), None)
        unit = first.unit if first else self.parts.unit_code()
        title = _title_of(sources[0]) if sources else ""
        owner = first.owner if first else Owner()
        dialog.prefill(unit, EvidenceFacts(title, owner, received=self.surroundings.today()))
        dialog.accepted.connect(lambda: self._add(dialog.filled, sources))
        dialog.open()

    def _ask_change(self) -> None:
        (item,) = self.chosen()
        dialog = self._make_dialog("修改佐证材料", ())
        facts = EvidenceFacts(item.title, item.owner, item.indicator, item.dated, item.received, item.description)
        dialog.prefill(item.unit, facts)
        dialog.fix_unit()
        dialog.accepted.connect(lambda: self._change(item, dialog.filled))
        dialog.open()

    def _make_dialog(self, title: str, files: Sequence[str]) -> EvidenceDialog:
        groups = self.view.result.groups if self.view else ()
        indicators = {
            unit.unit.code: [(indicator.code, indicator.title) for indicator in group.scheme.indicators]
            for group in groups
            for unit in group.units
        }
        self.dialog = dialog = EvidenceDialog(self, self.evidence.owners, indicators, files)
        dialog.setWindowTitle(title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _code: self._forget_dialog(dialog))
        return dialog

    def _forget_dialog(self, dialog: QDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None

    def _add(self, filled: Filled | None, sources: Sequence[Source]) -> None:
        if filled is None:
            return
        unit, facts = filled.unit, filled.facts
        if len(sources) > 1:
            drafts = [Draft(unit, replace(facts, title=_title_of(source)), source) for source in sources]
        else:
            drafts = [Draft(unit, facts, sources[0] if sources else None)]
        self.work.add(self._year(), drafts, self._tell_added)

    def _attach(self, item: EvidenceItem, source: Source) -> None:
        self.work.attach(self._year(), item.key, source, self._tell_added)

    def _change(self, item: EvidenceItem, filled: Filled | None) -> None:
        if filled is not None:
            self.work.change(self._year(), item.key, filled.facts)

    def _remove(self) -> None:
        self.work.remove(self._year(), [item.key for item in self.chosen()])

    def _tell_added(self, added: Added) -> None:
        self._chosen_keys = added.keys
        self.parts.say("\n".join(added.notes))

    def _ask_file(self) -> None:
        (item,) = self.chosen()
        name, _kind = QFileDialog.getOpenFileName(self, f"选择“{item.title}”的文件", str(Path.home()))
        if name:
            self._attach(item, Path(name))

    def _open(self) -> None:
        (file,) = self._files()
        self.work.open(file)

    def _export(self) -> None:
        files = self._files()
        if len(files) == 1:
            start = str(Path.home() / safe_name(files[0].name))
            name, _kind = QFileDialog.getSaveFileName(self, "导出佐证文件", start)
            if name:
                self.work.export_one(files[0], Path(name))
        else:
            title = f"导出 {len(files)} 个佐证文件到"
            folder = QFileDialog.getExistingDirectory(self, title, str(Path.home()))
            if folder:
                self.work.export_many(files, Path(folder))

    def _check(self) -> None:
        self.work.check(self._year(), self._tell_check)

    def _tell_check(self, outcome: CheckOutcome) -> None:
        self._show(outcome.data)
        self.parts.say(outcome.sentence)

    def _clear(self) -> None:
        box = QMessageBox(QMessageBox.Icon.Question, "清理没有用到的文件", _CLEARING, parent=self)
        delete = box.addButton("删除", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        delete.clicked.connect(self.work.clear)
        box.open()

    def _year(self) -> int:
        assert self.view is not None
        return self.view.year.year


def _title_of(source: Source) -> str:
    return Path(kept_name(source.name)).stem
