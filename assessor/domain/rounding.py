"""Rounding half up (四舍五入), the one way official numbers are rounded.

Fractions are exact rationals, so a score is never off by a digit that a division lost: 0.03 x 5/6 is 0.025, and
rounds to 0.03.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def round_half_up(value: Decimal | Fraction | int, decimals: int) -> Decimal:
    """``value`` to ``decimals`` places, halves away from zero; the result always shows exactly that many places."""
    return Decimal(f"{half_up_steps(value, decimals)}E-{decimals}")


def half_up_steps(value: Decimal | Fraction | int, decimals: int) -> int:
    """The rounded value in steps of its last place: 2.675 to two places is 268."""
    numerator, denominator = value.as_integer_ratio()
    steps: int = (2 * abs(numerator) * 10**decimals + denominator) // (2 * denominator)
    return -steps if numerator < 0 else steps
