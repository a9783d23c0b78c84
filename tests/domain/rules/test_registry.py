"""The registry of rule kinds."""

from __future__ import annotations

from assessor.domain.rules import RULES
from tests.domain.rules.leaf import refusal


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


def test_rules_that_read_no_form_or_the_group_cannot_be_per_task() -> None:
    per_task = {kind for kind, rule in RULES.items() if rule.task_scope}
    assert per_task == {"ratio", "bands", "checklist", "count", "deduct", "timeliness"}


def test_an_unknown_kind_is_refused_with_the_known_ones() -> None:
    message = refusal(kind="percent")
    assert "不认识的评分规则“percent”" in message
    assert "ratio（完成率）" in message
    assert "缺少“kind”" in refusal()
