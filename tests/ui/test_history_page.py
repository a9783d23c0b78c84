"""历史: the list, its filters, the rows of an edit, and the ways there from a result."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QTableView, QTreeView
from pytestqt.qtbot import QtBot

from assessor.domain.facts import Mark
from assessor.ui.file_bar import FileBar
from assessor.ui.main_window import MainWindow
from assessor.ui.models.change_model import ChangeModel
from assessor.ui.models.history_model import HEADINGS
from assessor.ui.pages.history import HistoryPage
from assessor.ui.pages.overview import OverviewPage
from assessor.ui.pages.results import ResultsPage
from assessor.workbook.marks import load_marks, save_mark
from assessor.workbook.workbook import Workbook
from tests.ui.builders import FIRST

LEFT = Qt.MouseButton.LeftButton
UNIT = "caizhengju"


@pytest.fixture
def page(empty_window: MainWindow, workbook_file: Path, tmp_path: Path, qtbot: QtBot) -> HistoryPage:
    """On a workbook in which three people changed marks, the last of them on another day."""
    path = Path(shutil.copy(workbook_file, tmp_path / "自己的.assess"))
    for place, (operator, label) in enumerate((("张三", "录入评分"), ("李四", "更正评分"), ("王五", "复查评分"))):
        at = datetime(2026, 1, 5 + place, 10, 30, tzinfo=UTC)
        with Workbook.open(path, operator=operator, clock=lambda at=at: at) as workbook:
            first = load_marks(workbook, FIRST)[UNIT][0]
            with workbook.edit(label) as edit:
                save_mark(edit, FIRST, UNIT, Mark(first.indicator, first.reviewer, first.panel, Decimal(50 + place)))
    empty_window.session.operator = "赵六"
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(path)
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.session.select_year(FIRST)
    page = empty_window.page("history")
    assert isinstance(page, HistoryPage)
    with qtbot.waitSignal(page.shown):
        empty_window.go("history")
    return page


def labels(page: HistoryPage) -> list[str]:
    return [entry.record.label for entry in page.model.entries]


def cells(view: QTableView, row: int) -> list[str]:
    model = view.model()
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def context_menu(view: QTableView | QTreeView, at: QPoint) -> QMenu:
    view.customContextMenuRequested.emit(at)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def entry(menu: QMenu, start: str) -> QAction:
    return next(action for action in menu.actions() if action.text().startswith(start))


def compose(field: QLineEdit, text: str) -> None:
    """As an input method hands over Chinese words."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def test_the_newest_edit_is_on_top_and_open(page: HistoryPage, qtbot: QtBot) -> None:
    assert labels(page)[:3] == ["复查评分", "更正评分", "录入评分"]
    assert cells(page.table, 0)[1:5] == ["王五", "复查评分", "评分", "市财政局"]
    qtbot.waitUntil(lambda: page.rows.model() is not None and page.rows.model().rowCount() == 1)
    place, deed, title, old, new = cells(page.rows, 0)
    assert place.startswith("2022 · 市财政局")
    assert (deed, title, old, new) == ("修改评委评分", "评分", "51", "52")


def test_unchanged_cells_are_shown_on_request(page: HistoryPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.rows.model() is not None and page.rows.model().rowCount() == 1)
    qtbot.mouseClick(page.unchanged, LEFT)
    model = page.rows.model()
    assert model.rowCount() > 3
    changed = [
        row for row in range(model.rowCount()) if model.index(row, 3).data(Qt.ItemDataRole.BackgroundRole) is not None
    ]
    assert len(changed) == 1


def test_a_person_is_chosen_and_the_choice_cleared(page: HistoryPage, qtbot: QtBot) -> None:
    page.filters.operator.setFocus()
    with qtbot.waitSignal(page.shown):
        place = page.filters.operator.findData("李四")
        for _step in range(place):
            qtbot.keyClick(page.filters.operator, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: labels(page) == ["更正评分"])
    with qtbot.waitSignal(page.shown):
        qtbot.mouseClick(page.filters.clear_button, LEFT)
    assert len(labels(page)) > 3


def test_words_and_days_narrow_the_list_as_they_are_typed(page: HistoryPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.shown):
        compose(page.filters.text, "更正")
    assert labels(page) == ["更正评分"]
    page.filters.text.clear()
    with qtbot.waitSignal(page.shown):
        qtbot.keyClicks(page.filters.first_day, "2026-1-6")
        qtbot.keyClick(page.filters.first_day, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "录入评分" not in labels(page))
    with qtbot.waitSignal(page.shown):
        qtbot.keyClicks(page.filters.last_day, "2026-1-6")
        qtbot.keyClick(page.filters.last_day, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: labels(page) == ["更正评分"])


def test_a_day_that_is_none_says_so(page: HistoryPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.filters.first_day, "2026-13-40")
    qtbot.keyClick(page.filters.first_day, Qt.Key.Key_Return)
    assert "2026-13-40" in page.filters.first_day.toolTip()


