"""Reviewers' progress and leniency, worked by hand; dealing out; what a sheet asks and what a filled one comes to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.facts import Mark
from assessor.domain.mark_import import FilledMark, FilledSheet, read_together
from assessor.domain.mark_sheets import SheetIdentity, sheets_to_issue
from assessor.domain.mark_table import progress_of
from assessor.domain.reviewer_dealing import Dealing, deal_out
from assessor.domain.reviewer_table import ReviewerRow, agreement_of, mark_places, panels_in, reviewer_rows
from assessor.domain.reviewing import Reviewing
from assessor.domain.year_view import YearView
from assessor.errors import InputError
from tests.domain.builders import mark, tasked_unit, unit
from tests.domain.mark_views import rows_of, view_of

ZHANG, LI = ("expert", "张三"), ("expert", "李四")
WORKBOOK, SCHEMES = "abc", "member 1"


def reviewed(reviewing: Reviewing = Reviewing(), **facts: object) -> YearView:  # noqa: B008 - frozen
    """Indicator 1.2 of units a, b, c; 2.3 of a's task A1.1. 张三 80, 90; 李四 86, 70, 60; 王五 nothing yet."""
    recused = {(reviewer, where) for reviewer, where in reviewing.units.items()}

    def given_mark(where: str, *values: object, **settings: str) -> Mark:
        made = mark(*values, **settings)  # type: ignore[arg-type]
        return replace(made, is_recused=((made.panel, made.reviewer), where) in recused)

    a = tasked_unit(
        "a",
        {"A1.1": 30},
        figures={"n": 5},
        marks=(
            given_mark("a", "1.2", "张三", 80),
            given_mark("a", "1.2", "李四", 86),
            given_mark("a", "2.3", "李四", 70, task="A1.1"),
        ),
    )
    b = unit("b", figures={"n": 8}, marks=(given_mark("b", "1.2", "张三", 90), given_mark("b", "1.2", "李四", 60)))
    c = unit("c", figures={"n": 8}, not_applicable={"1.2": "没有这项职能"})
    return view_of(a, b, c, reviewers={"expert": ("张三", "李四", "王五")}, reviewing=reviewing, **facts)


def row_of(view: YearView, name: str) -> ReviewerRow:
    return next(row for row in reviewer_rows(view) if row.name == name)


def test_where_a_panel_marks_is_what_applies() -> None:
    assert [place.key for place in mark_places(reviewed(), "expert")] == [
        ("a", "1.2", None),
        ("b", "1.2", None),
        ("a", "2.3", "A1.1"),
    ]
    assert [panel.title for panel in panels_in(reviewed())] == ["评委组"]


def test_units_stand_in_the_order_of_the_registry_not_of_their_ranks() -> None:
    view = view_of(unit("a", marks=(mark("1.2", "张三", 10),)), unit("b", marks=(mark("1.2", "张三", 99),)))
    assert [result.unit.code for result in view.result.groups[0].units] == ["b", "a"]
    assert [place.unit.code for place in mark_places(view, "expert")] == ["a", "b"]


def test_progress_leniency_spread_and_distance_by_hand() -> None:
    view = reviewed()
    zhang, li, wang = reviewer_rows(view)
    assert (zhang.expected, zhang.done, zhang.pending) == (3, 2, 1)
    assert (li.expected, li.done, wang.done, wang.pending) == (3, 3, 0, 3)
    # 张三 is 6 below and 30 above 李四 on the two that both marked.
    assert (zhang.shared, str(zhang.leniency), str(zhang.distance)) == (2, "12.00", "18.00")
    assert (str(li.leniency), str(li.mean), str(li.spread)) == ("-12.00", "72.00", "10.71")
    assert (wang.mean, wang.leniency, wang.spread, wang.distance) == (None,) * 4


def test_agreement_is_over_what_several_marked() -> None:
    agreement = agreement_of(reviewed(), "expert")
    assert (agreement.places, agreement.pairs, agreement.close, str(agreement.distance)) == (2, 2, 1, "18.00")
    assert agreement.words == "多人评过 2 项，两两平均相差 18.00，相差 10 以内的占 50%"
    assert agreement_of(view_of(unit("a")), "expert").words == "还没有两位评委评过同一项"


def test_marks_on_the_reviewers_own_unit_are_neither_expected_nor_compared() -> None:
    row = row_of(reviewed(Reviewing(units={ZHANG: "b"})), "张三")
    assert (row.expected, row.done, row.recused, row.shared, str(row.leniency)) == (2, 1, 1, 1, "-6.00")


def test_only_what_was_given_to_a_reviewer_is_expected_of_him() -> None:
    view = reviewed(Reviewing(duties={ZHANG: (("a", "1.2"),), LI: (("a", "2.3"), ("b", "1.2"))}))
    assert [(row.name, row.duties, row.expected, row.done) for row in reviewer_rows(view)] == [
        ("张三", 1, 1, 1),
        ("李四", 2, 2, 2),
        ("王五", None, 3, 0),
    ]
    rows = rows_of(view, "1.2")
    assert [row.expected for row in rows] == [2, 2, 1]
    assert rows[1].unassigned == {ZHANG}
    assert progress_of(rows).expected == 4


DUTIES = [(unit, code) for unit in "abcdefghij" for code in ("1", "2")]


