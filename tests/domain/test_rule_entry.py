from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from assessor.domain.rule_entry import RuleEntry, entry_of, entry_of_kind, read_entry
from assessor.domain.rules import RULES
from assessor.errors import SchemeError
from tests.domain.rules.leaf import read
from tests.domain.strategies import cases

BANDS = read(kind="bands", value="n", bands=[{"bound": 2, "fraction": 1}, {"bound": 1, "fraction": "0.6"}])
COUNT = read(kind="count", figure="n", per=2)
TITLES = {"n": "会议"}


@given(cases())
def test_any_rule_comes_back_from_its_texts(case: Any) -> None:
    for indicator in case.scheme.indicators:
        assert read_entry(entry_of(indicator.rule)) == indicator.rule


def test_another_kind_keeps_the_figure_and_begins_with_values_that_hold() -> None:
    for kind in RULES:
        entry = entry_of_kind(kind, entry_of(COUNT), TITLES)
        if kind == "ratio":
            entry = replace(entry, texts={**entry.texts, "target": "100"})
        rule = read_entry(entry)
        assert rule.kind == kind
        assert set(rule.figures()) <= {"n"}


def test_the_figures_of_rows_become_the_figure_of_a_rule_and_back() -> None:
    items = [{"figure": "n", "title": "会议", "share": 1}, {"figure": "m", "title": "讲座", "share": 2}]
    counted = entry_of_kind("count", entry_of(read(kind="checklist", items=items)), TITLES)
    assert counted.texts["figure"] == "n"
    assert entry_of_kind("checklist", counted, TITLES).rows["items"] == (("n", "1", "会议"),)


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        (RuleEntry("count", {"per": "1"}), "没有填写“数量”"),
        (RuleEntry("count", {"per": "一", "figure": "n"}), "“每个得分”应为数字"),
        (RuleEntry("count", {"per": "0", "figure": "n"}), "“每个得分” 应大于 0"),
        (replace(entry_of(BANDS), rows={"bands": (("1", "60%"), ("2", "100%"))}), "“档”的“达到” 应逐项减小"),
        (replace(entry_of(BANDS), rows={"bands": (("2", ""),)}), "档第 1 行：没有填写“得分比例”"),
        (replace(entry_of(BANDS), rows={"bands": ()}), "“档” 一项也没有"),
    ],
)
def test_what_makes_no_rule_is_said_in_the_words_of_the_form(entry: RuleEntry, what: str) -> None:
    with pytest.raises(SchemeError) as refusal:
        read_entry(entry)
    assert what in refusal.value.what
    assert refusal.value.remedy
