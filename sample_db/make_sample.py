"""Makes the sample workbook, the same every time: `uv run sample_db/make_sample.py` rewrites `sample_db/sample.assess`.

Units and tasks are the shipped plan's. Everything that they hand in, every mark, event and decision is made up, and
marked so (示例). Three years are scored, reviewed and sealed; the fourth is being collected.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assessor.domain.assignment import Assignment
from assessor.domain.facts import Adjustment, Event, UnitFacts
from assessor.domain.plan import Plan, Role
from assessor.domain.scoring import score_year
from assessor.domain.submission import DONE, Blank, Submission
from assessor.domain.year import Stage
from assessor.exchange.plan_file import find_plan, load_plan
from assessor.exchange.scheme_file import default_schemes
from assessor.resources import SAMPLE_WORKBOOK
from assessor.workbook.assignments import load_assignments, save_assignment
from assessor.workbook.creation import create_from_plan
from assessor.workbook.events import save_adjustment, save_event, save_exemption, save_not_applicable
from assessor.workbook.facts import load_facts
from assessor.workbook.marks import save_award, save_mark, save_self_score
from assessor.workbook.observations import save_observation
from assessor.workbook.placing import new_file
from assessor.workbook.seal import seal_year
from assessor.workbook.settings import Settings, save_settings
from assessor.workbook.submissions import save_submission
from assessor.workbook.unit_contacts import save_contacts
from assessor.workbook.workbook import Edit, Workbook
from assessor.workbook.years import load_year, save_year
from sample_db.contacts import contacts
from sample_db.forms import Writer, quality_in, task_forms, unit_forms
from sample_db.happenings import (
    CLAIMS,
    DECIDED_BY,
    DECISIONS,
    EXEMPTIONS,
    HAPPENINGS,
    INDICATORS_LEFT_OUT,
    NEVER_SENT,
    TASKS_LEFT_OUT,
    Decision,
    Happening,
)
from sample_db.judging import awards, marks, self_score
from sample_db.observed import observations
from sample_db.review_steps import review
from sample_db.task_data import TASKS

PLAN = "yichun-2021-2025"
TITLE = "宜春市全民科学素质工作考核 2022—2025（示例数据）"
OPERATOR = "示例操作员"
YEARS = (2022, 2023, 2024, 2025)
COLLECTING = 2025
_CHINA = timezone(timedelta(hours=8))


@dataclass
class _Clock:
    """Stands still between steps, so that the same sample has the same history, and never goes back."""

    now: datetime = datetime(2022, 6, 1, 9, 0, tzinfo=_CHINA)

    def __call__(self) -> datetime:
        return self.now

    def set(self, day: date) -> None:
        moment = datetime(day.year, day.month, day.day, 9, 0, tzinfo=_CHINA)
        if moment < self.now:
            raise ValueError(f"the sample's history goes back from {self.now} to {moment}")
        self.now = moment


def build_sample(path: Path) -> None:
    """Writes the sample to ``path``, whole or not at all. Raises WorkbookError where the file exists or cannot be
    written."""
    clock = _Clock()
    plan = load_plan(find_plan(PLAN)).plan
    with (
        new_file(path) as temporary,
        create_from_plan(
            temporary, plan, default_schemes(), years=YEARS, sample=True, clock=clock, operator=OPERATOR
        ) as workbook,
    ):
        with workbook.edit("标明示例数据") as edit:
            save_settings(edit, Settings(TITLE, is_sample=True))
        with workbook.edit("登记联系人") as edit:
            for unit, own in contacts().items():
                save_contacts(edit, unit, own)
        for year in YEARS:
            _fill_year(workbook, clock, plan, year)


def _fill_year(workbook: Workbook, clock: _Clock, plan: Plan, year: int) -> None:
    clock.set(date(year, 6, 10))
    with workbook.edit(f"下达 {year} 年度任务") as edit:
        _assign(edit, year)
        _rule_out(edit, year)
        stage = Stage.COLLECT if year == COLLECTING else Stage.REVIEW
        header = replace(load_year(edit, year), stage=stage, collection_closed=year != COLLECTING)
        save_year(edit, header)
    clock.set(date(year, 12, 8) if year == COLLECTING else date(year, 12, 24))
    with workbook.edit(f"登记 {year} 年度填报表") as edit:
        for writer, unit in _writers(workbook, year):
            _hand_in(edit, writer, unit)
    clock.set(date(year, 12, 8) if year == COLLECTING else date(year, 12, 28))
    with workbook.edit(f"登记 {year} 年度加扣分和评分") as edit:
        for number, happening in enumerate(HAPPENINGS[year], start=1):
            save_event(edit, year, happening.unit, _event(happening, f"{year}-{number:02d}"))
        if year != COLLECTING:
            for writer, unit in _writers(workbook, year):
                _judge(edit, writer, unit)
    _score_themselves(workbook, year)
    _adjust(workbook, clock, year)
    review(workbook, clock.set, year)
    with workbook.edit(f"登记 {year} 年度目标监测") as edit:
        for observation in observations(load_facts(workbook, year)):
            save_observation(edit, observation)
    if year != COLLECTING:
        clock.set(date(year + 1, 1, 20))
        seal_year(workbook, year)


def _writers(workbook: Workbook, year: int) -> Iterator[tuple[Writer, UnitFacts]]:
    """The units that hand something in."""
    facts = load_facts(workbook, year)
    for group in facts.groups:
        for unit in group.units:
            if not unit.exempt:
                yield Writer(unit.unit, facts.year, quality_in(unit.unit.code, year), group.scheme), unit


def _assign(edit: Edit, year: int) -> None:
    left_out = TASKS_LEFT_OUT[year]
    for assignment in load_assignments(edit, year):
        reason = left_out.get((assignment.unit, assignment.task), "")
        asked = _with_target(assignment, year)
        save_assignment(edit, year, replace(asked, not_applicable=reason))


def _with_target(assignment: Assignment, year: int) -> Assignment:
    task = TASKS[assignment.task]
    shared = task.by_unit.get(assignment.unit)
    if shared is None:
        first = task.lead if assignment.role is Role.LEAD else task.participant
        # A little more every year: a twentieth, and at least one in two years.
        target = first + max(first * (year - 2022) // 20, (year - 2022) // 2)
    else:
        target = shared
        if year > 2023 and assignment.unit == "nongyenongcunju":
            target += task.by_unit.get("xiangcunzhenxingju", 0)
    return replace(
        assignment,
        target=Decimal(target),
        measure=task.measure,
        weight=Decimal("1.5") if task.by_unit else Decimal(1),
        deadline=date(year, 11, 30) if task.by_unit else None,
    )


def _rule_out(edit: Edit, year: int) -> None:
    for unit, reason in EXEMPTIONS.get(year, {}).items():
        save_exemption(edit, year, unit, reason)
    for (unit, indicator), reason in INDICATORS_LEFT_OUT[year].items():
        save_not_applicable(edit, year, unit, indicator, reason)


def _hand_in(edit: Edit, writer: Writer, unit: UnitFacts) -> None:
    year = writer.year.year
    for submission in unit_forms(writer):
        save_submission(edit, year, submission)
    never = NEVER_SENT.get(year, ())
    for assignment in unit.assignments:
        if (assignment.unit, assignment.task) in never:
            continue
        for submission in task_forms(writer, assignment):
            save_submission(edit, year, _with_claim(submission, year))


def _with_claim(submission: Submission, year: int) -> Submission:
    if (submission.unit, submission.task) not in CLAIMS.get(year, ()):
        return submission
    note = "本单位今年没有这项工作，申请不考核（示例）"
    return replace(submission, figures={**submission.figures, DONE: Blank.NOT_APPLICABLE}, note=note)


def _judge(edit: Edit, writer: Writer, unit: UnitFacts) -> None:
    for mark in marks(writer):
        save_mark(edit, writer.year.year, unit.unit.code, mark)
    for award in awards(writer):
        save_award(edit, writer.year.year, unit.unit.code, award)


def _event(happening: Happening, key: str) -> Event:
    return Event(
        key=key,
        kind=happening.kind,
        code=happening.code,
        happened_on=happening.day,
        matter=happening.matter,
        reason=happening.reason,
        points=Decimal(happening.points),
        shared_by=happening.shared_by,
        occurrences=happening.occurrences,
        evidence=happening.evidence,
    )


def _score_themselves(workbook: Workbook, year: int) -> None:
    """Units that handed in their yearly form score themselves with it."""
    result = score_year(load_facts(workbook, year))
    with workbook.edit(f"登记 {year} 年度自评分") as edit:
        for writer, unit in _writers(workbook, year):
            found = result.find(unit.unit.code)
            if unit.form is None or found is None:
                continue
            for leaf in found[1].leaves:
                points = self_score(writer, leaf)
                if points is not None:
                    save_self_score(edit, year, unit.unit.code, leaf.indicator.code, points)


def _adjust(workbook: Workbook, clock: _Clock, year: int) -> None:
    result = score_year(load_facts(workbook, year))
    for number, decision in enumerate(DECISIONS.get(year, ()), start=1):
        found = result.find(decision.unit)
        if found is None:
            raise ValueError(f"{decision.unit} is not assessed in {year}")
        old = next(leaf.score for leaf in found[1].leaves if leaf.indicator.code == decision.indicator)
        if old is None:
            raise ValueError(f"{decision.unit} has no score in {decision.indicator}")
        clock.set(decision.day)
        points = found[0].scheme.indicator_by_code[decision.indicator].points
        adjustment = _adjustment(decision, f"{year}-F{number}", old, points)
        with workbook.edit(f"{decision.kind.label} {found[1].unit.short_name}") as edit:
            save_adjustment(edit, year, decision.unit, adjustment)


def _adjustment(decision: Decision, key: str, old: Decimal, points: Decimal) -> Adjustment:
    return Adjustment(
        key=key,
        indicator=decision.indicator,
        kind=decision.kind,
        old=old,
        new=max(Decimal(0), min(old + decision.change, points)),
        reason=decision.reason,
        decided_by=DECIDED_BY,
        decided_on=decision.day,
    )


def main() -> None:
    fresh = SAMPLE_WORKBOOK.with_name("new.assess")
    fresh.unlink(missing_ok=True)
    build_sample(fresh)
    fresh.replace(SAMPLE_WORKBOOK)
    print(f"已重写 {SAMPLE_WORKBOOK}")


if __name__ == "__main__":
    main()
