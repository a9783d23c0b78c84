"""One year as screens, charts and reports see it: facts, results and progress, computed together once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assessor.domain.facts import YearFacts
from assessor.domain.plan import Plan
from assessor.domain.progress import SectionProgress, TargetProgress, section_progress, target_progress
from assessor.domain.result_lines import result_lines
from assessor.domain.results import GroupResult, UnitResult, YearResult
from assessor.domain.scoring import score_year
from assessor.domain.seal import Difference, SealLine, SealRecord, differences
from assessor.domain.sealed_results import with_sealed_results
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
    seals: tuple[SealRecord, ...] = ()
    """In the order of sealing; only the last may hold."""
    recomputed: tuple[Difference, ...] = ()
    """Of a sealed year, what the program computes otherwise today: ``result`` has the sealed numbers."""

    @property
    def year(self) -> Year:
        return self.facts.year

    @property
    def seal(self) -> SealRecord | None:
        """The seal that holds; None where the year is not sealed."""
        return self.seals[-1] if self.seals and self.seals[-1].is_open else None

    @property
    def undone_seals(self) -> tuple[SealRecord, ...]:
        return tuple(seal for seal in self.seals if not seal.is_open)

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


@dataclass(frozen=True)
class SealState:
    """What a workbook knows of a year's seals."""

    records: tuple[SealRecord, ...] = ()
    results: tuple[SealLine, ...] = ()
    """The results that the seal that holds has sealed."""


NEVER_SEALED = SealState()


def view_year(
    plan: Plan,
    facts: YearFacts,
    observations: Iterable[Observation] = (),
    previous: YearFacts | None = None,
    *,
    seal: SealState = NEVER_SEALED,
    previous_seal: SealState = NEVER_SEALED,
) -> YearView:
    computed = score_year(facts)
    return YearView(
        plan=plan,
        facts=facts,
        result=_as_sealed(computed, facts, seal),
        sections=section_progress(plan, facts),
        targets=target_progress(plan, observations, facts.year.year),
        previous=_as_sealed(score_year(previous), previous, previous_seal) if previous else None,
        seals=seal.records,
        recomputed=differences(seal.results, result_lines(computed)) if seal.results else (),
    )


def _as_sealed(computed: YearResult, facts: YearFacts, seal: SealState) -> YearResult:
    return with_sealed_results(computed, facts, seal.results) if seal.results else computed
