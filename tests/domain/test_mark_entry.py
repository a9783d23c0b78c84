"""What is typed in a scoring table: read, refused, and joined per row."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from assessor.domain.facts import Award, UnitFacts
from assessor.domain.mark_entry import (
    AwardGiven,
    AwardTaken,
    Cell,
    Decision,
    Entry,
    Field,
    MarkGiven,
    MarkTaken,
    Ruled,
    SelfScoreGiven,
    action_label,
    basis_text,
    decisions,
    read_cell,
    refusal,
)
from assessor.domain.mark_table import MarkRow, unit_rows
from assessor.errors import InputError
from tests.domain.builders import award, mark, tasked_unit, unit
from tests.domain.mark_views import rows_of, view_of

ZHANG, LI = Cell(Field.MARK, "expert", "张三"), Cell(Field.MARK, "expert", "李四")
POINTS, LEVEL, PERCENTAGE, BASIS = map(Cell, (Field.POINTS, Field.LEVEL, Field.PERCENTAGE, Field.BASIS))
SELF, RULING = Cell(Field.SELF_SCORE), Cell(Field.NOT_APPLICABLE)
Value = Decimal | str | None


def row_of(code: str, facts: UnitFacts | None = None) -> MarkRow:
    return rows_of(view_of(facts or unit("a")), code)[0]


def entered(row: MarkRow, *values: tuple[Cell, Value]) -> tuple[Decision, ...]:
    return decisions([Entry(row, cell, value) for cell, value in values])


@pytest.mark.parametrize(
    ("cell", "text", "value"),
    [
        (ZHANG, "88.5", Decimal("88.5")),
        (ZHANG, " 0 ", Decimal(0)),
        (ZHANG, "", None),
        (POINTS, "20", Decimal(20)),
        (PERCENTAGE, "85%", Decimal(85)),
        (BASIS, " 获表彰 ", "获表彰"),
    ],
)
def test_what_is_typed_is_read(cell: Cell, text: str, value: Value) -> None:
    assert read_cell(row_of("2.1"), cell, text) == value


@pytest.mark.parametrize(
    ("code", "cell", "text", "what"),
    [
        ("1.2", ZHANG, "100.1", "100.1 不在 0 到 100 之间"),
        ("1.2", ZHANG, "-1", "-1 不在 0 到 100 之间"),
        ("1.2", ZHANG, "八十", "“八十”不是数字"),
        ("1.2", ZHANG, "NaN", "NaN 不在 0 到 100 之间"),
        ("2.1", POINTS, "20.01", "20.01 不在 0 到 20 之间"),
        ("2.1", SELF, "21", "21 不在 0 到 20 之间"),
        ("2.2", LEVEL, "优", "细则没有“优”这个等级"),
    ],
)
def test_what_cannot_be_is_refused_with_a_remedy(code: str, cell: Cell, text: str, what: str) -> None:
    with pytest.raises(InputError) as problem:
        read_cell(row_of(code), cell, text)
    assert problem.value.what == what
    assert problem.value.remedy


def test_the_rule_says_what_a_row_takes() -> None:
    assert refusal(row_of("1.2"), ZHANG) == ""
    assert refusal(row_of("1.2"), BASIS) == ""
    assert refusal(row_of("1.2"), Cell(Field.MARK, "public", "张三")).endswith("不用这一组评委")
    assert "不用评委评分" in refusal(row_of("2.1"), ZHANG)
    assert "请录入评委评分" in refusal(row_of("1.2"), POINTS)
    assert "请选择等级" in refusal(row_of("2.2"), POINTS)
    assert "请填写分数" in refusal(row_of("2.1"), LEVEL)
    assert "由填报和登记的情况计算" in refusal(row_of("1.1"), POINTS)
    assert refusal(row_of("1.1"), RULING) == ""


def test_what_does_not_apply_and_who_is_not_assessed_is_not_scored() -> None:
    ruled = row_of("2.1", unit("a", not_applicable={"2.1": "没有这项职能"}))
    assert "先清空“不涉及”" in refusal(ruled, POINTS)
    assert refusal(ruled, RULING) == ""
    assert refusal(row_of("2.1", unit("a", exempt="新设")), POINTS) == "不参评：新设"
    row = unit_rows(view_of(tasked_unit("a", {"A1.1": 1})), "a", {})
    assert "各项任务" in refusal(row[4], ZHANG)
    assert refusal(row[5], ZHANG) == ""
    assert "不逐项任务" in refusal(row[5], SELF)


def test_marks_are_given_and_taken_and_only_what_changes_is_written() -> None:
    known = (mark("1.2", "张三", 80), replace(mark("1.2", "李四", 99), fact="获表彰"))
    row = row_of("1.2", unit("a", marks=known))
    assert entered(row, (ZHANG, Decimal(80))) == ()
    assert entered(row, (ZHANG, Decimal("80.5")), (LI, None)) == (
        MarkTaken("a", known[1]),
        MarkGiven("a", replace(known[0], value=Decimal("80.5"))),
    )
    assert entered(row, (LI, Decimal(98))) == (MarkGiven("a", replace(known[1], value=Decimal(98))),)


def test_a_fact_goes_to_the_extreme_marks_or_to_the_reviewer_it_names() -> None:
    marks = (mark("1.2", "张三", 97), mark("1.2", "李四", 80), mark("1.2", "王五", 50))
    row = row_of("1.2", unit("a", marks=marks))

    def facts(text: str) -> list[str]:
        given = {one.mark.reviewer: one.mark.fact for one in entered(row, (BASIS, text)) if isinstance(one, MarkGiven)}
        return [given.get(name, "") for name in ("张三", "李四", "王五")]

    assert facts("现场核实") == ["现场核实", "", "现场核实"]
    assert facts("张三：获全国表彰；省级发文；王五: 未开展活动") == ["获全国表彰；省级发文", "", "未开展活动"]
    assert facts("李四：查阅资料") == ["", "查阅资料", ""]
    assert facts("现场核实；张三：获表彰") == ["获表彰", "", "现场核实"]


def test_facts_are_shown_as_they_are_typed() -> None:
    marks = [mark("1.2", "张三", 97), mark("1.2", "李四", 50)]
    shown = lambda *facts: basis_text(  # noqa: E731 - read beside what it is asked
        row_of("1.2", unit("a", marks=tuple(replace(m, fact=f) for m, f in zip(marks, facts, strict=True))))
    )
    assert shown("", "") == ""
    assert shown("核实", "核实") == "核实"
    assert shown("核实", "") == "张三：核实"
    assert shown("获表彰", "未开展") == "张三：获表彰；李四：未开展"
    founded = row_of("1.2", unit("a", marks=(replace(marks[0], fact="获表彰"), replace(marks[1], fact="未开展"))))
    assert entered(founded, (BASIS, basis_text(founded))) == ()
    cleared = entered(founded, (BASIS, None))
    assert [one.mark.fact for one in cleared if isinstance(one, MarkGiven)] == ["", ""]


def test_points_and_their_reason_are_one_award() -> None:
    row = row_of("2.1")
    assert entered(row, (POINTS, Decimal(18)), (BASIS, "机制健全")) == (
        AwardGiven("a", Award("2.1", "机制健全", points=Decimal(18))),
    )
    assert entered(row, (POINTS, Decimal(18))) == (AwardGiven("a", Award("2.1", "", points=Decimal(18))),)
    with pytest.raises(InputError, match="还没有评分，不能只写理由"):
        entered(row, (BASIS, "机制健全"))


def test_clearing_the_points_takes_the_award_back_and_clearing_the_reason_does_not() -> None:
    row = row_of("2.1", unit("a", awards=(award("2.1", 18),)))
    assert entered(row, (POINTS, None)) == (AwardTaken("a", "2.1", None),)
    assert entered(row, (BASIS, None)) == (AwardGiven("a", Award("2.1", "", points=Decimal(18))),)
    assert entered(row_of("2.1"), (POINTS, None)) == ()


def test_a_percentage_finds_its_level_and_a_level_keeps_the_percentage_that_it_holds() -> None:
    assert entered(row_of("2.2"), (PERCENTAGE, Decimal(60))) == (
        AwardGiven("a", Award("2.2", "", level="好", percentage=Decimal(60))),
    )
    row = row_of("2.2", unit("a", awards=(award("2.2", level="好", percentage=Decimal(70)),)))
    (given,) = entered(row, (LEVEL, "差"))
    assert given == AwardGiven("a", Award("2.2", "核定", level="差"))
    (given,) = entered(row, (PERCENTAGE, Decimal(59)))
    assert given == AwardGiven("a", Award("2.2", "核定", level="差", percentage=Decimal(59)))
    (given,) = entered(row, (PERCENTAGE, None))
    assert given == AwardGiven("a", Award("2.2", "核定", level="好"))
    assert entered(row, (LEVEL, None)) == (AwardTaken("a", "2.2", None),)


def test_a_level_pasted_with_a_percentage_of_another_is_left_to_the_rule_to_refuse() -> None:
    (given,) = entered(row_of("2.2"), (LEVEL, "好"), (PERCENTAGE, Decimal(59)))
    assert given == AwardGiven("a", Award("2.2", "", level="好", percentage=Decimal(59)))


def test_self_scores_and_rulings() -> None:
    assert entered(row_of("2.1"), (SELF, Decimal(9))) == (SelfScoreGiven("a", "2.1", Decimal(9)),)
    assert entered(row_of("2.1"), (SELF, None)) == (SelfScoreGiven("a", "2.1", None),)
    assert entered(row_of("2.1"), (RULING, "没有这项职能")) == (Ruled("a", "2.1", None, "没有这项职能"),)
    row = rows_of(view_of(tasked_unit("a", {"A1.1": 1})), "2.3")[0]
    assert entered(row, (RULING, None)) == (Ruled("a", "2.3", "A1.1", ""),)


def test_a_block_over_several_rows_is_decided_row_by_row() -> None:
    view = view_of(unit("a"), unit("b"))
    made = decisions([Entry(row, ZHANG, Decimal(80)) for row in rows_of(view, "1.2")])
    assert [one.unit for one in made] == ["a", "b"]


def test_the_edit_is_called_by_what_was_done() -> None:
    view = view_of(unit("a"), unit("b"))
    judged, given = rows_of(view, "1.2"), rows_of(view, "2.1")

    def label(*entries: tuple[MarkRow, Cell, Value]) -> str:
        return action_label([Entry(*entry) for entry in entries])

    assert label((judged[0], ZHANG, Decimal(1)), (judged[1], LI, None)) == "录入评分：1.2 指标1.2"
    assert label((judged[0], ZHANG, None)) == "删除评分：1.2 指标1.2"
    assert label((judged[0], ZHANG, Decimal(1)), (given[0], POINTS, Decimal(1))) == "录入评分：市a"
    assert label((judged[0], ZHANG, Decimal(1)), (given[1], POINTS, Decimal(1))) == "录入评分"
    assert label((judged[0], BASIS, "核实")) == "录入评分依据：1.2 指标1.2"
    assert label((judged[0], RULING, "无此职能")) == "认定不涉及：1.2 指标1.2"
    assert label((judged[0], RULING, None)) == "取消不涉及：1.2 指标1.2"
    of_task = rows_of(view_of(tasked_unit("a", {"A1.1": 1})), "2.3")[0]
    assert label((of_task, RULING, "取消")) == "认定不涉及：任务 A1.1"
    assert label((judged[0], SELF, Decimal(1))) == "录入自评分：1.2 指标1.2"
