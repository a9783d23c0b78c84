"""The detail pane: why a unit has its total (得分依据), as a tree, and the sentence of the line that is chosen."""

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
    QTextBrowser,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from assessor.ui import theme
from assessor.ui.history_menu import add_history_actions
from assessor.ui.icons import icon
from assessor.ui.models.trace_model import TraceModel
from assessor.ui.models.trace_nodes import trace_tree
from assessor.ui.trace_text import trace_html

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from assessor.domain.results import GroupResult, UnitResult
    from assessor.domain.year_view import YearView

_SCORE_WIDTH = 70
_POINTS_WIDTH = 44
_HINT = "在结果表中选一个单位，这里显示它每一分的由来。"


class DetailPane(QFrame):
    close_asked = Signal()
    history_asked = Signal(object)
    """HistoryQuery of the unit, and of the indicator that is pointed at."""

    def __init__(self) -> None:
        super().__init__()
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
            return
        before = self._view.result.find(self.unit) if self._view is not None else None
        now = view.result.find(self.unit) if view is not None else None
        if before is not None and now is not None and before[1] is now[1]:
            self._view = view
            return
        self.show_unit(view, self.unit, self.shown_code())

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

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE + 4, theme.SPACE, theme.SPACE, theme.SPACE)
        head.addWidget(self._name)
        head.addWidget(self._standing)
        head.addStretch(1)
        head.addWidget(self._close)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.tree)
        splitter.addWidget(self.text)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setChildrenCollapsible(False)
        bar = QWidget()
        bar.setLayout(head)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(splitter, 1)
        self.setMinimumWidth(300)


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
