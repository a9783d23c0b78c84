"""A frozen scheme that is being changed: kept in the window until it is stored as the next version or given up."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from assessor.domain.scheme import Scheme


@dataclass
class Revision:
    context: Hashable
    """Workbook, year and group that it is of."""
    base: Scheme
    """The frozen scheme."""
    steps: list[tuple[str, Scheme]] = field(default_factory=list)
    """What was changed, and the scheme afterwards."""

    @property
    def scheme(self) -> Scheme:
        return self.steps[-1][1] if self.steps else self.base

    @property
    def is_changed(self) -> bool:
        return self.scheme != self.base
