"""The workbooks that are open for the window, in the one thread that may use them. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assessor.workbook.workbook import Workbook


@dataclass
class OpenWorkbooks:
    """Every method is called in the thread of ``Lane.WORKBOOK``. Usually one is open; two while another is opened,
    because the first stays until the second is read."""

    _open: list[Workbook] = field(default_factory=list)

    def open(self, path: Path, operator: str, password: str | None = None) -> Workbook:
        """Raises WorkbookError. Not ``read_only``: who opens in the window may write where nobody else does."""
        from assessor.workbook.workbook import Workbook

        workbook = Workbook.open(path, operator=operator, password=password)
        self._open.append(workbook)
        return workbook

    def close(self, workbook: Workbook) -> None:
        if workbook in self._open:
            self._open.remove(workbook)
            workbook.close()

    def close_all(self) -> None:
        while self._open:
            self._open.pop().close()
