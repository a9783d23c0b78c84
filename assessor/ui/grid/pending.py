"""Typed texts that are being written: shown in their cells until the rows come back with them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping


class Pending:
    """Of several writes to one cell the last is shown."""

    def __init__(self) -> None:
        self._writes: dict[object, Mapping[tuple[Hashable, str], str]] = {}
        self._finished: set[object] = set()

    def __bool__(self) -> bool:
        return bool(self._writes)

    def add(self, job: object, cells: Mapping[tuple[Hashable, str], str]) -> None:
        """``cells``: text by row and column."""
        self._writes[job] = cells

    def text(self, row: Hashable, column: str) -> str | None:
        """None: nothing is being written to that cell."""
        for cells in reversed(self._writes.values()):
            if (row, column) in cells:
                return cells[row, column]
        return None

    def texts(self) -> dict[tuple[Hashable, str], str]:
        """What is shown of all that is being written, by row and column."""
        return {cell: text for cells in self._writes.values() for cell, text in cells.items()}

    def finish(self, job: object) -> None:
        """The write is in the file; the rows that show it are on their way."""
        if job in self._writes:
            self._finished.add(job)

    def settle(self) -> set[Hashable]:
        """New rows are here: finished writes are in them. Answers with the rows that these touched."""
        rows: set[Hashable] = set()
        for job in self._finished:
            rows |= self.drop(job)
        self._finished.clear()
        return rows

    def drop(self, job: object) -> set[Hashable]:
        """Forgets a write; answers with the rows that it touched."""
        return {row for row, _column in self._writes.pop(job, {})}
