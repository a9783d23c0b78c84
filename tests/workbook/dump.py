"""A workbook's data as one canonical text: what two states are compared by."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from assessor.workbook.changes import columns_of, data_tables


def canonical_dump(path: Path) -> bytes:
    """Every row of every data table, in the order of its values; the history and the order of rows left aside."""
    connection = sqlite3.connect(path)
    try:
        lines = [
            json.dumps([table, *row], ensure_ascii=False)
            for table in data_tables(connection)
            for row in connection.execute(f"SELECT {', '.join(columns_of(connection, table))} FROM {table}")
        ]
    finally:
        connection.close()
    return "\n".join(sorted(lines)).encode()
