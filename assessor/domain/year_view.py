"""One year as screens, charts and reports see it: facts, results and progress, computed together once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assessor.domain.facts import YearFacts
from assessor.domain.plan import Plan
from assessor.domain.progress import SectionProgress, TargetProgress, section_progress, target_progress
from assessor.domain.results import GroupResult, UnitResult, YearResult
from assessor.domain.scoring import score_year
from assessor.domain.target import Observation
from assessor.domain.year import Year
from assessor.errors import InputError


@dataclass(frozen=True)
class YearView:
    plan: Plan
    facts: YearFacts
    result: YearResult
    sections: tuple[SectionProgress, ...]
    targets: tuple[TargetProgress, ...]
    previous: YearResult | None = None
    """The year before, where the workbook has it: for comparison only."""

    @property
    def year(self) -> Year:
        return self.facts.year

    @property
    def is_sample(self) -> bool:
        return self.year.is_sample

    def assessed_unit(self, unit: str) -> tuple[GroupResult, UnitResult]:
        """The unit's group and result by unit code. Raises InputError where the year does not have the unit."""
        found = self.result.find(unit)
        if found is not None:
            return found
        known = self.plan.unit_by_code.get(unit)
        names = "、".join(result.unit.short_name for group in self.result.groups for result in group.units)
        raise InputError(
            f"{self.year.year} 年度没有“{known.short_name if known else unit}”这个单位",
            remedy=f"请从本年度的单位中选择：{names}" if names else "请先建立本年度的单位",
        )


def view_year(
    plan: Plan, facts: YearFacts, observations: Iterable[Observation] = (), previous: YearFacts | None = None
) -> YearView:
    return YearView(
        plan=plan,
        facts=facts,
        result=score_year(facts),
        sections=section_progress(plan, facts),
        targets=target_progress(plan, observations, facts.year.year),
        previous=score_year(previous) if previous else None,
    )
