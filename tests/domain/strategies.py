"""Random schemes of real rules and facts that fit them, for property tests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from assessor.domain.facts import Adjustment, Award, Event, EventKind, Mark, UnitFacts, YearFacts
from assessor.domain.plan import Role
from assessor.domain.rounding import round_half_up
from assessor.domain.rules.bands import Band, Bands
from assessor.domain.rules.checklist import Checklist, ChecklistItem
from assessor.domain.rules.count import Count
from assessor.domain.rules.deduct import Deduct
from assessor.domain.rules.direct import Direct
from assessor.domain.rules.direction import Direction
from assessor.domain.rules.judgement import Judgement
from assessor.domain.rules.levels import Level, Levels
from assessor.domain.rules.panel import SELF, Panel, PanelMethod
from assessor.domain.rules.rank import Rank, RankBand
from assessor.domain.rules.ratio import Ratio
from assessor.domain.rules.rule import OfficeInput, Rule
from assessor.domain.rules.target_source import TargetSource
from assessor.domain.rules.timeliness import Timeliness
from assessor.domain.scheme import (
    Category,
    Ceiling,
    EntryKind,
    Grade,
    Indicator,
    NotApplicablePolicy,
    Quota,
    QuotaRounding,
    QuotaTie,
    Scheme,
    Scope,
    VetoKind,
)
from assessor.domain.submission import DONE, Blank, SubmissionState
from tests.domain.builders import (
    CLOSED,
    GRADES,
    OPEN,
    adjustment,
    assignment,
    category,
    dec,
    event,
    form_of,
    group_facts,
    leaf,
    scheme,
    unit,
)

TASKS = ("A1.1", "A1.2", "A1.10", "P1.1")
CODES = ("a", "b", "c", "d")
LEVELS = Levels((Level("好", dec(70), dec(100)), Level("中", dec(40), dec(70)), Level("差", dec(0), dec(40))))
BANDS = (Band(dec("0.9"), dec(1)), Band(dec("0.6"), dec("0.7")), Band(dec("0.3"), dec("0.2")))

points = st.integers(1, 2000).map(lambda cents: Decimal(cents).scaleb(-2))
amounts = st.integers(0, 400).map(Decimal) | st.decimals(0, 400, places=1)
blanks = st.sampled_from([Blank.EMPTY, Blank.NOT_APPLICABLE])
days = st.integers(0, 40).map(lambda number: date(2024, 11, 10) + timedelta(days=number))


@dataclass(frozen=True)
class Case:
    """A scheme with a few units; ``scheme`` is the group's."""

    facts: YearFacts

    @property
    def scheme(self) -> Scheme:
        return self.facts.groups[0].scheme

    @property
    def units(self) -> tuple[UnitFacts, ...]:
        return self.facts.groups[0].units

    def with_units(self, units: tuple[UnitFacts, ...]) -> Case:
        return Case(replace(self.facts, groups=(replace(self.facts.groups[0], units=units),)))

    def with_scheme(self, rules: Scheme) -> Case:
        return Case(replace(self.facts, groups=(replace(self.facts.groups[0], scheme=rules),)))


judgements = st.builds(
    lambda method, weight: Judgement((Panel("expert", "专家", dec(2), method), Panel(SELF, "自评", weight))),
    st.sampled_from(PanelMethod),
    st.sampled_from([dec(0), dec(1)]),
)


@st.composite
def unit_rules(draw: st.DrawFn, figure: str, *, peers: bool) -> Rule:
    """A rule of scope ``unit`` that reads figures named after ``figure``."""
    number = TargetSource(number=dec(draw(st.integers(1, 300))))
    choices: list[Rule] = [
        Ratio(figure, number, draw(st.none() | st.just(dec("0.5"))), draw(st.sampled_from(Direction))),
        Bands(figure, BANDS, number, draw(st.booleans())),
        Bands(figure, tuple(replace(band, bound=band.bound * 300) for band in BANDS)),
        Checklist((ChecklistItem(f"{figure}x", "有文件", dec(2)), ChecklistItem(f"{figure}y", "有总结"))),
        Count(figure, dec("0.5")),
        Deduct(dec("0.5"), draw(st.none() | st.just(figure))),
        Timeliness(dec("0.05")),
        draw(judgements),
        LEVELS,
        Direct(),
    ]
    if peers:
        choices.append(Rank(figure, (RankBand(1, dec(1)), RankBand(2, dec("0.6")), RankBand(9, dec("0.3")))))
    return draw(st.sampled_from(choices))


task_rules = (
    st.sampled_from(
        [
            Ratio(DONE, TargetSource(assigned=True)),
            Bands(DONE, BANDS, TargetSource(assigned=True)),
            Count(DONE, dec("0.05")),
            Timeliness(dec("0.1")),
            Deduct(dec("0.5")),
            LEVELS,
            Direct(),
        ]
    )
    | judgements
)


