"""Units (单位) and the groups (考核组别) in which they are ranked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """A comparison group, e.g. 成员单位 or 县市区; ranks and quotas never cross it."""

    code: str
    title: str


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

    def is_valid_in(self, year: int) -> bool:
        return (self.valid_from is None or self.valid_from <= year) and (self.valid_to is None or year <= self.valid_to)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the unit answers to."""
        return tuple(dict.fromkeys((self.name, self.short_name, *self.aliases)))
