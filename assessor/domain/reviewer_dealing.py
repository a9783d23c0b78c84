"""Deals out who marks what: every unit goes as a whole to enough reviewers, and a sample of units to one more."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessor.domain.reviewing import Duty
from assessor.errors import InputError

_PLACE = "评委分工"


@dataclass(frozen=True)
class Dealing:
    """Raises InputError where a number is out of its range."""

    at_least: int = 1
    """Reviewers that mark every unit."""
    sample: int = 0
    """Percent of the units that one reviewer more marks (双评), rounded up."""
    seed: int = 1
    """Another one deals otherwise; the same one always the same."""

    def __post_init__(self) -> None:
        if self.at_least < 1:
            raise InputError("每个单位至少要有 1 位评委", place=_PLACE, remedy="请填写 1 或更大的整数")
        if not 0 <= self.sample <= 100:
            raise InputError(f"双评抽样 {self.sample}% 不对", place=_PLACE, remedy="请填写 0 到 100 之间的整数")


def deal_out(
    duties: Sequence[Duty], reviewers: Sequence[str], homes: Mapping[str, str], dealing: Dealing
) -> dict[str, tuple[Duty, ...]]:
    """Reviewer -> what he is to mark, sorted; nobody marks the unit that he comes from (``homes``: reviewer -> unit).

    ``duties`` are all that the panel marks. Units go to whoever has least so far, the largest units first, so that
    nobody has more than one unit's duties above another. The order of the arguments does not matter.
    Raises InputError where a unit has too few reviewers that may mark it.
    """
    by_unit: dict[str, list[Duty]] = {}
    for duty in sorted(set(duties)):
        by_unit.setdefault(duty[0], []).append(duty)
    sampled = _sample(list(by_unit), dealing)
    dealt: dict[str, list[Duty]] = {name: [] for name in sorted(reviewers)}
    for unit in sorted(by_unit, key=lambda unit: (-len(by_unit[unit]), _chance(dealing.seed, unit))):
        free = [name for name in dealt if homes.get(name) != unit]
        if len(free) < dealing.at_least:
            what = f"能评 {unit} 的评委只有 {len(free)} 位，不足 {dealing.at_least} 位"
            raise InputError(what, place=_PLACE, remedy="请添加评委，或减少每个单位的评委数")
        free.sort(key=lambda name: (len(dealt[name]), _chance(dealing.seed, unit, name)))
        for name in free[: dealing.at_least + (unit in sampled)]:
            dealt[name].extend(by_unit[unit])
    return {name: tuple(sorted(mine)) for name, mine in dealt.items()}


def _sample(units: Sequence[str], dealing: Dealing) -> frozenset[str]:
    count = -(-len(units) * dealing.sample // 100)
    return frozenset(sorted(units, key=lambda unit: _chance(dealing.seed, "sample", unit))[:count])


def _chance(seed: int, *words: str) -> bytes:
    """Which comes first, the same on every machine."""
    return hashlib.sha256("\n".join((str(seed), *words)).encode()).digest()
