"""Four hundred days of an office, backed up by the real functions: thinned as documented, and both ends restore."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from assessor.workbook.backup import backup_workbook
from assessor.workbook.backup_list import list_backups
from assessor.workbook.backup_names import Backup, Reason
from assessor.workbook.restore import restore
from assessor.workbook.settings import Settings, load_settings, save_settings
from assessor.workbook.thinning import kept
from assessor.workbook.workbook import Check, Workbook
from tests.workbook.builders import small_workbook

FIRST = datetime(2025, 10, 1, 9, 0).astimezone()
DAYS = 400
SEALED_ON = 150
TWICE = 5
"""On so many days at the end there are two backups a day."""


def test_four_hundred_days_thin_as_documented_and_both_ends_restore(tmp_path: Path) -> None:
    small_workbook(tmp_path).close()
    path = tmp_path / "考核.assess"
    made = _live_through(path)
    present = list_backups(path)
    last = made[-1]
    ages = sorted((last.at - backup.at).days for backup in present)
    assert set(present) <= set(made)
    assert list(reversed(present)) == kept(made, last.at)  # as if thinned once, at the end
    assert sum(age < 2 for age in ages) == 2 * 2
    assert {age for age in ages if age < 31} == {
        age for age in range(31) if (last.at.date() - _days(age)).weekday() < 5
    }
    weeks = {backup.at.isocalendar()[:2] for backup in made if (last.at - backup.at).days <= 183}
    assert weeks <= {backup.at.isocalendar()[:2] for backup in present}
    months = {(backup.at.year, backup.at.month) for backup in made}
    assert months == {(backup.at.year, backup.at.month) for backup in present}
    assert [backup for backup in present if backup.reason is Reason.SEAL] == [
        backup for backup in made if backup.reason is Reason.SEAL
    ]
    assert len(present) < 75
    for backup, day in ((present[-1], 0), (present[0], DAYS - 1)):
        restore(path, backup.path)
        with Workbook.open(path, check=Check.FULL) as workbook:
            assert load_settings(workbook).title == f"第 {day} 天"


class Clock:
    def __init__(self) -> None:
        self.now = FIRST

    def __call__(self) -> datetime:
        return self.now


def _live_through(path: Path) -> list[Backup]:
    """An edit and a backup on each working day, two on each of the last ones; one seal. The window is never closed."""
    made: list[Backup] = []
    clock = Clock()
    with Workbook.open(path, clock=clock) as workbook:
        for day in range(DAYS):
            for hours in (0, 5) if day >= DAYS - TWICE else (0,):
                clock.now = FIRST + timedelta(days=day, hours=hours)
                if clock.now.weekday() >= 5:
                    continue
                with workbook.edit("改标题") as edit:
                    save_settings(edit, Settings(f"第 {day} 天", evidence_limit=hours))
                reason = Reason.SEAL if day == SEALED_ON else Reason.AUTOMATIC
                backup = backup_workbook(path, reason, clock=clock)
                assert backup is not None
                made.append(backup)
            if day % 50 == 0:
                assert backup_workbook(path, Reason.AUTOMATIC, clock=clock) is None
    return made


def _days(number: int) -> timedelta:
    return timedelta(days=number)
