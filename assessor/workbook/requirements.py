"""What a year asks of a task in particular (年度要求), beside the plan's own words."""

from __future__ import annotations

from assessor.workbook.known import require_task, require_year
from assessor.workbook.rows import put_row, remove_row
from assessor.workbook.workbook import Edit, Reading

_TABLE = "annual_requirement"


def save_requirement(edit: Edit, year: int, task: str, text: str) -> None:
    """An empty ``text`` takes it away. Raises WorkbookError for the year, InputError for the task."""
    require_year(edit, year)
    require_task(edit, task, f"{year} 年度")
    if text.strip():
        put_row(edit, _TABLE, {"year": year, "task": task, "text": text.strip()})
    else:
        remove_row(edit, _TABLE, {"year": year, "task": task})


def load_requirements(source: Reading, year: int) -> dict[str, str]:
    """Task code -> what the year asks."""
    rows = source.rows("SELECT task, text FROM annual_requirement WHERE year = ? ORDER BY task", (year,))
    return {row["task"]: row["text"] for row in rows}
