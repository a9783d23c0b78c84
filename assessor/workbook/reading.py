"""What load functions ask for: a workbook, or an edit that has changed it already."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from assessor.workbook.changes import Value


class Reading(Protocol):
    def rows(self, sql: str, parameters: Sequence[Value] = ()) -> list[sqlite3.Row]: ...

    def snapshot(self) -> AbstractContextManager[None]: ...
