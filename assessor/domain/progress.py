"""How far the year's assignments and the plan's targets have come: one definition of each count and rate.

Completion (完成率) of an assignment is min(done / target, 1); of a section the mean over its applicable
assignments with a target, where what is not handed in counts 0. Rates are percentages, half up to one decimal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from assessor.domain.assignment import Assignment
from assessor.domain.exact import quotient
from assessor.domain.facts import YearFacts
from assessor.domain.plan import Plan, Section
from assessor.domain.rounding import round_half_up
from assessor.domain.submission import DONE, Submission, SubmissionState
from assessor.domain.target import Observation, Target, TargetKind
from assessor.domain.year import Year


class Delivery(Enum):
    """Where an assignment's form stands."""

    ON_TIME = "on_time"
    LATE = "late"
    RETURNED = "returned"
    MISSING = "missing"

    @property
    def label(self) -> str:
        return {"on_time": "按时报送", "late": "逾期报送", "returned": "退回待报", "missing": "未报"}[self.value]


@dataclass(frozen=True)
class AssignmentProgress:
    assignment: Assignment
    delivery: Delivery
    accepted: bool
    completion: Fraction | None
    """None: no target was set."""


@dataclass(frozen=True)
class SectionProgress:
    section: Section
    items: tuple[AssignmentProgress, ...]
    """Applicable assignments only."""
    not_applicable: int

    @property
    def assigned(self) -> int:
        return len(self.items)

    def count(self, delivery: Delivery) -> int:
        return sum(item.delivery is delivery for item in self.items)

    @property
    def submitted(self) -> int:
        return self.count(Delivery.ON_TIME) + self.count(Delivery.LATE)

    @property
    def accepted(self) -> int:
        return sum(item.accepted for item in self.items)

    @property
    def submitted_rate(self) -> Decimal:
        return percent(self.submitted, self.assigned)

    @property
    def completion(self) -> Decimal | None:
        known = [item.completion for item in self.items if item.completion is not None]
        return round_half_up(sum(known, Fraction(0)) * 100 / len(known), 1) if known else None


@dataclass(frozen=True)
class TargetProgress:
    target: Target
    year: int
    observations: tuple[Observation, ...]
    """Up to and including ``year``, by year."""
    reached: Decimal | None
    """This year's amount (yearly), the sum so far (cumulative), the latest state (by_end). None: nothing observed."""

    @property
    def rate(self) -> Decimal | None:
        """Reached / base, in percent; None where nothing was observed."""
        return None if self.reached is None else percent(self.reached, self.target.base)

    @property
    def is_met(self) -> bool:
        return self.reached is not None and self.reached >= self.target.base

    @property
    def is_sample(self) -> bool:
        return any(observation.is_sample for observation in self.observations)


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """``part`` of ``whole`` in percent, one decimal, half up; 0.0 of nothing."""
    return round_half_up(Fraction(part) * 100 / Fraction(whole), 1) if whole else Decimal("0.0")


def delivery_of(assignment: Assignment, submission: Submission | None, year: Year) -> Delivery:
    if submission is None:
        return Delivery.MISSING
    if submission.state is SubmissionState.RETURNED:
        return Delivery.RETURNED
    late = submission.first_submitted_on > (assignment.deadline or year.deadline)
    return Delivery.LATE if late else Delivery.ON_TIME


def assignment_progress(assignment: Assignment, submission: Submission | None, year: Year) -> AssignmentProgress:
    completion = None
    if assignment.target:
        done = submission.figure(DONE) if submission and submission.counts else None
        reached = quotient(done, assignment.target) if isinstance(done, Decimal) else Fraction(0)
        completion = min(reached, Fraction(1))
    accepted = submission is not None and submission.state is SubmissionState.ACCEPTED
    return AssignmentProgress(assignment, delivery_of(assignment, submission, year), accepted, completion)


def section_progress(plan: Plan, facts: YearFacts) -> tuple[SectionProgress, ...]:
    """One entry per section of the plan, in its order. Exempt units owe nothing."""
    applicable: dict[str, list[AssignmentProgress]] = {section.code: [] for section in plan.sections}
    left_out: dict[str, int] = dict.fromkeys(applicable, 0)
    for group in facts.groups:
        for unit in group.units:
            for assignment in () if unit.exempt else unit.assignments:
                section = plan.task_by_code[assignment.task].section
                if assignment.not_applicable:
                    left_out[section] += 1
                else:
                    submission = unit.submissions.get(assignment.task)
                    applicable[section].append(assignment_progress(assignment, submission, facts.year))
    return tuple(
        SectionProgress(section, tuple(applicable[section.code]), left_out[section.code]) for section in plan.sections
    )


def whole(sections: Sequence[SectionProgress]) -> SectionProgress:
    """All sections' assignments as one, so that the whole's counts and rates have the same definitions."""
    items = tuple(item for progress in sections for item in progress.items)
    return replace(sections[0], items=items, not_applicable=sum(progress.not_applicable for progress in sections))


def target_progress(plan: Plan, observations: Iterable[Observation], year: int) -> tuple[TargetProgress, ...]:
    """One entry per target of the plan, as of ``year``."""
    known = sorted((item for item in observations if item.year <= year), key=lambda item: item.year)
    result = []
    for target in plan.targets:
        mine = tuple(item for item in known if item.target == target.code)
        result.append(TargetProgress(target, year, mine, _reached(target, mine, year)))
    return tuple(result)


def _reached(target: Target, observations: tuple[Observation, ...], year: int) -> Decimal | None:
    if not observations:
        return None
    if target.kind is TargetKind.CUMULATIVE:
        return sum((item.value for item in observations), Decimal(0))
    if target.kind is TargetKind.YEARLY:
        return next((item.value for item in observations if item.year == year), None)
    return observations[-1].value
