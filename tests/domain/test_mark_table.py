"""The scoring tables: rows, what they are compared with, what is still awaited or lacks its reason."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from assessor.domain.extremes import Extremes
from assessor.domain.mark_table import (
    awaited_by_indicator,
    awaited_by_unit,
    award_percentage,
    comparison_words,
    earlier_results,
    level_titles,
    panels_of,
    progress_of,
    reviewers_of,
    unfounded_count,
    unit_rows,
)
from assessor.domain.rules.rule import OfficeInput
from assessor.domain.year_view import YearView
from tests.domain.builders import (
    award,
    category,
    leaf,
    mark,
    scheme,
    tasked_unit,
    unit,
    year_facts,
)
from tests.domain.mark_views import EXPERTS, GOOD_OR_BAD, rows_of, rules, view_of


@pytest.fixture
def view() -> YearView:
    marks = (mark("1.2", "张三", 80), mark("1.2", "李四", 90), mark("2.3", "张三", 70, task="A1.1"))
    a = tasked_unit("a", {"A1.1": 30, "A1.2": 70}, figures={"n": 5}, given={"2.1": 18}, marks=marks)
    b = unit("b", figures={"n": 8}, marks=(mark("1.2", "张三", 97),), self_scores={"1.2": Decimal(20)})
    c = unit("c", figures={"n": 8}, not_applicable={"1.2": "没有这项职能"})
    return view_of(a, b, c, reviewers={"expert": ("张三", "王五")})


def test_one_indicator_over_the_units_of_a_group_in_the_registrys_order(view: YearView) -> None:
    rows = rows_of(view, "1.2")
    assert [row.key for row in rows] == [("a", "1.2", ""), ("b", "1.2", ""), ("c", "1.2", "")]
    assert [[str(one.value) for one in row.marks] for row in rows] == [["80", "90"], ["97"], []]
    assert [row.inputs for row in rows] == [{OfficeInput.MARKS}] * 3
    assert [row.is_scored_here for row in rows] == [True, True, False]
    assert rows[2].ruling == "没有这项职能"
    assert [str(row.leaf.score) for row in rows] == ["17.00", "19.40", "None"]


def test_scores_stand_against_the_median_the_year_before_and_the_units_own() -> None:
    before = year_facts(rules(), unit("a", marks=(mark("1.2", "张三", 50),)), unit("b"))
    units = [unit("a", marks=(mark("1.2", "张三", 80),)), unit("b", marks=(mark("1.2", "张三", 90),)), unit("c")]
    units[1] = replace(units[1], self_scores={"1.2": Decimal(20)})
    first, second, third = rows_of(view_of(*units, previous=before), "1.2")
    assert (str(first.median), str(first.from_median), str(second.from_median)) == ("17.00", "-1.00", "1.00")
    assert (str(first.previous), str(first.from_previous)) == ("10.00", "6.00")
    assert (second.previous, second.from_previous) == (None, None)
    assert str(second.from_self) == "-2.00"
    assert (third.from_median, third.from_previous) == (None, None)
    words = comparison_words(first)
    assert words == ("得 16.00 / 20 分（80.00%）；组中位数 17.00，低 1.00；上年 10.00，高 6.00；总分 16.00，名次 暂 2")
    assert comparison_words(third).startswith("待评；组中位数 17.00；")


def test_an_indicator_that_was_another_last_year_is_not_compared_with() -> None:
    other = scheme(category("1", leaf("1.2", 10, EXPERTS)))
    before = year_facts(other, unit("a", marks=(mark("1.2", "张三", 50),)))
    assert rows_of(view_of(unit("a", marks=(mark("1.2", "张三", 80),)), previous=before), "1.2")[0].previous is None


def test_task_by_task_there_is_a_row_for_every_task_or_for_one(view: YearView) -> None:
    rows = rows_of(view, "2.3")
    assert [row.key for row in rows] == [
        ("a", "2.3", "A1.1"),
        ("a", "2.3", "A1.2"),
        ("b", "2.3", ""),
        ("c", "2.3", ""),
    ]
    assert [len(row.marks) for row in rows] == [1, 0, 0, 0]
    assert [row.is_awaited for row in rows] == [False, True, False, False]
    assert rows[0].assignment is not None
    assert [row.key[2] for row in rows_of(view, "2.3", "A1.2")] == ["A1.2"]


def test_one_unit_over_its_indicators_has_its_tasks_where_the_office_scores_them(view: YearView) -> None:
    rows = unit_rows(view, "a", earlier_results(view))
    assert [row.key[1:] for row in rows] == [
        ("1.1", ""),
        ("1.2", ""),
        ("2.1", ""),
        ("2.2", ""),
        ("2.3", ""),
        ("2.3", "A1.1"),
        ("2.3", "A1.2"),
    ]
    assert [bool(row.inputs) for row in rows] == [False, True, True, True, False, True, True]


def test_an_extreme_mark_lacks_its_fact_until_it_has_one_and_an_award_its_reason() -> None:
    units = [
        unit("a", marks=(mark("1.2", "张三", "59.9"), mark("1.2", "李四", 95))),
        unit("b", marks=(replace(mark("1.2", "张三", 96), fact="获全国表彰"),)),
        unit("c", awards=(replace(award("2.1", 10), reason=""),)),
        unit("d", awards=(replace(award("2.1", 20), reason=""),)),
        unit("e", awards=(award("2.1", 20),)),
    ]
    view = view_of(*units)
    assert [row.unfounded for row in rows_of(view, "1.2")][:2] == [("张三 59.9",), ()]
    assert [row.unfounded for row in rows_of(view, "2.1")][2:] == [("极端分",), ("极端分",), ()]
    assert unfounded_count(view.facts) == 3
    assert unfounded_count(view_of(replace(units[0], exempt="机构改革")).facts) == 0
    wider = view_of(*units, extremes=Extremes(Decimal(40), Decimal(100)))
    assert rows_of(wider, "1.2")[0].unfounded == ()
    assert rows_of(wider, "2.1")[2].unfounded == ("理由",)


def test_how_far_the_office_is(view: YearView) -> None:
    judged = progress_of(rows_of(view, "1.2"))
    assert (judged.rows, judged.awaited, judged.marks, judged.expected, judged.unfounded) == (2, 0, 3, 4, 1)
    assert judged.words == "已评 2 / 2　评委评分 3 / 4　缺依据 1"
    assert progress_of(rows_of(view, "2.2")).words == "已评 0 / 3　待评 3"
    assert progress_of(rows_of(view, "1.1")).words == ""
    assert awaited_by_indicator(view, "member") == {"1.2": 0, "2.1": 2, "2.2": 3, "2.3": 1}
    assert awaited_by_unit(view) == {"a": 2, "b": 2, "c": 2}


def test_the_rule_says_who_marks_and_by_which_levels(view: YearView) -> None:
    assert [panel.code for panel in panels_of(EXPERTS)] == ["expert"]
    assert panels_of(GOOD_OR_BAD) == ()
    assert level_titles(GOOD_OR_BAD) == ("好", "差")
    assert level_titles(EXPERTS) == ()
    shown = reviewers_of(panels_of(EXPERTS), view.facts.reviewers, rows_of(view, "1.2"))
    assert [(panel.code, name) for panel, name in shown] == [
        ("expert", "张三"),
        ("expert", "王五"),
        ("expert", "李四"),
    ]


def test_an_awards_share_of_the_points() -> None:
    by_points, by_level = leaf("2.1", 20), leaf("2.2", 20, GOOD_OR_BAD)
    assert award_percentage(award("2.1", 5), by_points) == 25
    assert award_percentage(award("2.2", level="好"), by_level) == 80
    assert award_percentage(award("2.2", level="好", percentage=Decimal(61)), by_level) == 61
    assert award_percentage(award("2.2", level="没有"), by_level) is None


def test_an_exempt_unit_is_listed_and_takes_nothing() -> None:
    (row,) = rows_of(view_of(unit("a", exempt="机构改革")), "2.1")
    assert (row.inputs, row.unfounded, row.is_awaited) == (frozenset(), (), False)
