from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assessor.reports.wording import (
    amount,
    day,
    difference,
    listed,
    numeral,
    padded,
    period,
    plain_share,
    points,
    quantity,
    rate,
    sentence,
    text_width,
)


def test_dates_have_arabic_numerals_without_leading_zeros() -> None:
    assert day(date(2025, 1, 5)) == "2025年1月5日"


def test_a_period_names_the_year_once_unless_it_changes() -> None:
    assert period(date(2024, 1, 1), date(2024, 12, 31)) == "2024年1月1日至12月31日"
    assert period(date(2023, 12, 1), date(2024, 11, 30)) == "2023年12月1日至2024年11月30日"


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (9, "九"), (10, "十"), (12, "十二"), (20, "二十"), (23, "二十三"), (99, "九十九")]
)
def test_headings_count_in_chinese(number: int, words: str) -> None:
    assert numeral(number) == words


def test_scores_keep_every_digit_and_amounts_lose_trailing_zeros() -> None:
    assert points(Decimal("90.00")) == "90.00"
    assert amount(Decimal("90.50")) == "90.5"
    assert amount(Decimal("3E+2")) == "300"
    assert quantity(Decimal("14.50"), "%") == "14.5%"
    assert rate(Decimal("95.0")) == "95.0%"
    assert plain_share(Decimal("0.3")) == "30%"


def test_nothing_is_a_dash_and_never_a_zero() -> None:
    assert [points(None), amount(None), rate(None), quantity(None, "人"), padded(None, 2)] == ["—"] * 5


def test_padding_adds_places_and_cuts_none() -> None:
    assert padded(Decimal("4.5"), 2) == "4.50"
    assert padded(Decimal("4.125"), 2) == "4.125"
    assert padded(Decimal("4"), 0) == "4"


def test_long_lists_are_counted() -> None:
    assert listed(["甲", "乙", "丙"]) == "甲、乙、丙"
    assert listed(["甲", "乙", "丙"], 2) == "甲、乙等3个单位"


def test_a_sentence_ends_with_one_full_stop() -> None:
    assert [sentence(text) for text in ("完成", "完成。", "完成；")] == ["完成。"] * 3


def test_differences_say_which_way() -> None:
    assert difference(Decimal("86.83"), Decimal("86.41")) == "提高0.42"
    assert difference(Decimal("86.41"), Decimal("86.83")) == "下降0.42"
    assert difference(Decimal("86.41"), Decimal("86.41")) == "持平"


def test_a_chinese_character_is_twice_as_wide_as_a_digit() -> None:
    assert text_width("字") - text_width("") == pytest.approx(2 * (text_width("1") - text_width("")))
