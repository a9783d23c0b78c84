"""The detail pane: why a unit has its total (得分依据), as a tree, and the sentence of the line that is chosen; beside
it the evidence, history and notes of what is chosen, each read when it is first looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QSplitter,
    QStackedWidget,
    QTextBrowser,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from assessor.ui import theme
from assessor.ui.detail_tabs.subject import subject_of
from assessor.ui.history_menu import add_history_actions
from assessor.ui.icons import icon
from assessor.ui.models.trace_model import TraceModel
from assessor.ui.models.trace_nodes import trace_tree
from assessor.ui.segments import Segments
from assessor.ui.trace_text import trace_html

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QShowEvent

    from assessor.domain.results import GroupResult, UnitResult
    from assessor.domain.year_view import YearView
    from assessor.ui.detail_tabs.evidence import EvidenceTab
    from assessor.ui.detail_tabs.history import HistoryTab
    from assessor.ui.detail_tabs.notes import NotesTab
    from assessor.ui.pages.page import Surroundings

TRACE, EVIDENCE, HISTORY, NOTES = "trace", "evidence", "history", "notes"
_TABS = [(TRACE, "得分依据"), (EVIDENCE, "佐证"), (HISTORY, "历史"), (NOTES, "备注")]
_SCORE_WIDTH = 70
_POINTS_WIDTH = 44
_HINT = "在结果表中选一个单位，这里显示它每一分的由来。"


class DetailPane(QFrame):
    close_asked = Signal()
    history_asked = Signal(object)
    """HistoryQuery of the unit, and of the indicator that is pointed at."""

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self._surroundings = surroundings
        self.unit: str | None = None
        """Code of the unit shown."""
        self._view: YearView | None = None
        self._model: TraceModel | None = None
        self._name = QLabel()
        self._name.setFont(theme.font("heading", bold=True))
        self._standing = QLabel()
        theme.dress(self._standing, tone="muted")
        self.tree = _tree()
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._show_menu)
        self.text = QTextBrowser()
        self.text.setAccessibleName("得分依据说明")
        self.text.document().setDocumentMargin(12)
        self._close = QToolButton()
        self._close.setIcon(icon("close"))
        self._close.setAutoRaise(True)
        self._close.setToolTip("隐藏详情栏（F4）")
        self._close.setAccessibleName("隐藏详情栏")
        self._close.clicked.connect(self.close_asked)
        self.tabs = Segments("详情内容")
        self.tabs.show_choices(_TABS)
        self.tabs.chosen.connect(self._show_tab)
        self._made: dict[str, EvidenceTab | HistoryTab | NotesTab] = {}
        self._stack = QStackedWidget()
        self._lay_out()
        self._clear()

    def show_unit(self, view: YearView | None, unit: str | None, indicator: str | None) -> None:
        """Opens the unit's tree at an indicator or category code; None: at the total. Nothing found: a hint."""
        found = view.result.find(unit) if view is not None and unit is not None else None
        if found is None:
            self._clear()
            return
        self.unit, self._view = unit, view
        group, result = found
        self._name.setText(result.unit.short_name)
        self._name.setToolTip(result.unit.name)
        self._standing.setText(_standing(group, result))
        self._model = TraceModel(trace_tree(result))
        self.tree.setModel(self._model)
        _set_columns(self.tree)
        self.tree.selectionModel().currentChanged.connect(self._show_text)
        self.tree.expandToDepth(0)
        self.show_indicator(indicator)

    def renew(self, view: YearView | None) -> None:
        """The unit as it is in ``view``, at the line that is chosen; a unit that stayed the same is left alone."""
        if view is self._view or self.unit is None:
            self._show_subject()  # an edit may have touched what is no part of the view
            return
        before = self._view.result.find(self.unit) if self._view is not None else None
        now = view.result.find(self.unit) if view is not None else None
        if before is not None and now is not None and before[1] is now[1]:
            self._view = view
            self._show_subject()
            return
        self.show_unit(view, self.unit, self.shown_code())

    def show_tab(self, key: str) -> None:
        """Chooses a tab as a click on it does."""
        self.tabs.show_choices(_TABS, key)
        self._show_tab(key)

    def show_trace(self) -> None:
        """Goes to the trace, with the keyboard."""
        self.show_tab(TRACE)
        self.tree.setFocus()

    def tab(self, key: str) -> EvidenceTab | HistoryTab | NotesTab:
        """One of those beside the trace, made on first use."""
        if key not in self._made:
            self._made[key] = made = _make_tab(key, self._surroundings)
            self._stack.addWidget(made)
        return self._made[key]

    def shown_code(self) -> str | None:
        """Of the category or indicator that is chosen; None: the total, or nothing."""
        return self._model.indicator_at(self.tree.currentIndex()) if self._model is not None else None

    def show_indicator(self, code: str | None) -> None:
        if self._model is None:
            return
        index = self._model.find(code) if code else self._model.index(0, 0)
        self.tree.setCurrentIndex(index)
        self.tree.expand(index)
        self.tree.scrollTo(index, QTreeView.ScrollHint.PositionAtTop if code else QTreeView.ScrollHint.EnsureVisible)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is event.Type.PaletteChange and self._model is not None:
            self._show_text(self.tree.currentIndex())

    def _show_text(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        if self._model is not None and index.isValid():
            self.text.setHtml(trace_html(self._model.node(index)))
            self._show_subject()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_subject()

    def _show_tab(self, key: str) -> None:
        self._stack.setCurrentWidget(self._trace if key == TRACE else self.tab(key))
        self._show_subject()

    def _show_subject(self) -> None:
        """What is chosen, in the tab that is looked at."""
        key = self.tabs.key or TRACE
        if key == TRACE or not self.isVisible():
            return
        view, unit = self._view, self.unit
        subject = subject_of(view, unit, self.shown_code()) if view is not None and unit is not None else None
        self.tab(key).show_subject(subject)

    def _show_menu(self, at: QPoint) -> None:
        index = self.tree.indexAt(at)
        if self._model is None or self._view is None or self.unit is None or not index.isValid():
            return
        menu = QMenu(self)
        code = self._model.indicator_at(index)
        add_history_actions(menu, self._view, self.unit, code, show=self.history_asked.emit)
        menu.popup(self.tree.viewport().mapToGlobal(at))

    def _clear(self) -> None:
        self.unit = self._view = None
        self._model = None
        self.tree.setModel(None)
        self._name.setText("得分依据")
        self._standing.setText("")
        self.text.setPlainText(_HINT)
        self._show_subject()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE + 4, theme.SPACE, theme.SPACE, theme.SPACE)
        head.addWidget(self._name)
        head.addWidget(self._standing)
        head.addStretch(1)
        head.addWidget(self._close)
        self._trace = splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.tree)
        splitter.addWidget(self.text)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setChildrenCollapsible(False)
        self._stack.addWidget(splitter)
        bar = QWidget()
        bar.setLayout(head)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(theme.SPACE, 0, theme.SPACE, theme.SPACE)
        tabs.addWidget(self.tabs, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addLayout(tabs)
        layout.addWidget(self._stack, 1)
        self.setMinimumWidth(300)


def _make_tab(key: str, surroundings: Surroundings) -> EvidenceTab | HistoryTab | NotesTab:
    """Imported here: most sessions look at the trace alone."""
    if key == EVIDENCE:
        from assessor.ui.detail_tabs.evidence import EvidenceTab

        return EvidenceTab(surroundings)
    if key == HISTORY:
        from assessor.ui.detail_tabs.history import HistoryTab

        return HistoryTab(surroundings)
    from assessor.ui.detail_tabs.notes import NotesTab

    return NotesTab(surroundings)


def _tree() -> QTreeView:
    tree = QTreeView()
    tree.setAccessibleName("得分依据")
    tree.setUniformRowHeights(True)
    tree.setIndentation(12)
    tree.setTextElideMode(Qt.TextElideMode.ElideRight)
    header = tree.header()
    header.setStretchLastSection(False)
    header.setMinimumSectionSize(40)
    return tree


def _standing(group: GroupResult, result: UnitResult) -> str:
    if result.exempt:
        return f"{group.group.title} · 不参评"
    if result.provisional:
        return f"{group.group.title} · 暂估"
    rank = f"第 {result.rank} 名" if result.rank is not None else "不排名"
    return " · ".join(part for part in (group.group.title, rank, result.grade or "") if part)


def _set_columns(tree: QTreeView) -> None:
    """Numbers keep their width, the title takes the rest; needs a model."""
    header = tree.header()
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for column, width in ((1, _SCORE_WIDTH), (2, _POINTS_WIDTH)):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(column, width)
