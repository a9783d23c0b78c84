"""等级评定: examples by hand, every setting, every refusal."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.rules.levels import Level, Levels
from assessor.domain.rules.rule import LeafInput, LeafState
from assessor.errors import InputError, SchemeError
from tests.domain.rules.leaf import awarded, facts, read, refusal, score

LEVELS = [
    {"title": "优秀", "low": 90, "high": 100},
    {"title": "良好", "low": 70, "high": 90},
    {"title": "合格", "low": 60, "high": 70},
    {"title": "不合格", "low": 0, "high": 60},
]
WORK = read(kind="levels", levels=LEVELS)


def test_a_level_alone_is_the_middle_of_its_range() -> None:
    outcome = WORK.evaluate(awarded(level="优秀"))
    assert outcome.fraction == Fraction(95, 100)
    assert outcome.reasoning == "等级 优秀（90%～100%），取中值 = 95.00%"
    assert outcome.inputs == (LeafInput("等级", "优秀", "考核办（现场核查）"),)
    assert score(WORK, awarded(level="合格")) == Fraction(65, 100)


def test_a_percentage_inside_the_range() -> None:
    outcome = WORK.evaluate(awarded(level="良好", percentage=Decimal("82.5")))
    assert outcome.fraction == Fraction(825, 1000)
    assert outcome.reasoning == "等级 良好（70%～90%），评定 = 82.50%"
    assert outcome.inputs[1] == LeafInput("评定百分比", "82.5%", "考核办（现场核查）")


@pytest.mark.parametrize(
    ("level", "percentage"), [("优秀", "90"), ("优秀", "100"), ("良好", "70"), ("良好", "89.99"), ("不合格", "0")]
)
def test_the_lower_bound_belongs_to_the_level_and_100_to_the_top(level: str, percentage: str) -> None:
    assert score(WORK, awarded(level=level, percentage=Decimal(percentage))) == Fraction(percentage) / 100


@pytest.mark.parametrize(
    ("level", "percentage"), [("优秀", "89.99"), ("优秀", "100.01"), ("良好", "90"), ("合格", "70"), ("不合格", "-1")]
)
def test_outside_the_range_is_refused(level: str, percentage: str) -> None:
    with pytest.raises(InputError, match=f"不在“{level}”的范围"):
        WORK.evaluate(awarded(level=level, percentage=Decimal(percentage)))


def test_the_office_is_awaited_even_after_closing() -> None:
    for closed in (False, True):
        outcome = WORK.evaluate(facts(closed=closed))
        assert (outcome.state, outcome.fraction) == (LeafState.PENDING, 0)
        assert outcome.reasoning == "待考核办评定等级"


def test_a_level_that_the_scheme_does_not_have_is_refused() -> None:
    with pytest.raises(InputError, match="细则没有“良”这个等级"):
        WORK.evaluate(awarded(level="良"))
    with pytest.raises(InputError, match="没有选等级"):
        WORK.evaluate(awarded(percentage=Decimal(80)))


def test_refusals_of_parameters() -> None:
    def refused(*levels: tuple[str, int, int]) -> str:
        rows = [{"title": title, "low": low, "high": high} for title, low, high in levels]
        return refusal(kind="levels", levels=rows)

    assert "levels 一项也没有" in refused()
    assert "“优”的 low 70 与“良”的 high 60 不相接" in refused(("优", 70, 100), ("良", 0, 60))
    assert "“优”的 low 70 与“良”的 high 80 不相接" in refused(("优", 70, 100), ("良", 0, 80))
    assert "覆盖 0 到 100" in refused(("优", 70, 90), ("良", 0, 70))
    assert "覆盖 0 到 100" in refused(("优", 70, 100), ("良", 60, 70))
    assert "“优”的 low 100 不小于 high 70" in refused(("优", 100, 70))
    assert "“优”出现了不止一次" in refused(("优", 70, 100), ("优", 0, 70))
    assert "不认识的项目“name”" in refusal(kind="levels", levels=[{"title": "优", "low": 0, "high": 100, "name": ""}])
    with pytest.raises(SchemeError):
        Levels((Level("优", Decimal(0), Decimal(90)),))


@given(st.decimals(min_value=0, max_value=100, places=2))
def test_every_percentage_belongs_to_exactly_one_level(percentage: Decimal) -> None:
    assert isinstance(WORK, Levels)
    assert [level.holds(percentage) for level in WORK.levels].count(True) == 1


def test_a_better_level_never_gives_less() -> None:
    assert WORK.evaluate(awarded(level="良好")).state is LeafState.SCORED
    scores = [score(WORK, awarded(level=str(level["title"]))) for level in LEVELS]
    assert scores == sorted(scores, reverse=True)
