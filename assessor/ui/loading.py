"""What the window knows of the open workbook, read in the worker's thread. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assessor.ui.garbage import spared

if TYPE_CHECKING:
    from assessor.domain.next_steps import Finding
    from assessor.domain.review_item import ReviewItem
    from assessor.domain.standing import Standing
    from assessor.domain.year import Year
    from assessor.domain.year_view import YearView
    from assessor.work import Work
    from assessor.workbook.view_changes import Changed, Moment
    from assessor.workbook.workbook import Workbook


@dataclass(frozen=True)
class Loaded:
    """What was read of a workbook: all its years, and one of them in full (None: it has no year)."""

    path: Path
    read_only_reason: str
    """Empty where it can be written."""
    is_on_network: bool
    is_protected: bool
    """By a password."""
    saved_at: datetime | None
    """When the last edit was made."""
    undo_label: str | None
    """Of the edit that 撤销 takes back; None: there is none."""
    redo_label: str | None
    years: tuple[Year, ...]
    view: YearView | None
    standing: Standing | None
    """Of the year on the day it was read; None without a year."""
    steps: tuple[Finding, ...]
    """What to do next, in order; empty only without a year. Finding out looks at every score of the year, so that after
    an edit they are those from before it until ``Session.steps_read``."""
    reminder: str
    """Of the deadline that draws near; empty: none is due."""
    moment: Moment
    """Where the history stood."""
    is_stepped_back: bool = False
    """Whether the last edit is an undo or a redo."""
    review: tuple[ReviewItem, ...] | None = None
    """What deserves a look before the view's year is sealed; None: it was not asked for."""
    has_old_steps: bool = False
    changed: Changed | None = None
    """What differs from what was open before; None: everything may."""

    @property
    def is_read_only(self) -> bool:
        return bool(self.read_only_reason)


def read_workbook(
    workbook: Workbook,
    year: int | None,
    today: date,
    work: Work,
    before: Loaded | None = None,
    *,
    lists_review: bool = False,
) -> Loaded:
    """Reads ``year``, else the year to open on ``today``. Raises WorkbookError.

    ``before``: what was read of the same year earlier; only what edits have touched since is read and computed again.
    ``lists_review``: what deserves a look is shown. Once the review has begun it is listed in any case, save after an
    edit that may be typed on after.
    """
    from assessor.domain.next_steps import next_steps
    from assessor.domain.standing import reminder_text, standing_of, year_to_open
    from assessor.domain.year import Stage
    from assessor.workbook.history import EditKind, last_edit
    from assessor.workbook.preferences import load_reminder_days
    from assessor.workbook.undo import next_redo, next_undo
    from assessor.workbook.view_changes import Reach, changed_since, present_moment
    from assessor.workbook.views import load_view, reload_view
    from assessor.workbook.years import list_years

    with workbook.snapshot():
        years = list_years(workbook)
        chosen = next((item for item in years if item.year == year), None) or year_to_open(years, today)
        if chosen is not None:
            work.step(0.4, f"正在计算 {chosen.year} 年度得分")
        changed = None
        if before is None or before.view is None or chosen is None or before.view.year.year != chosen.year:
            with spared():
                view = load_view(workbook, chosen.year) if chosen is not None else None
        else:
            changed = changed_since(workbook, before.moment, chosen.year)
            view = reload_view(workbook, before.view, changed)
        moment = present_moment(workbook)
        last = last_edit(workbook)
        reminder_days = load_reminder_days(workbook)
        undoable, redoable = next_undo(workbook), next_redo(workbook)
    standing = standing_of(view, today) if view is not None else None
    old_steps = before.steps if before is not None and changed is not None and changed.reach <= Reach.UNITS else ()
    asked = lists_review or (not old_steps and view is not None and view.year.stage in (Stage.REVIEW, Stage.SEAL))
    review = _review(view, before, asked=asked) if view is not None else None
    work.step(1.0, "已打开")
    return Loaded(
        path=workbook.path,
        read_only_reason=workbook.read_only_reason,
        is_on_network=workbook.on_network,
        is_protected=workbook.password is not None,
        saved_at=last.at if last else None,
        undo_label=undoable.label if undoable else None,
        redo_label=redoable.label if redoable else None,
        years=years,
        view=view,
        standing=standing,
        steps=old_steps or (next_steps(view, today, review) if view is not None else ()),
        has_old_steps=bool(old_steps),
        reminder=reminder_text(view.year, standing, reminder_days) if view and standing else "",
        moment=moment,
        review=review,
        is_stepped_back=last is not None and last.kind in (EditKind.UNDO, EditKind.REDO),
        changed=changed,
    )


def _review(view: YearView, before: Loaded | None, *, asked: bool) -> tuple[ReviewItem, ...] | None:
    """In the worker: of a large workbook the list takes longer than the window may stand still."""
    from assessor.domain.review_list import review_items

    known = before.view if before is not None else None
    if before is not None and before.review is not None and known is not None and _is_same(known, view):
        return before.review
    return review_items(view) if asked else None


def _is_same(known: YearView, view: YearView) -> bool:
    """Whether everything that the list is made of is what it was."""
    pairs = ((known.plan, view.plan), (known.facts, view.facts), (known.result, view.result))
    return known.previous is view.previous and all(old is new for old, new in pairs)
