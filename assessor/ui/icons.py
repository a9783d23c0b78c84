"""Line icons drawn by the program: sharp at any scale, and in the colours of the theme they are shown in."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPainterPath, QPen, QPixmap

from assessor.ui import theme

_SIDE = 24.0
# Strokes on a 24 x 24 grid: runs of points, or a circle as (centre x, centre y, radius).
_STROKES: dict[str, tuple[tuple[float, ...], ...]] = {
    "overview": (
        (4, 4, 10, 4, 10, 11, 4, 11, 4, 4),
        (14, 4, 20, 4, 20, 8, 14, 8, 14, 4),
        (14, 12, 20, 12, 20, 20, 14, 20, 14, 12),
        (4, 15, 10, 15, 10, 20, 4, 20, 4, 15),
    ),
    "tasks": (
        (4, 5.5, 5.5, 7, 8.5, 4),
        (4, 12.5, 5.5, 14, 8.5, 11),
        (4, 19.5, 5.5, 21, 8.5, 18),
        (12, 5.5, 20, 5.5),
        (12, 12.5, 20, 12.5),
        (12, 19.5, 20, 19.5),
    ),
    "forms": (
        (5, 4, 19, 4, 19, 20, 5, 20, 5, 4),
        (8, 8.5, 9.3, 9.8, 11.5, 7.4),
        (13.5, 8.6, 16.5, 8.6),
        (8, 14, 16.5, 14),
    ),
    "units": (
        (4, 20, 4, 9, 11, 9, 11, 20),
        (11, 20, 11, 4, 20, 4, 20, 20),
        (3, 20, 21, 20),
        (14, 8, 17, 8),
        (14, 12, 17, 12),
        (14, 16, 17, 16),
        (7, 13, 8, 13),
        (7, 16.5, 8, 16.5),
    ),
    "review": (
        (10.5, 4, 14.5, 5.6, 16.6, 10.5, 14.5, 15, 10.5, 17, 6, 15, 4, 10.5, 6, 5.6, 10.5, 4),
        (15, 15, 20, 20),
        (7.4, 10.6, 9.8, 12.8, 13.6, 8.4),
    ),
    "results": ((4, 20, 4, 12, 9, 12, 9, 20), (9, 20, 9, 5, 15, 5, 15, 20), (15, 9, 20, 9, 20, 20), (3, 20, 21, 20)),
    "scoring": ((4, 20, 4, 16, 15, 5, 19, 9, 8, 20, 4, 20), (12.5, 7.5, 16.5, 11.5), (13, 20, 20, 20)),
    "entries": ((12, 4, 12, 12), (8, 8, 16, 8), (8, 18, 16, 18), (4, 4, 4, 21, 20, 21, 20, 4)),
    "charts": ((4, 4, 4, 20, 20, 20), (7, 15, 11, 10, 14, 13, 19, 6)),
    "analysis": (
        (4, 7, 15, 7),
        (9, 12, 20, 12),
        (6, 17, 13, 17),
        (4, 5, 4, 9),
        (15, 5, 15, 9),
        (9, 10, 9, 14),
        (20, 10, 20, 14),
        (6, 15, 6, 19),
        (13, 15, 13, 19),
    ),
    "report": ((6, 3, 14, 3, 19, 8, 19, 21, 6, 21, 6, 3), (14, 3, 14, 8, 19, 8), (9, 13, 16, 13), (9, 17, 16, 17)),
    "evidence": (
        (17, 8, 10, 15, 8.6, 17.6, 9.4, 19.4, 11.6, 19.6, 13.6, 18.6, 19, 13, 20.4, 9.6, 19.6, 6.4, 17, 4.6, 13.6, 5),
        (13.6, 5, 11, 6.4, 5, 12.6, 3.6, 16, 4.4, 19),
    ),
    "scheme": (
        (4, 5, 9, 5),
        (4, 12, 9, 12),
        (4, 19, 9, 19),
        (12, 5, 20, 5),
        (12, 12, 20, 12),
        (12, 19, 17, 19),
        (6.5, 5, 6.5, 19),
    ),
    "rehearsal": (
        (3, 20, 21, 20),
        (5, 17, 5, 12, 9, 12, 9, 17),
        (15, 17, 15, 7, 19, 7, 19, 17),
        (6, 8, 10, 4.5, 14, 4.5),
        (12, 2.5, 14, 4.5, 12, 6.5),
    ),
    "open": ((3, 19, 3, 5, 9, 5, 11, 8, 20, 8, 20, 19, 3, 19), (3, 12, 20, 12)),
    "refresh": (
        (19, 5, 19, 10, 14, 10),
        (19, 10, 17, 7, 13, 5.4, 9, 6, 6, 8.5, 5, 12, 6, 15.5, 9, 18, 13, 18.6, 17, 17),
    ),
    "undo": ((8, 5, 4, 9, 8, 13), (4, 9, 14, 9, 17.5, 10.5, 19, 14, 17.5, 17.5, 14, 19, 9, 19)),
    "redo": ((16, 5, 20, 9, 16, 13), (20, 9, 10, 9, 6.5, 10.5, 5, 14, 6.5, 17.5, 10, 19, 15, 19)),
    "history": (
        (4, 4, 4, 9, 9, 9),
        (4.2, 9, 7, 5.6, 12, 4, 17, 5.8, 20, 12, 17.6, 17.6, 12, 20, 6.4, 17.6, 4, 13),
        (12, 8, 12, 12.5, 15, 14.5),
    ),
    "operator": (
        (12, 4, 15, 5.5, 16, 8.5, 15, 11.5, 12, 13, 9, 11.5, 8, 8.5, 9, 5.5, 12, 4),
        (4, 21, 6, 17, 12, 15.5, 18, 17, 20, 21),
    ),
    "export": ((12, 4, 12, 15), (7.5, 10.5, 12, 15, 16.5, 10.5), (4, 16, 4, 20, 20, 20, 20, 16)),
    "lock": ((5, 11, 19, 11, 19, 20, 5, 20, 5, 11), (8, 11, 8, 7.5, 9.5, 5, 12, 4, 14.5, 5, 16, 7.5, 16, 11)),
    "detail": ((4, 4, 20, 4, 20, 20, 4, 20, 4, 4), (14, 4, 14, 20), (16.5, 8, 18, 8), (16.5, 12, 18, 12)),
    "back": ((19, 12, 5, 12), (11, 6, 5, 12, 11, 18)),
    "forward": ((5, 12, 19, 12), (13, 6, 19, 12, 13, 18)),
    "search": ((10.5, 4, 15, 6, 17, 10.5, 15, 15, 10.5, 17, 6, 15, 4, 10.5, 6, 6, 10.5, 4), (15.3, 15.3, 20.5, 20.5)),
    "settings": ((4, 7, 20, 7), (4, 12, 20, 12), (4, 17, 20, 17), (9, 5, 9, 9), (15, 10, 15, 14), (7, 15, 7, 19)),
    "help": (
        (9, 9, 9.6, 6.8, 12, 5.6, 14.6, 6.8, 15, 9, 13.8, 11, 12, 12.6, 12, 14.6),
        (12, 18, 12, 18.4),
    ),
    "check": ((5, 12.5, 10, 17.5, 19, 7),),
    "close": ((6, 6, 18, 18), (18, 6, 6, 18)),
    "warning": ((12, 4, 21, 20, 3, 20, 12, 4), (12, 10, 12, 14.5), (12, 17, 12, 17.4)),
}


def icon(name: str) -> QIcon:
    """One of the names above. Raises KeyError for another."""
    return QIcon(_LineIcon(_STROKES[name]))


def app_icon() -> QIcon:
    """The program's own: a tick on the accent colour."""
    result = QIcon()
    for side in (16, 32, 48, 128):
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(side / _SIDE, side / _SIDE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.LIGHT.accent))
        painter.drawRoundedRect(QRectF(1, 1, 22, 22), 5, 5)
        pen = QPen(QColor(theme.LIGHT.on_accent), 2.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_path(_STROKES["check"][0]))
        painter.end()
        result.addPixmap(pixmap)
    return result


class _LineIcon(QIconEngine):
    def __init__(self, strokes: tuple[tuple[float, ...], ...]) -> None:
        super().__init__()
        self._strokes = strokes

    def clone(self) -> QIconEngine:
        return _LineIcon(self._strokes)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        colours = theme.colours()
        colour = {QIcon.Mode.Disabled: colours.faint, QIcon.Mode.Selected: colours.accent}.get(mode, colours.muted)
        scale = min(rect.width(), rect.height()) / _SIDE
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(QRectF(rect).center() - QPointF(_SIDE, _SIDE) * scale / 2)
        painter.scale(scale, scale)
        pen = QPen(QColor(colour), 1.7)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for points in self._strokes:
            painter.drawPath(_path(points))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap


def _path(points: tuple[float, ...]) -> QPainterPath:
    path = QPainterPath(QPointF(points[0], points[1]))
    for x, y in zip(points[2::2], points[3::2], strict=True):
        path.lineTo(x, y)
    return path
