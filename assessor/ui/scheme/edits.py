"""What the panes of a scheme ask for: one change, with its name and what becomes of a refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assessor.domain.scheme_edit import SchemeChange
from assessor.errors import AssessorError


@dataclass(frozen=True)
class SchemeEdit:
    label: str
    """Without the scheme's name: ``1.2 分值 5 → 6``."""
    change: SchemeChange
    refused: Callable[[AssessorError], None] | None = None
    """Shows at the field why the change was not made; None: the window's message bar does."""
