"""How numbers, dates and sources are written in Chinese sentences: one definition for traces, screens and papers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from assessor.domain.rounding import half_up_steps, round_half_up

if TYPE_CHECKING:
    from assessor.domain.submission import Submission


def plain(value: Decimal) -> str:
    """``value`` in full, without exponent or trailing zeros: ``0.50`` is ``0.5``, ``3E+2`` is ``300``."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def signed(value: Decimal) -> str:
    """A difference with its sign, zero without one, all digits kept: ``+1.20``, ``-0.35``, ``0.00``."""
    return f"{value:+f}" if value else f"{abs(value):f}"


def rounded(value: Fraction, decimals: int = 2) -> str:
    """At most ``decimals`` places, half up, without trailing zeros; for means and other steps of an arithmetic."""
    return plain(round_half_up(value, decimals))


def percent_text(fraction: Fraction | Decimal, decimals: int = 2) -> str:
    """A fraction as a percentage, half up, by default to two places: 0.95 is ``95.00%``."""
    steps = half_up_steps(fraction, decimals + 2)
    whole, part = divmod(abs(steps), 10**decimals)
    return f"{'-' if steps < 0 else ''}{whole}.{part:0{decimals}d}%"


def submission_source(submission: Submission) -> str:
    """Which form a value was taken from: ``填报表（第2次，2024-11-28）``."""
    return f"填报表（第{submission.revision}次，{submission.submitted_on.isoformat()}）"
