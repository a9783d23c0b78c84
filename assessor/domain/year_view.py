"""One year as screens, charts and reports see it: facts, results and progress, computed together once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assessor.domain.facts import YearFacts
from assessor.domain.plan import Plan
from assessor.domain.progress import SectionProgress, TargetProgress, section_progress, target_progress
from assessor.domain.results import YearResult
from assessor.domain.scoring import score_year
from assessor.domain.target import Observation
from assessor.domain.year import Year


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
