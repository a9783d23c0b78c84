"""The table of who marks what (评委分工): a line for each indicator of a unit, ticks for each reviewer of a panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessor.domain.reviewer_table import mark_places
from assessor.domain.reviewing import Duty, ReviewerKey
from assessor.domain.scheme import Indicator
from assessor.domain.unit import Unit
from assessor.domain.year_view import YearView

Ticks = Mapping[str, frozenset[Duty]]
"""Reviewer's name -> what he is to mark."""


@dataclass(frozen=True)
class DutyRow:
    unit: Unit
    indicator: Indicator
    ticked: frozenset[str]
    """Names of those who are to mark it."""
    recused: frozenset[str]
    """Names of those who come from the unit."""

    @property
    def key(self) -> Duty:
        return self.unit.code, self.indicator.code


def panel_duties(view: YearView, panel: str) -> tuple[Duty, ...]:
    """What the panel marks, by indicator and unit."""
    return tuple(dict.fromkeys(place.duty for place in mark_places(view, panel)))


def stored_ticks(view: YearView, panel: str) -> dict[str, frozenset[Duty]]:
    duties, reviewing = panel_duties(view, panel), view.facts.reviewing
    names = view.facts.reviewers.get(panel, ())
    return {name: frozenset(duty for duty in duties if reviewing.is_expected((panel, name), duty)) for name in names}


def duty_rows(view: YearView, panel: str, ticks: Ticks) -> tuple[DutyRow, ...]:
    rows = []
    for place in {place.duty: place for place in mark_places(view, panel)}.values():
        ticked = frozenset(name for name, mine in ticks.items() if place.duty in mine)
        recused = frozenset(name for name in ticks if view.facts.reviewing.is_recused((panel, name), place.unit.code))
        rows.append(DutyRow(place.unit, place.indicator, ticked, recused))
    return tuple(rows)


def all_ticked(rows: Sequence[DutyRow], name: str) -> frozenset[Duty]:
    """Everything that a reviewer may mark."""
    return frozenset(row.key for row in rows if name not in row.recused)


def duties_to_save(rows: Sequence[DutyRow], panel: str, ticks: Ticks) -> dict[ReviewerKey, tuple[Duty, ...] | None]:
    """None for who marks all that he may, so that what is added later is his, too."""
    return {
        (panel, name): None if mine >= all_ticked(rows, name) and mine else tuple(sorted(mine))
        for name, mine in ticks.items()
    }


def ticks_words(rows: Sequence[DutyRow], ticks: Ticks) -> str:
    """How much each has, and what nobody has: ``张三 40 项，李四 38 项；无人评 2 项，多人评 8 项``."""
    counts = "，".join(f"{name} {len(mine)} 项" for name, mine in ticks.items())
    alone = sum(not row.ticked for row in rows)
    several = sum(len(row.ticked) > 1 for row in rows)
    return f"{counts}；共 {len(rows)} 项，无人评 {alone} 项，多人评 {several} 项"
