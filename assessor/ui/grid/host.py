"""What a grid asks of the window around it: to keep its columns, show its sums, run long work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from pathlib import Path

    from assessor.errors import AssessorError
    from assessor.ui.background import Background


@runtime_checkable
class GridHost(Protocol):
    """The main window. A grid in another window does without."""

    background: Background

    def grid_layout(self, key: str) -> str:
        """What was kept for the open workbook under ``key``; empty: nothing."""

    def keep_grid_layout(self, key: str, layout: str) -> None: ...

    def show_summary(self, text: str) -> None:
        """Count, sum and mean of the selected cells; empty: nothing to say."""

    def show_problem(self, problem: AssessorError) -> None: ...

    def tell_written(self, path: Path, words: str) -> None:
        """A file was written: where, and what it is."""

    def workbook_path(self) -> Path | None:
        """Of the open workbook: beside it files are written."""

    def shown_year(self) -> int | None:
        """Of the open workbook; what was typed in one year is not written into another."""

    def sample_mark(self) -> str:
        """What made-up data are marked with; empty: those shown are the office's."""

    def read_only_reason(self) -> str:
        """Why nothing can be edited in the open workbook; empty: it can."""

    def stepped_back_at(self) -> object | None:
        """Where the history stands, where its last edit is an undo or a redo; None: it is neither."""


def context_of(widget: QWidget) -> tuple[object, object]:
    """Workbook and year that the rows of a grid are of."""
    host = host_of(widget)
    return (host.workbook_path(), host.shown_year()) if host else (None, None)


def host_of(widget: QWidget) -> GridHost | None:
    window = widget.window()
    return window if isinstance(window, GridHost) else None