@st.composite
def schemes(draw: st.DrawFn, *, peers: bool = True) -> Scheme:
    categories = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        leaves = []
        for place in range(1, draw(st.integers(1, 3)) + 1):
            code = f"{number}.{place}"
            if draw(st.booleans()):
                rule, scope = draw(unit_rules(f"f{number}{place}", peers=peers)), Scope.UNIT
            else:
                rule, scope = draw(task_rules), Scope.TASK
            leaves.append(Indicator(code, f"指标{code}", draw(points), rule, scope))
        categories.append(Category(str(number), f"类别{number}", tuple(leaves)))
    full = sum((item.points for item in categories), Decimal(0))
    return scheme(*categories, **draw(settings_of(categories, full)))


@st.composite
def settings_of(draw: st.DrawFn, categories: list[Category], full: Decimal) -> dict[str, Any]:
    codes = [item.code for item in categories] + [leaf.code for item in categories for leaf in item.indicators]
    grades = tuple(
        Grade(
            title, round_half_up(full * dec(share), 2), draw(st.none() | st.just(dec("0.5"))) if share != "0" else None
        )
        for title, share in (("优秀", "0.7"), ("良好", "0.5"), ("合格", "0.3"), ("不合格", "0"))
    )
    quota = Quota(
        draw(st.sampled_from([dec("0"), dec("0.3"), dec("0.5"), dec(1)])),
        draw(st.sampled_from(QuotaRounding)),
        draw(st.sampled_from(QuotaTie)),
    )
    return {
        "full_marks": full,
        "grades": grades,
        "decimals": draw(st.sampled_from([2, 2, 1])),
        "not_applicable": draw(st.sampled_from(NotApplicablePolicy)),
        "min_coverage": draw(st.sampled_from([dec(0), dec("0.5")])),
        "ceiling": draw(st.sampled_from(Ceiling)),
        "tie_break": tuple(draw(st.lists(st.sampled_from(codes), max_size=2, unique=True))),
        "quota": draw(st.none() | st.just(quota)),
        "role_factors": draw(st.sampled_from([{}, {Role.LEAD: dec("1.5")}])),
        "bonuses": (EntryKind("B1", "表彰", dec(5)), EntryKind("B2", "创新", dec("2.5"))),
        "deductions": (EntryKind("D1", "通报批评", dec(5)),),
        "vetoes": (VetoKind("V1", "弄虚作假", "合格"),),
    }


@st.composite
def units_of(draw: st.DrawFn, rules: Scheme, code: str, *, adjusted: bool = True) -> UnitFacts:
    names = sorted({name for leaf in rules.indicators if leaf.scope is Scope.UNIT for name in leaf.rule.figures()})
    own = {name: draw(_figure(name)) for name in names}
    tasks = draw(st.lists(st.sampled_from(TASKS), unique=True, max_size=3))
    leaves = [(leaf, task) for leaf in rules.indicators for task in (tasks if leaf.scope is Scope.TASK else [None])]
    marks = [mark for leaf, task in leaves for mark in draw(_marks(leaf, task))]
    awards = [award for leaf, task in leaves if (award := draw(_award(leaf, task)))]
    return unit(
        code,
        assignments=tuple(draw(_assignment(task, code)) for task in tasks),
        form=draw(_form(code, own, None)),
        submissions={task: form for task in tasks if (form := draw(_form(code, {DONE: draw(_figure(DONE))}, task)))},
        marks=tuple(marks),
        awards=tuple(awards),
        self_scores={leaf.code: leaf.points / 2 for leaf in rules.indicators if draw(st.booleans())},
        not_applicable={leaf.code: "无此职能" for leaf in rules.indicators if draw(st.integers(0, 5)) == 0},
        events=tuple(draw(_events(leaves))),
        adjustments=tuple(draw(_adjustments(rules))) if adjusted else (),
        exempt=draw(st.sampled_from([""] * 9 + ["当年新成立"])),
    )


@st.composite
def cases(draw: st.DrawFn, *, peers: bool = True, adjusted: bool = True) -> Case:
    rules = draw(schemes(peers=peers))
    codes = CODES[: draw(st.integers(1, len(CODES)))]
    units = [draw(units_of(rules, code, adjusted=adjusted)) for code in codes]
    year = draw(st.sampled_from([OPEN, CLOSED]))
    return Case(YearFacts(year, (group_facts(rules, *units),), {task: f"任务{task}" for task in TASKS}))


@st.composite
def rivalries(draw: st.DrawFn) -> Case:
    """Units of few different scores close to the thresholds: ties, quotas, vetoes and coverage at its floor."""
    quotas = st.builds(
        Quota,
        st.sampled_from([dec("0.2"), dec("0.34"), dec("0.5"), dec(1)]),
        st.sampled_from(QuotaRounding),
        st.sampled_from(QuotaTie),
    )
    rules = scheme(
        category("1", leaf("1.1", 60)),
        category("2", leaf("2.1", 40)),
        grades=(Grade("优秀", dec(90), draw(st.none() | st.just(dec("0.8")))), *GRADES[1:]),
        quota=draw(quotas),
        tie_break=draw(st.sampled_from([(), ("1",), ("2.1", "1")])),
        not_applicable=draw(st.sampled_from(NotApplicablePolicy)),
        min_coverage=draw(st.sampled_from([dec("0.4"), dec("0.6"), dec("0.6001")])),
        vetoes=tuple(VetoKind(title, title, title) for title in ("优秀", "合格")),
    )
    units = [draw(_rivals(f"u{number}")) for number in range(draw(st.integers(2, 6)))]
    return Case(YearFacts(CLOSED, (group_facts(rules, *units),)))


