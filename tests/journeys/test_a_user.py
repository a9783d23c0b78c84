"""One morning of a user who looks something up; and one that ends with the power going off."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog

from assessor.domain.form_flow import FormKey
from assessor.domain.year import Stage
from assessor.resources import ROOT
from assessor.ui.pages.forms import FormsPage
from assessor.ui.pages.history import HistoryPage
from assessor.ui.pages.results import ResultsPage
from tests.journeys import typist
from tests.journeys.hands import CONTROL, Hands, Key

UNIT, NAME = "nongyenongcunju", "市农业农村局"
CATEGORY = "2"
KILLS = 2


def test_a_unit_is_found_explained_followed_back_and_exported(
    hands: Hands, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "结果.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(table), "Excel 表格 (*.xlsx)"))
    hands.begin("open")
    hands.window.open(sample)
    hands.settle()
    page = hands.page("结果", ResultsPage)
    find(hands, page)
    explain(hands, page)
    follow_back(hands, page)
    page = hands.page("结果", ResultsPage)
    export(hands, page, table)
    hands.begin("close")
    hands.window.close()
    hands.until(lambda: not hands.window.isVisible())
    assert not list(sample.parent.glob("*.assess-*")), "a log of the database was left beside a workbook that is closed"


def find(hands: Hands, page: ResultsPage) -> None:
    hands.begin("find")
    hands.press(Key.Key_F, modifier=CONTROL)
    hands.type("农业")
    hands.press(Key.Key_Return)
    model = page.grid.model
    assert model is not None
    hands.until(lambda: model.row_at(page.grid.current_index()).unit.code == UNIT)
    hands.press(Key.Key_Escape)
    assert hands.keyboard is page.grid.table  # though it was in the list of pages when the search began


def explain(hands: Hands, page: ResultsPage) -> None:
    """A double click on the points of a category: why they are what they are."""
    hands.begin("explain")
    hands.open_cell(page.grid, UNIT, f"category:{CATEGORY}")
    detail = hands.window.detail()
    assert (detail.isVisible(), detail.unit, detail.shown_code()) == (True, UNIT, CATEGORY)
    hands.press(Key.Key_Down)
    assert detail.shown_code() == "2.1"
    view = hands.window.session.view
    assert view is not None
    leaf = next(leaf for leaf in view.assessed_unit(UNIT)[1].leaves if leaf.indicator.code == "2.1")
    assert "2.1" in detail.text.toPlainText() or leaf.indicator.title in detail.text.toPlainText()
    assert leaf.sentence.split("，")[-1] in detail.text.toPlainText()


def follow_back(hands: Hands, page: ResultsPage) -> None:
    """The menu of the cell leads to what was changed of the unit, and who did."""
    hands.begin("follow back")
    hands.entry(hands.cell_menu(page.grid, UNIT, "total"), f"修改历史：{NAME}")
    hands.settle()
    history = hands.window.page("history")
    assert isinstance(history, HistoryPage)
    assert history.isVisible()
    assert history.model.rowCount()
    assert NAME in history.asked.text()


def export(hands: Hands, page: ResultsPage, table: Path) -> None:
    hands.begin("export")
    hands.entry(hands.cell_menu(page.grid, UNIT, "total"), "导出表格")
    hands.settle()
    hands.see(Stage.COLLECT)
    assert hands.window.file_bar.isVisible()
    book = openpyxl.load_workbook(table)
    (sheet,) = book.worksheets
    rows = list(sheet.iter_rows(values_only=True))
    book.close()
    model = page.grid.model
    assert model is not None
    assert len(rows) == model.rowCount() + 1
    (row,) = [row for row in rows if NAME in row]
    assert float(hands.shown(page.grid, UNIT, "total")) in row
    assert sheet.title.startswith("示例数据")


def test_what_left_its_cell_is_in_the_file_when_the_power_goes_off(hands: Hands, sample: Path) -> None:
    """Twice, each time in the middle of typing; then the file opens in the window as if nothing had been."""
    chance = random.Random(2026)
    left: dict[str, int] = {}
    for _kill in range(KILLS):
        left |= typed_until_killed(sample, chance.randint(4, 12), chance.random() / 20)
    hands.begin("open after two deaths")
    hands.window.open(sample)
    hands.settle()
    hands.see(Stage.COLLECT)
    assert not hands.window.read_only_reason()
    page = hands.page("填报", FormsPage)
    form = next(row for row in page.rows if row.key == FormKey(typist.UNIT)).submission
    assert form is not None
    for code, value in left.items():
        assert form.figures[code] == value, code


def typed_until_killed(path: Path, figures: int, seconds: float) -> dict[str, int]:
    """What left its cell, by code of the figure; the window dies some moments after so many of them."""
    command = [sys.executable, "-m", "tests.journeys.typist", str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said = [json.loads(child.stdout.readline()) for _number in range(figures)]
        time.sleep(seconds)
        child.kill()
        said += [json.loads(line) for line in child.stdout if line.endswith("\n")]
    return dict(said)
