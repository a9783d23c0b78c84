"""查找任何内容 (Ctrl+K): one line to type in and what it finds, over the window, by the keyboard alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from assessor.domain.search_index import Entry, Kind, search
from assessor.ui import theme
from assessor.ui.search_reading import read_entries

if TYPE_CHECKING:
    from assessor.ui.background import Job
    from assessor.ui.loading import Loaded
    from assessor.ui.main_window import MainWindow

Index = QModelIndex | QPersistentModelIndex

_WIDTH, _TOP, _ROWS = 720, 56, 11
_ROW, _KIND_WIDTH = 34, 60
_LATELY = 8
_HINT = "输入名称、曾用名、编号或拼音首字母；多个词用空格隔开。↑↓ 选择，Enter 前往或执行，Esc 关闭"
_NOTHING = "没有找到“{}”"


class FoundModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._entries: Sequence[Entry] = ()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def entry_at(self, index: Index) -> Entry | None:
        return self._entries[index.row()] if index.isValid() else None

    def rowCount(self, _parent: Index | None = None) -> int:
        return len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry_at(index)
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (entry.kind.value, entry.title, entry.detail, entry.refusal)
            return "，".join(part for part in parts if part)
        return None


class _Row(QStyledItemDelegate):
    """Kind, title, detail, in one line."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        entry = model.entry_at(index) if isinstance(model, FoundModel) else None
        if entry is None:
            return
        colours, rect = theme.colours(), QRect(option.rect)
        painter.save()
        selected = model.property("chosen") == index.row()
        if selected:
            painter.fillRect(rect, QColor(colours.accent_soft))
        inside = rect.adjusted(theme.SPACE * 2, 0, -theme.SPACE * 2, 0)
        self._text(painter, inside, entry.kind.value, colours.accent if selected else colours.muted, "small")
        inside.setLeft(inside.left() + _KIND_WIDTH)
        title = self._text(painter, inside, entry.title, colours.faint if entry.refusal else colours.text)
        inside.setLeft(inside.left() + title + theme.SPACE * 2)
        said = entry.refusal or entry.detail
        self._text(painter, inside, said, colours.warn if entry.refusal else colours.muted, to_right=True)
        painter.restore()

    @staticmethod
    def _text(
        painter: QPainter, rect: QRect, text: str, colour: str, size: str = "body", *, to_right: bool = False
    ) -> int:
        """How wide it came out; cut where there is no room."""
        painter.setFont(theme.font(size))
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(rect.width(), 0))
        side = Qt.AlignmentFlag.AlignRight if to_right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return painter.fontMetrics().horizontalAdvance(shown)


