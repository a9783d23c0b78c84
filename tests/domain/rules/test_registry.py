"""The registry of rule kinds."""

from __future__ import annotations

from typing import Any

import pytest

from assessor.domain.rules import RULES
from assessor.domain.rules.rule import OfficeInput
from tests.domain.rules.leaf import read, refusal


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


@pytest.mark.parametrize(
    ("table", "inputs"),
    [
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
    ],
)
def test_a_rule_says_what_it_takes_of_the_office(table: dict[str, Any], inputs: set[OfficeInput]) -> None:
    assert read(**table).office_inputs() == inputs


def test_an_unknown_kind_is_refused_with_the_known_ones() -> None:
    message = refusal(kind="percent")
    assert "不认识的评分规则“percent”" in message
    assert "ratio（完成率）" in message
    assert "缺少“kind”" in refusal()
