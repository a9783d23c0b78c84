"""Shows a tree of trace nodes in a view: title, score, points."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from assessor.ui import theme
from assessor.ui.models.trace_nodes import Tone, TraceNode

_HEADINGS = ("得分依据", "得分", "分值")
Index = QModelIndex | QPersistentModelIndex


class TraceModel(QAbstractItemModel):
    """Rows are nodes; the root is the first and only top row."""

    def __init__(self, root: TraceNode) -> None:
        super().__init__()
        self._root = root
        self._nodes = list(root.walk())
        self._rows = {id(node): (None, 0) for node in (root,)} | {
            id(child): (parent, row) for parent in self._nodes for row, child in enumerate(parent.children)
        }

    def node(self, index: Index) -> TraceNode:
        node = index.internalPointer()
        return node if isinstance(node, TraceNode) else self._root

    def indicator_at(self, index: Index) -> str | None:
        """Code of the category or indicator that a line, or what stands under it, belongs to."""
        node: TraceNode | None = self.node(index)
        while node is not None and not node.code:
            node = self._rows[id(node)][0]
        return node.code if node else None

    def find(self, code: str) -> QModelIndex:
        """Where the category or indicator of that code is; the root where there is none."""
        found = next((node for node in self._nodes if node.code == code), self._root)
        return self._index_of(found)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        siblings = self.node(parent).children if parent.isValid() else (self._root,)
        return self.createIndex(row, column, siblings[row]) if row < len(siblings) else QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        owner, _row = self._rows[id(self.node(index))]
        return QModelIndex() if owner is None else self._index_of(owner)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.node(parent).children) if parent.isValid() else 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return _HEADINGS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node, column = self.node(index), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (node.title, node.score, node.points)[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return node.sentences[0] if node.sentences else node.title
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole:
            return _colour(node, column)
        if role == Qt.ItemDataRole.FontRole and node.children and node.code in ("", *self._category_codes()):
            return theme.font(bold=True)
        return None

    def _category_codes(self) -> tuple[str, ...]:
        return tuple(child.code for child in self._root.children)

    def _index_of(self, node: TraceNode) -> QModelIndex:
        return self.createIndex(self._rows[id(node)][1], 0, node)


def _colour(node: TraceNode, column: int) -> QColor | None:
    colours = theme.colours()
    if column == 2:
        return QColor(colours.muted)
    if column == 1:
        by_tone = {Tone.PENDING: colours.warn, Tone.LOST: colours.bad, Tone.ABSENT: colours.faint}
        return QColor(by_tone[node.tone]) if node.tone in by_tone else None
    return None
