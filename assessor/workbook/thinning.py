"""Which backups stay as they grow old: the recent ones all, then one a day, one a week, one a month.

Whether a backup stays depends on its own age and on being the last of its day, week or month. What was removed was the
last of none of them, so that thinning often and thinning once leave the same backups (docs/backups.md has the policy).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from assessor.workbook.backup_names import Reason


class Dated(Protocol):
    """What is thinned: ``at`` is local wall-clock time, without a zone."""

    @property
    def at(self) -> datetime: ...

    @property
    def reason(self) -> Reason: ...


D = TypeVar("D", bound=Dated)

KEPT_FOR_EVER = frozenset({Reason.MANUAL, Reason.UPGRADE, Reason.SEAL, Reason.UNSEAL})
KEPT_A_MONTH = frozenset({Reason.IMPORT, Reason.RESTORE})
NEWEST = 10
"""So many stay however old they are."""
ALL = timedelta(days=2)
DAILY = timedelta(days=31)
WEEKLY = timedelta(days=183)


def kept(backups: Iterable[D], now: datetime) -> list[D]:
    """Those that stay, oldest first. ``now``: local wall-clock time; what is dated after it counts as made now."""
    ordered = sorted(backups, key=lambda backup: backup.at)
    places = {0, *range(max(len(ordered) - NEWEST, 0), len(ordered))}
    for period, age in ((_day, DAILY), (_week, WEEKLY), (_month, None)):
        lasts = {period(backup.at): place for place, backup in enumerate(ordered)}
        places.update(place for place in lasts.values() if age is None or now - ordered[place].at <= age)
    return [backup for place, backup in enumerate(ordered) if place in places or _stays_by_itself(backup, now)]


def _stays_by_itself(backup: Dated, now: datetime) -> bool:
    age = now - backup.at
    return age <= ALL or backup.reason in KEPT_FOR_EVER or (backup.reason in KEPT_A_MONTH and age <= DAILY)


def _day(at: datetime) -> Hashable:
    return at.date()


def _week(at: datetime) -> Hashable:
    """Monday to Sunday."""
    return at.isocalendar()[:2]


def _month(at: datetime) -> Hashable:
    return at.year, at.month
