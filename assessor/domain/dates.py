"""A date as the office types it."""

from __future__ import annotations

import re
from datetime import date

from assessor.errors import InputError

_EARLIEST, _LATEST = 1900, 2200
"""Years; anything else is a slip of the keyboard."""
_FORMS = (
    re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})"),
    re.compile(r"(\d{4})()年(\d{1,2})月(\d{1,2})日"),
    re.compile(r"(\d{4})()(\d{2})(\d{2})"),
)


_HALF_WIDTH = {ord(wide): ord(wide) - 0xFEE0 for wide in "０１２３４５６７８９－／．"} | {ord("。"): "."}
_DAY_OF_YEAR = re.compile(r"(\d{1,2})(?:月|([-/.]))(\d{1,2})(?(2)|日)")


def read_date(text: str, place: str, year: int | None = None) -> date:
    """Reads ``2025-12-05``, ``2025/12/5``, ``2025.12.5``, ``2025年12月5日`` or ``20251205``, full-width digits as well;
    where ``year`` is given also ``12月5日`` and ``12-5`` of that year.

    Raises InputError at ``place``: nothing typed, another form, or a day that no calendar has. Nothing is guessed.
    """
    typed = text.strip().translate(_HALF_WIDTH)
    for form in _FORMS:
        found = form.fullmatch(typed)
        if found:
            year, month, day = (int(found[group]) for group in (1, 3, 4))
            return _checked(typed, year, month, day, place)
    short = _DAY_OF_YEAR.fullmatch(typed) if year is not None else None
    if short and year is not None:
        return _checked(typed, year, int(short[1]), int(short[3]), place)
    what = f"“{typed}”不是日期" if typed else "没有填写日期"
    raise InputError(what, place=place, remedy="请按年-月-日填写，如 2025-12-05")


def _checked(typed: str, year: int, month: int, day: int, place: str) -> date:
    remedy = "请核对年、月、日，如 2025-12-05"
    if not _EARLIEST <= year <= _LATEST:
        raise InputError(f"“{typed}”的年份不对", place=place, remedy=remedy)
    try:
        return date(year, month, day)
    except ValueError as problem:
        raise InputError(f"日历上没有“{typed}”这一天", place=place, remedy=remedy) from problem
