"""评分 > 评委: where reviewers come from, who marks what, sheets out and in, by clicks, keys and drops."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from assessor.domain.reviewer_table import ReviewerRow
from assessor.ui.main_window import MainWindow
from assessor.ui.pages.scoring import BY_INDICATOR, REVIEWERS, ScoringPage
from assessor.ui.reviewing.pane import ReviewersPane
from tests.ui.builders import FIRST

LEFT = Qt.MouseButton.LeftButton
ONE = ("expert", "评委1")


@pytest.fixture
def page(own_window: MainWindow, qtbot: QtBot) -> ScoringPage:
    with qtbot.waitSignal(own_window.session.loaded):
        own_window.session.select_year(FIRST)
    own_window.go("scoring")
    found = own_window.page("scoring")
    assert isinstance(found, ScoringPage)
    qtbot.mouseClick(found.modes.button(REVIEWERS), LEFT)
    return found


@pytest.fixture
def pane(page: ScoringPage) -> ReviewersPane:
    assert page.reviewers.isVisible() and not page.grid.isVisible()
    return page.reviewers


def row_of(pane: ReviewersPane, name: str = ONE[1]) -> ReviewerRow:
    return next(row for row in pane.model.rows() if row.name == name)


def undo_label(page: ScoringPage) -> str | None:
    current = page.surroundings.session.current
    return current.undo_label if current else None


def test_reviewers_stand_with_their_progress_and_the_tables_come_back(
    page: ScoringPage, pane: ReviewersPane, qtbot: QtBot
) -> None:
    assert [row.name for row in pane.model.rows()] == [f"评委{number}" for number in range(1, 6)]
    row = row_of(pane)
    assert row.expected > row.done > 0 and row.duties is None
    assert pane.summary.text().startswith("已评 ")
    qtbot.mouseClick(page.modes.button(BY_INDICATOR), LEFT)
    assert page.grid.isVisible() and not pane.isVisible()


def test_a_unit_that_is_typed_recuses_the_reviewer_there(page: ScoringPage, pane: ReviewersPane, qtbot: QtBot) -> None:
    before = row_of(pane)
    unit = next(unit for unit in page.view.facts.groups[0].units if unit.marks) if page.view else None
    assert unit is not None
    pane.grid.go_to_row(ONE, "home")
    QApplication.clipboard().setText(unit.unit.short_name)
    with qtbot.waitSignal(page.surroundings.session.loaded):
        qtbot.keyClick(pane.grid.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    after = row_of(pane)
    assert (after.unit and after.unit.code, after.expected) == (unit.unit.code, before.expected - 1)
    assert after.recused == sum(mark.reviewer == ONE[1] for mark in unit.marks)
    assert undo_label(page) == "设置评委所在单位：评委1"
    qtbot.mouseClick(page.modes.button(BY_INDICATOR), LEFT)
    cell = page.model.index_of((unit.unit.code, "4.4", ""), "mark:expert:评委1")
    assert "回避" in str(cell.data())


def test_marking_is_dealt_out_ticked_and_saved_as_one_edit(
    page: ScoringPage, pane: ReviewersPane, qtbot: QtBot
) -> None:
    qtbot.mouseClick(pane.share, LEFT)
    dialog = pane.duties
    assert dialog is not None
    qtbot.mouseClick(dialog.deal, LEFT)
    rows = dialog.model.rows()
    counts = [len(row.ticked) for row in rows]
    assert min(counts) == 1 and counts.count(2) == -(-len({row.unit.code for row in rows}) // 10)
    first = rows[0]
    name = next(name for name in ("评委1", "评委2", "评委3") if name not in first.ticked)
    dialog.grid.go_to_row(first.key, f"tick:{name}")
    qtbot.keyClick(dialog.grid.table, Qt.Key.Key_Space)
    assert name in dialog.model.rows()[0].ticked
    with qtbot.waitSignal(page.surroundings.session.loaded):
        qtbot.mouseClick(dialog.ok_button, LEFT)
    assert undo_label(page) == "评委分工"
    shared = [row.duties for row in pane.model.rows()]
    assert sum(count or 0 for count in shared) == sum(counts) + 1
    assert all(row.expected == row.duties for row in pane.model.rows())


def test_a_reviewer_without_anything_is_refused_and_all_is_everything(
    page: ScoringPage, pane: ReviewersPane, qtbot: QtBot
) -> None:
    qtbot.mouseClick(pane.share, LEFT)
    dialog = pane.duties
    assert dialog is not None
    qtbot.mouseClick(dialog.nothing, LEFT)
    assert "无人评" in dialog.summary.text()
    qtbot.mouseClick(dialog.ok_button, LEFT)
    assert dialog.isVisible() and "没有给评委“评委1”分配任何评分" in dialog.problem.text()
    qtbot.mouseClick(dialog.everything, LEFT)
    with qtbot.waitSignal(page.surroundings.session.loaded):
        qtbot.mouseClick(dialog.ok_button, LEFT)
    assert [row.duties for row in pane.model.rows()] == [None] * 5


def issue(pane: ReviewersPane, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    folder.mkdir(exist_ok=True)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(folder))
    qtbot.mouseClick(pane.issue, LEFT)
    qtbot.waitUntil(lambda: "已发放" in pane.told.text())
    return sorted(folder.glob("*.xlsx"))


def type_mark(path: Path, value: object) -> None:
    """In the first line that has none yet."""
    book = openpyxl.load_workbook(path)
    page = book["评分"]
    row = next(row for row in range(6, page.max_row) if page[f"G{row}"].value is None and page[f"I{row}"].value)
    page[f"G{row}"] = value
    book.save(path)


def drop(page: ScoringPage, paths: list[Path]) -> bool:
    """Whether the page takes them."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, buttons, modifiers = QPointF(page.rect().center()), LEFT, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(where, Qt.DropAction.CopyAction, mime, buttons, modifiers)
    entering.ignore()
    QApplication.sendEvent(page, entering)
    if not entering.isAccepted():
        return False
    QApplication.sendEvent(page, QDropEvent(where, Qt.DropAction.CopyAction, mime, buttons, modifiers))
    return True


