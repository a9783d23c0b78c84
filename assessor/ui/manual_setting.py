"""How the manual is set: the sizes of its headings, room around them, tables with thin lines in the theme's colours."""

from __future__ import annotations

from PySide6.QtGui import (
    QColor,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from assessor.ui import theme

_POINTS = {1: 16.0, 2: 12.0}
_LINE = 145
"""Percent of the type's own height."""


def set_document(document: QTextDocument) -> None:
    """After Markdown was read into it."""
    block = document.begin()
    while block.isValid():
        _set_block(block)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _set_table(frame)


def _set_block(block: QTextBlock) -> None:
    level = block.blockFormat().headingLevel()
    cursor = QTextCursor(block)
    within = QTextBlockFormat()
    within.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    in_table = cursor.currentTable() is not None
    within.setTopMargin(theme.SPACE * 2 if level > 1 else 0)
    within.setBottomMargin(0 if in_table else theme.SPACE)
    cursor.mergeBlockFormat(within)
    if level:
        letters = QTextCharFormat()
        letters.setFontPointSize(_POINTS.get(level, _POINTS[2]))
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        cursor.mergeCharFormat(letters)


def _set_table(table: QTextTable) -> None:
    lines = table.format()
    lines.setBorder(1)
    lines.setBorderCollapse(True)
    lines.setBorderBrush(QColor(theme.colours().border))
    lines.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    lines.setCellPadding(theme.SPACE - 2)
    lines.setCellSpacing(0)
    lines.setBottomMargin(theme.SPACE * 2)
    lines.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    first = QTextLength(QTextLength.Type.PercentageLength, 35)
    if table.columns() == 2:
        lines.setColumnWidthConstraints([first, QTextLength(QTextLength.Type.PercentageLength, 65)])
    table.setFormat(lines)
