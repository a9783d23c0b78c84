"""The targets' table says what the sample's years are known to be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from assessor.domain.year_view import YearView
from assessor.resources import SAMPLE_WORKBOOK
from assessor.ui.models.section_model import RATE_ROLE
from assessor.ui.models.target_model import HEADINGS, RATE_COLUMN, TargetModel
from assessor.workbook.views import load_view
from assessor.workbook.workbook import Workbook


@pytest.fixture(scope="module")
def views() -> Iterator[dict[int, YearView]]:
    with Workbook.open(SAMPLE_WORKBOOK, read_only=True) as workbook:
        yield {year: load_view(workbook, year) for year in (2022, 2024, 2025)}


def shown(model: TargetModel, title: str) -> list[str]:
    rows = [[str(model.index(row, column).data()) for column in range(len(HEADINGS))] for row in range(6)]
    return next(row for row in rows if row[0] == title)


def test_a_yearly_target_that_fell_short_is_missed_once_the_year_is_closed(
    views: dict[int, YearView], qapp: QApplication
) -> None:
    model = TargetModel(views[2024])
    assert shown(model, "培训科技辅导员") == ["培训科技辅导员", "每年完成", "300 人", "296 人", "98.7%", "未达到"]
    row = next(row for row in range(6) if model.index(row, 0).data() == "培训科技辅导员")
    assert str(model.index(row, RATE_COLUMN).data(RATE_ROLE)) == "98.7"
    assert model.index(row, 5).data(Qt.ItemDataRole.ForegroundRole) is not None


def test_nothing_is_missed_while_forms_still_come_in(views: dict[int, YearView]) -> None:
    model = TargetModel(views[2025])
    assert "未达到" not in [model.index(row, 5).data() for row in range(model.rowCount())]


def test_a_target_nobody_has_measured_says_so(views: dict[int, YearView]) -> None:
    assert shown(TargetModel(views[2022]), "公民具备科学素质的比例")[3:] == ["—", "—", "暂无数据"]


def test_what_is_striven_for_stands_beside_what_must_be_reached(views: dict[int, YearView]) -> None:
    assert shown(TargetModel(views[2024]), "公民具备科学素质的比例")[2] == "14.5% / 15%"


def test_the_tooltip_gives_the_plans_words_and_marks_sample_figures(views: dict[int, YearView]) -> None:
    model = TargetModel(views[2024])  # an index does not keep its model alive
    tip = str(model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole))
    assert "力争 15%" in tip
    assert "示例数据" in tip
