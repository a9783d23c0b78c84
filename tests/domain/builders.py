"""Builders of schemes and facts for tests: small values with defaults, decimals written as text.

Most tests need only ``direct`` leaves (the office gives the points), so a unit is built from its scores:
``score_group(scheme(category("1", leaf("1.1", 60))), unit("kexie", given={"1.1": "54.5"}))``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from assessor.domain.assignment import Assignment
from assessor.domain.facts import (
    Adjustment,
    AdjustmentKind,
    Award,
    Event,
    EventKind,
    GroupFacts,
    Mark,
    UnitFacts,
    YearFacts,
)
from assessor.domain.plan import Role
from assessor.domain.results import GroupResult, LeafResult, UnitResult, YearResult
from assessor.domain.rules.direct import Direct
from assessor.domain.rules.ratio import Ratio
from assessor.domain.rules.rule import Rule
from assessor.domain.rules.target_source import TargetSource
from assessor.domain.scheme import Category, EntryKind, Figure, Grade, Indicator, Quota, Scheme, Scope
from assessor.domain.scoring import score_year
from assessor.domain.submission import DONE, Blank, Evidence, Submission, SubmissionState
from assessor.domain.unit import Group, Unit
from assessor.domain.year import Stage, Year

Number = Decimal | int | str

CLOSED = Year(2024, date(2024, 1, 1), date(2024, 12, 31), date(2024, 11, 30), Stage.REVIEW, collection_closed=True)
OPEN = Year(2024, date(2024, 1, 1), date(2024, 12, 31), date(2024, 11, 30), Stage.COLLECT)
IN_TIME = date(2024, 11, 28)

GRADES = (
    Grade("优秀", Decimal(90)),
    Grade("良好", Decimal(80)),
    Grade("合格", Decimal(60)),
    Grade("不合格", Decimal(0)),
)
TASK_COMPLETION = Ratio(DONE, TargetSource(assigned=True))


def dec(value: Number) -> Decimal:
    return Decimal(value)


def ratio(figure: str, target: Number) -> Ratio:
    return Ratio(figure, TargetSource(number=dec(target)))


def leaf(code: str, points: Number, rule: Rule | None = None, **settings: Any) -> Indicator:
    return Indicator(code, settings.pop("title", f"指标{code}"), dec(points), rule or Direct(), **settings)


def task_leaf(code: str, points: Number, rule: Rule = TASK_COMPLETION) -> Indicator:
    return leaf(code, points, rule, scope=Scope.TASK)


def category(code: str, *leaves: Indicator) -> Category:
    return Category(code, f"类别{code}", leaves)


def scheme(*categories: Category, **settings: Any) -> Scheme:
    """Grades 90, 80, 60 by default; figures are declared from the rules."""
    codes = dict.fromkeys(
        (figure, item.scope) for part in categories for item in part.indicators for figure in item.rule.figures()
    )
    figures = tuple(Figure(code, f"填报项{code}", "个", scope) for code, scope in codes)
    defaults: dict[str, Any] = {"grades": GRADES, "figures": figures}
    return Scheme("test", "测试细则", "member", categories, **(defaults | settings))


def plain_scheme(**settings: Any) -> Scheme:
    """100 points in two categories of one direct leaf each: 1.1 of 60 and 2.1 of 40."""
    return scheme(category("1", leaf("1.1", 60)), category("2", leaf("2.1", 40)), **settings)


def three_categories(**settings: Any) -> Scheme:
    """30 (20 + 10), 30 and 40 points."""
    return scheme(
        category("1", leaf("1.1", 20), leaf("1.2", 10)),
        category("2", leaf("2.1", 30)),
        category("3", leaf("3.1", 40)),
        **settings,
    )


def member(code: str, group: str = "member") -> Unit:
    return Unit(code, f"宜春市{code}", f"市{code}", group)


def unit(
    code: str = "kexie",
    *,
    given: Mapping[str, Number] | None = None,
    figures: Mapping[str, Number | Blank] | None = None,
    **facts: Any,
) -> UnitFacts:
    """``given``: points awarded by the office; ``figures``: of the unit's own yearly form (None: not handed in)."""
    awards = tuple(Award(name, "核定", points=dec(points)) for name, points in (given or {}).items())
    form = None if figures is None else form_of(code, figures)
    defaults: dict[str, Any] = {"awards": awards, "form": form}
    return UnitFacts(member(code), **(defaults | facts))


def form_of(
    unit_code: str,
    figures: Mapping[str, Number | Blank],
    *,
    task: str | None = None,
    state: SubmissionState = SubmissionState.ACCEPTED,
    handed_in: date = IN_TIME,
    revision: int = 1,
    evidence: tuple[Evidence, ...] = (),
) -> Submission:
    values = {code: value if isinstance(value, Blank) else dec(value) for code, value in figures.items()}
    return Submission(unit_code, task, revision, state, handed_in, handed_in, values, evidence=evidence)


