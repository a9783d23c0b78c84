"""The tree of a scheme: titles and points edited in place, categories and indicators moved by drag and by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QDropEvent, QIcon, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from assessor.domain.scheme_check import Severity
from assessor.domain.scheme_edit import Spot
from assessor.domain.scheme_outline import OutlineNode
from assessor.domain.scheme_soundness import Part
from assessor.errors import AssessorError
from assessor.ui import theme
from assessor.ui.grid.cell_note import CellNote
from assessor.ui.icons import icon

Index = QModelIndex | QPersistentModelIndex
_SPOT = Qt.ItemDataRole.UserRole
_POINTS_WIDTH = 84
_MOVABLE = (Part.CATEGORY, Part.INDICATOR)


class TreeDeed(Enum):
    ADD = "add"
    DUPLICATE = "duplicate"
    REMOVE = "remove"


_KEYS = {
    (Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier): TreeDeed.ADD,
    (Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier): TreeDeed.DUPLICATE,
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier): TreeDeed.REMOVE,
}


class OutlineModel(QStandardItemModel):
    """Entries that stay keep their place, so that what is open and chosen stays so."""

    def __init__(self) -> None:
        super().__init__(0, 2)
        self._nodes: dict[Spot, OutlineNode] = {}
        self._items: dict[Spot, tuple[QStandardItem, QStandardItem]] = {}
        self._shape: tuple[Any, ...] = ()

    def show_nodes(self, nodes: Sequence[OutlineNode]) -> bool:
        """Answers whether the tree was built anew: with other entries, or in another order."""
        shape = _shape(nodes)
        is_new = shape != self._shape
        if is_new:
            self.removeRows(0, self.rowCount())
            self._items.clear()
            self._add(self.invisibleRootItem(), nodes)
        for node in _all(nodes):
            if is_new or node != self._nodes[node.spot]:
                _write(node, *self._items[node.spot])
        self._nodes = {node.spot: node for node in _all(nodes)}
        self._shape = shape
        return is_new

    def spot_at(self, index: Index) -> Spot | None:
        spot = self.index(index.row(), 0, index.parent()).data(_SPOT) if index.isValid() else None
        return spot if isinstance(spot, Spot) else None

    def node_at(self, index: Index) -> OutlineNode | None:
        spot = self.spot_at(index)
        return self._nodes.get(spot) if spot is not None else None

    def index_of(self, spot: Spot) -> QModelIndex:
        """Invalid where the tree does not have it."""
        return self._items[spot][0].index() if spot in self._items else QModelIndex()

    def renew_colours(self) -> None:
        for spot, node in self._nodes.items():
            _write(node, *self._items[spot])

    def _add(self, parent: QStandardItem, nodes: Sequence[OutlineNode]) -> None:
        for node in nodes:
            title, points = QStandardItem(), QStandardItem()
            title.setData(node.spot, _SPOT)
            movable = node.spot.part in _MOVABLE and bool(node.spot.code)
            title.setEditable(bool(node.name))
            points.setEditable(node.can_set_points)
            for item in (title, points):
                item.setDragEnabled(movable)
                item.setDropEnabled(movable)
            points.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._items[node.spot] = (title, points)
            self._add(title, node.children)
            parent.appendRow([title, points])


class OutlineTree(QTreeView):
    chosen = Signal(object)
    """Spot that the user went to."""
    title_typed = Signal(object, str)
    points_typed = Signal(object, str)
    moved = Signal(object, object, bool)
    """A spot was dropped at another one: before it, or (True) behind it."""
    asked = Signal(object)
    """TreeDeed: a key asks for it."""
    stepped = Signal(object, int)
    """Alt+Up (-1) or Alt+Down (1) on a spot."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("细则目录")
        self.nodes = OutlineModel()
        self.locked = ""
        """Why nothing can be changed; empty: it can."""
        self.read: Callable[[OutlineNode, bool, str], object] = lambda _node, _is_points, text: text
        """Raises an AssessorError for a title, or points, that cannot be taken."""
        self.setModel(self.nodes)
        self.setItemDelegate(_EntryDelegate(self))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(theme.SPACE * 2)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setExpandsOnDoubleClick(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.setTabKeyNavigation(False)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(_POINTS_WIDTH)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, _POINTS_WIDTH)
        self.selectionModel().currentChanged.connect(self._tell)

    def show_nodes(self, nodes: Sequence[OutlineNode], wanted: Spot) -> None:
        """Keeps what is chosen: ``wanted``, or else the first entry."""
        closed = {spot for spot in self._spots() if not self.isExpanded(self.nodes.index_of(spot))}
        self.selectionModel().blockSignals(True)
        if self.nodes.show_nodes(nodes):
            for spot in self._spots():
                self.setExpanded(self.nodes.index_of(spot), spot not in closed)
        self.selectionModel().blockSignals(False)
        self.go_to(wanted)

    def current_spot(self) -> Spot | None:
        return self.nodes.spot_at(self.currentIndex())

    def go_to(self, spot: Spot) -> None:
        index = self.nodes.index_of(spot)
        if not index.isValid():
            index = self.nodes.index(0, 0)
        if index.siblingAtColumn(0) != self.currentIndex().siblingAtColumn(0):
            self.setCurrentIndex(index)
        self.scrollTo(index)
        self.viewport().update()

    def edit_title(self, spot: Spot) -> None:
        index = self.nodes.index_of(spot)
        if index.isValid() and not self.locked:
            self.edit(index)

    def edit(self, index: Index, *arguments: Any) -> Any:
        """Qt asks twice: to begin, and whether an event begins it."""
        if self.locked and arguments:
            return False
        return super().edit(index, *arguments)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _deed(event) is not None:
            event.accept()  # the tree's own, whatever the menu means by the key
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = _deed(event)
        if deed is not None:
            self.asked.emit(deed)
            return
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        spot = self.current_spot()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            if spot is not None and spot.part in _MOVABLE and spot.code and not self.locked:
                self.stepped.emit(spot, steps[Qt.Key(event.key())])
            event.accept()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() != self.State.EditingState:
            self.edit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """The tree is shown anew after the change; nothing is moved here."""
        dragged = self.current_spot()
        at = event.position().toPoint()
        target = self.nodes.spot_at(self.indexAt(at))
        event.accept()
        if self.locked or dragged is None or target is None or dragged == target:
            return
        if dragged.part in _MOVABLE and target.part in _MOVABLE and target.code:
            self.moved.emit(dragged, target, self._is_below_middle(at))

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Qt's own would remove the row from the tree after the drop."""
        index = self.currentIndex().siblingAtColumn(0)
        if self.locked or not self.nodes.flags(index) & Qt.ItemFlag.ItemIsDragEnabled:
            return
        drag = QDrag(self)
        drag.setMimeData(self.nodes.mimeData([index]))
        drag.exec(Qt.DropAction.MoveAction)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.nodes.renew_colours()

    def _is_below_middle(self, at: QPoint) -> bool:
        return at.y() > self.visualRect(self.indexAt(at)).center().y()

    def _spots(self) -> list[Spot]:
        return [
            spot
            for row in range(self.nodes.rowCount())
            if (spot := self.nodes.spot_at(self.nodes.index(row, 0))) is not None
        ]

    def _tell(self, index: QModelIndex, before: QModelIndex) -> None:
        spot = self.nodes.spot_at(index)
        if spot is not None and spot != self.nodes.spot_at(before):
            self.chosen.emit(spot)


