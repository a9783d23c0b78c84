"""历史: every edit, newest first; an opened one shows its rows before and after, side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from assessor.ui import theme
from assessor.ui.grid.copying import selection_text
from assessor.ui.grid.plain_table import PlainTable
from assessor.ui.history_files import ask_and_write
from assessor.ui.history_filters import HistoryFilters
from assessor.ui.history_reading import EditRows, HistoryPart, read_first, read_more, read_rows
from assessor.ui.icons import icon
from assessor.ui.models.change_model import ChangeModel
from assessor.ui.models.history_model import HistoryModel
from assessor.ui.pages.page import Page, Surroundings
from assessor.workbook.history_lines import query_words, time_words
from assessor.workbook.history_list import HistoryQuery
from assessor.workbook.row_words import Names, place_of

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView
    from assessor.ui.background import Job

_WIDTHS = (132, 84, 200, 170, 0, 56, 72)
_UNITS = 4
"""The column that takes what room is left."""
_ROW_WIDTHS = (380, 128, 130, 240)


class HistoryPage(Page):
    shown = Signal()
    """The list shows what was asked for last."""

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__("历史", surroundings)
        self.filters = HistoryFilters()
        self.filters.changed.connect(self._read)
        self.asked = QLabel()
        self.asked.setWordWrap(True)
        theme.dress(self.asked, tone="muted")
        self.model = HistoryModel()
        self.model.more_wanted.connect(self._read_more)
        self.table = PlainTable("修改历史")
        self.table.setModel(self.model)
        self.table.selectionModel().currentChanged.connect(self._read_rows)
        self.table.opened.connect(lambda _index: self.rows.setFocus())
        self.rows: PlainTable = PlainTable("修改前后")
        self.rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.rows.customContextMenuRequested.connect(self._show_menu)
        self._head = QLabel()
        self._head.setFont(theme.font(bold=True))
        self.unchanged = QPushButton("显示未改动的项目")
        self.unchanged.setCheckable(True)
        theme.dress(self.unchanged, role="chip")
        self.unchanged.toggled.connect(lambda _on: self._show_rows())
        self._names = Names()
        self._opened: EditRows | None = None
        self._job: Job | None = None
        self._is_stale = True
        self._make_tools()
        self._fill_body()

    def fill(self, view: YearView) -> None:
        """Another state of the workbook: what is shown is read anew, now or when the page is seen again."""
        self._is_stale = True
        if self.isVisible():
            self._read()

    def show_view(self, view: YearView | None) -> None:
        super().show_view(view)
        self.set_subtitle("")
        if self.empty_text():  # a workbook without a year has a history, too
            self.set_empty("")
            self._is_stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._read()

    def take_focus(self) -> None:
        self.table.setFocus()

    def ask(self, query: HistoryQuery) -> None:
        """Shows what is asked for, as if it had been chosen above the list."""
        self.filters.ask(query)

    def _read(self) -> None:
        if self.surroundings.session.current is None:
            return
        self._is_stale = False
        if self._job is not None:
            self._job.cancel()
        query = self.filters.query
        job = self.surroundings.session.run("正在读取历史", partial(read_first, query), quiet=True)
        self._job = job
        job.done.connect(self._take)
        job.failed.connect(self.surroundings.show_problem)

    def _take(self, part: HistoryPart) -> None:
        before = self._current_number()
        self._names = part.names
        self.filters.offer(part.names, part.operators)
        self.model.show_entries(part.entries, part.names, is_whole=part.is_last)
        self.asked.setText(_asked_words(part.query, part.names))
        self.asked.setVisible(bool(self.asked.text()))
        numbers = [entry.record.number for entry in part.entries]
        if numbers:
            self._choose(numbers.index(before) if before in numbers else 0)
        else:
            self._opened = None
            self._show_rows()
        self.shown.emit()

    def _choose(self, row: int) -> None:
        index = self.model.index(row, 0)
        chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(index, chosen)
        self.table.scrollTo(index)

    def _read_more(self, before: int) -> None:
        query = self.filters.query
        job = self.surroundings.session.run("正在读取历史", partial(read_more, query, before), quiet=True)
        job.done.connect(self._take_more)
        job.failed.connect(self.surroundings.show_problem)

    def _take_more(self, part: HistoryPart) -> None:
        if part.query == self.filters.query:
            self.model.add_entries(part.entries, is_whole=part.is_last)

    def _current_number(self) -> int | None:
        index = self.table.currentIndex()
        return self.model.entries[index.row()].record.number if index.isValid() else None

    def _read_rows(self, index: QModelIndex, _before: QModelIndex) -> None:
        number = self._current_number() if index.isValid() else None
        if number is not None:
            query = self.filters.query
            job = self.surroundings.session.run("正在读取修改内容", partial(read_rows, number, query), quiet=True)
            job.done.connect(self._take_rows)
            job.failed.connect(self.surroundings.show_problem)

    def _take_rows(self, rows: EditRows) -> None:
        if rows.number == self._current_number():
            self._opened = rows
            self._show_rows()

    def _show_rows(self) -> None:
        changes = self._opened.changes if self._opened else ()
        self.rows.setModel(ChangeModel(changes, self._names, with_unchanged=self.unchanged.isChecked()))
        for column, width in enumerate(_ROW_WIDTHS):
            self.rows.setColumnWidth(column, width)
        self.rows.horizontalHeader().setStretchLastSection(True)
        self._head.setText(self._head_words())

    def _head_words(self) -> str:
        opened, index = self._opened, self.table.currentIndex()
        if opened is None or not index.isValid():
            return "没有符合条件的修改" if not self.model.entries else ""
        entry = self.model.entries[index.row()]
        count = len(opened.changes)
        rows = f"{count} 行" if count == opened.total else f"{count} 行（这次修改共 {opened.total} 行）"
        return f"第 {opened.number} 次修改：{entry.record.label}　{time_words(entry)}　{entry.record.operator}　{rows}"

    def _show_menu(self, at: QPoint) -> None:
        index, model = self.rows.indexAt(at), self.rows.model()
        if not index.isValid() or not isinstance(model, ChangeModel):
            return
        change = model.change_at(index.row())
        query = HistoryQuery(row=(change.table, change.key))
        menu = QMenu(self)
        menu.addAction(f"此项的全部修改：{place_of(change, self._names)}", lambda: self.ask(query))
        menu.addSeparator()
        menu.addAction("复制", self._copy_rows)
        menu.popup(self.rows.viewport().mapToGlobal(at))

    def _copy_rows(self) -> None:
        QApplication.clipboard().setText(selection_text(self.rows.selectedIndexes()))

    def _make_tools(self) -> None:
        self.export_button = QPushButton(icon("export"), "导出…")
        self.export_button.clicked.connect(partial(self._write, False))
        self.print_button = QPushButton(icon("report"), "打印为 PDF…")
        self.print_button.clicked.connect(partial(self._write, True))
        for button in (self.export_button, self.print_button):
            self.tools.addWidget(button)

    def _write(self, is_paper: bool, _checked: bool = False) -> None:
        query = self.filters.query
        words = query_words(query, self._names)
        ask_and_write(self, self.surroundings, query, f"范围：{words}。" if words else "", is_paper)

    def _fill_body(self) -> None:
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, width)
        self.table.horizontalHeader().setSectionResizeMode(_UNITS, QHeaderView.ResizeMode.Stretch)
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE + 4, theme.SPACE, theme.SPACE + 4, 0)
        head.addWidget(self._head, 1)
        head.addWidget(self.unchanged)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(_card(self.table))
        splitter.addWidget(_card(self.rows, head))
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.SPACE)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        layout = QVBoxLayout(self.body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.filters)
        layout.addWidget(self.asked)
        layout.addWidget(splitter, 1)


def _card(inside: QWidget, head: QHBoxLayout | None = None) -> QFrame:
    card = QFrame()
    theme.dress(card, role="card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(1, 1, 1, 1)
    if head is not None:
        layout.addLayout(head)
    layout.addWidget(inside, 1)
    return card


def _asked_words(query: HistoryQuery, names: Names) -> str:
    """What was asked for from elsewhere and is in no field: an indicator, a row, a year."""
    if query.year is None and query.indicator is None and query.row is None:
        return ""
    return f"只显示：{query_words(query, names)}。按“清除条件”看全部历史。"
