"""试算: drafts are made, brought in by file, tried, adopted and taken back, by clicks and keys."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from assessor.domain.scheme import Scheme
from assessor.domain.year import Stage
from assessor.exchange.scheme_intake import take_in
from assessor.exchange.scheme_output import write_scheme
from assessor.ui.dialogs.scheme_faults import SchemeFaultsDialog
from assessor.ui.dialogs.scheme_takeover import NEW, YEAR, TakeoverDialog
from assessor.ui.grid.row_model import RowModel
from assessor.ui.main_window import MainWindow
from assessor.ui.pages.rehearsal import CHANGES, DECISIVE, RehearsalPage
from assessor.ui.pages.scheme import SchemePage
from assessor.workbook.backup_list import list_backups
from assessor.workbook.backup_names import Reason
from assessor.workbook.history import last_edit
from assessor.workbook.scheme_drafts import load_drafts
from assessor.workbook.scheme_versions import freeze_schemes, load_versions
from assessor.workbook.schemes import load_scheme
from assessor.workbook.workbook import Workbook
from assessor.workbook.years import load_year, save_year
from tests.ui.builders import FIRST

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(own_window: MainWindow, qtbot: QtBot) -> RehearsalPage:
    return shown(own_window, qtbot)


def shown(window: MainWindow, qtbot: QtBot) -> RehearsalPage:
    """The page on the first year, tried with that year's own scheme."""
    if window.session.view is None or window.session.view.year.year != FIRST:
        with qtbot.waitSignal(window.session.loaded):
            window.session.select_year(FIRST)
    window.go("rehearsal")
    page = window.page("rehearsal")
    assert isinstance(page, RehearsalPage)
    qtbot.waitUntil(lambda: page.outcome is not None and page.outcome.year == FIRST)
    return page


def own_scheme(page: RehearsalPage) -> Scheme:
    assert page.view is not None
    return page.view.facts.groups[0].scheme


def with_points(scheme: Scheme, **points: int) -> Scheme:
    """By code, its point written as an underscore."""
    given = {code.strip("p").replace("_", "."): Decimal(value) for code, value in points.items()}
    categories = tuple(
        replace(
            part, indicators=tuple(replace(item, points=given.get(item.code, item.points)) for item in part.indicators)
        )
        for part in scheme.categories
    )
    return replace(scheme, categories=categories)


def type_into(field: QLineEdit, text: str) -> None:
    field.selectAll()
    for sign in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(field, QKeyEvent(kind, 0, NONE, sign))


def make_draft(page: RehearsalPage, name: str, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.buttons["new"], LEFT)
    assert page.dialog is not None
    type_into(page.dialog.name, name)
    qtbot.keyClick(page.dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.outcome is not None and page.outcome.source.title == f"草稿：{name}")


def drop(page: QWidget, file: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    entering = QDragEnterEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, LEFT, NONE)
    QApplication.sendEvent(page, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(page, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, LEFT, NONE))


def brought(page: RehearsalPage, file: Path, qtbot: QtBot) -> TakeoverDialog:
    """The file is dropped on the page."""
    page.takeover.dialog = None
    drop(page, file)
    qtbot.waitUntil(lambda: page.takeover.dialog is not None)
    assert isinstance(page.takeover.dialog, TakeoverDialog)
    return page.takeover.dialog