def test_the_history_of_one_cell_from_its_row(page: HistoryPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.rows.model() is not None and page.rows.model().rowCount() == 1)
    menu = context_menu(page.rows, page.rows.visualRect(page.rows.model().index(0, 3)).center())
    with qtbot.waitSignal(page.shown):
        entry(menu, "此项的全部修改").trigger()
        menu.close()
    assert labels(page) == ["复查评分", "更正评分", "录入评分", "录入示例"]


def test_the_history_of_sections_targets_and_units_from_the_overview(page: HistoryPage, qtbot: QtBot) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    ways = (("sections", "修改历史：A1 ", "A1 的任务"), ("targets", f"{FIRST} 年监测数据", "监测值"))
    for name, start, words in ways:
        window.go("overview")
        table = getattr(window.page("overview"), name)
        menu = context_menu(table, table.visualRect(table.model().index(0, 0)).center())
        with qtbot.waitSignal(page.shown):
            entry(menu, start).trigger()
            menu.close()
        assert page.isVisible()
        assert words in page.asked.text()
    window.go("overview")
    overview = window.page("overview")
    assert isinstance(overview, OverviewPage)
    units = overview.todo.units
    menu = context_menu(units, units.visualRect(units.model().index(0, 0)).center())
    with qtbot.waitSignal(page.shown):
        entry(menu, f"修改历史：{units.model().index(0, 0).data()}").trigger()
        menu.close()
    assert str(FIRST) in page.asked.text()


def test_the_history_of_a_unit_from_the_results(page: HistoryPage, qtbot: QtBot) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    window.open_trace(UNIT, None)
    results = window.page("results")
    assert isinstance(results, ResultsPage)
    frozen = results.grid.table.frozen
    frozen.menu_wanted.emit(frozen.visualRect(results.grid.current_index()).center())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    with qtbot.waitSignal(page.shown):
        entry(menu, "修改历史：市财政局").trigger()
        menu.close()
    assert page.isVisible()
    assert page.filters.unit.currentText() == "市财政局"
    assert "复查评分" in labels(page)


def test_the_history_of_an_indicator_from_the_detail_pane(page: HistoryPage, qtbot: QtBot) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    code = page.model.entries[0]
    assert code.units == (UNIT,)
    view = window.session.view
    assert view is not None
    group, _result = view.assessed_unit(UNIT)
    indicator = next(item for item in group.scheme.indicators if item.rule.kind == "judgement")
    window.open_trace(UNIT, indicator.code)
    tree = window.detail().tree
    menu = context_menu(tree, tree.visualRect(tree.currentIndex()).center())
    with qtbot.waitSignal(page.shown):
        entry(menu, f"修改历史：市财政局 {indicator.code}").trigger()
        menu.close()
    assert labels(page)[:3] == ["复查评分", "更正评分", "录入评分"]
    assert indicator.title in page.asked.text()


def test_undoing_adds_a_line_and_strikes_the_undone(page: HistoryPage, qtbot: QtBot) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    mark = page.rows  # the page is open while its workbook changes
    assert mark.isVisible()
    first = window.session.change("我的评分", lambda edit: save_mark(edit, FIRST, UNIT, _any_mark(edit)))
    with qtbot.waitSignals([first.done, page.shown]):
        pass
    assert labels(page)[0] == "我的评分"
    with qtbot.waitSignal(page.shown):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert labels(page)[:2] == ["撤销 我的评分", "我的评分"]
    assert cells(page.table, 1)[HEADINGS.index("状态")] == "已撤销"


def _any_mark(source: object) -> Mark:
    first = load_marks(source, FIRST)[UNIT][0]  # type: ignore[arg-type]
    return Mark(first.indicator, first.reviewer, first.panel, Decimal(60))


def test_it_is_exported_and_printed(
    page: HistoryPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.filters.text.setText("更正")
    bar = page.window().findChild(FileBar)
    assert bar is not None
    for name, button in (("历史.xlsx", page.export_button), ("历史.pdf", page.print_button)):
        target = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments, target=target: (str(target), ""))
        qtbot.mouseClick(button, LEFT)
        qtbot.waitUntil(target.exists, timeout=20_000)
        assert target.stat().st_size > 1000
        qtbot.waitUntil(lambda target=target: str(target) in bar.text.text())


def test_a_long_history_is_read_part_by_part(
    empty_window: MainWindow, workbook_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = Path(shutil.copy(workbook_file, tmp_path / "长.assess"))
    with Workbook.open(path, operator="张三") as workbook:
        first = load_marks(workbook, FIRST)[UNIT][0]
        for number in range(250):
            with workbook.edit(f"第{number}次") as edit:
                mark = Mark(first.indicator, first.reviewer, first.panel, Decimal(number % 100) / 2 + 1)
                save_mark(edit, FIRST, UNIT, mark)
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(path)
    page = empty_window.page("history")
    assert isinstance(page, HistoryPage)
    with qtbot.waitSignal(page.shown):
        empty_window.go("history")
    assert len(page.model.entries) == 200
    page.table.scrollToBottom()
    qtbot.waitUntil(lambda: len(page.model.entries) > 250)
    numbers = [entry.record.number for entry in page.model.entries]
    assert numbers == sorted(numbers, reverse=True)
    assert isinstance(page.rows.model(), ChangeModel)
