"""The ranking as a table: what has no number stays at the end, whichever way it is sorted."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication

from assessor.ui.models.ranking_model import RankingModel, RankingOrder, remark
from tests.domain.builders import OPEN, plain_scheme, score_group, score_one, unit

ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def order() -> RankingOrder:
    units = [unit("low", given={"1.1": 9, "2.1": 40}), unit("high", given={"1.1": 60, "2.1": 40})]
    return RankingOrder(RankingModel(score_group(plain_scheme(), unit("away", exempt="撤销"), *units)))


def names(model: RankingOrder) -> list[str]:
    return [str(model.index(row, 1).data()) for row in range(model.rowCount())]


def test_units_stand_in_the_printed_order(qapp: QApplication) -> None:
    assert names(order()) == ["市high", "市low", "市away"]


def test_total_and_grade_come_before_what_they_are_made_of(qapp: QApplication) -> None:
    titles = [column.title.split("\n")[0] for column in RankingModel(score_group(plain_scheme(), unit())).columns]
    made_of = ["类别1", "类别2", "基础分", "加分", "扣分", "覆盖率"]
    assert titles == ["名次", "单位", "总分", "等次", *made_of, "备注"]


def test_totals_sort_as_numbers_and_the_exempt_stay_last(qapp: QApplication) -> None:
    model = order()
    model.sort(2, ASCENDING)
    assert names(model) == ["市low", "市high", "市away"]
    model.sort(2, DESCENDING)
    assert names(model) == ["市high", "市low", "市away"]


def test_the_heading_sorted_by_carries_an_arrow(qapp: QApplication) -> None:
    model = order()
    model.sort(4, DESCENDING)
    assert model.headerData(4, Qt.Orientation.Horizontal) == "类别1 ▼\n60 分"
    assert model.headerData(5, Qt.Orientation.Horizontal) == "类别2\n40 分"


def test_an_exempt_unit_has_dashes_for_numbers(qapp: QApplication) -> None:
    model = order()
    assert [model.index(2, column).data() for column in (0, 2, 3, 4, 6)] == ["—", "—", "不参评", "—", "—"]


def test_the_grades_tooltip_says_why(qapp: QApplication) -> None:
    group = score_group(plain_scheme(), unit(given={"1.1": 60, "2.1": 31}))
    model = RankingModel(group)
    assert group.units[0].grade_sentence
    assert model.index(0, 3).data(Qt.ItemDataRole.ToolTipRole) == group.units[0].grade_sentence


def test_the_remark_says_what_is_awaited_and_why_there_is_no_rank() -> None:
    assert remark(score_one(plain_scheme(), unit(given={"1.1": 9}), year=OPEN)) == "待评 1 项"
    assert remark(score_one(plain_scheme(), unit(exempt="撤销"))) == "不参评：撤销"
    assert remark(score_one(plain_scheme(), unit(given={"1.1": 9, "2.1": 4}))) == ""


def test_after_an_edit_rows_move_with_what_is_selected(qapp: QApplication) -> None:
    scheme = plain_scheme()
    before = score_group(scheme, unit("a", given={"1.1": 50}), unit("b", given={"1.1": 40}))
    after = score_group(scheme, unit("a", given={"1.1": 50}), unit("b", given={"1.1": 60}))
    model = RankingModel(before)
    chosen = QPersistentModelIndex(model.index(1, 2))
    assert model.takes(after)
    model.show_group(after)
    assert chosen.row() == 0
    assert names(RankingOrder(model)) == ["市b", "市a"]


def test_rows_that_stay_where_they_are_are_redrawn_only_where_they_differ(qapp: QApplication) -> None:
    scheme = plain_scheme()
    before = score_group(scheme, unit("a", given={"1.1": 50}), unit("b", given={"1.1": 40}))
    other = score_group(scheme, unit("a", given={"1.1": 50}), unit("b", given={"1.1": 41}))
    after = replace(other, units=(before.units[0], other.units[1]))
    model = RankingModel(before)
    drawn: list[int] = []
    model.dataChanged.connect(lambda first, _last: drawn.append(first.row()))
    model.show_group(after)
    assert drawn == [1]


def test_another_scheme_or_other_units_need_another_model(qapp: QApplication) -> None:
    model = RankingModel(score_group(plain_scheme(), unit("a")))
    assert not model.takes(score_group(model.group.scheme, unit("a"), unit("b")))
    assert not model.takes(score_group(plain_scheme(), unit("a")))
