"""计数: examples by hand, every refusal."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.rules.count import Count
from assessor.domain.rules.rule import LeafInput
from assessor.errors import InputError, SchemeError
from tests.domain.rules.leaf import SECOND_FORM, check_awaits_the_form, filled, read, refusal, score

ARTICLES = read(kind="count", figure="articles", per="0.5")


def test_points_for_each() -> None:
    outcome = ARTICLES.evaluate(filled(points=2, articles=3))
    assert outcome.fraction == Fraction(3, 4)
    assert outcome.reasoning == "数量 3 × 每个 0.5 分 = 1.5 分，1.5 / 2 = 75.00%"
    assert outcome.inputs == (LeafInput("articles", "3", SECOND_FORM),)


def test_no_more_than_the_leafs_points() -> None:
    outcome = ARTICLES.evaluate(filled(points=2, articles=7))
    assert outcome.fraction == 1
    assert outcome.reasoning == "数量 7 × 每个 0.5 分 = 3.5 分，最多计 2 分，2 / 2 = 100.00%"


def test_none_is_zero() -> None:
    assert score(ARTICLES, filled(articles=0)) == 0


def test_a_negative_number_is_refused() -> None:
    with pytest.raises(InputError, match="articles：-1 小于 0"):
        ARTICLES.evaluate(filled(articles=-1))


def test_what_is_awaited_is_not_zero() -> None:
    check_awaits_the_form(ARTICLES, "articles")


def test_refusals_of_parameters() -> None:
    assert "per 应大于 0，现为 -1" in refusal(kind="count", figure="articles", per=-1)
    assert "缺少“per”" in refusal(kind="count", figure="articles")
    assert "不能为空" in refusal(kind="count", figure=" ", per=1)
    with pytest.raises(SchemeError):
        Count("", Decimal(1))


@given(st.integers(0, 50), st.integers(0, 50), st.decimals(min_value="0.01", max_value=5, places=2))
def test_counting_more_never_lowers_the_fraction(one: int, other: int, per: Decimal) -> None:
    rule = read(kind="count", figure="n", per=per)
    low, high = sorted((one, other))
    assert score(rule, filled(n=low)) <= score(rule, filled(n=high))