class _EntryDelegate(QStyledItemDelegate):
    """Edits a title without its code; a text that is refused keeps its editor open and says why."""

    def __init__(self, tree: OutlineTree) -> None:
        super().__init__(tree)
        self._tree = tree
        self._note = CellNote(tree)
        self._index = QPersistentModelIndex()
        self._editor: QLineEdit | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        theme.dress(editor, role="cell")
        editor.setAccessibleName("分值" if index.column() else "名称")
        editor.textEdited.connect(lambda _text: self._clear(editor))
        self._editor, self._index = editor, QPersistentModelIndex(index)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over the whole cell, not between the paddings of the style."""
        editor.setGeometry(self._tree.visualRect(index))

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        node = self._tree.nodes.node_at(index)
        if node is not None and isinstance(editor, QLineEdit):
            editor.setText(node.points if index.column() else node.name)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        node = self._tree.nodes.node_at(index)
        if node is None or not isinstance(editor, QLineEdit):
            return
        text = editor.text().strip()
        if text != (node.points if index.column() else node.name):
            (self._tree.points_typed if index.column() else self._tree.title_typed).emit(node.spot, text)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self._note.hide()
        self._editor = None
        super().destroyEditor(editor, index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QLineEdit) and watched is self._editor:
            is_key = event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
            if is_key and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):  # type: ignore[attr-defined]
                if self._takes(watched):
                    self.commitData.emit(watched)
                    self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.NoHint)
                return True
            if event.type() is QEvent.Type.FocusOut and not self._takes(watched):
                return True  # it stays open
        return super().eventFilter(watched, event)

    def _takes(self, editor: QLineEdit) -> bool:
        node = self._tree.nodes.node_at(self._index)
        if node is None:
            return True
        try:
            self._tree.read(node, bool(self._index.column()), editor.text().strip())
        except AssessorError as problem:
            theme.dress(editor, role="cell", tone="bad")
            cell = self._tree.visualRect(self._index)
            self._note.say(f"{problem.what}。{problem.remedy}", cell, self._tree.viewport(), is_bad=True)
            return False
        return True

    def _clear(self, editor: QLineEdit) -> None:
        self._note.hide()
        theme.dress(editor, role="cell", tone="")


def _deed(event: QKeyEvent) -> TreeDeed | None:
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return _KEYS.get((Qt.Key(event.key()), plain))


def _write(node: OutlineNode, title: QStandardItem, points: QStandardItem) -> None:
    colours = theme.colours()
    title.setText(node.title)
    title.setToolTip(node.hint or node.title)
    is_top = node.spot.part is not Part.INDICATOR or not node.spot.code
    title.setFont(theme.font(bold=is_top))
    points.setText(node.points)
    points.setToolTip(node.hint)
    tone = {Severity.FAULT: colours.bad, Severity.WARNING: colours.warn, None: colours.text}[node.severity]
    title.setForeground(QColor(tone))
    points.setForeground(QColor(tone if node.severity is Severity.FAULT else colours.muted))
    title.setIcon(icon("warning") if node.severity is Severity.FAULT else QIcon())


def _all(nodes: Sequence[OutlineNode]) -> Iterator[OutlineNode]:
    for node in nodes:
        yield node
        yield from _all(node.children)


def _shape(nodes: Sequence[OutlineNode]) -> tuple[Any, ...]:
    return tuple((node.spot, bool(node.name), node.can_set_points, _shape(node.children)) for node in nodes)