@given(
    st.permutations(DUTIES),
    st.permutations(["甲", "乙", "丙", "丁"]),
    st.integers(1, 3),
    st.integers(0, 100),
    st.integers(0, 9),
)
def test_dealing_is_even_complete_and_the_same_in_any_order(
    duties: list[tuple[str, str]], names: list[str], at_least: int, sample: int, seed: int
) -> None:
    dealing = Dealing(at_least, sample, seed)
    homes = {"甲": "a"}
    dealt = deal_out(duties, names, homes, dealing)
    assert dealt == deal_out(DUTIES, ["甲", "乙", "丙", "丁"], homes, dealing)
    counts = {duty: sum(duty in mine for mine in dealt.values()) for duty in DUTIES}
    assert min(counts.values()) >= at_least
    doubled = {unit for (unit, _), count in counts.items() if count > at_least}
    full = len({unit for unit, _ in DUTIES})
    wanted = -(-full * sample // 100)
    assert doubled <= set("abcdefghij") and wanted - 1 <= len(doubled) <= wanted  # a has three who may mark it
    assert all(unit != "a" for unit, _ in dealt["甲"])
    sizes = [len(mine) for mine in dealt.values()]
    assert max(sizes) - min(sizes) <= 4  # two units of two indicators, where one reviewer may not take one


def test_dealing_evenly_without_conflicts_differs_by_one_unit_at_most() -> None:
    sizes = [len(mine) for mine in deal_out(DUTIES, ["甲", "乙", "丙"], {}, Dealing(1, 20)).values()]
    assert sorted(sizes) == [8, 8, 8]  # ten units and two of them twice


def test_another_seed_deals_otherwise() -> None:
    names = ["甲", "乙", "丙"]
    assert deal_out(DUTIES, names, {}, Dealing(seed=1)) != deal_out(DUTIES, names, {}, Dealing(seed=2))


def test_too_few_reviewers_and_numbers_that_cannot_be() -> None:
    with pytest.raises(InputError, match="只有 1 位，不足 2 位"):
        deal_out(DUTIES, ["甲", "乙"], {"甲": "a"}, Dealing(2))
    with pytest.raises(InputError, match="至少要有 1 位"):
        Dealing(0)
    with pytest.raises(InputError, match="101%"):
        Dealing(1, 101)


def filled(name: str, *marks: tuple[str, str, str | None, str | None], **identity: object) -> FilledSheet:
    values = {"workbook": WORKBOOK, "year": 2024, "panel": "expert", "reviewer": name, "schemes": SCHEMES}
    rows = tuple(
        FilledMark((code, indicator, task), f"G{place}", None if value is None else Decimal(value))
        for place, (code, indicator, task, value) in enumerate(marks, start=6)
    )
    return FilledSheet(f"{name}.xlsx", "评分", SheetIdentity(**(values | identity)), rows)  # type: ignore[arg-type]


def test_a_sheet_asks_each_reviewer_for_what_is_his() -> None:
    view = reviewed(Reviewing(units={ZHANG: "b"}, duties={LI: (("b", "1.2"),)}))
    sheets = sheets_to_issue(view, WORKBOOK, SCHEMES, "评分表")
    assert [(sheet.identity.reviewer, [row.place.key for row in sheet.rows]) for sheet in sheets] == [
        ("张三", [("a", "1.2", None), ("a", "2.3", "A1.1")]),
        ("李四", [("b", "1.2", None)]),
        ("王五", [("a", "1.2", None), ("b", "1.2", None), ("a", "2.3", "A1.1")]),
    ]
    assert [row.mark and row.mark.value for row in sheets[0].rows] == [80, None]


def test_what_is_new_the_same_different_and_empty_is_told_apart() -> None:
    outcome = read_together(
        reviewed(),
        WORKBOOK,
        SCHEMES,
        [
            filled("张三", ("a", "1.2", None, "80"), ("b", "1.2", None, "91"), ("a", "2.3", "A1.1", "0")),
            filled("李四", ("a", "1.2", None, None)),
        ],
    )
    assert outcome.faults == ()
    assert [(given.unit, given.mark.indicator, given.mark.value) for given in outcome.given] == [
        ("b", "1.2", 91),
        ("a", "2.3", 0),
    ]
    assert [item.words for item in outcome.replaced] == ["张三 市b 1.2 指标1.2：90 → 91"]
    assert outcome.words == "新增 1 个评分，改动 1 个，相同 1 个，没有填的 1 个，不改动已有评分"


@pytest.mark.parametrize(
    ("identity", "what"),
    [
        ({"workbook": "other"}, "另一个工作簿"),
        ({"year": 2023}, "是 2023 年度的评分表"),
        ({"panel": "gone"}, "没有评委组“gone”"),
        ({"reviewer": "赵六"}, "没有“赵六”"),
    ],
)
def test_a_sheet_of_something_else_is_refused_with_what_to_do(identity: dict[str, object], what: str) -> None:
    sheet = filled("张三", ("a", "1.2", None, "80"), **identity)
    (fault,) = read_together(reviewed(), WORKBOOK, SCHEMES, [sheet]).faults
    assert what in fault.what and fault.remedy and fault.file == "张三.xlsx"


def test_a_line_that_no_longer_is_and_two_sheets_that_differ_are_faults() -> None:
    sheets = [
        filled("张三", ("c", "1.2", None, "80"), ("a", "1.2", None, "70")),
        filled("张三", ("a", "1.2", None, "71")),
    ]
    outcome = read_together(reviewed(), WORKBOOK, SCHEMES, sheets)
    assert outcome.given == ()
    assert [fault.cell for fault in outcome.faults] == ["G6", "G6"]
    assert "现在不由评委评分" in outcome.faults[0].what
    assert "与 张三.xlsx G7 的评分 70 不同" in outcome.faults[1].what


def test_a_scheme_that_has_changed_since_is_mentioned() -> None:
    sheet = filled("张三", ("a", "1.2", None, "80"), schemes="member 2")
    assert "发放以后细则改过" in read_together(reviewed(), WORKBOOK, SCHEMES, [sheet]).notes[0]
