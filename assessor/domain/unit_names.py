"""Which unit a written name means: full name, short name, alias or code, whatever the spacing and brackets."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

from assessor.domain.unit import Unit
from assessor.errors import InputError


def find_unit(units: Iterable[Unit], text: str, *, place: str = "") -> Unit:
    """Raises InputError with the nearest names where no unit, or more than one, answers to ``text``."""
    registry = tuple(units)
    wanted = normalize_name(text)
    matches = [unit for unit in registry if wanted in map(normalize_name, (*unit.names, unit.code))]
    if len(matches) == 1:
        return matches[0]
    if matches:
        names = "、".join(unit.name for unit in matches)
        raise InputError(f"“{text}”可以指多个单位：{names}", place=place, remedy="请写单位全称")
    near = nearest_names(registry, text)
    hint = f"最接近的名称：{'、'.join(near)}" if near else "请写登记的单位全称或简称"
    raise InputError(f"没有“{text}”这个单位", place=place, remedy=hint)


def nearest_names(units: Iterable[Unit], text: str) -> list[str]:
    """Short names of up to three units that ``text`` may have meant."""
    by_name = {normalize_name(name): unit.short_name for unit in units for name in unit.names}
    close = difflib.get_close_matches(normalize_name(text), by_name, n=6, cutoff=0.5)
    return list(dict.fromkeys(by_name[name] for name in close))[:3]


def normalize_name(text: str) -> str:
    """Full-width letters, blanks and brackets do not tell two names apart."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
