from __future__ import annotations

from decimal import Decimal

from assessor.domain.rehearsal import rehearse
from assessor.domain.scheme_comparison import Change, compare_schemes, compared_lines
from assessor.domain.scheme_edit import Spot, change_indicator, remove
from assessor.domain.scheme_revision import move_rows, revision_lines, revision_summary
from assessor.domain.scheme_soundness import Part
from tests.domain.builders import plain_scheme, unit, year_facts

BASE = plain_scheme()
FACTS = year_facts(BASE, unit("a", given={"1.1": 60, "2.1": 20}), unit("b", given={"1.1": 45, "2.1": 40}))
HEAVIER = change_indicator(change_indicator(BASE, "1.1", points=Decimal(80)), "2.1", points=Decimal(20))


def test_whose_scores_ranks_and_grades_move_is_said_and_listed() -> None:
    rehearsal = rehearse(FACTS, HEAVIER)
    assert (
        revision_summary(rehearsal)
        == "按现有数据试算：2 个单位中，总分有变的 2 个；名次上升 1 个、下降 1 个；等次有变 1 个。"
    )
    first, second = move_rows(rehearsal)
    assert (first.unit, first.before, first.after, first.gain, first.rank, first.grade) == (
        "市a", "80.00", "90.00", "+10.00", "2 → 1", "良好 → 优秀"
    )  # fmt: skip
    assert first.why == "1.1 指标1.1 +20.00，2.1 指标2.1 -10.00"
    assert (second.gain, second.tone) == ("-5.00", "bad")


def test_where_nothing_moves_it_says_so() -> None:
    rehearsal = rehearse(FACTS, BASE)
    assert revision_summary(rehearsal) == "按现有数据试算：与现行细则相同，各单位的总分、名次和等次都不变。"
    assert move_rows(rehearsal) == ()


def test_what_differs_is_a_line_for_each_item() -> None:
    assert revision_lines(compare_schemes(BASE, HEAVIER)) == (
        "修改 1 类别1：分值 60 → 80",
        "修改 2 类别2：分值 40 → 20",
        "修改 1.1 指标1.1：分值 60 → 80",
        "修改 2.1 指标2.1：分值 40 → 20",
    )


def test_compared_schemes_are_lines_of_fields_with_those_alike_on_demand() -> None:
    smaller = remove(BASE, Spot(Part.CATEGORY, "2"))
    items = compare_schemes(BASE, smaller)
    lines = compared_lines(items)
    assert {line.change for line in lines} == {Change.REMOVED}
    assert {line.item.code for line in lines} == {"2", "2.1"}
    assert all(line.before and not line.after for line in lines)
    whole = compared_lines(items, with_same=True)
    assert Change.SAME in {line.change for line in whole}
    assert len(whole) > len(lines)
