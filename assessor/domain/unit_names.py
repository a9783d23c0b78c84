"""Which unit a written name means: full name, short name, alias or code, whatever the spacing and brackets.

``match_unit`` is certain of a name that one unit bears, and proposes where the name is misspelt, shortened or gone;
nothing is ever taken for certain by likeness.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assessor.domain.unit import Unit
from assessor.errors import InputError

_LIKE = 0.5
"""Likeness (difflib's ratio) from which on a name is proposed."""
_MOST = 3
"""Units proposed at most."""
_CITY = "市"
_AROUND = re.compile(r"^(填报|填表|报送)?单位(名称)?|(加?盖公?章|公章)$")


@dataclass(frozen=True)
class Suggestion:
    unit: Unit
    reason: str
    """Why it may be meant, e.g. 已于 2024 年并入."""


@dataclass(frozen=True)
class UnitMatch:
    """``unit``: whom the name means for certain; else ``suggestions``, the likeliest first, for a person to choose."""

    unit: Unit | None
    suggestions: tuple[Suggestion, ...] = ()


def match_unit(units: Iterable[Unit], text: str, year: int | None = None) -> UnitMatch:
    """``year``: in which the name was written; only units that are valid in it can be meant, under the names that they
    bear then before those that they bore or will bear. None: any unit, under any of its names."""
    every = tuple(units)
    wanted = written_name(text)
    registry = tuple(unit.in_year(year) for unit in every if unit.is_valid_in(year)) if year is not None else every
    for names_of in (_borne_names, _any_names):
        found = [unit for unit in registry if wanted in names_of(unit, registry)]
        if len(found) == 1:
            return UnitMatch(found[0])
        if found:
            return UnitMatch(None, tuple(Suggestion(unit, f"“{text}”可以指它") for unit in found))
    gone = tuple(_successors(every, wanted, year)) if year is not None else ()
    return UnitMatch(None, (*gone, *_likely(registry, wanted, {item.unit.code for item in gone}))[:_MOST])


def find_unit(units: Iterable[Unit], text: str, *, place: str = "") -> Unit:
    """Raises InputError with the nearest names where no unit, or more than one, answers to ``text``."""
    registry = tuple(units)
    match = match_unit(registry, text)
    if match.unit is not None:
        return match.unit
    wanted = written_name(text)
    claimed = [item.unit for item in match.suggestions if wanted in _any_names(item.unit, registry)]
    if claimed:
        names = "、".join(unit.name for unit in claimed)
        raise InputError(f"“{text}”可以指多个单位：{names}", place=place, remedy="请写单位全称")
    near = [item.unit.short_name for item in match.suggestions]
    hint = f"最接近的名称：{'、'.join(near)}" if near else "请写登记的单位全称或简称"
    raise InputError(f"没有“{text}”这个单位", place=place, remedy=hint)


def nearest_names(units: Iterable[Unit], text: str) -> list[str]:
    """Short names of up to three units that ``text`` may have meant."""
    return [item.unit.short_name for item in _likely(tuple(units), normalize_name(text), set())][:_MOST]


def written_name(text: str) -> str:
    """Normalized, without what a form has around a unit's name: 填报单位：市科协（盖章）."""
    return _AROUND.sub("", normalize_name(text))


def normalize_name(text: str) -> str:
    """Full-width letters, blanks, brackets and quotation marks do not tell two names apart."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if unicodedata.category(sign)[0] not in "ZCP").casefold()


def _borne_names(unit: Unit, registry: Sequence[Unit]) -> set[str]:
    """What the unit is called, with the city's full name before its short one: 宜春市教体局 is 市教体局."""
    names = {normalize_name(name) for name in (unit.name, unit.short_name, unit.code)}
    city = _city_of(registry)
    if city and unit.short_name.startswith(_CITY):
        names.add(normalize_name(city + unit.short_name.removeprefix(_CITY)))
    return names


def _any_names(unit: Unit, registry: Sequence[Unit]) -> set[str]:
    return {*_borne_names(unit, registry), *map(normalize_name, unit.names)}


def _city_of(registry: Sequence[Unit]) -> str:
    """The city whose units these are, as their full names begin; empty where they say none."""
    heads = Counter(unit.name.split(_CITY)[0] for unit in registry if unit.short_name.startswith(_CITY))
    return f"{heads.most_common(1)[0][0]}{_CITY}" if heads else ""


def _successors(every: Sequence[Unit], wanted: str, year: int | None) -> Iterator[Suggestion]:
    """Who carries on a unit of that name that is gone by the year: a form may come from either."""
    by_code = {unit.code: unit for unit in every}
    for unit in every:
        seen: set[str] = set()
        heir: Unit | None = unit
        while heir is not None and year is not None and heir.code not in seen and not heir.is_valid_in(year):
            seen.add(heir.code)
            heir = by_code.get(heir.successor or "")
        is_named = wanted in map(normalize_name, (*unit.names, unit.code))
        if is_named and heir is not None and heir is not unit and year is not None and heir.is_valid_in(year):
            until = f"“{unit.short_name}”到 {unit.valid_to} 年为止，由它承接"
            yield Suggestion(heir.in_year(year), until)


def _likely(registry: Sequence[Unit], wanted: str, taken: set[str]) -> list[Suggestion]:
    """By likeness, best first; a name of which ``wanted`` is a short form (its signs in their order) comes before."""
    scored: list[tuple[int, Suggestion]] = []
    for unit in registry:
        names = [name for name in map(normalize_name, unit.names) if name]
        best = max((_likeness(wanted, name) for name in names), default=0)
        if unit.code not in taken and best:
            reason = f"“{unit.short_name}”的简写" if best > _WHOLE else f"与“{unit.short_name}”相近"
            scored.append((best, Suggestion(unit, reason)))
    scored.sort(key=lambda item: -item[0])
    return [suggestion for _score, suggestion in scored]


_WHOLE = 1000


def _likeness(wanted: str, name: str) -> int:
    """In thousandths; above a thousand for a short form; 0: not alike."""
    if len(wanted) >= 2 and wanted != name and _is_short_form(wanted, name):
        return _WHOLE + 1 + _WHOLE * len(wanted) // len(name)
    ratio = difflib.SequenceMatcher(None, wanted, name).ratio()
    return int(ratio * _WHOLE) if ratio >= _LIKE else 0


def _is_short_form(short: str, name: str) -> bool:
    rest = iter(name)
    return all(sign in rest for sign in short)
