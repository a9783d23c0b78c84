"""One construction gives what the operators give."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.exact import product, quotient

DECIMALS = st.decimals(-1_000_000, 1_000_000, places=4)


@given(DECIMALS, DECIMALS.filter(bool))
def test_a_quotient_is_that_of_the_exact_values(dividend: Decimal, divisor: Decimal) -> None:
    assert quotient(dividend, divisor) == Fraction(dividend) / Fraction(divisor)


@given(DECIMALS, st.fractions(-1, 1, max_denominator=10_000))
def test_a_product_is_that_of_the_exact_values(factor: Decimal, fraction: Fraction) -> None:
    assert product(factor, fraction) == Fraction(factor) * fraction


def test_nothing_is_divided_by_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        quotient(Decimal(1), Decimal("0.00"))
