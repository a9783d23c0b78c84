"""Who reviews what (评委分工): the units that reviewers come from, and what each is to mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

ReviewerKey = tuple[str, str]
"""Panel and name."""
Duty = tuple[str, str]
"""Unit and indicator, by their codes: of an indicator that is scored task by task all the unit's tasks."""


@dataclass(frozen=True)
class Reviewing:
    units: Mapping[ReviewerKey, str] = field(default_factory=dict)
    """The unit (code) that a reviewer comes from: his marks on it do not count (回避)."""
    duties: Mapping[ReviewerKey, tuple[Duty, ...]] = field(default_factory=dict)
    """What a reviewer is to mark, sorted; one who is not named marks everything of his panel."""

    @cached_property
    def _known(self) -> dict[ReviewerKey, frozenset[Duty]]:
        return {reviewer: frozenset(duties) for reviewer, duties in self.duties.items()}

    def is_recused(self, reviewer: ReviewerKey, unit: str) -> bool:
        return self.units.get(reviewer) == unit

    def is_assigned(self, reviewer: ReviewerKey, duty: Duty) -> bool:
        known = self._known.get(reviewer)
        return known is None or duty in known

    def is_expected(self, reviewer: ReviewerKey, duty: Duty) -> bool:
        """Whether a mark of his is awaited there."""
        return not self.is_recused(reviewer, duty[0]) and self.is_assigned(reviewer, duty)
