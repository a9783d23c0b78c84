"""What a user made of the columns of a grid (order, widths, which are hidden, zoom), kept for the workbook."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer

from assessor.ui.grid.host import host_of
from assessor.ui.grid.row_model import RowModel
from assessor.ui.grid.table import GridTable

_PAUSE_MS = 300


@dataclass(frozen=True)
class Layout:
    """Columns by their keys; widths in logical pixels at a zoom of 100 %."""

    order: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    widths: dict[str, int] = field(default_factory=dict)
    zoom: int = 100

    def to_text(self) -> str:
        parts = {"order": self.order, "hidden": sorted(self.hidden), "widths": self.widths, "zoom": self.zoom}
        return json.dumps(parts, ensure_ascii=False)


def read_layout(text: str) -> Layout:
    """What cannot be read is as nothing: a settings file that another program wrote into must not keep a page shut."""
    try:
        parts = json.loads(text)
        return Layout(
            tuple(str(key) for key in parts["order"]),
            frozenset(str(key) for key in parts["hidden"]),
            {str(key): int(width) for key, width in parts["widths"].items()},
            int(parts["zoom"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return Layout()


class LayoutMemory(QObject):
    """Puts the columns as they were when the grid is first seen with a workbook, and keeps what is changed after."""

    def __init__(self, table: GridTable, key: str) -> None:
        super().__init__(table)
        self._table, self._key = table, key
        self._model: RowModel[Any] | None = None
        self._known: tuple[object, ...] | None = None
        self._kept = Layout()
        self._is_placing = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        table.rearranged.connect(self._note)
        table.rows_came.connect(self.restore)
        table.installEventFilter(self)

    def set_model(self, model: RowModel[Any]) -> None:
        if self._pause.isActive():
            self.keep()
        self._model = model
        self._known = None
        self.restore()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show:
            self.restore()
        elif event.type() is QEvent.Type.Hide and self._pause.isActive():
            self.keep()
        return False

    def restore(self) -> None:
        """Once for a workbook and a set of columns."""
        host, model = host_of(self._table), self._model
        if host is None or model is None:
            return
        known = (host.workbook_path(), tuple(column.key for column in model.columns))
        if known == self._known:
            return
        self._known = known
        self._kept = read_layout(host.grid_layout(self._key))
        self._is_placing = True
        self._place(model)
        self._is_placing = False

    def keep(self) -> None:
        self._pause.stop()
        host, model = host_of(self._table), self._model
        if host is None or model is None or self._known is None or self._known[0] != host.workbook_path():
            return
        self._kept = self._now(model)
        host.keep_grid_layout(self._key, self._kept.to_text())

    def _note(self) -> None:
        if not self._is_placing and self._known is not None:
            self._pause.start()

    def _place(self, model: RowModel[Any]) -> None:
        table, kept = self._table, self._kept
        numbers = {column.key: number for number, column in enumerate(model.columns)}
        table.set_zoom(kept.zoom)
        table.own_widths.clear()  # of the columns that were in these places before
        for key, width in kept.widths.items():
            if key in numbers:
                table.own_widths[numbers[key]] = width
                table.set_width(numbers[key], width)
        table.put_in_order([numbers[key] for key in kept.order if key in numbers])
        for key, number in numbers.items():
            table.set_column_shown(number, key not in kept.hidden)

    def _now(self, model: RowModel[Any]) -> Layout:
        """Columns that another year has stay as they were kept."""
        table, keys = self._table, [column.key for column in model.columns]
        header = table.horizontalHeader()
        order = tuple(keys[header.logicalIndex(place)] for place in range(len(keys)))
        others = tuple(key for key in self._kept.order if key not in keys)
        hidden = {key for number, key in enumerate(keys) if table.isColumnHidden(number)}
        widths = {keys[number]: width for number, width in table.own_widths.items()}
        kept_widths = {key: width for key, width in self._kept.widths.items() if key not in keys}
        return Layout(
            order + others,
            frozenset(hidden | {key for key in self._kept.hidden if key not in keys}),
            kept_widths | widths,
            table.zoom,
        )
