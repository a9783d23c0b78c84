from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.rules import RULES, read_rule
from assessor.domain.rules.form_field import FieldKind
from assessor.domain.rules.params_text import form_text, params_text, read_params
from assessor.domain.rules.rule import Rule
from assessor.domain.table_reader import TableReader
from assessor.errors import SchemeError
from tests.domain.rules.leaf import read
from tests.domain.rules.test_registry import RULES_AND_INPUTS
from tests.domain.strategies import cases

TWO_BANDS = [{"bound": 2, "fraction": 1}, {"bound": 1, "fraction": "0.6"}]
PANEL = {"code": "e", "title": "评委：甲｜乙|丙"}
MORE: list[dict[str, Any]] = [
    {"kind": "ratio", "actual": "done", "target_figure": "plan", "floor": "0.335", "direction": "lower"},
    {
        "kind": "bands",
        "value": "n",
        "bands": [{"bound": 2, "fraction": 1}, {"bound": 1, "fraction": "0.6"}],
        "interpolate": True,
    },
    {
        "kind": "judgement",
        "panels": [{"code": "e", "title": "评委：甲｜乙|丙", "method": "trimmed", "trim": 2, "weight": "0.6"}],
    },
    {"kind": "levels", "levels": [{"title": "好：上", "low": 60, "high": 100}, {"title": "差", "low": 0, "high": 60}]},
    {"kind": "timeliness", "per_day": "0.1", "count_from": "last"},
]


def again(rule: Rule, text: str) -> Rule:
    table = {"kind": rule.kind, **read_params(RULES[rule.kind].form, text)}
    return read_rule(TableReader(table, "表", SchemeError))


@pytest.mark.parametrize("table", [*(table for table, _inputs in RULES_AND_INPUTS), *MORE])
def test_a_rule_comes_back_from_its_text(table: dict[str, Any]) -> None:
    rule = read(**table)
    assert again(rule, params_text(rule)) == rule


@given(cases())
def test_any_rule_comes_back_from_its_text(case: Any) -> None:
    for indicator in case.scheme.indicators:
        assert again(indicator.rule, params_text(indicator.rule)) == indicator.rule


def test_the_text_is_what_an_office_would_write() -> None:
    rule = read(**MORE[1])
    assert (
        params_text(rule) == "数值：n\n档（达到｜得分比例）：2｜100%\n档（达到｜得分比例）：1｜60%\n两档之间按比例：是"
    )
    assert again(rule, "数值: n\n 档：2|1\n档:1|60%\n\n两档之间按比例：是\n") == rule
    assert "档（达到｜得分比例）：从高到低，含本数" in form_text(rule.form)


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("count", "数量：n\n每个：1", "不认识的参数“每个：1”"),
        ("count", "数量：n\n每个得分：很多", "“每个得分”应为数字，现为“很多”"),
        ("bands", "数值：n\n档：2", "有 1 列，应有 2 列"),
        ("rank", "数值：n\n名次档：1.5｜100%", "“至第几名”应为整数"),
        ("ratio", "完成数：n\n目标：许多", "“目标”应为数字"),
        ("ratio", "完成数：n\n方向：越多越好", "没有“越多越好”这一项"),
        ("bands", "数值：n\n两档之间按比例：对", "应为是或否"),
        ("direct", "分：1", "没有参数"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(kind: str, text: str, message: str) -> None:
    with pytest.raises(SchemeError) as caught:
        read_params(RULES[kind].form, text)
    assert message in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.kind)
def test_a_form_names_every_parameter_once(rule: type[Rule]) -> None:
    assert len({field.key for field in rule.form}) == len({field.label for field in rule.form}) == len(rule.form)
    for field in rule.form:
        assert (field.kind is FieldKind.ROWS) == bool(field.columns)
        assert (field.kind is FieldKind.CHOICE) == bool(field.choices)


@given(st.decimals(0, 1, places=6))
def test_a_share_comes_back_exactly(share: Any) -> None:
    rule = read(kind="levels", levels=[{"title": "全", "low": 0, "high": 100}])
    assert again(rule, params_text(rule)) == rule
    late = {"kind": "timeliness", "per_day": str(share)}
    if share > 0:
        rule = read(**late)
        assert again(rule, params_text(rule)) == rule
