"""Ticks, notes and second scores as entered in the table of the review."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assessor.domain.review import ReviewCheck, ReviewFacts, ReviewLimits, SecondScore
from assessor.domain.review_entry import (
    ReviewChange,
    ReviewField,
    SecondGiven,
    Tick,
    read_second,
    review_work,
    second_refusal,
    ticked,
)
from assessor.domain.review_item import ReviewItem, ReviewTopic
from assessor.domain.review_list import review_items
from assessor.domain.year_view import view_year
from assessor.errors import InputError
from tests.domain.builders import plain_scheme, unit, year_facts
from tests.domain.plans import small_plan

CHECK = ReviewCheck("a", "host", "1.1", "已看", "张三", date(2024, 12, 20))


def items(**review: object) -> list[ReviewItem]:
    """Two scores that the office gave its own unit."""
    known = ReviewFacts(limits=ReviewLimits(host="a"), **review)  # type: ignore[arg-type]
    facts = replace(year_facts(plain_scheme(), unit("a", given={"1.1": 50, "2.1": 30})), review=known)
    found = review_items(view_year(small_plan(), facts))
    return [item for item in found if item.topic is ReviewTopic.HOST]


def test_a_tick_and_its_being_taken_back() -> None:
    first, second = items(checks={("host", "a", "1.1"): CHECK})
    assert ticked([first, second], on=True).ticks == (Tick("host", "a", "2.1", ""),)
    assert ticked([first, second], on=False).ticks == (Tick("host", "a", "1.1", None),)
    assert ticked([first], on=False).label == "取消已核 1 项"
    assert ticked([second], on=True).label == "复核 1 项"


def test_a_note_is_a_tick_and_an_emptied_one_stays_ticked() -> None:
    first, second = items(checks={("host", "a", "1.1"): CHECK})
    changes = [ReviewChange(first, ReviewField.NOTE, " "), ReviewChange(second, ReviewField.NOTE, "已与单位核对 ")]
    assert review_work(changes).ticks == (Tick("host", "a", "1.1", ""), Tick("host", "a", "2.1", "已与单位核对"))
    assert review_work([ReviewChange(second, ReviewField.NOTE, "")]).ticks == ()
    both = [ReviewChange(second, ReviewField.NOTE, "核对"), ReviewChange(second, ReviewField.CHECKED, False)]
    assert review_work(both).ticks == ()


def test_a_second_score_is_given_and_taken_back() -> None:
    (first, second) = items(second_scores={("a", "1.1"): SecondScore("a", "1.1", Decimal(48), "李四")})
    given = review_work([ReviewChange(second, ReviewField.SECOND, Decimal(29))])
    assert (given.seconds, given.label) == ((SecondGiven("a", "2.1", Decimal(29)),), "登记复评")
    assert review_work([ReviewChange(first, ReviewField.SECOND, None)]).seconds == (SecondGiven("a", "1.1", None),)
    assert review_work([ReviewChange(first, ReviewField.SECOND, Decimal(48))]).seconds == ()


def test_a_second_score_as_typed() -> None:
    item = items()[0]
    assert (read_second(" 48.5 ", item), read_second("", item)) == (Decimal("48.5"), None)
    for text, words in (("多", "不是分数"), ("61", "复评得分 61 不对"), ("1.234", "不对"), ("NaN", "不对")):
        with pytest.raises(InputError, match=words):
            read_second(text, item)
    assert second_refusal(item) == ""
    assert "本单位" in second_refusal(replace(item, topic=ReviewTopic.SELF))
