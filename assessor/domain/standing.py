"""Where a year stands on a given day: which forms are due and handed in, who is ranked, how many days are left.

One definition of each count, for the stage bar, the overview and whatever else prints it. Exempt units owe nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from assessor.domain.appeal import Publicity
from assessor.domain.facts import GroupFacts, UnitFacts, YearFacts
from assessor.domain.progress import Delivery, TargetProgress, delivery_of, percent
from assessor.domain.scheme import Scheme, Scope
from assessor.domain.statistics import summarize
from assessor.domain.submission import Submission, SubmissionState
from assessor.domain.target import TargetKind
from assessor.domain.unit import Unit
from assessor.domain.year import Stage, Year
from assessor.domain.year_view import YearView

_CHASED_DAYS = 60
"""Calendar days after the deadline for which lateness is counted and alarming; later the year is history."""


@dataclass(frozen=True)
class DueForm:
    """A form that a unit owes this year: for one task, or (``task`` None) its own yearly form."""

    unit: Unit
    task: str | None
    title: str
    delivery: Delivery
    submission: Submission | None

    @property
    def is_handed_in(self) -> bool:
        return self.delivery in (Delivery.ON_TIME, Delivery.LATE)

    @property
    def is_accepted(self) -> bool:
        return self.submission is not None and self.submission.state is SubmissionState.ACCEPTED

    @property
    def awaits_check(self) -> bool:
        return self.submission is not None and self.submission.state is SubmissionState.SUBMITTED


@dataclass(frozen=True)
class Standing:
    units: int
    """Units that owe at least one form."""
    complete_units: int
    """Those of them that handed in every form they owe."""
    forms: int
    handed_in: int
    on_time: int
    accepted: int
    days_left: int
    """Calendar days to the deadline; negative once it has passed."""
    registered: int
    assessed: int
    ranked: int
    provisional: int
    publicity_left: int | None = None
    """Calendar days of the objection period after today; None: it does not run today."""
    open_appeals: int = 0

    @property
    def completeness(self) -> Decimal:
        """报送率: forms handed in, in percent of the forms due."""
        return percent(self.handed_in, self.forms)

    @property
    def timeliness(self) -> Decimal:
        """及时率: forms first handed in by their deadline, in percent of the forms due."""
        return percent(self.on_time, self.forms)

    @property
    def scored(self) -> int:
        """Assessed units of whom nothing is awaited any more."""
        return self.assessed - self.provisional


class TargetStanding(Enum):
    """How a quantified target stands as of a year."""

    UNKNOWN = "unknown"
    STRETCH_MET = "stretch_met"
    MET = "met"
    UNDER_WAY = "under_way"
    MISSED = "missed"

    @property
    def label(self) -> str:
        return {
            "unknown": "暂无数据",
            "stretch_met": "达到力争目标",
            "met": "达到",
            "under_way": "推进中",
            "missed": "未达到",
        }[self.value]


def target_standing(item: TargetProgress, view: YearView) -> TargetStanding:
    """Nothing is missed while a year's forms still come in, nor a target of the period's end before its last year."""
    if item.reached is None:
        return TargetStanding.UNKNOWN
    if item.is_met:
        stretch = item.target.stretch
        return TargetStanding.STRETCH_MET if stretch is not None and item.reached >= stretch else TargetStanding.MET
    is_due = item.target.kind is TargetKind.YEARLY or item.year >= view.plan.last_year
    return TargetStanding.MISSED if is_due and view.year.collection_closed else TargetStanding.UNDER_WAY


def has_yearly_form(scheme: Scheme) -> bool:
    return any(figure.scope is Scope.UNIT for figure in scheme.figures)


def due_forms(facts: YearFacts) -> tuple[DueForm, ...]:
    """Every form due in the year, by unit in the registry's order, tasks first."""
    return tuple(
        form
        for group in facts.groups
        for unit in group.units
        if not unit.exempt
        for form in _forms_of(unit, group, facts)
    )


def standing_of(view: YearView, today: date) -> Standing:
    forms = due_forms(view.facts)
    owing = {form.unit.code for form in forms}
    incomplete = {form.unit.code for form in forms if not form.is_handed_in}
    summaries = [summarize(group) for group in view.result.groups]
    return Standing(
        units=len(owing),
        complete_units=len(owing - incomplete),
        forms=len(forms),
        handed_in=sum(form.is_handed_in for form in forms),
        on_time=sum(form.delivery is Delivery.ON_TIME for form in forms),
        accepted=sum(
            form.submission is not None and form.submission.state is SubmissionState.ACCEPTED for form in forms
        ),
        days_left=(view.year.deadline - today).days,
        registered=sum(summary.registered for summary in summaries),
        assessed=sum(summary.assessed for summary in summaries),
        ranked=sum(summary.ranked for summary in summaries),
        provisional=sum(summary.provisional for summary in summaries),
        publicity_left=_publicity_left(view.facts.review.publicity, today),
        open_appeals=len(view.facts.review.open_appeals),
    )


