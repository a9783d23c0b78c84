"""How numbers and sources are written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from assessor.domain.submission import Submission, SubmissionState
from assessor.domain.wording import percent_text, plain, rounded, submission_source


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("300", "300"),
        ("3E+2", "300"),
        ("1E-7", "0.0000001"),
        ("0.50", "0.5"),
        ("8.00", "8"),
        ("-0.0", "0"),
        ("-1.20", "-1.2"),
        ("100", "100"),
    ],
)
def test_plain_decimals_have_no_exponent_and_no_trailing_zeros(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


def test_percentages_have_two_places_half_up() -> None:
    assert percent_text(Fraction(19, 20)) == "95.00%"
    assert percent_text(Fraction(1, 3)) == "33.33%"
    assert percent_text(Decimal("0.88885")) == "88.89%"
    assert percent_text(Fraction(11, 10)) == "110.00%"
    assert percent_text(Decimal(0)) == "0.00%"


def test_steps_of_an_arithmetic_are_rounded_half_up() -> None:
    assert rounded(Fraction(265, 3)) == "88.33"
    assert rounded(Fraction(177, 2)) == "88.5"
    assert rounded(Fraction(1, 8)) == "0.13"


def test_a_form_is_named_by_revision_and_date() -> None:
    form = Submission("kexie", None, 2, SubmissionState.SUBMITTED, date(2024, 11, 20), date(2024, 11, 28))
    assert submission_source(form) == "填报表（第2次，2024-11-28）"
