"""The order in which people read names that are numbered: 评委2 before 评委10, 甲 before 乙, 三 before 四."""

from __future__ import annotations

import re

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_DIGITS = "一二三四五六七八九"
_PARTS = re.compile(rf"(\d+|[{_DIGITS}十]+|[{_STEMS}])")
NameKey = tuple[tuple[int, str], ...]


def name_key(name: str) -> NameKey:
    """To sort by: numbers by their value, all else by its characters; the name itself decides at last."""
    parts = (part for part in _PARTS.split(name) if part)
    return (*((_value(part), "") if _PARTS.fullmatch(part) else (-1, part) for part in parts), (-1, name))


def _value(part: str) -> int:
    if part.isdecimal():
        return int(part)
    if part in _STEMS:
        return _STEMS.index(part) + 1
    tens, ten, ones = part.rpartition("十")
    high = (_DIGITS.find(tens[-1:]) + 1 if tens else 1) if ten else 0
    return high * 10 + (_DIGITS.find(ones[-1:]) + 1 if ones else 0)
