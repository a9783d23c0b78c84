"""A list of two-line entries under a line that says what it is of, and a word where it is empty."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from assessor.ui import theme

_SECOND = Qt.ItemDataRole.UserRole + 1
_TONE = Qt.ItemDataRole.UserRole + 2
_SIDE, _TOP = 12, 7
Index = QModelIndex | QPersistentModelIndex


class TwoLines(QStackedWidget):
    """Entries of a first line and a muted second one."""

    opened = Signal(int)
    """Place of an entry: Enter or a double click."""
    chosen = Signal(int)
    """Place of the entry that is chosen now; -1: none."""

    def __init__(self, name: str, word: str) -> None:
        super().__init__()
        self.list = _Entries()
        self.list.setAccessibleName(name)
        self.list.setItemDelegate(_TwoLineDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.itemDoubleClicked.connect(lambda item: self.opened.emit(self.list.row(item)))
        self.list.entered_by_key.connect(self.opened)
        self.list.currentRowChanged.connect(self.chosen)
        self.word = QLabel(word)
        self.word.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.word.setWordWrap(True)
        self.word.setMargin(theme.SPACE * 2)
        theme.dress(self.word, tone="muted")
        self.addWidget(self.list)
        self.addWidget(self.word)

    def show_entries(self, entries: Sequence[tuple[str, str, str]]) -> None:
        """First line, second line, tone of the second."""
        self.list.clear()
        for first, second, tone in entries:
            item = QListWidgetItem(first)
            item.setData(_SECOND, second)
            item.setData(_TONE, tone)
            item.setToolTip(f"{first}\n{second}")
            self.list.addItem(item)
        self.setCurrentIndex(0 if entries else 1)

    def texts(self) -> list[tuple[str, str]]:
        """As they are shown."""
        items = [self.list.item(place) for place in range(self.list.count())]
        return [(item.text(), str(item.data(_SECOND))) for item in items]


class _Entries(QListWidget):
    entered_by_key = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.entered_by_key.emit(self.currentRow())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.viewport().update()


class _TwoLineDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        first, second = (QFontMetrics(theme.font(size)).height() for size in ("body", "small"))
        return QSize(0, first + second + 2 * _TOP + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        colours = theme.colours()
        rect: QRect = option.rect.adjusted(_SIDE, _TOP, -_SIDE, -_TOP)
        tone = str(index.data(_TONE) or "muted")
        lines = (
            (theme.font(), colours.text, str(index.data())),
            (theme.font("small"), getattr(colours, tone), str(index.data(_SECOND))),
        )
        top = rect.top()
        painter.save()
        for font, colour, text in lines:
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            place = QRect(rect.left(), top, rect.width(), metrics.height())
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
            top += metrics.height() + 2
        painter.setPen(QColor(colours.border))
        bottom: QRect = option.rect
        painter.drawLine(bottom.bottomLeft(), bottom.bottomRight())
        painter.restore()


def subject_label() -> QLabel:
    """Says what a list is of."""
    label = QLabel()
    label.setContentsMargins(theme.SPACE + 4, 4, theme.SPACE, 4)
    theme.dress(label, tone="muted")
    return label