class SearchPalette(QFrame):
    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._entries: tuple[Entry, ...] = ()
        self._commands: tuple[Entry, ...] = ()
        self._read_of: Loaded | None = None
        self._job: Job | None = None
        self._lately: list[Entry] = []
        self._focus_before: QWidget | None = None
        self.setAccessibleName("查找任何内容")
        theme.dress(self, role="palette")
        self.field = QLineEdit()
        self.field.setAccessibleName("查找")
        self.field.setPlaceholderText("查找单位、任务、指标、填报、佐证，或执行命令")
        self.field.setFont(theme.font("heading"))
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.model = FoundModel()
        self.list = QListView()
        self.list.setAccessibleName("找到的内容")
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Row(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._run)
        self.hint = QLabel(_HINT)
        theme.dress(self.hint, tone="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, theme.SPACE)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        layout.addWidget(self.hint)
        self.hint.setContentsMargins(theme.SPACE * 2, 0, theme.SPACE * 2, 0)
        self.hide()

    def open_palette(self) -> None:
        """With what was typed before chosen, so that it can be typed over."""
        self._focus_before = self._window.focusWidget()
        self._commands = _commands(self._window)
        self._read()
        self.field.selectAll()
        self._search()
        self.show()
        self.raise_()
        self.field.setFocus()

    def close_palette(self) -> None:
        self.hide()
        if self._focus_before is not None:
            self._focus_before.setFocus()

    def chosen(self) -> Entry | None:
        return self.model.entry_at(self.list.currentIndex())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._take_key(event):
            return True
        if isinstance(event, QFocusEvent) and event.type() is QEvent.Type.FocusOut and self.isVisible():
            kept = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
            if event.reason() not in kept:
                self.hide()
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -_ROWS + 1,
            Qt.Key.Key_PageDown: _ROWS - 1,
            Qt.Key.Key_Tab: 1,
            Qt.Key.Key_Backtab: -1,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self._choose(self.list.currentIndex().row() + step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.close_palette()
        else:
            return False
        return True

    def _choose(self, row: int) -> None:
        count = self.model.rowCount()
        place = max(0, min(row, count - 1)) if count else -1
        self.model.setProperty("chosen", place)
        self.list.setCurrentIndex(self.model.index(place, 0))
        self.list.viewport().update()

    def _run(self, index: QModelIndex) -> None:
        entry = self.model.entry_at(index)
        if entry is None:
            return
        if entry.refusal:
            self.hint.setText(f"{entry.title}：{entry.refusal}")
            theme.dress(self.hint, tone="warn")
            return
        self._lately = [entry, *(known for known in self._lately if known != entry)][:_LATELY]
        self.close_palette()
        self.field.clear()
        if entry.command:
            self._window.menu.actions[entry.command].trigger()
        else:
            self._window.go_to(entry.place)

    def _read(self) -> None:
        """Anew where the workbook has changed since; commands are there at once."""
        loaded = self._window.session.current
        if loaded is None:
            self._entries, self._read_of = (), None
            return
        if loaded is self._read_of:
            return
        today = self._window.surroundings.today()
        job = self._window.session.run(
            "正在准备查找", lambda workbook, _work: read_entries(workbook, loaded, today), quiet=True
        )
        self._job = job
        job.done.connect(partial(self._take, job, loaded))
        job.failed.connect(self._window.show_problem)

    def _take(self, job: Job, loaded: Loaded, entries: tuple[Entry, ...]) -> None:
        if self._job is job:
            self._entries, self._read_of = entries, loaded
            self._search()

    def _search(self) -> None:
        typed = self.field.text().strip()
        found = search((*self._commands, *self._entries), typed) if typed else self._of_late()
        self.model.show_entries(found)
        self._choose(0)
        self.hint.setText(_NOTHING.format(typed) if typed and not found else _HINT)
        theme.dress(self.hint, tone="muted")
        self._fit()

    def _of_late(self) -> tuple[Entry, ...]:
        """What was gone to and run before, as it is now."""
        known = {(entry.place, entry.command): entry for entry in (*self._commands, *self._entries)}
        keys = [(entry.place, entry.command) for entry in self._lately]
        return tuple(known[key] for key in keys if key in known)

    def _fit(self) -> None:
        rows = min(self.model.rowCount(), _ROWS)
        self.list.setVisible(rows > 0)
        self.list.setFixedHeight(rows * _ROW)
        width = min(_WIDTH, self._window.width() - 10 * theme.SPACE)
        self.setFixedWidth(width)
        self.hint.setFixedWidth(width - 2)
        self.adjustSize()
        self.move((self._window.width() - width) // 2, _TOP)


def _commands(window: MainWindow) -> tuple[Entry, ...]:
    from assessor.ui.commands import COMMANDS

    found = []
    for command in COMMANDS:
        if command.key == "search":
            continue
        title = command.title_in(window).rstrip("…")
        menu = command.menu.value.partition("(")[0]
        detail = " > ".join(part for part in (menu, command.submenu) if part)
        keys = f"　{command.keys[0]}" if command.keys else ""
        found.append(
            Entry(
                Kind.COMMAND,
                title,
                detail + keys,
                (command.title.rstrip("…"),),
                command=command.key,
                refusal=command.refusal(window),
            )
        )
    return tuple(found)
