"""工具 > 定稿, 解除定稿, 核验定稿, by mouse and keyboard on a real workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from assessor.domain.seal import grouped
from assessor.ui.dialogs.seal import SealDialog, SealedDialog, UnsealDialog, VerifyDialog
from assessor.ui.main_window import MainWindow
from assessor.ui.pages.results import ResultsPage
from tests.workbook.sealed import FREE, YEAR, ready_workbook

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def ready(empty_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """Showing the year that can be sealed."""
    with ready_workbook(tmp_path) as workbook:
        path = workbook.path
    empty_window.session.operator = "张三"
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(path)
    show_year(empty_window, YEAR, qtbot)
    return empty_window


def show_year(window: MainWindow, year: int, qtbot: QtBot) -> None:
    if window.session.view is None or window.session.view.year.year != year:
        with qtbot.waitSignal(window.session.loaded):
            window.session.select_year(year)


def action(window: MainWindow, key: str) -> QAction:
    return next(item for item in window.findChildren(QAction) if item.objectName() == key)


def ask(window: MainWindow, key: str, kind: type[QDialog], qtbot: QtBot) -> QDialog:
    action(window, key).trigger()
    return waited(window, kind, qtbot)


def waited(window: MainWindow, kind: type[QDialog], qtbot: QtBot) -> QDialog:
    def shown() -> list[QDialog]:
        return [dialog for dialog in window.findChildren(kind) if dialog.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()))
    return shown()[0]


def seal(window: MainWindow, qtbot: QtBot) -> str:
    dialog = ask(window, "seal", SealDialog, qtbot)
    assert isinstance(dialog, SealDialog)
    assert dialog.ok_button.isEnabled()
    with qtbot.waitSignal(window.session.loaded):
        qtbot.mouseClick(dialog.ok_button, LEFT)
    done = waited(window, SealedDialog, qtbot)
    assert isinstance(done, SealedDialog)
    qtbot.mouseClick(done.copy_button, LEFT)
    done.accept()
    view = window.session.view
    assert view is not None
    assert view.seal is not None
    assert QGuiApplication.clipboard().text() == grouped(view.seal.digest)
    return view.seal.digest


def test_sealing_shows_that_the_year_is_sealed(ready: MainWindow, qtbot: QtBot) -> None:
    assert action(ready, "seal").isEnabled()
    assert not action(ready, "unseal").isEnabled()
    digest = seal(ready, qtbot)
    assert not action(ready, "seal").isEnabled()
    assert action(ready, "unseal").isEnabled()
    ready.go("results")
    page = ready.page("results")
    assert isinstance(page, ResultsPage)
    assert page.seal.isVisible()
    assert page.seal.text().startswith("已定稿 ")
    assert grouped(digest) in page.seal.toolTip()
    assert "已定稿" in ready.stage_bar.track.accessibleDescription()
    assert grouped(digest) in ready.stage_bar.track.toolTip()


def test_a_year_that_is_still_collected_is_not_sealed(ready: MainWindow, qtbot: QtBot) -> None:
    show_year(ready, FREE, qtbot)
    dialog = ask(ready, "seal", SealDialog, qtbot)
    assert isinstance(dialog, SealDialog)
    assert not dialog.ok_button.isEnabled()
    dialog.reject()


def test_undoing_a_seal_needs_a_reason(ready: MainWindow, qtbot: QtBot) -> None:
    seal(ready, qtbot)
    dialog = ask(ready, "unseal", UnsealDialog, qtbot)
    assert isinstance(dialog, UnsealDialog)
    assert not dialog.ok_button.isEnabled()
    qtbot.keyClicks(dialog.reason, "  ")
    assert not dialog.ok_button.isEnabled()
    dialog.reason.insertPlainText("漏计加分")  # as an input method does
    with qtbot.waitSignal(ready.session.loaded):
        qtbot.mouseClick(dialog.ok_button, LEFT)
    view = ready.session.view
    assert view is not None
    assert [item.unseal_reason for item in view.undone_seals] == ["漏计加分"]
    assert action(ready, "seal").isEnabled()
    ready.go("results")
    page = ready.page("results")
    assert isinstance(page, ResultsPage)
    assert page.seal.text() == "已解除定稿"
    assert "漏计加分" in page.seal.toolTip()


def test_a_digest_is_verified_where_it_is_typed(ready: MainWindow, qtbot: QtBot) -> None:
    digest = seal(ready, qtbot)
    dialog = ask(ready, "verify", VerifyDialog, qtbot)
    assert isinstance(dialog, VerifyDialog)
    verified(dialog, "零", qtbot)
    assert dialog.verdict.text().startswith("校验码只含数字和字母")
    verified(dialog, "0" * 16, qtbot)
    assert dialog.verdict.text() == "这不是本工作簿任何一次定稿的校验码。"
    verified(dialog, grouped(digest), qtbot)
    assert "本年度现有内容与定稿时完全一致。" in dialog.verdict.text()
    assert not dialog.table.isVisible()


def verified(dialog: VerifyDialog, typed: str, qtbot: QtBot) -> None:
    dialog.field.selectAll()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Delete)
    assert not dialog.verdict.isVisible()
    dialog.field.insert(typed)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.verdict.isVisible)
