"""概览: where the year stands, and the way from a step to a unit's trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from assessor.domain.appeal import Publicity
from assessor.domain.next_steps import Concern, Finding, Topic, next_steps, page_of
from assessor.domain.standing import standing_of
from assessor.ui.main_window import MainWindow, today
from assessor.ui.models.target_model import RATE_COLUMN
from assessor.ui.pages.overview import BY_SECTION, BY_UNIT, OverviewPage
from assessor.ui.pages.target_table import LEAST_RATE_WIDTH
from tests.ui.builders import MISSING

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(window: MainWindow) -> OverviewPage:
    window.go("overview")
    page = window.page("overview")
    assert isinstance(page, OverviewPage)
    return page


def units_listed(page: OverviewPage) -> list[str]:
    model = page.todo.units.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_the_cards_show_the_counts_of_the_year(page: OverviewPage) -> None:
    assert page.view is not None
    standing = standing_of(page.view, today())
    assert page.cards["units"].figure.text() == f"{standing.complete_units} / {standing.units}"
    assert page.cards["completeness"].figure.text() == f"{standing.completeness}%"
    assert f"暂估 {standing.provisional} 个" in page.cards["ranked"].note.text()


def test_every_target_has_its_row_and_no_table_scrolls_by_itself(page: OverviewPage) -> None:
    assert page.view is not None
    assert page.targets.model().rowCount() == len(page.view.targets) == 6
    for table in (page.sections, page.targets):
        assert table.verticalScrollBar().maximum() == 0


def test_the_targets_say_that_nothing_was_observed_and_keep_room_for_their_bars(page: OverviewPage) -> None:
    assert page.unobserved.isVisible()
    assert page.targets.columnWidth(RATE_COLUMN) >= LEAST_RATE_WIDTH
    assert page.targets.horizontalScrollBar().maximum() == 0


def test_the_note_goes_once_a_target_is_observed(page: OverviewPage) -> None:
    assert page.view is not None
    first = page.view.targets[0]
    page.fill(replace(page.view, targets=(replace(first, reached=first.target.base), *page.view.targets[1:])))
    assert not page.unobserved.isVisible()
    assert page.targets.model().index(0, 5).data() == "达到"


def test_every_section_has_its_row(page: OverviewPage) -> None:
    model = page.sections.model()
    assert model.rowCount() == 10
    assert page.view is not None
    assert model.index(0, 3).data() == f"{page.view.sections[0].submitted_rate}%"


def test_a_step_lists_the_units_it_concerns(page: OverviewPage, qtbot: QtBot) -> None:
    item = page.todo.steps.item(0)
    assert "催报 15 个单位" in item.text()
    qtbot.mouseClick(page.todo.steps.viewport(), LEFT, pos=page.todo.steps.visualItemRect(item).center())
    assert len(units_listed(page)) == 15
    assert "市统计局" in units_listed(page)


def test_an_exception_lists_its_units_and_a_step_takes_over_again(page: OverviewPage, qtbot: QtBot) -> None:
    chip = page.todo.chip(Topic.VETO)
    qtbot.mouseClick(chip, LEFT)
    assert units_listed(page) == ["市财政局"]
    page.show_step(0)
    assert not chip.isChecked()
    assert len(units_listed(page)) == 15


def test_records_that_are_not_scored_are_counted_among_what_stands_out(page: OverviewPage, qtbot: QtBot) -> None:
    concern = Concern(page.view.plan.units[0], "任务 A1.2：没有分解给该单位，填报表不计分") if page.view else None
    assert concern is not None
    report = Finding(Topic.REPORT, "生成考核结果报告和反馈单")
    page.todo.show_findings((report,), (Finding(Topic.IGNORED, "有记录未计分 1 个单位", (concern,)),))
    assert page.todo.chip(Topic.IGNORED).text() == "未计分 1"
    assert page.todo.chip(Topic.IGNORED).isChecked()
    assert units_listed(page) == [concern.unit.short_name]
    page.take_focus()
    assert page.todo.chip(Topic.IGNORED).isChecked()


def test_double_clicking_a_unit_opens_its_trace(window: MainWindow, page: OverviewPage, qtbot: QtBot) -> None:
    table = page.todo.units
    row = units_listed(page).index("市统计局")
    index = table.model().index(row, 0)
    table.scrollTo(index)
    at = table.visualRect(index).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=at)
    qtbot.mouseDClick(table.viewport(), LEFT, pos=at)
    assert window.page("results").isVisible()
    assert window.detail().unit == MISSING


def test_every_step_has_a_button_that_goes_to_its_page(window: MainWindow, page: OverviewPage, qtbot: QtBot) -> None:
    assert page.view is not None
    steps = next_steps(page.view, today())
    goes = {page_of(step.topic) for step in steps}
    assert {"forms", "scoring"} <= goes
    for place, step in enumerate(steps):
        key = page_of(step.topic)
        if key:
            window.go("overview")
            qtbot.mouseClick(page.todo.door(place), LEFT)
            assert window.page(key).isVisible()


def test_the_units_stand_beside_the_sections_the_least_complete_first(page: OverviewPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.delivery.button(BY_UNIT), LEFT)
    assert page.units.isVisible()
    assert not page.sections.isVisible()
    model = page.units.model()
    assert [model.index(0, column).data() for column in (0, 2, 3)] == ["市统计局", "0", "0.0%"]
    qtbot.mouseClick(page.delivery.button(BY_SECTION), LEFT)
    assert page.sections.isVisible()


def test_the_last_edits_are_listed_and_lead_to_the_history(
    window: MainWindow, page: OverviewPage, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: page.recent.list.count() > 0)
    assert "录入示例" in page.recent.list.item(0).text()
    qtbot.mouseClick(page.recent.all_button, LEFT)
    assert window.page("history").isVisible()


def test_the_objection_period_has_its_card_where_there_is_one(page: OverviewPage) -> None:
    assert page.view is not None
    assert not page.cards["publicity"].isVisible()
    review = replace(page.view.facts.review, publicity=Publicity(today(), today() + timedelta(days=3)))
    page.fill(replace(page.view, facts=replace(page.view.facts, review=review)))
    assert page.cards["publicity"].isVisible()
    assert page.cards["publicity"].figure.text() == "还有 3 天"
