"""How values lie in the file: decimals as plain text, dates as ISO text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from assessor.errors import InputError

_MAX_DIGITS = 30


def decimal_text(value: Decimal, place: str) -> str:
    """Without exponent, with the digits after the point that it was given: 0.10 stays 0.10, 1E+3 becomes 1000.

    Raises InputError at ``place`` where it is no finite number, or longer than any quantity of an assessment.
    """
    if not isinstance(value, Decimal):
        raise TypeError(f"{place}: {value!r} is no Decimal")
    if not value.is_finite():
        raise InputError(f"“{value}”不是有限的数字", place=place, remedy="请填写数字，例如 14.5")
    if abs(value.adjusted()) > _MAX_DIGITS or abs(int(value.as_tuple().exponent)) > _MAX_DIGITS:
        raise InputError("数字过长", place=place, remedy=f"请填写不超过 {_MAX_DIGITS} 位的数字")
    return format(value.copy_abs() if value.is_zero() else value, "f")


def optional_decimal_text(value: Decimal | None, place: str) -> str | None:
    return None if value is None else decimal_text(value, place)


def bounded_decimal_text(value: Decimal, low: Decimal | int, high: Decimal | int, place: str) -> str:
    """As ``decimal_text``; refuses what is not within [low, high]."""
    text = decimal_text(value, place)
    if not low <= value <= high:
        raise InputError(f"{text} 不在 {low} 到 {high} 之间", place=place, remedy=f"请填写 {low} 到 {high} 之间的数字")
    return text


def required_text(value: str, what: str, place: str) -> str:
    """Raises InputError where nothing, or only blanks, was written for ``what``."""
    if not value.strip():
        raise InputError(f"没有填写{what}", place=place, remedy=f"请填写{what}")
    return value


def optional_decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def date_text(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def optional_date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