@st.composite
def _rivals(draw: st.DrawFn, code: str) -> UnitFacts:
    given = {"1.1": draw(st.sampled_from([60, 55, 50])), "2.1": draw(st.sampled_from([40, 35, 31]))}
    if draw(st.integers(0, 5)) == 0:
        del given["2.1"]
    limits = draw(st.lists(st.sampled_from(["优秀", "合格"]), max_size=1)) if draw(st.integers(0, 3)) == 0 else []
    inapplicable = draw(st.sampled_from([None] * 6 + ["1.1", "2.1"]))
    return unit(
        code,
        given=given,
        events=tuple(event(EventKind.VETO, limit) for limit in limits),
        not_applicable={inapplicable: "无此职能"} if inapplicable else {},
    )


def _figure(name: str) -> st.SearchStrategy[Decimal | Blank]:
    ticks = st.sampled_from([Decimal(0), Decimal(1)])
    return (ticks if name[-1] in "xy" else amounts) | blanks


@st.composite
def _form(draw: st.DrawFn, code: str, figures: dict[str, Any], task: str | None) -> Any:
    if draw(st.integers(0, 5)) == 0:
        return None
    state = draw(st.sampled_from([SubmissionState.ACCEPTED, SubmissionState.SUBMITTED, SubmissionState.RETURNED]))
    return form_of(code, figures, task=task, state=state, handed_in=draw(days))


@st.composite
def _assignment(draw: st.DrawFn, task: str, code: str) -> Any:
    return assignment(
        task,
        code,
        role=draw(st.sampled_from(Role)),
        weight=draw(st.sampled_from([dec(1), dec(1), dec("0.5"), dec(3), dec(0)])),
        target=draw(st.sampled_from([dec(100), dec(250), None])),
        not_applicable=draw(st.sampled_from(["", "", "", "本年度不开展"])),
    )


@st.composite
def _marks(draw: st.DrawFn, leaf: Indicator, task: str | None) -> list[Mark]:
    if OfficeInput.MARKS not in leaf.rule.office_inputs():
        return []
    reviewers = draw(st.lists(st.sampled_from("甲乙丙丁"), unique=True))
    recused = draw(st.sets(st.sampled_from("甲乙丙丁"), max_size=1)) if draw(st.booleans()) else set()
    return [
        Mark(leaf.code, name, "expert", draw(st.decimals(0, 100, places=1)), task, is_recused=name in recused)
        for name in reviewers
    ]


@st.composite
def _award(draw: st.DrawFn, leaf: Indicator, task: str | None) -> Award | None:
    if draw(st.integers(0, 3)) == 0:
        return None
    if isinstance(leaf.rule, Levels):
        level = draw(st.sampled_from(leaf.rule.levels))
        percentage = draw(st.none() | st.decimals(level.low, level.high - 1, places=1))
        return Award(leaf.code, "评定", level=level.title, percentage=percentage, task=task)
    if isinstance(leaf.rule, Direct):
        return Award(leaf.code, "核定", points=draw(st.decimals(0, leaf.points, places=3)), task=task)
    return None


@st.composite
def _events(draw: st.DrawFn, leaves: list[tuple[Indicator, str | None]]) -> list[Event]:
    kinds: list[tuple[EventKind, str, str | None]] = [
        (EventKind.BONUS, "B1", None),
        (EventKind.BONUS, "B2", None),
        (EventKind.DEDUCTION, "D1", None),
        (EventKind.VETO, "V1", None),
    ]
    kinds += [
        (EventKind.OCCURRENCE, leaf.code, task)
        for leaf, task in leaves
        if OfficeInput.OCCURRENCES in leaf.rule.office_inputs()
    ]
    drawn = draw(st.lists(st.sampled_from(kinds), max_size=4))
    return [
        event(
            kind,
            code,
            draw(st.decimals(0, 6, places=1)),
            key=str(key),
            happened_on=draw(days),
            matter=draw(st.sampled_from(["", "全国先进", "科普日"])),
            shared_by=draw(st.integers(1, 4)),
            task=task,
        )
        for key, (kind, code, task) in enumerate(drawn)
    ]


@st.composite
def _adjustments(draw: st.DrawFn, rules: Scheme) -> list[Adjustment]:
    leaves = draw(st.lists(st.sampled_from(rules.indicators), max_size=2))
    tenth = [(leaf, leaf.points.quantize(Decimal("0.1"), rounding="ROUND_FLOOR")) for leaf in leaves]
    return [
        adjustment(leaf.code, 0, draw(st.sampled_from([Decimal(0), most])), key=str(key), decided_on=draw(days))
        for key, (leaf, most) in enumerate(tenth)
    ]