def test_sheets_go_out_and_filled_ones_are_dropped_back(
    page: ScoringPage, pane: ReviewersPane, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = issue(pane, qtbot, tmp_path / "发放", monkeypatch)
    assert [path.stem.rpartition("_")[2] for path in paths] == [f"评委{number}" for number in range(1, 6)]
    before = row_of(pane).done
    type_mark(paths[0], 77)
    qtbot.mouseClick(page.modes.button(BY_INDICATOR), LEFT)
    assert not drop(page, [tmp_path / "说明.docx"])
    with qtbot.waitSignal(page.surroundings.session.loaded):
        assert drop(page, paths)
    assert pane.isVisible() and row_of(pane).done == before + 1
    assert pane.told.text().startswith("已导入：新增 1 个评分")
    assert undo_label(page) == "导入评委评分表"


def test_what_would_be_replaced_and_what_is_wrong_is_shown_first(
    page: ScoringPage, pane: ReviewersPane, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *_ = issue(pane, qtbot, tmp_path / "发放", monkeypatch)
    book = openpyxl.load_workbook(first)
    sheet = book["评分"]
    row = next(row for row in range(6, sheet.max_row) if sheet[f"G{row}"].value is not None)
    sheet[f"G{row}"] = 61
    book.save(first)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(first)], ""))
    qtbot.mouseClick(pane.take, LEFT)
    qtbot.waitUntil(lambda: pane.importing is not None and pane.importing.isVisible())
    dialog = pane.importing
    assert dialog is not None and [item.new for item in dialog.model.rows()] == ["61"]
    with qtbot.waitSignal(page.surroundings.session.loaded):
        qtbot.mouseClick(dialog.ok_button, LEFT)
    assert undo_label(page) == "导入评委评分表"
    type_mark(second, "很好")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(second)], ""))
    qtbot.mouseClick(pane.take, LEFT)
    qtbot.waitUntil(lambda: pane.importing is not dialog)
    faulty = pane.importing
    assert faulty is not None and not faulty.ok_button.isVisible()
    assert "评分应为数字，现为“很好”" in faulty.model.rows()[0].what
    faulty.reject()
