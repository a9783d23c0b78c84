"""What the office prefers in a workbook: kept by key, undone like anything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.errors import InputError
from assessor.workbook.preferences import REMINDER_DAYS, load_reminder_days, save_reminder_days
from assessor.workbook.undo import undo
from tests.workbook.builders import small_workbook


def test_the_days_of_the_reminder_have_a_default_are_kept_and_undone(tmp_path: Path) -> None:
    with small_workbook(tmp_path) as workbook:
        assert load_reminder_days(workbook) == REMINDER_DAYS
        with workbook.edit("修改设置") as edit:
            save_reminder_days(edit, 0)
        assert load_reminder_days(workbook) == 0
        undo(workbook)
        assert load_reminder_days(workbook) == REMINDER_DAYS


def test_days_that_are_no_days_are_refused(tmp_path: Path) -> None:
    with (
        small_workbook(tmp_path) as workbook,
        pytest.raises(InputError, match="提醒天数"),
        workbook.edit("修改设置") as edit,
    ):
        save_reminder_days(edit, -1)
