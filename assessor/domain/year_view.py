"""One year as screens, charts and reports see it: facts, results and progress, computed together once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assessor.domain.facts import UnitFacts, YearFacts
from assessor.domain.lineage import result_before
from assessor.domain.plan import Plan
from assessor.domain.progress import SectionProgress, TargetProgress, section_progress, target_progress
from assessor.domain.rescoring import rescore
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
    """As the year has it (``lineage.plan_in_year``)."""
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

    def previous_of(self, unit: str) -> tuple[GroupResult, UnitResult] | None:
        """What the unit's results are compared with, by unit code: group and result, in the year before, of itself or
        of the unit whose history it carries. None where there is nothing to compare with."""
        return result_before(self.plan, self.previous, unit) if self.previous is not None else None

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
    previous: YearFacts | YearResult | None = None,
    *,
    seal: SealState = NEVER_SEALED,
    previous_seal: SealState = NEVER_SEALED,
) -> YearView:
    """``previous``: the year before; its results where these are known already."""
    computed = score_year(facts)
    if isinstance(previous, YearFacts):
        previous = _as_sealed(score_year(previous), previous, previous_seal)
    return YearView(
        plan=plan,
        facts=facts,
        result=_as_sealed(computed, facts, seal),
        sections=section_progress(plan, facts),
        targets=target_progress(plan, observations, facts.year.year),
        previous=previous,
        seals=seal.records,
        recomputed=differences(seal.results, result_lines(computed)) if seal.results else (),
    )


def renewed_view(before: YearView, facts: YearFacts, observations: Iterable[Observation] | None = None) -> YearView:
    """The view after an edit that touched facts of the year, which is not sealed, or ``observations`` (None: none of
    them), and nothing else. It is what ``view_year`` gives, with everything that is as it was taken from ``before``."""
    targets, sections = before.targets, before.sections
    if observations is not None:
        targets = target_progress(before.plan, observations, facts.year.year)
    if not _owe_the_same(before.facts, facts):
        sections = section_progress(before.plan, facts)
    result = rescore(before.facts, before.result, facts)
    return replace(before, facts=facts, result=result, sections=sections, targets=targets)


def _owe_the_same(before: YearFacts, facts: YearFacts) -> bool:
    """Whether everything that the progress of sections counts is as it was."""
    old, new = _units(before), _units(facts)
    return (
        before.year == facts.year
        and len(old) == len(new)
        and all(known is unit or _owed(known) == _owed(unit) for known, unit in zip(old, new, strict=True))
    )


def _units(facts: YearFacts) -> list[UnitFacts]:
    return [unit for group in facts.groups for unit in group.units]


def _owed(unit: UnitFacts) -> str:
    """As it is written: 60 and 60.0 are equal and read differently."""
    return repr((unit.exempt, unit.assignments, unit.submissions))


def _as_sealed(computed: YearResult, facts: YearFacts, seal: SealState) -> YearResult:
    return with_sealed_results(computed, facts, seal.results) if seal.results else computed