def assignment(task: str, unit_code: str = "kexie", **settings: Any) -> Assignment:
    defaults: dict[str, Any] = {"role": Role.PARTICIPANT, "target": Decimal(100), "measure": "人次"}
    return Assignment(task, unit_code, **(defaults | settings))


def tasked_unit(code: str, done: Mapping[str, Number | Blank | None], **facts: Any) -> UnitFacts:
    """A unit with one assignment of target 100 per task; ``done`` None: its form was not handed in."""
    submissions = {task: form_of(code, {DONE: value}, task=task) for task, value in done.items() if value is not None}
    defaults: dict[str, Any] = {
        "assignments": tuple(assignment(task, code) for task in done),
        "submissions": submissions,
    }
    return unit(code, **(defaults | facts))


def mark(indicator: str, reviewer: str, value: Number, panel: str = "expert", task: str | None = None) -> Mark:
    return Mark(indicator, reviewer, panel, dec(value), task)


def award(indicator: str, points: Number | None = None, **settings: Any) -> Award:
    """Points, or ``level`` and ``percentage``."""
    return Award(indicator, "核定", points=None if points is None else dec(points), **settings)


def event(kind: EventKind, code: str, points: Number = 0, **settings: Any) -> Event:
    defaults: dict[str, Any] = {
        "key": "1",
        "happened_on": date(2024, 6, 1),
        "matter": "",
        "reason": "示例事由",
        "points": dec(points),
    }
    return Event(kind=kind, code=code, **(defaults | settings))


def bonus(code: str, points: Number, **settings: Any) -> Event:
    return event(EventKind.BONUS, code, points, **settings)


def deduction(code: str, points: Number, **settings: Any) -> Event:
    return event(EventKind.DEDUCTION, code, points, **settings)


def veto(code: str, **settings: Any) -> Event:
    return event(EventKind.VETO, code, **settings)


def occurrence(indicator: str, times: int = 1, **settings: Any) -> Event:
    return event(EventKind.OCCURRENCE, indicator, occurrences=times, **settings)


def adjustment(indicator: str, old: Number, new: Number, **settings: Any) -> Adjustment:
    defaults: dict[str, Any] = {
        "key": "1",
        "kind": AdjustmentKind.REVIEW,
        "reason": "补交证明",
        "decided_by": "张三",
        "decided_on": date(2024, 12, 20),
    }
    return Adjustment(indicator=indicator, old=dec(old), new=dec(new), **(defaults | settings))


def group_facts(rules: Scheme, *units: UnitFacts) -> GroupFacts:
    return GroupFacts(Group("member", "成员单位"), rules, units)


def year_facts(rules: Scheme, *units: UnitFacts, year: Year = CLOSED) -> YearFacts:
    return YearFacts(year, (group_facts(rules, *units),), {"A1.1": "开展科普活动", "A1.2": "培训辅导员"})


def score(rules: Scheme, *units: UnitFacts, year: Year = CLOSED) -> YearResult:
    return score_year(year_facts(rules, *units, year=year))


def score_group(rules: Scheme, *units: UnitFacts, year: Year = CLOSED) -> GroupResult:
    return score(rules, *units, year=year).groups[0]


def score_one(rules: Scheme, facts: UnitFacts, year: Year = CLOSED) -> UnitResult:
    return score_group(rules, facts, year=year).units[0]


def leaf_of(result: UnitResult, code: str) -> LeafResult:
    return next(item for item in result.leaves if item.indicator.code == code)


def order_of(result: GroupResult) -> list[tuple[str, int | None]]:
    """Unit codes as printed, with their ranks."""
    return [(item.unit.code, item.rank) for item in result.units]


def worked_year() -> YearFacts:
    """One year that uses entries, tasks, a tie and a quota."""
    rules = scheme(
        category("1", leaf("1.1", 30, ratio("n", 7)), task_leaf("1.2", 30)),
        category("2", leaf("2.1", 40)),
        bonuses=(EntryKind("B1", "表彰", dec(5)),),
        quota=Quota(dec("0.5")),
        role_factors={Role.LEAD: dec("1.2")},
    )
    units = [
        tasked_unit(
            code,
            {"A1.1": 30, "A1.2": 70},
            figures={"n": 5},
            given={"2.1": 39},
            events=(bonus("B1", 2, matter="甲", key="1"), bonus("B1", 3, matter="甲", key="2")),
        )
        for code in ("a", "b", "c")
    ]
    return year_facts(rules, *units)
