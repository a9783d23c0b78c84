"""Year views for charts: the shipped plan's units and tasks with made-up scores, forms and events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from assessor.domain.assignment import Assignment
from assessor.domain.facts import Award, Event, EventKind, GroupFacts, UnitFacts, YearFacts
from assessor.domain.plan import Plan
from assessor.domain.rules.direct import Direct
from assessor.domain.scheme import Category, Ceiling, EntryKind, Grade, Indicator, Scheme, VetoKind
from assessor.domain.submission import DONE, Submission, SubmissionState
from assessor.domain.unit import Unit
from assessor.domain.year import Stage, Year
from assessor.domain.year_view import YearView, view_year
from assessor.exchange.plan_file import find_plan, load_plan

CATEGORIES = (("组织领导", 20), ("任务落实", 40), ("科普活动", 25), ("保障与成效", 15))
DEADLINE = date(2024, 11, 30)
CLOSED = Year(2024, date(2024, 1, 1), date(2024, 12, 31), DEADLINE, Stage.REVIEW, collection_closed=True)


@cache
def plan() -> Plan:
    return load_plan(find_plan("yichun-2021-2025")).plan


def members(number: int) -> tuple[Unit, ...]:
    """The longest name of the plan is among them."""
    units = [unit for unit in plan().units if unit.group == "member"]
    return tuple(sorted(units, key=lambda unit: -len(unit.short_name))[:number])


def counties(number: int) -> tuple[Unit, ...]:
    return tuple(unit for unit in plan().units if unit.group == "county")[:number]


def scheme_of(
    categories: Sequence[tuple[str, int]] = CATEGORIES, ceiling: Ceiling = Ceiling.FULL_MARKS, group: str = "member"
) -> Scheme:
    parts = tuple(
        Category(str(number), title, (Indicator(f"{number}.1", title, Decimal(points), Direct()),))
        for number, (title, points) in enumerate(categories, start=1)
    )
    grades = (("优秀", 90), ("良好", 80), ("合格", 60), ("不合格", 0))
    full_marks = Decimal(sum(points for _title, points in categories))
    return Scheme(
        "charts",
        "图表测试细则",
        group,
        parts,
        tuple(Grade(title, minimum * full_marks / 100) for title, minimum in grades),
        full_marks=full_marks,
        ceiling=ceiling,
        bonuses=(EntryKind("award", "表彰奖励", Decimal(5)),),
        deductions=(EntryKind("criticism", "通报批评", Decimal(6)),),
        vetoes=(VetoKind("falsified", "弄虚作假", "合格"),),
    )


def event(kind: EventKind, code: str, points: str = "0") -> Event:
    return Event(f"{kind.value}{code}", kind, code, date(2024, 6, 1), "事项", "事由", Decimal(points))


BONUS = event(EventKind.BONUS, "award", "3.5")
DEDUCTION = event(EventKind.DEDUCTION, "criticism", "4.25")
VETO = event(EventKind.VETO, "falsified")


def scored(unit: Unit, rules: Scheme, share: str, *events: Event) -> UnitFacts:
    """``share`` of the points of every indicator, a little more of one and less of the next."""
    awards = []
    for number, indicator in enumerate(rules.indicators):
        wobble = Decimal("0.03") if number % 2 else Decimal("-0.03")
        part = min(max(Decimal(share) + wobble, Decimal(0)), Decimal(1))
        points = (indicator.points * part).quantize(Decimal("0.01"))
        awards.append(Award(indicator.code, "核定", points=points))
    return UnitFacts(unit, awards=tuple(awards), events=events)


def spread(units: Sequence[Unit], rules: Scheme) -> tuple[UnitFacts, ...]:
    """From the best down to below the pass mark; every fifth has a bonus, every seventh a deduction, one a veto."""
    step = Decimal("0.46") / max(len(units) - 1, 1)
    result = []
    for number, unit in enumerate(units):
        events = [BONUS] * (number % 5 == 0) + [DEDUCTION] * (number % 7 == 1) + [VETO] * (number == 3)
        result.append(scored(unit, rules, str(Decimal("0.97") - step * number), *events))
    return tuple(result)


def with_forms(facts: UnitFacts, *, submitted: bool = True) -> UnitFacts:
    """Its tasks of the plan; their forms come on time, late, returned or not at all, in turn."""
    tasks = [task for task in plan().tasks if facts.unit.code in task.units]
    assignments = tuple(
        Assignment(task.code, facts.unit.code, plan().role(task, facts.unit.code), target=Decimal(100))
        for task in tasks
    )
    forms = {}
    for number, task in enumerate(tasks, start=len(facts.unit.code)):
        state = SubmissionState.RETURNED if number % 11 == 0 else SubmissionState.ACCEPTED
        day = date(2024, 12, 3) if number % 6 == 1 else date(2024, 11, 20)
        done = Decimal(60 + number * 7 % 60)
        if submitted and number % 8 != 4:
            forms[task.code] = Submission(facts.unit.code, task.code, 1, state, day, day, {DONE: done})
    return replace(facts, assignments=assignments, submissions=forms)


def view_of(*groups: GroupFacts, year: Year = CLOSED, is_sample: bool = False) -> YearView:
    return view_year(plan(), YearFacts(replace(year, is_sample=is_sample), groups))


def group_of(code: str, rules: Scheme, units: Sequence[UnitFacts]) -> GroupFacts:
    return GroupFacts(next(group for group in plan().groups if group.code == code), rules, tuple(units))


def full_view(number: int = 28, *, is_sample: bool = False) -> YearView:
    """``number`` member units, the last one exempt and the one before still awaited, and up to 13 counties."""
    rules, county_rules = scheme_of(), scheme_of(group="county")
    facts = [with_forms(item) for item in spread(members(number), rules)]
    if number > 2:
        facts[-1] = replace(facts[-1], exempt="机构改革")
        few = tuple(award for award in facts[-2].awards if award.indicator in ("1.1", "2.1"))
        facts[-2] = replace(facts[-2], awards=few)
    county_facts = spread(counties(min(number, 13)), county_rules)
    member_group, county_group = group_of("member", rules, facts), group_of("county", county_rules, county_facts)
    return view_of(member_group, county_group, is_sample=is_sample)


def empty_view() -> YearView:
    """Every unit has its tasks; nobody has handed in anything, nothing is scored."""
    rules = scheme_of()
    facts = [with_forms(UnitFacts(unit), submitted=False) for unit in members(28)]
    return view_of(group_of("member", rules, facts), year=replace(CLOSED, collection_closed=False))
