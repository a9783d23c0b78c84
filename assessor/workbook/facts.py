"""A year's facts as the scoring engine reads them, in a handful of queries whatever the number of units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assessor.domain.assignment import Assignment
from assessor.domain.facts import Adjustment, Award, Event, GroupFacts, Mark, UnitFacts, YearFacts
from assessor.domain.submission import Submission
from assessor.domain.unit import Unit
from assessor.workbook.assignments import load_assignments
from assessor.workbook.events import load_adjustments, load_events, load_exemptions, load_not_applicable
from assessor.workbook.marks import load_awards, load_marks, load_self_scores
from assessor.workbook.plans import load_groups, load_units
from assessor.workbook.requirements import load_requirements
from assessor.workbook.review_checks import load_review
from assessor.workbook.reviewers import load_reviewers
from assessor.workbook.reviewing import load_reviewing
from assessor.workbook.schemes import load_scheme
from assessor.workbook.submissions import load_submissions
from assessor.workbook.workbook import Reading
from assessor.workbook.year_preferences import load_extremes
from assessor.workbook.years import load_year


@dataclass(frozen=True)
class _Stored:
    """Everything of the year, by unit."""

    assignments: Mapping[str, list[Assignment]]
    forms: Mapping[str, Submission]
    submissions: Mapping[str, dict[str, Submission]]
    marks: Mapping[str, list[Mark]]
    awards: Mapping[str, list[Award]]
    self_scores: Mapping[str, dict[str, Decimal]]
    not_applicable: Mapping[str, dict[str, str]]
    events: Mapping[str, list[Event]]
    adjustments: Mapping[str, list[Adjustment]]
    exemptions: Mapping[str, str]


def load_facts(source: Reading, year: int) -> YearFacts:
    """The units valid in the year under its names, by group. Raises WorkbookError where the year, or the scheme of a
    group that has units, is missing."""
    with source.snapshot():
        header = load_year(source, year)
        units = [unit.in_year(year) for unit in load_units(source) if unit.is_valid_in(year)]
        stored = _load_stored(source, year)
        groups = []
        for group in load_groups(source):
            members = tuple(_unit_facts(unit, stored) for unit in units if unit.group == group.code)
            if members:
                groups.append(GroupFacts(group, load_scheme(source, year, group.code), members))
        titles = source.rows(
            "SELECT task.code, task.title FROM task JOIN section ON section.code = task.section"
            " ORDER BY section.position, task.position"
        )
        reviewers, reviewing = load_reviewers(source, year), load_reviewing(source, year)
        extremes = load_extremes(source, year)
        requirements, review = load_requirements(source, year), load_review(source, year)
    named = {row["code"]: row["title"] for row in titles}
    return YearFacts(header, tuple(groups), named, reviewers, reviewing, extremes, requirements, review)


def reload_units(source: Reading, before: YearFacts, units: Sequence[str], *, with_review: bool = False) -> YearFacts:
    """``before`` with the facts of ``units`` (codes), the reviewers and, where wanted, the review as stored now;
    all others stay the same objects. The year, the registry, the plan and the schemes are taken to be as they were."""
    with source.snapshot():
        stored = _load_stored(source, before.year.year, units)
        reviewers = load_reviewers(source, before.year.year)
        reviewing = load_reviewing(source, before.year.year)
        review = load_review(source, before.year.year) if with_review else before.review
    wanted = frozenset(units)

    def renewed(group: GroupFacts) -> GroupFacts:
        if not any(unit.unit.code in wanted for unit in group.units):
            return group
        members = (_unit_facts(unit.unit, stored) if unit.unit.code in wanted else unit for unit in group.units)
        return replace(group, units=tuple(members))

    known = before.reviewers if before.reviewers == reviewers else reviewers
    duties = before.reviewing if before.reviewing == reviewing else reviewing
    groups = tuple(map(renewed, before.groups))
    return replace(before, groups=groups, reviewers=known, reviewing=duties, review=review)


def _load_stored(source: Reading, year: int, units: Sequence[str] | None = None) -> _Stored:
    assignments: dict[str, list[Assignment]] = {}
    for assignment in load_assignments(source, year, units):
        assignments.setdefault(assignment.unit, []).append(assignment)
    forms, by_task = _split_forms(load_submissions(source, year, units))
    return _Stored(
        assignments=assignments,
        forms=forms,
        submissions=by_task,
        marks=load_marks(source, year, units),
        awards=load_awards(source, year, units),
        self_scores=load_self_scores(source, year, units),
        not_applicable=load_not_applicable(source, year, units),
        events=load_events(source, year, units),
        adjustments=load_adjustments(source, year, units),
        exemptions=load_exemptions(source, year, units),
    )


def _split_forms(
    submissions: Iterable[Submission],
) -> tuple[dict[str, Submission], dict[str, dict[str, Submission]]]:
    forms: dict[str, Submission] = {}
    by_task: dict[str, dict[str, Submission]] = {}
    for submission in submissions:
        if submission.task is None:
            forms[submission.unit] = submission
        else:
            by_task.setdefault(submission.unit, {})[submission.task] = submission
    return forms, by_task


def _unit_facts(unit: Unit, stored: _Stored) -> UnitFacts:
    return UnitFacts(
        unit=unit,
        assignments=tuple(stored.assignments.get(unit.code, ())),
        form=stored.forms.get(unit.code),
        submissions=stored.submissions.get(unit.code, {}),
        marks=tuple(stored.marks.get(unit.code, ())),
        awards=tuple(stored.awards.get(unit.code, ())),
        self_scores=stored.self_scores.get(unit.code, {}),
        not_applicable=stored.not_applicable.get(unit.code, {}),
        events=tuple(stored.events.get(unit.code, ())),
        adjustments=tuple(stored.adjustments.get(unit.code, ())),
        exempt=stored.exemptions.get(unit.code, ""),
    )
