"""The ranking as a table: what has no number stays at the end, whichever way it is sorted."""

from __future__ import annotations

from assessor.domain.results import GroupResult, UnitResult
from assessor.ui.grid.arrangement import Arrangement, Order, arrange
from assessor.ui.models.ranking_columns import RankingColumn, category_of, ranking_columns, remark
from tests.domain.builders import OPEN, plain_scheme, score_group, score_one, unit


def group() -> GroupResult:
    units = [unit("low", given={"1.1": 9, "2.1": 40}), unit("high", given={"1.1": 60, "2.1": 40})]
    return score_group(plain_scheme(), unit("away", exempt="撤销"), *units)


def column(key: str, of: GroupResult) -> RankingColumn:
    return next(column for column in ranking_columns(of) if column.key == key)


def names(of: GroupResult, order: Order | None) -> list[str]:
    places = list(arrange(of.units, ranking_columns(of), Arrangement({}, order)))[-1]
    return [of.units[place].unit.short_name for place in places]


def test_units_stand_in_the_printed_order() -> None:
    assert names(group(), None) == ["市high", "市low", "市away"]


def test_total_and_grade_come_before_what_they_are_made_of() -> None:
    titles = [column.title.split("\n")[0] for column in ranking_columns(score_group(plain_scheme(), unit()))]
    made_of = ["类别1", "类别2", "基础分", "加分", "扣分", "覆盖率"]
    assert titles == ["名次", "单位", "总分", "等次", *made_of, "备注"]


def test_totals_sort_as_numbers_and_the_exempt_stay_last() -> None:
    assert names(group(), Order("total")) == ["市low", "市high", "市away"]
    assert names(group(), Order("total", is_descending=True)) == ["市high", "市low", "市away"]
    assert names(group(), Order("rank", is_descending=True)) == ["市low", "市high", "市away"]


def test_a_category_is_named_by_its_column() -> None:
    of = group()
    category = of.scheme.categories[0]
    keys = [column.key for column in ranking_columns(of)]
    assert [category_of(key) for key in (keys[4], "total")] == [category.code, None]
    assert column(keys[4], of).title == "类别1\n60 分"


def test_an_exempt_unit_has_dashes_for_numbers_and_is_faint() -> None:
    of = group()
    away = of.units[2]
    cells = [column(key, of) for key in ("rank", "total", "grade", "base", "coverage")]
    assert [cell.text(away) for cell in cells] == ["—", "—", "不参评", "—", "—"]
    assert {cell.tone(away) for cell in cells} == {"faint"}


def test_the_grades_tooltip_says_why() -> None:
    of = score_group(plain_scheme(), unit(given={"1.1": 60, "2.1": 31}))
    first: UnitResult = of.units[0]
    assert first.grade_sentence
    assert column("grade", of).tooltip(first) == first.grade_sentence


def test_the_remark_says_what_is_awaited_and_why_there_is_no_rank() -> None:
    assert remark(score_one(plain_scheme(), unit(given={"1.1": 9}), year=OPEN)) == "待评 1 项"
    assert remark(score_one(plain_scheme(), unit(exempt="撤销"))) == "不参评：撤销"
    assert remark(score_one(plain_scheme(), unit(given={"1.1": 9, "2.1": 4}))) == ""
