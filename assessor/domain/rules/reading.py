"""What rules share: a form's figure becomes a value, or the outcome that says why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessor.domain.rules.rule import LeafFacts, LeafInput, LeafState, Outcome
from assessor.domain.submission import Blank, Submission
from assessor.domain.wording import plain, submission_source
from assessor.errors import InputError

FORM = "填报表"
SCHEME = "考核细则"
_ZERO = Fraction(0)


@dataclass(frozen=True)
class Reading:
    """A value a rule computes with, and the entry that names its source."""

    value: Decimal
    used: LeafInput


def scored(fraction: Fraction, reasoning: str, inputs: tuple[LeafInput, ...] = ()) -> Outcome:
    return Outcome(LeafState.SCORED, fraction, reasoning, inputs)


def pending(reasoning: str, inputs: tuple[LeafInput, ...] = ()) -> Outcome:
    return Outcome(LeafState.PENDING, _ZERO, reasoning, inputs)


def clip(fraction: Fraction) -> Fraction:
    return min(max(fraction, _ZERO), Fraction(1))


def title_of(facts: LeafFacts, figure: str) -> str:
    return facts.figure_titles.get(figure, figure)


def refused(name: str, what: str, remedy: str) -> InputError:
    """The error for a fact, called ``name``, that the rule does not allow. The place is left to the engine, which knows
    the unit."""
    return InputError(f"{name}：{what}", remedy=remedy)


def counted_form(facts: LeafFacts) -> Submission | Outcome:
    """The form this leaf reads; an outcome where it is awaited (not handed in, or returned) or never came."""
    form = facts.submission
    if form is not None and form.counts:
        return form
    if form is None:
        words, used = "未报填报表", LeafInput(FORM, Blank.NOT_SUBMITTED.label, FORM)
    else:
        reason = f"：{form.return_reason}" if form.return_reason else ""
        words, used = f"填报表已退回{reason}", LeafInput(FORM, form.state.label, submission_source(form))
    if facts.collection_closed:
        return Outcome(LeafState.NOT_SUBMITTED, _ZERO, f"{words}，收集已截止，按未报计 0.00%", (used,))
    return pending(f"{words}，待报", (used,))


def read_figure(facts: LeafFacts, figure: str) -> Reading | Outcome:
    """The figure's number; an outcome where the form or the figure is awaited, not submitted, empty or 不涉及."""
    form = counted_form(facts)
    if isinstance(form, Outcome):
        return form
    value = form.figure(figure)
    title, source = title_of(facts, figure), submission_source(form)
    if isinstance(value, Decimal):
        return Reading(value, LeafInput(title, plain(value), source))
    return _blank_outcome(value, title, source, closed=facts.collection_closed)


def read_count(facts: LeafFacts, figure: str) -> Reading | Outcome:
    """A figure that counts something. Raises InputError where it is negative."""
    reading = read_figure(facts, figure)
    if isinstance(reading, Reading) and reading.value < 0:
        raise refused(reading.used.name, f"{reading.used.value} 小于 0，不能计数", "请更正填报数")
    return reading


def _blank_outcome(blank: Blank, title: str, source: str, *, closed: bool) -> Outcome:
    inputs = (LeafInput(title, blank.label, source),)
    if blank is Blank.NOT_APPLICABLE:
        return pending(f"“{title}”填不涉及，待考核办认定", inputs)
    state = LeafState.EMPTY if blank is Blank.EMPTY else LeafState.NOT_SUBMITTED
    if closed:
        return Outcome(state, _ZERO, f"“{title}”{blank.label}，收集已截止，计 0.00%", inputs)
    return pending(f"“{title}”{blank.label}，待补报", inputs)


def first_awaited(*readings: Reading | Outcome) -> Outcome | None:
    """Of several readings the outcome that decides for the leaf: an awaited one first. None: all have values."""
    outcomes = [reading for reading in readings if isinstance(reading, Outcome)]
    awaited = [outcome for outcome in outcomes if outcome.state is LeafState.PENDING]
    return next(iter(awaited + outcomes), None)
