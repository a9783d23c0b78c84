from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.errors import InputError
from assessor.workbook.values import bounded_decimal_text, decimal_text, required_text


@pytest.mark.parametrize(
    ("given_text", "stored"),
    [
        ("0.10", "0.10"),
        ("14.5", "14.5"),
        ("1E+3", "1000"),
        ("-0", "0"),
        ("-0.00", "0.00"),
        ("1E-7", "0.0000001"),
        ("-2.50", "-2.50"),
    ],
)
def test_a_decimal_is_stored_as_plain_text(given_text: str, stored: str) -> None:
    assert decimal_text(Decimal(given_text), "") == stored


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_a_decimal_comes_back_with_the_same_value(value: Decimal) -> None:
    assert Decimal(decimal_text(value, "")) == value


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+1000000", "1E-1000000"])
def test_what_is_no_quantity_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        decimal_text(Decimal(text), "2023 年度 市科协")
    assert refusal.value.place == "2023 年度 市科协"
    assert refusal.value.remedy


def test_a_binary_float_never_gets_in() -> None:
    with pytest.raises(TypeError):
        decimal_text(0.1, "")  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["-0.01", "100.01", "101"])
def test_a_number_outside_its_bounds_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="不在 0 到 100 之间"):
        bounded_decimal_text(Decimal(text), 0, 100, "")


@pytest.mark.parametrize("text", ["0", "100", "100.00"])
def test_the_bounds_belong_to_the_range(text: str) -> None:
    assert bounded_decimal_text(Decimal(text), 0, 100, "") == text


def test_a_reason_of_blanks_is_no_reason() -> None:
    with pytest.raises(InputError, match="没有填写理由"):
        required_text("　 ", "理由", "")
