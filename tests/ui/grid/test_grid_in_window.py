"""A grid with a window around it: columns remembered, sums shown, files written, a workbook that is only read."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from assessor.errors import AssessorError
from assessor.ui.background import Background
from assessor.ui.grid.areas import Area, Cell, Selection
from assessor.ui.grid.exporting import Visible, print_visible, write_visible
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.host import GridHost
from tests.ui.grid.conftest import Line, Sheet

KEY = Qt.Key


class Window(QWidget):
    """What a grid asks of the main window; layouts are kept as the settings keep them, as text."""

    def __init__(self) -> None:
        super().__init__()
        self.background = Background(self)
        self.path: Path | None = Path("宜春市.assess")
        self.layouts: dict[tuple[Path | None, str], str] = {}
        self.summary = ""
        self.sample = ""
        self.year = 2025
        self.reason = ""
        self.moment: object | None = None
        self.written: list[tuple[str, str]] = []
        self.problems: list[AssessorError] = []
        self.resize(900, 500)
        QVBoxLayout(self)

    def grid_layout(self, key: str) -> str:
        return self.layouts.get((self.path, key), "")

    def keep_grid_layout(self, key: str, layout: str) -> None:
        self.layouts[self.path, key] = layout

    def show_summary(self, text: str) -> None:
        self.summary = text

    def show_problem(self, problem: AssessorError) -> None:
        self.problems.append(problem)

    def tell_written(self, path: Path, words: str) -> None:
        self.written.append((path.name, words))

    def workbook_path(self) -> Path | None:
        return self.path

    def shown_year(self) -> int | None:
        return self.year

    def sample_mark(self) -> str:
        return self.sample

    def read_only_reason(self) -> str:
        return self.reason

    def stepped_back_at(self) -> object | None:
        return self.moment

    def add(self, bot: QtBot) -> Sheet:
        grid = Grid("得分", frozen=1, memory_key="marks")
        layout = self.layout()
        assert layout is not None
        layout.addWidget(grid)
        sheet = Sheet(grid, bot)
        with bot.waitExposed(self):
            self.show()
        grid.table.setFocus()
        return sheet


@pytest.fixture
def host(qtbot: QtBot) -> Iterator[Window]:
    window = Window()
    qtbot.addWidget(window)
    assert isinstance(window, GridHost)
    yield window
    window.background.stop()


def test_order_width_hiding_and_zoom_are_remembered_for_the_workbook(host: Window, qtbot: QtBot) -> None:
    table = host.add(qtbot).grid.table
    header = table.column_header
    edge = QPoint(header.sectionViewportPosition(2) + header.sectionSize(2) - 1, 10)
    qtbot.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    qtbot.mouseMove(header.viewport(), edge + QPoint(30, 0))
    qtbot.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(30, 0))
    width = table.columnWidth(2)
    header.moveSection(1, 3)
    table.set_column_shown(5, False)
    table.set_zoom(120)
    qtbot.waitUntil(lambda: bool(host.layouts))
    again = host.add(qtbot).grid.table
    assert again.zoom == 120
    assert (again.shown_columns(), again.own_widths) == ([0, 2, 3, 1, 4], {2: width})
    host.path = Path("别的.assess")
    fresh = host.add(qtbot).grid.table
    assert (fresh.zoom, fresh.shown_columns(), fresh.own_widths) == (100, [0, 1, 2, 3, 4, 5], {})


def test_a_step_back_goes_to_the_first_cell_that_it_changed_once(host: Window, qtbot: QtBot) -> None:
    sheet = host.add(qtbot)
    rows = [Line("甲", "1"), Line("乙", "2"), Line("丙", "3")]
    sheet.show(rows)
    sheet.go(0, 4)
    sheet.show([rows[0], Line("乙", "5", note="好"), Line("丙", "6")])
    assert sheet.active == Cell(0, 4)
    host.moment = 1
    sheet.show(rows)
    assert sheet.active == Cell(1, 4)  # of the row the column that is looked at
    sheet.go(0, 2)
    sheet.show([rows[0], Line("乙", "5"), Line("丙", "6")])
    assert sheet.active == Cell(0, 2)  # it is the same step still
    host.moment = 2
    sheet.show(rows)
    assert sheet.active == Cell(1, 1)
    sheet.type("9")
    host.moment = 3
    sheet.show([Line("甲", "7"), *rows[1:]])
    assert sheet.active == Cell(1, 1)  # an editor keeps its cell
    assert sheet.grid.editing.editor is not None


def test_settings_that_are_no_layout_are_as_nothing(host: Window, qtbot: QtBot) -> None:
    host.layouts[host.path, "marks"] = '{"order": 3'
    assert host.add(qtbot).grid.table.shown_columns() == [0, 1, 2, 3, 4, 5]


def test_the_window_shows_the_sum_while_the_grid_is_seen(host: Window, qtbot: QtBot) -> None:
    sheet = host.add(qtbot)
    sheet.show([Line("甲", "1"), Line("乙", "2")])
    sheet.grid.selecting.set(Selection.over(Area(0, 1, 1, 1)))
    qtbot.waitUntil(lambda: host.summary == "计数 2  求和 3  平均 1.5")
    sheet.grid.hide()
    assert host.summary == ""


def test_a_workbook_that_is_only_read_says_so(host: Window, qtbot: QtBot) -> None:
    host.reason = "正被别人使用"
    sheet = host.add(qtbot)
    sheet.go(0, 1)
    sheet.type("9")
    assert (sheet.grid.editing.editor, sheet.grid.editing.note.text()) == (None, "正被别人使用")


def test_what_is_shown_is_exported_with_numbers_as_numbers_and_text_as_text(
    host: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    sheet = host.add(qtbot)
    sheet.show([Line("=1+1", "85.50", note="@x"), Line("乙", "", note="一\n二")])
    sheet.grid.table.set_column_shown(3, False)
    host.sample = "示例数据"
    for name in ("表.xlsx", "表.csv"):
        job = write_visible(sheet.grid.table, Visible("得分", sheet.grid.table, sheet.model), tmp_path / name)
        assert job is not None
        with qtbot.waitSignal(job.done):
            pass
    with zipfile.ZipFile(tmp_path / "表.xlsx") as archive:
        cells = archive.read("xl/worksheets/sheet1.xml").decode()
        assert 'sheet name="示例数据得分"' in archive.read("xl/workbook.xml").decode()
    assert "<f>" not in cells
    assert "<v>85.5" in cells
    text = (tmp_path / "表.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(text.decode("utf-8-sig").splitlines(keepends=True)))
    assert lines == [
        ["单位", "得分 100 分", "组别", "说明", "完成"],
        ["'=1+1", "85.50", "市直", "'@x", ""],
        ["乙", "", "市直", "一\n二", ""],
    ]
    assert (host.problems, host.written) == ([], [("表.xlsx", "已导出得分"), ("表.csv", "已导出得分")])


def test_a_long_table_is_printed_with_its_head_on_every_page(
    host: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(
        "assessor.ui.grid.exporting.QDesktopServices.openUrl", lambda url: shown.append(url.toLocalFile())
    )
    sheet = host.add(qtbot)
    sheet.show([Line(f"单位{number}", str(number)) for number in range(80)])
    host.sample = "示例数据"
    path = tmp_path / "得分.pdf"
    job = print_visible(sheet.grid.table, Visible("得分", sheet.grid.table, sheet.model), path)
    assert job is not None
    with qtbot.waitSignal(job.done, timeout=20_000):
        pass
    pages = [page.extract_text() for page in PdfReader(path).pages]
    assert len(pages) > 1
    assert all("组别" in page and "示例数据" in page for page in pages)
    assert "单位79" in pages[-1]
    assert shown == [str(path)]


def test_pages_put_their_actions_into_a_cells_menu(host: Window, qtbot: QtBot) -> None:
    sheet = host.add(qtbot)
    sheet.grid.menu_asked.connect(lambda index, menu: menu.addAction(f"看{sheet.model.row_at(index).unit}"))
    table = sheet.grid.table
    at = table.visualRect(table.index_at(Cell(1, 2))).center()
    table.menu_wanted.emit(at)
    menu = sheet.grid.findChild(QMenu)
    assert menu is not None
    assert menu.actions()[0].text() == "看市教育局"
    assert sheet.active == Cell(1, 2)
    menu.close()


def test_what_is_typed_in_one_year_is_not_written_into_another(host: Window, qtbot: QtBot) -> None:
    sheet = host.add(qtbot)
    sheet.go(0, 1)
    sheet.type("9")
    host.year = 2024
    sheet.show([Line("市科协", "70")])
    sheet.keys(KEY.Key_Return)
    assert (sheet.writes, sheet.grid.editing.note.text().split("\n")[0]) == ([], "这是在另一个年度输入的")
    host.year = 2025
    sheet.keys(KEY.Key_Return)
    assert [change.value for change in sheet.writes[0]] == ["9"]


def test_the_menu_key_opens_the_menu_of_the_active_cell(host: Window, qtbot: QtBot) -> None:
    sheet = host.add(qtbot)
    sheet.go(1, 0)
    view = sheet.grid.table.viewport()
    QApplication.sendEvent(
        view, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(400, 300), QPoint(400, 300))
    )
    menu = sheet.grid.findChild(QMenu)
    assert menu is not None
    titles = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert titles == ["剪切", "复制", "复制（含标题）", "粘贴", "向下填充", "清除内容", "查找…", "导出表格…", "打印…"]
    next(action for action in menu.actions() if action.text().startswith("清除内容")).trigger()
    assert sheet.grid.refusals.title.text().startswith("没有清除：")
    menu.close()