def accept(page: RehearsalPage, dialog: TakeoverDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignals([page.surroundings.session.settled, page.surroundings.session.loaded], timeout=10_000):
        qtbot.mouseClick(dialog.ok_button, LEFT)


def texts(model: RowModel[object], column: str) -> list[str]:
    place = next(item for item in model.columns if item.key == column)
    return [place.text(row) for row in model.rows()]


def test_the_present_scheme_moves_nothing_and_the_page_says_so(page: RehearsalPage, qtbot: QtBot) -> None:
    assert page.source.currentText().startswith(f"{FIRST} 年度")
    assert page.summary.text() == "与现行细则相同，各单位的总分、名次和等次都不变。"
    assert set(texts(page.moves, "gain")) <= {"0.00", "—"}  # type: ignore[arg-type]
    assert not page.left_out.isVisible() and not page.faults.isVisible()
    assert not page.buttons["adopt"].isEnabled()
    assert page.body.isVisible() and not page.empty_text()
    qtbot.mouseClick(page.parts.button(DECISIVE), LEFT)
    assert page.grids[DECISIVE].isVisible()
    assert texts(page.decisive, "share_before") == texts(page.decisive, "share_after")  # type: ignore[arg-type]


def test_a_draft_is_made_changed_in_a_spreadsheet_tried_and_adopted(
    page: RehearsalPage, own_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    before = own_scheme(page)
    make_draft(page, "提高宣传分值", qtbot)
    assert page.summary.text().startswith("与现行细则相同")
    file = tmp_path / "改好的.xlsx"
    write_scheme(before, file)
    book = openpyxl.load_workbook(file)
    for row in book["指标"].iter_rows(min_row=2):
        if row[2].value in ("2.1", "3.2"):
            row[4].value = {"2.1": 18, "3.2": 15}[row[2].value]
    book.save(file)
    dialog = brought(page, file, qtbot)
    dialog.target.setCurrentIndex(dialog.target.findText("草稿“提高宣传分值”（覆盖）"))
    assert [(line.item.code, line.before, line.after) for line in dialog.model.rows()] == [
        ("2", "45", "35"),
        ("3", "20", "30"),
        ("2.1", "28", "18"),
        ("3.2", "5", "15"),
    ]
    accept(page, dialog, qtbot)
    qtbot.waitUntil(lambda: page.outcome is not None and page.outcome.found.after.scheme != before)
    assert "名次上升" in page.summary.text()
    assert "2.1 任务完成率 -" in " ".join(texts(page.moves, "causes"))  # type: ignore[arg-type]
    qtbot.mouseClick(page.parts.button(CHANGES), LEFT)
    assert len(page.changes.rows()) == 4
    with Workbook.open(own_file, read_only=True) as workbook:
        assert load_scheme(workbook, FIRST, "member") == before
    qtbot.mouseClick(page.buttons["adopt"], LEFT)
    qtbot.waitUntil(lambda: isinstance(page.takeover.dialog, TakeoverDialog) and page.takeover.dialog is not dialog)
    adoption = page.takeover.dialog
    assert isinstance(adoption, TakeoverDialog)
    assert adoption.key == YEAR and adoption.target.count() == 1
    accept(page, adoption, qtbot)
    with Workbook.open(own_file, read_only=True) as workbook:
        assert load_scheme(workbook, FIRST, "member") == with_points(before, p2_1=18, p3_2=15)
    assert any(backup.reason is Reason.IMPORT for backup in list_backups(own_file))
    qtbot.waitUntil(lambda: page.summary.text().startswith("与现行细则相同"))


def test_faults_of_a_file_are_listed_and_nothing_is_imported(
    page: RehearsalPage, own_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "有错.xlsx"
    write_scheme(own_scheme(page), file)
    book = openpyxl.load_workbook(file)
    book["指标"]["E3"], book["指标"]["G4"], book["等次"]["B2"] = "五分", "猜", "九十"
    book.save(file)
    with Workbook.open(own_file, read_only=True) as workbook:
        edits = last_edit(workbook)
    page.takeover.take(file)
    qtbot.waitUntil(lambda: isinstance(page.takeover.dialog, SchemeFaultsDialog))
    dialog = page.takeover.dialog
    assert isinstance(dialog, SchemeFaultsDialog)
    assert texts(dialog.model, "place") == ["指标 E3", "指标 G4", "等次 B2"]  # type: ignore[arg-type]
    qtbot.mouseClick(dialog.close_button, LEFT)
    with Workbook.open(own_file, read_only=True) as workbook:
        assert last_edit(workbook) == edits


def test_what_data_hang_on_cannot_go_and_is_listed(page: RehearsalPage, tmp_path: Path, qtbot: QtBot) -> None:
    before = own_scheme(page)
    cut = replace(before, categories=before.categories[:-1], bonuses=(), vetoes=before.vetoes[1:])
    write_scheme(cut, tmp_path / "少一类.toml")
    dialog = brought(page, tmp_path / "少一类.toml", qtbot)
    assert dialog.key == NEW  # the year cannot take it, a draft can
    dialog.target.setCurrentIndex(dialog.target.findData(YEAR))
    assert not dialog.ok_button.isEnabled()
    for words in ("4.6 特色工作", "考核办评分", f"加分“{before.bonuses[0].code}", f"一票否决“{before.vetoes[0].code}"):
        assert words in dialog.refusal.text()
    dialog.target.setCurrentIndex(dialog.target.findData(NEW))
    assert dialog.ok_button.isEnabled() and dialog.words == "少一类"
    accept(page, dialog, qtbot)
    qtbot.waitUntil(lambda: page.source.findText("草稿：少一类") >= 0)
    page.source.setCurrentIndex(page.source.findText("草稿：少一类"))
    qtbot.waitUntil(lambda: page.outcome is not None and page.outcome.source.title == "草稿：少一类")
    assert "考核办评分" in page.left_out.text()
    assert "这份细则有" in page.faults.text()


def test_once_scoring_has_begun_it_takes_a_reason_and_no_fault(
    own_window: MainWindow, own_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    session = own_window.session

    def begin(edit: object) -> None:
        freeze_schemes(edit, FIRST, "开始评分")  # type: ignore[arg-type]
        save_year(edit, replace(load_year(edit, FIRST), stage=Stage.SCORE))  # type: ignore[arg-type]

    with qtbot.waitSignals([session.settled, session.loaded]):
        session.change("进入评分", begin)
    page = shown(own_window, qtbot)
    before = own_scheme(page)
    write_scheme(with_points(before, p2_1=27), tmp_path / "不足.toml")
    dialog = brought(page, tmp_path / "不足.toml", qtbot)
    dialog.target.setCurrentIndex(dialog.target.findData(YEAR))
    assert "有 1 个错误的细则不能采用" in dialog.refusal.text()
    dialog.reject()
    write_scheme(with_points(before, p2_1=27, p3_2=6), tmp_path / "改.toml")
    dialog = brought(page, tmp_path / "改.toml", qtbot)
    assert dialog.key == YEAR and dialog.reason.isVisible() and not dialog.ok_button.isEnabled()
    type_into(dialog.reason, "领导小组会议决定")
    accept(page, dialog, qtbot)
    with Workbook.open(own_file, read_only=True) as workbook:
        assert load_versions(workbook, FIRST, "member")[-1].reason == "领导小组会议决定"
        assert load_scheme(workbook, FIRST, "member") == with_points(before, p2_1=27, p3_2=6)


def test_drafts_are_renamed_removed_and_brought_back(page: RehearsalPage, own_file: Path, qtbot: QtBot) -> None:
    make_draft(page, "甲", qtbot)
    qtbot.mouseClick(page.buttons["rename"], LEFT)
    assert page.dialog is not None and page.dialog.text == "甲"
    type_into(page.dialog.name, "乙")
    qtbot.mouseClick(page.dialog.ok_button, LEFT)
    qtbot.waitUntil(lambda: page.source.findText("草稿：乙") >= 0)
    qtbot.mouseClick(page.buttons["remove"], LEFT)
    qtbot.waitUntil(lambda: page.source.findText("草稿：乙") < 0)
    page.surroundings.session.undo()
    qtbot.waitUntil(lambda: page.source.findText("草稿：乙") >= 0)
    with Workbook.open(own_file, read_only=True) as workbook:
        assert [draft.title for draft in load_drafts(workbook)] == ["乙"]


def test_another_years_facts_and_the_table_go_out(
    page: RehearsalPage, own_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    page.source.setCurrentIndex(page.source.findText("默认细则（成员单位）"))
    page.year.setCurrentIndex(page.year.findText("2023 年度数据"))
    qtbot.waitUntil(lambda: page.outcome is not None and page.outcome.year == 2023)
    with qtbot.waitSignal(own_window.session.loaded):
        own_window.session.select_year(2023)
    page.set_empty("没有单位")
    assert not page.body.isVisible()
    page.set_empty("")
    assert page.body.isVisible()
    page.year.setCurrentIndex(page.year.findText(f"{FIRST} 年度数据"))
    qtbot.waitUntil(lambda: page.outcome is not None and page.outcome.year == FIRST)
    names = iter(("细则", "细则.toml"))

    def answer(_parent: object, title: str, _proposed: str, kinds: str) -> tuple[str, str]:
        return str(tmp_path / next(names)), kinds.split(";;")[0]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    for file in ("细则.xlsx", "细则.toml"):
        own_window.menu.actions["scheme_export"].trigger()
        qtbot.waitUntil((tmp_path / file).exists)
    assert page.chosen is not None
    assert take_in(tmp_path / "细则.xlsx").scheme == take_in(tmp_path / "细则.toml").scheme == page.chosen.scheme


def test_the_menu_asks_for_a_file(
    page: RehearsalPage, own_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    write_scheme(own_scheme(page), tmp_path / "同一份.toml")
    chosen = str(tmp_path / "同一份.toml")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (chosen, ""))
    own_window.menu.actions["scheme_import"].trigger()
    qtbot.waitUntil(lambda: page.takeover.dialog is not None)
    dialog = page.takeover.dialog
    assert isinstance(dialog, TakeoverDialog)
    dialog.target.setCurrentIndex(dialog.target.findData(YEAR))
    assert dialog.refusal.text() == "与年度细则完全相同。"
    assert dialog.summary.text() == "没有任何差别"
    dialog.reject()


def test_a_file_that_is_no_scheme_is_refused(
    page: RehearsalPage, own_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"no table")
    page.takeover.take(tmp_path / "坏.xlsx")
    qtbot.waitUntil(own_window.message_bar.isVisible)
    assert "不是 .xlsx 表格" in own_window.message_bar.text.text()


def test_the_page_of_schemes_leads_here_and_takes_files_too(
    page: RehearsalPage, own_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    own_window.go("scheme")
    schemes = own_window.page("scheme")
    assert isinstance(schemes, SchemePage)
    write_scheme(with_points(own_scheme(page), p2_1=27, p3_2=6), tmp_path / "改.toml")
    drop(schemes, tmp_path / "改.toml")
    qtbot.waitUntil(lambda: schemes.takeover.dialog is not None)
    dialog = schemes.takeover.dialog
    assert isinstance(dialog, TakeoverDialog) and dialog.key == YEAR
    accept(page, dialog, qtbot)
    qtbot.waitUntil(lambda: schemes.scheme.indicator_by_code["2.1"].points == Decimal(27))
    qtbot.mouseClick(schemes.rehearsal_button, LEFT)
    assert page.isVisible()
