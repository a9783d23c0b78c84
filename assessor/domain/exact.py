"""Exact arithmetic between decimals and fractions: one construction each, where operators would make three.

Scoring a year does some thousands of these; they are its dearest step.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def quotient(dividend: Decimal, divisor: Decimal) -> Fraction:
    """``dividend / divisor``, exact. Raises ZeroDivisionError."""
    upper, upper_scale = dividend.as_integer_ratio()
    lower, lower_scale = divisor.as_integer_ratio()
    return Fraction(upper * lower_scale, upper_scale * lower)


def product(factor: Decimal, fraction: Fraction) -> Fraction:
    """``factor * fraction``, exact."""
    upper, lower = factor.as_integer_ratio()
    return Fraction(upper * fraction.numerator, lower * fraction.denominator)
