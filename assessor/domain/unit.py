"""Units (单位): the names they bear in a year, what became of them, and the groups (考核组别) they are ranked in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum


@dataclass(frozen=True)
class Group:
    """A comparison group, e.g. 成员单位 or 县市区; ranks and quotas never cross it."""

    code: str
    title: str


@dataclass(frozen=True)
class Rename:
    """The names that a unit bears from a year on."""

    from_year: int
    name: str
    short_name: str


class SuccessionKind(Enum):
    MERGE = "merge"
    SPLIT = "split"

    @property
    def label(self) -> str:
        return {"merge": "合并", "split": "拆分"}[self.value]


@dataclass(frozen=True)
class Succession:
    """``successor`` took over work of ``unit`` from a year on; ``Unit.successor`` is who carries the history."""

    unit: str
    successor: str
    from_year: int
    kind: SuccessionKind
    note: str = ""


@dataclass(frozen=True)
class Unit:
    """A unit of the registry. ``valid_to`` is its last year; its history goes on under ``successor``."""

    code: str
    name: str
    """Full official name."""
    short_name: str
    """As the plan and the reports name it, e.g. 市科协."""
    group: str
    aliases: tuple[str, ...] = ()
    """Other names that forms come back with: former names, colloquial short forms."""
    valid_from: int | None = None
    valid_to: int | None = None
    successor: str | None = None
    renames: tuple[Rename, ...] = ()
    """In the order of their years; before the first of them the unit bears ``name`` and ``short_name``."""

    def in_year(self, year: int) -> Unit:
        """As the year has it: under the names that it bears then, with those of other years among its aliases. What
        comes of it is to be shown, not to be stored."""
        if not self.renames:
            return self
        borne = [item for item in self.renames if item.from_year <= year]
        name, short_name = (borne[-1].name, borne[-1].short_name) if borne else (self.name, self.short_name)
        others = tuple(other for other in self.names if other not in (name, short_name))
        return replace(self, name=name, short_name=short_name, aliases=others, renames=())

    def is_valid_in(self, year: int) -> bool:
        return (self.valid_from is None or self.valid_from <= year) and (self.valid_to is None or year <= self.valid_to)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the unit answers to, whatever the year."""
        later = (name for item in self.renames for name in (item.name, item.short_name))
        return tuple(dict.fromkeys((self.name, self.short_name, *later, *self.aliases)))
