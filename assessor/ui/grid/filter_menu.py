"""The menu of a column: sort by it, and tick the values whose rows are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assessor.ui import theme
from assessor.ui.grid.arrangement import ValueFilter
from assessor.ui.grid.column_values import BLANK, filter_of
from assessor.ui.grid.tick import TickBox
from assessor.ui.grid.value_cell import COUNT_ROLE, TICK_ROLE, ValueCell

Index = QModelIndex | QPersistentModelIndex
_WIDTH, _ROW, _LEAST_LINES, _MOST_LINES = 280, 26, 3, 9


class FilterMenu(QFrame):
    """Closes when something else is clicked. ``values``: texts with their counts; they may come later."""

    sort_asked = Signal(object)
    """False: rising, True: falling, None: as the page has it."""
    filter_asked = Signal(object)
    """ValueFilter, or None: all rows."""
    hide_asked = Signal()
    columns_asked = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget, title: str, *, is_sorted: bool, rule: ValueFilter | None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.dress(self, role="menu")
        self.setFixedWidth(_WIDTH)
        self._rule = rule
        self.model = ValueList(self)
        heading = QLabel(title.replace("\n", " "))
        heading.setFont(theme.font(bold=True))
        self.search = QLineEdit()
        self.search.setPlaceholderText("搜索值")
        self.search.setAccessibleName("搜索值")
        self.search.setClearButtonEnabled(True)
        self.search.textEdited.connect(self._narrow)
        self.all = TickBox("全选")
        self.all.clicked.connect(self._tick_all)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(ValueCell(self.list))
        self.list.setFixedHeight(_MOST_LINES * _ROW + theme.SPACE)
        self.list.setAccessibleName("列中的值")
        self.list.clicked.connect(self.model.toggle)
        self.list.installEventFilter(self)
        self.model.ticked.connect(self._show_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE + 2, theme.SPACE + 2, theme.SPACE + 2, theme.SPACE + 2)
        layout.setSpacing(6)
        layout.addWidget(heading)
        layout.addLayout(self._sorting(is_sorted))
        layout.addWidget(self.search)
        layout.addWidget(self.all)
        layout.addWidget(self.list)
        layout.addLayout(self._ending(rule))
        layout.addLayout(self._columns())

    def show_values(self, values: Sequence[tuple[str, int]]) -> None:
        self.model.show_values(values, self._rule)
        self._show_all()
        lines = max(_LEAST_LINES, min(len(values), _MOST_LINES))
        self.list.setFixedHeight(lines * _ROW + theme.SPACE)
        self.adjustSize()

    def open_at(self, at: QPoint) -> None:
        """Below a heading, within its screen."""
        self.adjustSize()
        room = self.screen().availableGeometry()
        left = min(at.x(), room.right() - self.width())
        top = min(at.y(), room.bottom() - self.height())
        self.move(max(room.left(), left), max(room.top(), top))
        self.show()
        self.search.setFocus()

    def accept(self) -> None:
        """With a search: what of its finds is ticked, as WPS does; without: what is ticked."""
        self.filter_asked.emit(self.model.rule())
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space ticks the value that the arrows have reached."""
        if watched is self.list and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            index = self.list.currentIndex()
            if event.key() == Qt.Key.Key_Space and index.isValid():
                self.model.toggle(index)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _sorting(self, is_sorted: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        choices: list[tuple[str, bool | None]] = [("↑ 升序", False), ("↓ 降序", True)]
        if is_sorted:
            choices.append(("不排序", None))
        for title, order in choices:
            button = QPushButton(title)
            button.clicked.connect(lambda _checked, order=order: self._sort(order))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _ending(self, rule: ValueFilter | None) -> QHBoxLayout:
        row = QHBoxLayout()
        if rule is not None:
            clearing = QPushButton("取消筛选")
            clearing.clicked.connect(self._clear)
            theme.dress(clearing, role="link")
            row.addWidget(clearing)
        row.addStretch(1)
        self.confirm = QPushButton("确定")
        self.confirm.clicked.connect(self.accept)
        theme.dress(self.confirm, role="primary")
        row.addWidget(self.confirm)
        return row

    def _columns(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for title, signal in (("隐藏此列", self.hide_asked), ("显示哪些列…", self.columns_asked)):
            button = QPushButton(title)
            theme.dress(button, role="link")
            button.clicked.connect(self.close)
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _sort(self, order: bool | None) -> None:
        self.close()
        self.sort_asked.emit(order)

    def _clear(self) -> None:
        self.close()
        self.filter_asked.emit(None)

    def _narrow(self, words: str) -> None:
        self.model.narrow(words)
        self._show_all()

    def _tick_all(self) -> None:
        self.model.tick_all(self.all.checkState() is not Qt.CheckState.Unchecked)

    def _show_all(self) -> None:
        count, ticked = self.model.rowCount(), self.model.ticked_count()
        states = {0: Qt.CheckState.Unchecked, count: Qt.CheckState.Checked}
        self.all.setTristate(0 < ticked < count)
        self.all.setCheckState(states.get(ticked, Qt.CheckState.PartiallyChecked))
        self.all.setText(f"全选搜到的 {count} 个值" if self.search.text() else f"全选（{count} 个值）")
        self.confirm.setEnabled(ticked > 0)


class ValueList(QAbstractListModel):
    """Values with a tick each; those that hold the searched words."""

    ticked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._all: list[tuple[str, int]] = []
        self._seen: list[int] = []
        self._ticked: set[str] = set()
        self._words = ""

    def show_values(self, values: Sequence[tuple[str, int]], rule: ValueFilter | None) -> None:
        self._all = list(values)
        self._ticked = {text for text, _count in values if rule is None or rule.accepts(text)}
        self.narrow(self._words)

    def narrow(self, words: str) -> None:
        """A search ticks what it finds, and nothing else."""
        self.beginResetModel()
        was_searching, self._words = bool(self._words), words.strip().casefold()
        if self._words:
            self._seen = [place for place, (text, _n) in enumerate(self._all) if self._words in _named(text).casefold()]
        else:
            self._seen = list(range(len(self._all)))
        if self._words or was_searching:
            self._ticked = {self._all[place][0] for place in self._seen}
        self.endResetModel()

    def tick_all(self, is_ticked: bool) -> None:
        self._ticked = {self._all[place][0] for place in self._seen} if is_ticked else set()
        self.dataChanged.emit(self.index(0), self.index(max(0, len(self._seen) - 1)))
        self.ticked.emit()

    def ticked_count(self) -> int:
        return len(self._ticked)  # what a search does not find is not ticked

    def rule(self) -> ValueFilter | None:
        return filter_of(self._ticked, [text for text, _count in self._all])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._seen)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        text, count = self._all[self._seen[index.row()]]
        if role == Qt.ItemDataRole.DisplayRole:
            return _named(text)
        if role == COUNT_ROLE:
            return count
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, _ROW)
        if role == TICK_ROLE:
            return Qt.CheckState.Checked if text in self._ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ForegroundRole and not text:
            return QColor(theme.colours().muted)
        return text if role == Qt.ItemDataRole.ToolTipRole else None

    def toggle(self, index: QModelIndex) -> None:
        self._ticked ^= {self._all[self._seen[index.row()]][0]}
        self.dataChanged.emit(index, index)
        self.ticked.emit()


def _named(text: str) -> str:
    return text.replace("\n", " ") or BLANK