@dataclass(frozen=True)
class UnitDelivery:
    """What a unit owes and has handed in."""

    unit: Unit
    forms: int
    handed_in: int
    on_time: int
    accepted: int

    @property
    def completeness(self) -> Decimal:
        """As ``Standing.completeness``."""
        return percent(self.handed_in, self.forms)

    @property
    def timeliness(self) -> Decimal:
        """As ``Standing.timeliness``."""
        return percent(self.on_time, self.forms)


def unit_deliveries(facts: YearFacts) -> tuple[UnitDelivery, ...]:
    """Of every unit that owes forms; the least complete first, equals by timeliness, then as the registry has them."""
    forms: dict[str, list[DueForm]] = {}
    for form in due_forms(facts):
        forms.setdefault(form.unit.code, []).append(form)
    found = [
        UnitDelivery(
            own[0].unit,
            len(own),
            sum(form.is_handed_in for form in own),
            sum(form.delivery is Delivery.ON_TIME for form in own),
            sum(form.is_accepted for form in own),
        )
        for own in forms.values()
    ]
    return tuple(sorted(found, key=lambda item: (item.completeness, item.timeliness)))


def stage_count(stage: Stage, standing: Standing) -> str:
    """How far a stage has come, e.g. ``31/41``, or what is under way in it; empty where nothing is counted."""
    if stage is Stage.COLLECT and standing.units:
        return f"{standing.complete_units}/{standing.units}"
    if stage is Stage.SCORE and standing.assessed:
        return f"{standing.scored}/{standing.assessed}"
    if stage is Stage.REVIEW:
        return "，".join(part for part in (_publicity_note(standing), _appeals_note(standing)) if part)
    return ""


def _publicity_note(standing: Standing) -> str:
    left = standing.publicity_left
    if left is None:
        return ""
    return f"公示还有 {left} 天" if left else "公示今天结束"


def _appeals_note(standing: Standing) -> str:
    return f"申诉 {standing.open_appeals}" if standing.open_appeals else ""


def _publicity_left(publicity: Publicity | None, today: date) -> int | None:
    return (publicity.ends - today).days if publicity is not None and publicity.holds(today) else None


def deadline_text(year: Year, standing: Standing) -> str:
    """How long units still have: ``还有 12 天``, ``今天截止``, ``已过 3 天``; once collection is closed, that it is.

    Long after the deadline the days say nothing any more: ``已过截止日``.
    """
    if year.collection_closed:
        return "已截止"
    if standing.days_left == 0:
        return "今天截止"
    if standing.days_left > 0:
        return f"还有 {standing.days_left} 天"
    return f"已过 {-standing.days_left} 天" if is_overdue(year, standing) else "已过截止日"


def reminder_text(year: Year, standing: Standing, days: int) -> str:
    """What is to be said from ``days`` calendar days before the deadline on; empty: nothing, or nobody is awaited."""
    waiting = standing.units - standing.complete_units
    if year.stage is not Stage.COLLECT or year.collection_closed or not waiting or not days:
        return ""
    if not 0 <= standing.days_left <= days:
        return ""
    return f"{deadline_text(year, standing)}{'截止' if standing.days_left else ''}，{waiting} 个单位未报齐"


def is_overdue(year: Year, standing: Standing) -> bool:
    """Whether units are late now, and chasing them is urgent: not once collection is closed, nor long afterwards."""
    return not year.collection_closed and -_CHASED_DAYS <= standing.days_left < 0


def year_to_open(years: tuple[Year, ...], today: date) -> Year | None:
    """The assessment year that ``today`` lies in, else the last that has begun, else the first; None of none."""
    begun = [year for year in years if year.starts <= today]
    return max(begun, key=lambda year: year.starts) if begun else min(years, key=lambda year: year.starts, default=None)


def _forms_of(unit: UnitFacts, group: GroupFacts, facts: YearFacts) -> list[DueForm]:
    year = facts.year
    forms = []
    for assignment in unit.assignments:
        if not assignment.not_applicable:
            submission = unit.submissions.get(assignment.task)
            title = facts.task_titles.get(assignment.task, assignment.task)
            delivery = delivery_of(assignment, submission, year)
            forms.append(DueForm(unit.unit, assignment.task, title, delivery, submission))
    if has_yearly_form(group.scheme):
        forms.append(DueForm(unit.unit, None, "年度填报表", _yearly_delivery(unit.form, year), unit.form))
    return forms


def _yearly_delivery(form: Submission | None, year: Year) -> Delivery:
    if form is None:
        return Delivery.MISSING
    if form.state is SubmissionState.RETURNED:
        return Delivery.RETURNED
    return Delivery.LATE if form.first_submitted_on > year.deadline else Delivery.ON_TIME
