"""Builders of one leaf's facts, and what every rule's tests ask of a rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from assessor.domain.facts import Award, Mark
from assessor.domain.rules import read_rule, rule_table
from assessor.domain.rules.rule import LeafFacts, LeafState, Outcome, Rule
from assessor.domain.submission import Blank, Submission, SubmissionState
from assessor.domain.table_reader import TableReader
from assessor.errors import SchemeError

Number = Decimal | int | str
DEADLINE = date(2024, 11, 30)
HANDED_IN = date(2024, 11, 28)
SECOND_FORM = "填报表（第2次，2024-11-28）"


def read(**table: Any) -> Rule:
    """The rule, read twice: what ``params`` writes must read back as the same rule."""
    rule = read_rule(TableReader(table, "细则.toml 指标 1.1 [rule]", SchemeError))
    again = read_rule(TableReader(rule_table(rule), "存储", SchemeError))
    assert again == rule
    return rule


def refusal(**table: Any) -> str:
    """The message with which a rule's table is refused; it names the place and a remedy."""
    with pytest.raises(SchemeError) as caught:
        read_rule(TableReader(table, "细则.toml 指标 1.1 [rule]", SchemeError))
    assert caught.value.place.startswith("细则.toml 指标 1.1 [rule]")
    assert caught.value.remedy
    return str(caught.value)


def form(
    state: SubmissionState = SubmissionState.SUBMITTED,
    first: date = HANDED_IN,
    last: date | None = None,
    **figures: Number | Blank,
) -> Submission:
    values = {code: value if isinstance(value, Blank) else Decimal(value) for code, value in figures.items()}
    return Submission("kexie", None, 2, state, first, last or first, values, return_reason="缺名册")


def facts(points: Number = 8, *, closed: bool = False, **settings: Any) -> LeafFacts:
    return LeafFacts(
        indicator="1.1", points=Decimal(points), decimals=2, collection_closed=closed, deadline=DEADLINE, **settings
    )


def filled(points: Number = 8, *, closed: bool = False, **figures: Number | Blank) -> LeafFacts:
    """The unit's form came in with these figures."""
    return facts(points, closed=closed, submission=form(**figures))


def marked(*values: Number, panel: str = "expert", **settings: Any) -> LeafFacts:
    """Reviewers A, B, C... gave these marks, in this order."""
    marks = tuple(
        Mark("1.1", reviewer, panel, Decimal(value)) for reviewer, value in zip("ABCDEFGH", values, strict=False)
    )
    return facts(marks=marks, **settings)


def awarded(**award: Any) -> LeafFacts:
    """The office's award, on a leaf of 8 points."""
    return facts(award=Award("1.1", "现场核查", **award))


def score(rule: Rule, given: LeafFacts) -> Fraction:
    """The fraction of a leaf that is SCORED."""
    outcome = rule.evaluate(given)
    assert outcome.state is LeafState.SCORED
    assert 0 <= outcome.fraction <= 1
    return outcome.fraction


def check_awaits_the_form(rule: Rule, figure: str | None) -> None:
    """The states that silence leads to, for a rule that reads the form (``figure`` None: only its date)."""
    returned = form(SubmissionState.RETURNED, **({figure: 1} if figure else {}))
    for submission in (None, returned):
        assert _state(rule, facts(submission=submission)) is LeafState.PENDING
        assert _state(rule, facts(submission=submission, closed=True)) is LeafState.NOT_SUBMITTED
    if figure is None:
        return
    assert _state(rule, filled()) is LeafState.PENDING
    assert _state(rule, filled(closed=True)) is LeafState.EMPTY
    not_applicable = {figure: Blank.NOT_APPLICABLE}
    assert _state(rule, filled(**not_applicable)) is LeafState.PENDING
    assert _state(rule, filled(closed=True, **not_applicable)) is LeafState.PENDING


def _state(rule: Rule, given: LeafFacts) -> LeafState:
    outcome: Outcome = rule.evaluate(replace(given, assigned_target=Decimal(10)))
    assert outcome.state is LeafState.SCORED or outcome.fraction == 0
    assert outcome.reasoning
    return outcome.state
