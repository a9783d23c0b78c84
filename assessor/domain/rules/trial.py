"""What rules share to make up the inputs of a trial: a form with figures, a target to be reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

from assessor.domain.rules.rule import LeafFacts
from assessor.domain.rules.target_source import TargetSource
from assessor.domain.submission import Submission, SubmissionState

TARGET = Decimal(100)
"""Where the target is not the scheme's own."""
UNBOUNDED = Decimal(10) ** 12
"""A value that no target comes near."""


def with_form(facts: LeafFacts, figures: Mapping[str, Decimal]) -> LeafFacts:
    """Handed in on the last day, with these figures."""
    day = facts.deadline
    form = Submission("trial", None, 1, SubmissionState.ACCEPTED, day, day, dict(figures))
    return replace(facts, submission=form)


def target_of(source: TargetSource) -> Decimal:
    return source.number if source.number is not None else TARGET


def with_target(facts: LeafFacts, source: TargetSource, figures: Mapping[str, Decimal]) -> LeafFacts:
    """``with_form``, and the target as ``target_of`` has it, wherever it comes from."""
    given = with_form(facts, {**figures, **dict.fromkeys(source.figures(), TARGET)})
    return replace(given, assigned_target=TARGET) if source.assigned else given


def times_to(points: Decimal, per: Decimal) -> int:
    """How often ``per`` points make at least ``points``."""
    return int((points / per).to_integral_value(ROUND_CEILING))
