"""四舍五入: halves go up, always, and the places are always shown."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.rounding import round_half_up


@pytest.mark.parametrize(
    ("value", "decimals", "result"),
    [
        ("2.675", 2, "2.68"),
        ("0.125", 2, "0.13"),
        ("2.665", 2, "2.67"),
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("0.0049", 2, "0.00"),
        ("-0.125", 2, "-0.13"),
        ("-0.001", 2, "0.00"),
        ("7", 2, "7.00"),
        ("99.995", 2, "100.00"),
    ],
)
def test_halves_go_away_from_zero(value: str, decimals: int, result: str) -> None:
    assert str(round_half_up(Decimal(value), decimals)) == result


def test_an_exact_fraction_loses_no_digit_to_a_division() -> None:
    assert str(round_half_up(Fraction(3, 100) * Fraction(5, 6), 2)) == "0.03"
    assert str(round_half_up(Fraction(1, 3), 2)) == "0.33"
    assert str(round_half_up(Fraction(2, 3), 0)) == "1"


def test_integers_show_the_places_too() -> None:
    assert str(round_half_up(8, 2)) == "8.00"
    assert str(round_half_up(0, 2)) == "0.00"


@given(st.decimals(min_value=-1000, max_value=1000, places=6), st.integers(0, 4))
def test_it_agrees_with_the_decimal_module(value: Decimal, decimals: int) -> None:
    assert round_half_up(value, decimals) == value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
