"""Whether a unit's names are fit to tell it from all others, in every year that has both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assessor.domain.registry_change import Refusal
from assessor.domain.unit import Unit
from assessor.domain.unit_names import normalize_name
from assessor.errors import InputError

LONGEST = 60
"""Characters of a name; more is a sentence in the wrong cell."""
_LAST = 9999


def clean_name(text: str, what: str) -> str:
    """Without blanks around it. Raises InputError where nothing is left, or it is no single line of a name's length."""
    name = text.strip()
    if not name:
        raise InputError(f"没有填写{what}", remedy=f"请填写{what}")
    if len(name) > LONGEST or not name.isprintable():
        raise InputError(f"{what}“{name[:20]}…”不像单位名称", remedy=f"请写成一行，不超过 {LONGEST} 个字")
    return name


def clean_aliases(texts: Iterable[str]) -> tuple[str, ...]:
    """Each once. Raises InputError as ``clean_name``."""
    return tuple(dict.fromkeys(clean_name(text, "别名") for text in texts if text.strip()))


def new_code(units: Iterable[Unit], short_name: str) -> str:
    """A code for a new unit, after its short name."""
    taken = {unit.code for unit in units}
    plain = "".join(short_name.split())[:36]
    codes = (plain if number == 1 else f"{plain}{number}" for number in range(1, len(taken) + 2))
    return next(code for code in codes if code not in taken)


def name_refusals(units: Iterable[Unit], unit: Unit) -> Iterator[Refusal]:
    """Of names that another unit bears in a year in which both are valid, and of aliases that name another."""
    others = [other for other in units if other.code != unit.code]
    for year in _turns([unit, *others]):
        if not unit.is_valid_in(year):
            continue
        borne = _borne(unit, year)
        for other in others:
            if other.is_valid_in(year):
                for name in sorted(borne.keys() & _borne(other, year).keys()):
                    yield _taken(borne[name], other.in_year(year).short_name)
                    return
    for alias in unit.aliases:
        owner = next((other for other in others if _claims(other, alias)), None)
        if owner is not None:
            yield _taken(alias, owner.short_name)
            return


def _taken(name: str, owner: str) -> Refusal:
    return Refusal(f"“{name}”已经是“{owner}”的名称", "一个名称只能指一个单位，请改用能分清的写法")


def _claims(other: Unit, alias: str) -> bool:
    """A unit that is gone is still known by its names in its own years, whoever has them as an alias."""
    return other.valid_to is None and normalize_name(alias) in map(normalize_name, other.names)


def _borne(unit: Unit, year: int) -> dict[str, str]:
    present = unit.in_year(year)
    return {normalize_name(name): name for name in (present.name, present.short_name)}


def _turns(units: Iterable[Unit]) -> list[int]:
    """Years in which some unit comes, goes or is renamed: between them nothing changes. The first stands for all
    before, the last for all after."""
    turns = {0, _LAST}
    for unit in units:
        turns.update(year for year in (unit.valid_from, unit.valid_to) if year is not None)
        turns.update(rename.from_year for rename in unit.renames)
    return sorted(turns)
