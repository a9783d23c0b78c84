"""What the office prefers in a workbook, by key: nothing that a score or a paper depends on."""

from __future__ import annotations

from assessor.errors import InputError
from assessor.workbook.rows import put_rows
from assessor.workbook.workbook import Edit, Reading

REMINDER_DAYS = 10
"""Before the deadline, where nothing was set."""
MOST_REMINDER_DAYS = 90
_REMINDER = "reminder_days"


def save_reminder_days(edit: Edit, days: int) -> None:
    """From how many calendar days before the deadline on the window reminds of it; 0: never. Raises InputError."""
    if not 0 <= days <= MOST_REMINDER_DAYS:
        raise InputError(f"提醒天数不能是 {days}", place="设置", remedy=f"请填 0 到 {MOST_REMINDER_DAYS} 之间的整数")
    put_rows(edit, "preference", [{"key": _REMINDER, "value": str(days)}])


def load_reminder_days(source: Reading) -> int:
    rows = source.rows("SELECT value FROM preference WHERE key = ?", (_REMINDER,))
    return int(rows[0]["value"]) if rows else REMINDER_DAYS
