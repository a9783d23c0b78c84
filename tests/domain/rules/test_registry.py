"""The registry of rule kinds."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from assessor.domain.rules import RULES
from assessor.domain.rules.rule import OfficeInput
from tests.domain.rules.leaf import facts, read, refusal


def test_the_kinds_of_the_scoring_contract_are_there_under_their_names() -> None:
    labels = {
        "ratio": "完成率",
        "bands": "分档",
        "checklist": "清单",
        "count": "计数",
        "deduct": "逐次扣分",
        "rank": "按排名赋分",
        "timeliness": "时效",
        "judgement": "评议",
        "levels": "等级评定",
        "direct": "直接评分",
    }
    assert {kind: rule.label for kind, rule in RULES.items()} == labels


def test_every_rule_may_be_per_task_but_the_one_that_compares_units() -> None:
    assert {kind for kind, rule in RULES.items() if not rule.task_scope} == {"rank"}


TASK_TARGET = {"target_source": "assignment"}
BAND = {"bands": [{"bound": 1, "fraction": 1}]}


RULES_AND_INPUTS: list[tuple[dict[str, Any], set[OfficeInput]]] = [
    ({"kind": "judgement", "panels": [{"code": "expert", "title": "评委组"}]}, {OfficeInput.MARKS}),
    ({"kind": "levels", "levels": [{"title": "好", "low": 0, "high": 100}]}, {OfficeInput.AWARD}),
    ({"kind": "direct"}, {OfficeInput.AWARD}),
    ({"kind": "deduct", "per": 1}, {OfficeInput.OCCURRENCES}),
    ({"kind": "deduct", "per": 1, "figure": "errors"}, set()),
    ({"kind": "ratio", "actual": "done"} | TASK_TARGET, {OfficeInput.TARGET}),
    ({"kind": "ratio", "actual": "done", "target": 3}, set()),
    ({"kind": "bands", "value": "done"} | BAND | TASK_TARGET, {OfficeInput.TARGET}),
    ({"kind": "bands", "value": "done"} | BAND, set()),
    ({"kind": "checklist", "items": [{"figure": "a", "title": "甲"}]}, set()),
    ({"kind": "count", "figure": "articles", "per": 1}, set()),
    ({"kind": "rank", "value": "rate", "bands": [{"to": 1, "fraction": 1}]}, set()),
    ({"kind": "timeliness", "per_day": "0.1"}, set()),
]
"""A rule of every kind, and of every way to say what it compares with."""


@pytest.mark.parametrize(("table", "inputs"), RULES_AND_INPUTS)
def test_a_rule_says_what_it_takes_of_the_office(table: dict[str, Any], inputs: set[OfficeInput]) -> None:
    assert read(**table).office_inputs() == inputs


def test_an_unknown_kind_is_refused_with_the_known_ones() -> None:
    message = refusal(kind="percent")
    assert "不认识的评分规则“percent”" in message
    assert "ratio（完成率）" in message
    assert "缺少“kind”" in refusal()


@pytest.mark.parametrize("table", [table for table, _inputs in RULES_AND_INPUTS])
def test_the_best_trial_of_a_rule_earns_all_and_the_least_nothing(table: dict[str, Any]) -> None:
    rule = read(**table)
    given = facts(8, closed=True)
    assert rule.evaluate(rule.trial(given, is_best=True)).fraction == 1
    assert rule.evaluate(rule.trial(given, is_best=False)).fraction == 0


@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_a_trial_heeds_the_direction_and_bounds_below_zero(direction: str) -> None:
    of_rank = read(kind="rank", value="rate", direction=direction, bands=[{"to": 2, "fraction": 1}])
    of_ratio = read(kind="ratio", actual="cost", target_figure="plan", direction=direction)
    growth = read(
        kind="bands", value="growth", bands=[{"bound": "0.1", "fraction": 1}, {"bound": "-0.1", "fraction": "0.5"}]
    )
    for rule in (of_rank, of_ratio, growth):
        given = facts(8, closed=True)
        assert rule.evaluate(rule.trial(given, is_best=True)).fraction == 1
        assert rule.evaluate(rule.trial(given, is_best=False)).fraction < Fraction(1, 10**9)
