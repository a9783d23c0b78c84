"""How dates, points, rates and lists are worded in documents: one form of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from assessor.domain.results import CategoryResult
from assessor.domain.wording import plain

_NUMERALS = ("〇", "一", "二", "三", "四", "五", "六", "七", "八", "九")
DASH = "—"
"""In a cell: there is no number here."""


def day(value: date) -> str:
    """2025年12月20日: Arabic numerals, no leading zeros."""
    return f"{value.year}年{value.month}月{value.day}日"


def period(starts: date, ends: date) -> str:
    if starts.year == ends.year:
        return f"{day(starts)}至{ends.month}月{ends.day}日"
    return f"{day(starts)}至{day(ends)}"


def numeral(number: int) -> str:
    """1-99 in Chinese, as headings count: 一, 十, 十二, 二十三."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens] + "十"
    return head + (_NUMERALS[ones] if ones or not tens else "")


def points(value: Decimal | None) -> str:
    """A score as it stands, every printed digit; a dash where there is none."""
    return DASH if value is None else f"{value:f}"


def category_points(category: CategoryResult) -> str:
    """What a category adds to the base score; 待评 where nothing of it is known, a dash where it is left out."""
    return category.contribution_text if category.is_awaited else points(category.contribution)


def padded(value: Decimal | None, decimals: int) -> str:
    """``value`` with at least so many places, and none of its own cut."""
    if value is None:
        return DASH
    exponent = value.as_tuple().exponent
    return f"{value:.{max(decimals, -int(exponent))}f}"


def amount(value: Decimal | None) -> str:
    """A quantity without trailing zeros: 300, 14.5."""
    return DASH if value is None else plain(value)


def quantity(value: Decimal | None, measure: str) -> str:
    return DASH if value is None else f"{amount(value)}{measure}"


def rate(value: Decimal | None) -> str:
    """A percentage with the digits it has."""
    return DASH if value is None else f"{value:f}%"


def plain_share(value: Decimal) -> str:
    """A setting's fraction of 1 as a percentage without trailing zeros: 0.3 is 30%."""
    return f"{amount(value * 100)}%"


def listed(names: Sequence[str], limit: int | None = None, classifier: str = "个单位") -> str:
    """甲、乙、丙; past ``limit`` names 甲、乙、丙等12个单位."""
    if limit is not None and len(names) > limit:
        return f"{'、'.join(names[:limit])}等{len(names)}{classifier}"
    return "、".join(names)


def text_width(text: str) -> float:
    """Millimetres that ``text`` takes in a table's ordinary cell (10.5 pt), with the cell's padding."""
    ems = sum(0.5 if character < "\u2000" else 1.0 for character in text)
    return ems * 10.5 * 25.4 / 72 + 2.3


def sentence(text: str) -> str:
    """``text`` closed by exactly one full stop."""
    return text.rstrip("。；，") + "。"


def difference(now: Decimal, before: Decimal) -> str:
    """提高1.20, 下降0.35, or 持平."""
    if now == before:
        return "持平"
    return f"{'提高' if now > before else '下降'}{abs(now - before):f}"
