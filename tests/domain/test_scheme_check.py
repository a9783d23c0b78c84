"""Every fault is found where it was put, and sound schemes raise none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from assessor.domain.rules.bands import Band, Bands
from assessor.domain.rules.levels import Level, Levels
from assessor.domain.rules.rank import Rank, RankBand
from assessor.domain.scheme import EntryKind, Grade, Scheme, VetoKind
from assessor.domain.scheme_check import Severity, check_scheme
from assessor.domain.scheme_soundness import Part
from assessor.domain.scheme_trial import TrialKind
from assessor.errors import SchemeError
from assessor.exchange.scheme_file import default_schemes
from tests.domain.builders import category, leaf, scheme, task_leaf
from tests.domain.test_criterion_text import CHISHUI, YUNNAN

CATEGORY = category("1", leaf("1.1", 60, proof="会议纪要"), leaf("1.2", 40, proof="照片", criterion="得 40 分"))
SOUND = scheme(
    CATEGORY,
    bonuses=(EntryKind("prize", "表彰", Decimal(5)),),
    vetoes=(VetoKind("false", "弄虚作假", "合格"),),
)


def put(**settings: object) -> Callable[[Scheme], Scheme]:
    return lambda of: replace(of, **settings)  # type: ignore[arg-type]


def with_leaf(**settings: object) -> Callable[[Scheme], Scheme]:
    """Changes 1.2."""
    first, second = CATEGORY.indicators
    return put(categories=(replace(CATEGORY, indicators=(first, replace(second, **settings))),))  # type: ignore[arg-type]


def half(rule: object) -> Callable[[Scheme], Scheme]:
    figures = scheme(category("1", leaf("1.2", 40, rule))).figures  # type: ignore[arg-type]
    return lambda of: replace(with_leaf(rule=rule)(of), figures=figures)


def bands(*pairs: tuple[str, str]) -> Bands:
    return Bands("n", tuple(Band(Decimal(bound), Decimal(fraction)) for bound, fraction in pairs))


def grades(*minima: int) -> tuple[Grade, ...]:
    return tuple(Grade(f"第{place}档", Decimal(minimum)) for place, minimum in enumerate(minima, 1))


RANKS = Rank("n", (RankBand(3, Decimal("0.5")),))
UNCAPPED = EntryKind("prize", "表彰", Decimal(0))
FAULTS: list[tuple[str, Callable[[Scheme], Scheme], Part, str, str]] = [
    ("points that do not sum", with_leaf(points=Decimal(30)), Part.SCHEME, "", "各项分值合计 90，与满分 100 不符"),
    ("points of nothing", with_leaf(points=Decimal(0)), Part.INDICATOR, "1.2", "分值 0 应大于 0"),
    ("a code twice", with_leaf(code="1.1"), Part.INDICATOR, "1.1", "用了不止一次"),
    ("bands that end below all points", half(bands(("10", "0.8"))), Part.INDICATOR, "1.2", "最多只能得 32 分"),
    (
        "ranks that end below",
        half(Rank("n", (RankBand(3, Decimal("0.5")),))),
        Part.INDICATOR,
        "1.2",
        "最多只能得 20 分",
    ),
    ("a bound of two bands", with_leaf(criterion="60-80次得40分，80-90次得20分"), Part.INDICATOR, "1.2", "80 属于两档"),
    (
        "grades on one line",
        put(grades=grades(60, 60)),
        Part.GRADE,
        "第2档",
        "不低于",
    ),
    (
        "a gap below the grades",
        put(grades=grades(90, 60)),
        Part.GRADE,
        "第2档",
        "应没有条件",
    ),
    (
        "a bonus without a cap",
        put(bonuses=(EntryKind("prize", "表彰", Decimal(0)),)),
        Part.BONUS,
        "prize",
        "上限 0 应大于 0",
    ),
    ("a veto that limits nothing", put(vetoes=(VetoKind("v", "虚报", "优秀"),)), Part.VETO, "v", "应为良好，实为优秀"),
    ("a veto to no grade", put(vetoes=(VetoKind("v", "虚报", "差"),)), Part.VETO, "v", "不在等次表中"),
    ("an unknown tie-break", put(tie_break=("9",)), Part.SCHEME, "", "不是本细则的指标代码"),
    ("a figure nobody asks for", with_leaf(rule=bands(("1", "1"))), Part.INDICATOR, "1.2", "没有填报项“n”"),
    ("bounds of grades in the note", put(note=CHISHUI), Part.GRADE, "", "90 属于两档"),
    ("roles that weigh nothing", put(role_factors={}, categories=()), Part.SCHEME, "", "没有指标"),
]


@pytest.mark.parametrize(
    ("change", "part", "code", "words"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS]
)
def test_a_seeded_fault_is_found_and_blocks(
    change: Callable[[Scheme], Scheme], part: Part, code: str, words: str
) -> None:
    check = check_scheme(change(SOUND))
    assert not check.is_usable
    assert any(item.part is part and item.code == code and words in item.what for item in check.faults), check.faults
    assert all(item.remedy for item in check.findings)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (with_leaf(proof=""), "没有写考核依据"),
        (with_leaf(criterion=YUNNAN), "评分标准写的是 0.3 分，分值却是 40 分"),
        (half(bands(("10", "1"), ("0", "0.3"))), "什么都没有做，按评分规则也得 12 分"),
    ],
)
def test_a_doubt_is_a_warning_and_blocks_nothing(change: Callable[[Scheme], Scheme], words: str) -> None:
    check = check_scheme(change(SOUND))
    assert check.is_usable
    (found,) = check.findings
    assert (found.severity, found.part, found.code) == (Severity.WARNING, Part.INDICATOR, "1.2")
    assert words in found.what


def test_levels_with_a_gap_an_overlap_or_a_shared_bound_cannot_even_be_written() -> None:
    for low in ("59", "61"):
        with pytest.raises(SchemeError, match="不相接"):
            Levels((Level("好", Decimal(60), Decimal(100)), Level("差", Decimal(0), Decimal(low))))
    with pytest.raises(SchemeError, match="应逐项减小"):
        bands(("10", "1"), ("10", "0.5"))


def test_sound_schemes_raise_nothing_and_their_trial_units_come_out_as_expected() -> None:
    for of in (SOUND, *default_schemes()):
        check = check_scheme(of)
        assert check.findings == ()
        assert {trial.kind for trial in check.trials} == set(TrialKind)
        assert all(trial.is_as_expected for trial in check.trials)
        assert check.trials[0].total == of.full_marks
        assert check.trials[1].total == 0


def test_a_task_scheme_is_tried_too() -> None:
    of = scheme(category("1", task_leaf("1.1", 100)))
    assert check_scheme(of).is_usable


def published(*items: tuple[str, str, str], note: str = "") -> Scheme:
    """``items``: title, points, criterion; each names its proof."""
    leaves = [
        leaf(f"1.{place}", points, title=title, criterion=criterion, proof="文件、会议记录、图片")
        for place, (title, points, criterion) in enumerate(items, 1)
    ]
    full = sum((item.points for item in leaves), Decimal(0))
    bounds = (Grade("好", full * 9 / 10), Grade("中", full * 7 / 10), Grade("差", Decimal(0)))
    return scheme(category("1", *leaves), full_marks=full, grades=bounds, note=note)


def test_a_published_table_of_2008_raises_just_its_two_slips() -> None:
    """赤水市全民科学素质工作目标管理考核办法: ten items of 10 points; grades under 70, 70-90, over 90."""
    items = [(f"第{place}项", "10", "按完成情况得 10 分。") for place in range(1, 11)]
    found = check_scheme(published(*items, note=CHISHUI)).findings
    assert [(item.severity, item.part) for item in found] == [(Severity.FAULT, Part.GRADE)] * 2
    assert ["70 属于两档" in found[0].what, "90 属于两档" in found[1].what] == [True, True]


def test_a_published_table_of_2017_raises_just_its_one_slip() -> None:
    """A county of Yunnan, for member units, 20 points: the clause on meetings says 0.3 beside 3 points."""
    items = (
        ("组织领导", "4", "明确领导和人员得 4 分。"),
        ("计划数据总结", "3", "列入计划、按时报送数据、计划和总结，各得 1 分，共 3 分。"),
        ("专题会议", "3", YUNNAN),
        ("两项活动", "4", "科技活动周得 2 分，全国科普日得 2 分。"),
        ("科普中国", "2", "使用的得 2 分，没有使用的不得分。"),
        ("稿件", "2", "至少 1 篇得 2 分，没有的不得分。"),
        ("信息", "2", "至少 4 条得 2 分，不足的按比例计分。"),
    )
    (found,) = check_scheme(published(*items)).findings
    assert (found.severity, found.part, found.code) == (Severity.WARNING, Part.INDICATOR, "1.3")
    assert "0.3 分，分值却是 3 分" in found.what
