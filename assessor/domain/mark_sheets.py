"""Reviewers' sheets (评委评分表): what one that is issued asks of whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor.domain.facts import Mark
from assessor.domain.reviewer_table import MarkPlace, PlaceKey, mark_places, panels_in
from assessor.domain.reviewing import ReviewerKey
from assessor.domain.rules.panel import Panel
from assessor.domain.year_view import YearView


@dataclass(frozen=True)
class SheetIdentity:
    """Which workbook, year, panel and reviewer a sheet was issued for."""

    workbook: str
    year: int
    panel: str
    reviewer: str
    schemes: str
    """Which versions of which schemes it was made from; as text, to be compared."""


@dataclass(frozen=True)
class SheetRow:
    place: MarkPlace
    mark: Mark | None
    """What is stored already."""


@dataclass(frozen=True)
class ReviewerSheet:
    """What a sheet that is issued says."""

    identity: SheetIdentity
    title: str
    panel: Panel
    rows: tuple[SheetRow, ...]
    task_titles: Mapping[str, str]
    extreme_words: str
    """E.g. 低于 60% 或高于 95%."""
    low: Decimal
    high: Decimal
    deadline: str
    is_sample: bool


def sheets_to_issue(
    view: YearView, workbook: str, schemes: str, title: str, reviewers: Sequence[ReviewerKey] | None = None
) -> tuple[ReviewerSheet, ...]:
    """One for each reviewer (of ``reviewers``, None: of all) who has something to mark, by panel and name."""
    sheets = []
    for panel in panels_in(view):
        places = mark_places(view, panel.code)
        for name in view.facts.reviewers.get(panel.code, ()):
            reviewer = (panel.code, name)
            if reviewers is not None and reviewer not in reviewers:
                continue
            stored = stored_marks(view, reviewer)
            mine = [place for place in places if view.facts.reviewing.is_expected(reviewer, place.duty)]
            if mine:
                identity = SheetIdentity(workbook, view.year.year, panel.code, name, schemes)
                rows = tuple(SheetRow(place, stored.get(place.key)) for place in mine)
                sheets.append(_sheet(view, identity, title, panel, rows))
    return tuple(sheets)


def _sheet(
    view: YearView, identity: SheetIdentity, title: str, panel: Panel, rows: tuple[SheetRow, ...]
) -> ReviewerSheet:
    extremes = view.facts.extremes
    return ReviewerSheet(
        identity=identity,
        title=title,
        panel=panel,
        rows=rows,
        task_titles=view.facts.task_titles,
        extreme_words=extremes.words.replace("% ", " 分").replace("%", " 分"),
        low=extremes.low,
        high=extremes.high,
        deadline=view.year.deadline.isoformat(),
        is_sample=view.is_sample,
    )


def stored_marks(view: YearView, reviewer: ReviewerKey) -> dict[PlaceKey, Mark]:
    return {
        (unit.unit.code, mark.indicator, mark.task): mark
        for group in view.facts.groups
        for unit in group.units
        for mark in unit.marks
        if (mark.panel, mark.reviewer) == reviewer
    }
