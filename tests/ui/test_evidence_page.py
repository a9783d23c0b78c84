"""佐证: files dropped, pasted and chosen become evidence; it is filtered, opened, exported, changed and removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QColor, QDesktopServices, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from assessor.domain.submission import Evidence
from assessor.domain.year import Stage
from assessor.ui.dialogs.evidence import EvidenceDialog
from assessor.ui.dialogs.settings import SettingsDialog
from assessor.ui.file_bar import FileBar
from assessor.ui.main_window import MainWindow
from assessor.ui.pages.evidence import EvidencePage
from assessor.work import Work
from assessor.workbook.evidence import Owner
from assessor.workbook.evidence_check import EvidenceState
from assessor.workbook.evidence_list import EvidenceItem
from assessor.workbook.seal import seal_year
from assessor.workbook.submissions import save_submission
from assessor.workbook.workbook import Workbook
from assessor.workbook.years import load_year, save_year
from tests.workbook.builders import form, own_form, small_workbook

LEFT = Qt.MouseButton.LeftButton
YEAR = 2023


PROOF = (Evidence("工作总结"), Evidence("会议记录", date(YEAR, 3, 8)))


@pytest.fixture
def own_workbook(tmp_path: Path) -> Path:
    with small_workbook(tmp_path, (YEAR,)) as workbook, workbook.edit("录入填报") as edit:
        for submission in (own_form(), form("kexie", "A1.1"), own_form("nongye")):
            save_submission(edit, YEAR, replace(submission, evidence=PROOF))
    return workbook.path


@pytest.fixture
def page(empty_window: MainWindow, own_workbook: Path, qtbot: QtBot) -> EvidencePage:
    empty_window.session.operator = "李四"
    return opened_page(empty_window, own_workbook, qtbot)


def opened_page(window: MainWindow, path: Path, qtbot: QtBot) -> EvidencePage:
    with qtbot.waitSignal(window.session.loaded):
        window.open(path)
    window.go("evidence")
    page = window.page("evidence")
    assert isinstance(page, EvidencePage)
    qtbot.waitUntil(lambda: bool(page.evidence.items))
    return page


def write(folder: Path, name: str, content: bytes = b"proof") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def mime_of(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(page: EvidencePage, mime: QMimeData, at: QPoint) -> bool:
    """As the system delivers it. Answers whether the drop is allowed there."""
    actions, button, none = Qt.DropAction.CopyAction, LEFT, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(at), actions, mime, button, none)
    QApplication.sendEvent(page, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(page, QDropEvent(QPointF(at), actions, mime, button, none))
    return True


def corner(page: EvidencePage) -> QPoint:
    """A place of the page where there is no row."""
    return QPoint(page.width() // 2, 5)


def row_point(page: EvidencePage, key: int) -> QPoint:
    row = row_of(page, key)
    page.table.scrollTo(page.table.model().index(row, 0))
    place = page.table.visualRect(page.table.model().index(row, 2)).center()
    return page.table.viewport().mapTo(page, place)


def row_of(page: EvidencePage, key: int) -> int:
    page.choose([key])
    return page.table.currentIndex().row()


def item(page: EvidencePage, key: int) -> EvidenceItem:
    return next(item for item in page.evidence.items if item.key == key)


def dialog_of(page: EvidencePage) -> EvidenceDialog:
    assert page.dialog is not None
    return page.dialog


def confirm(page: EvidencePage, qtbot: QtBot) -> None:
    """Presses 确定 and waits until the page shows the year anew."""
    before = page.evidence
    qtbot.mouseClick(dialog_of(page).ok_button, LEFT)
    qtbot.waitUntil(lambda: page.evidence is not before)
    page.window().activateWindow()  # as a window manager does
    qtbot.waitUntil(page.window().isActiveWindow)
    page.take_focus()


def added(page: EvidencePage, title: str) -> EvidenceItem:
    return next(item for item in page.evidence.items if item.title == title)


def drop_as_new(page: EvidencePage, qtbot: QtBot, *paths: Path) -> None:
    assert drop(page, mime_of(*paths), corner(page))
    confirm(page, qtbot)


def test_the_year_s_evidence_is_listed_with_its_state(page: EvidencePage) -> None:
    first = page.evidence.items[0]
    cells = [str(page.table.model().index(0, column).data() or "") for column in range(9)]
    assert cells[:3] == [first.unit_name, first.owner_title, first.title]
    assert cells[8] == "无文件"
    assert page.parts.summary.text() == f"共 {len(page.evidence.items)} 件，无文件 {len(page.evidence.items)}"


def test_a_dropped_file_becomes_evidence_after_a_form_that_is_filled_already(
    page: EvidencePage, tmp_path: Path, qtbot: QtBot
) -> None:
    assert drop(page, mime_of(write(tmp_path, "2022年总结.pdf")), corner(page))
    dialog = dialog_of(page)
    assert dialog.title.text() == "2022年总结"
    assert dialog.received.text() == date.today().isoformat()  # noqa: DTZ011 - as the window has it
    dialog.unit.setCurrentIndex(dialog.unit.findData("kexie"))
    dialog.dated.clear()
    qtbot.keyClicks(dialog.dated, "2022.12.5")
    confirm(page, qtbot)
    new = added(page, "2022年总结")
    assert (new.unit, new.dated, new.file.name if new.file else "") == ("kexie", date(2022, 12, 5), "2022年总结.pdf")
    assert [chosen.key for chosen in page.chosen()] == [new.key]
    assert page.evidence.states[new.key] is EvidenceState.GOOD
    assert (tmp_path / "考核.evidence" / (new.file.digest if new.file else "")).read_bytes() == b"proof"


def test_several_files_are_one_edit_and_one_undo(page: EvidencePage, tmp_path: Path, qtbot: QtBot) -> None:
    before = len(page.evidence.items)
    drop_as_new(page, qtbot, *(write(tmp_path, f"照片{number}.jpg", bytes([number])) for number in range(3)))
    assert len(page.evidence.items) == before + 3
    assert {"照片0", "照片1", "照片2"} <= {item.title for item in page.evidence.items}
    shown = page.evidence
    page.surroundings.session.undo()
    qtbot.waitUntil(lambda: page.evidence is not shown)
    assert len(page.evidence.items) == before


def test_a_file_dropped_on_a_row_is_that_row_s_file_and_another_replaces_it(
    page: EvidencePage, tmp_path: Path, qtbot: QtBot
) -> None:
    key = page.evidence.items[3].key
    for number, name in enumerate(("记录.docx", "记录（盖章）.docx"), start=1):
        before = page.evidence
        assert drop(page, mime_of(write(tmp_path, name, name.encode())), row_point(page, key))
        qtbot.waitUntil(lambda before=before: page.evidence is not before)  # type: ignore[misc]
        assert page.dialog is None
        assert item(page, key).versions[0].file.name == name
        assert len(item(page, key).versions) == number
    assert page.table.model().index(row_of(page, key), 6).data() == "记录（盖章）.docx（第 2 版）"


def test_files_and_pictures_are_pasted(page: EvidencePage, tmp_path: Path, qtbot: QtBot) -> None:
    page.table.setFocus()
    QApplication.clipboard().setMimeData(mime_of(write(tmp_path, "粘贴.pdf")))
    qtbot.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    confirm(page, qtbot)
    assert added(page, "粘贴").file is not None
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("#1d5fa8"))
    QApplication.clipboard().setImage(image)
    page.table.clearSelection()
    qtbot.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog_of(page).title.setText("截图")
    confirm(page, qtbot)
    file = added(page, "截图").file
    assert file is not None
    assert file.name.startswith("剪贴板图片 ")
    stored = QImage(str(tmp_path / "考核.evidence" / file.digest), "PNG")
    assert stored.pixelColor(3, 3) == QColor("#1d5fa8")


def test_a_clipboard_without_files_says_so(page: EvidencePage, empty_window: MainWindow, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("文字")
    qtbot.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "剪贴板中没有文件或图片" in empty_window.message_bar.text.text()


def test_a_refused_form_stays_open_and_says_why(page: EvidencePage, tmp_path: Path, qtbot: QtBot) -> None:
    drop(page, mime_of(write(tmp_path, "总结.pdf")), corner(page))
    dialog = dialog_of(page)
    dialog.dated.setText("去年")
    qtbot.mouseClick(dialog.ok_button, LEFT)
    assert dialog.isVisible()
    assert "材料日期：“去年”不是日期" in dialog.problem.text()
    dialog.title.setText(" ")
    qtbot.mouseClick(dialog.ok_button, LEFT)
    assert "没有填写名称" in dialog.problem.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert page.dialog is None


def test_what_cannot_be_taken_is_refused_in_the_message_bar(
    page: EvidencePage, empty_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(page, mime_of(tmp_path), corner(page))
    before = page.evidence
    dialog_of(page).title.setText("整个文件夹")
    qtbot.mouseClick(dialog_of(page).ok_button, LEFT)
    qtbot.waitUntil(lambda: empty_window.message_bar.isVisible())
    assert "这是一个文件夹" in empty_window.message_bar.text.text()
    qtbot.waitUntil(lambda: page.evidence is not before)
    assert len(page.evidence.items) == len(before.items)


def test_reuse_is_pointed_out(page: EvidencePage, tmp_path: Path, qtbot: QtBot) -> None:
    path = write(tmp_path, "总结.pdf")
    first = page.evidence.items[0]
    second = next(item for item in page.evidence.items if item.unit != first.unit)
    for key in (first.key, second.key):
        before = page.evidence
        drop(page, mime_of(path), row_point(page, key))
        qtbot.waitUntil(lambda before=before: page.evidence is not before)  # type: ignore[misc]
    assert first.place in page.parts.note.text()
    assert page.parts.note.isVisible()
    assert page.evidence.states[first.key] is page.evidence.states[second.key] is EvidenceState.REUSED


def test_unit_and_text_narrow_the_list(page: EvidencePage, qtbot: QtBot) -> None:
    page.parts.unit.setCurrentIndex(page.parts.unit.findData("kexie"))
    rows = page.table.model().rowCount()
    assert 0 < rows < len(page.evidence.items)
    assert {page.table.model().index(row, 0).data() for row in range(rows)} == {"市科协"}
    page.parts.text.setText("年度填报表 记录")
    assert page.table.model().rowCount() == 1
    assert page.parts.summary.text().startswith("共 1 件")


def test_changing_and_removing_by_keys_and_undo_brings_back(page: EvidencePage, qtbot: QtBot) -> None:
    key = page.evidence.items[0].key
    page.choose([key])
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    dialog = dialog_of(page)
    assert not dialog.unit.isEnabled()
    dialog.title.setText("改过的名称")
    dialog.owner.setCurrentIndex(dialog.owner.count() - 1)
    confirm(page, qtbot)
    assert (item(page, key).title, item(page, key).owner) == ("改过的名称", Owner())
    before = page.evidence
    page.choose([key])
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.evidence is not before)
    assert key not in [item.key for item in page.evidence.items]
    assert "撤销" in page.parts.note.text()
    gone = page.evidence
    page.surroundings.session.undo()
    qtbot.waitUntil(lambda: page.evidence is not gone)
    assert item(page, key).title == "改过的名称"


class Opened(QObject):
    """Stands where the system's programs would."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[QUrl] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.urls.append(url)


def test_enter_opens_a_read_only_copy_and_programs_stay_closed(
    page: EvidencePage, empty_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    opened = Opened()
    QDesktopServices.setUrlHandler("file", opened, "show")
    try:
        key, other = (item.key for item in page.evidence.items[:2])
        for target, name in ((key, "总结.txt"), (other, "setup.exe")):
            before = page.evidence
            drop(page, mime_of(write(tmp_path, name, name.encode())), row_point(page, target))
            qtbot.waitUntil(lambda before=before: page.evidence is not before)  # type: ignore[misc]
        page.choose([key])
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(opened.urls))
        copy = Path(opened.urls[0].toLocalFile())
        assert (copy.name, copy.read_bytes()) == ("总结.txt", b"\xe6\x80\xbb\xe7\xbb\x93.txt")
        assert not copy.stat().st_mode & 0o222
        page.choose([other])
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
        assert "可以运行的程序" in empty_window.message_bar.text.text()
        assert len(opened.urls) == 1
    finally:
        QDesktopServices.unsetUrlHandler("file")


def test_chosen_files_are_exported_under_their_names(page: EvidencePage, tmp_path: Path, qtbot: QtBot) -> None:
    out = tmp_path / "导出"
    out.mkdir()
    drop_as_new(page, qtbot, write(tmp_path, "甲.txt", b"1"), write(tmp_path, "乙.txt", b"2"))
    files = [item.file for item in page.chosen() if item.file]
    job = page.work.export_many(files, out)
    with qtbot.waitSignal(job.finished):
        pass
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {"甲.txt": b"1", "乙.txt": b"2"}
    bar = page.window().findChild(FileBar)
    assert bar is not None
    assert bar.text.text() == f"已导出 2 个佐证文件：{out}"
    assert not bar.open_button.isVisible()


def test_the_check_finds_what_a_glance_cannot_and_orphans_are_cleared_on_request(
    page: EvidencePage, tmp_path: Path, qtbot: QtBot
) -> None:
    drop_as_new(page, qtbot, write(tmp_path, "甲.txt", b"1"))
    key = added(page, "甲").key
    store = tmp_path / "考核.evidence"
    next(store.iterdir()).write_bytes(b"2")
    write(store, "0" * 64)
    page.actions_by_key["check"].trigger()
    qtbot.waitUntil(lambda: page.evidence.states[key] is EvidenceState.ALTERED)
    assert page.parts.note.text() == "已核对各年度的 1 个佐证文件：被改动 1 个，另有 1 个文件没有记录用到"
    page.actions_by_key["clear"].trigger()
    box = page.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    qtbot.mouseClick(box.buttons()[0], LEFT)
    qtbot.waitUntil(lambda: page.parts.note.text() == "已删除 1 个没有用到的文件")
    assert not (store / ("0" * 64)).exists()
    assert len(list(store.iterdir())) == 1


def test_a_read_only_workbook_takes_nothing_and_says_why(
    empty_window: MainWindow, own_workbook: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    own_workbook.chmod(0o444)
    page = opened_page(empty_window, own_workbook, qtbot)
    page.choose([page.evidence.items[0].key])
    assert not drop(page, mime_of(write(tmp_path, "总结.pdf")), corner(page))
    for key in ("add", "paste", "attach", "change", "remove", "clear"):
        action = page.actions_by_key[key]
        assert not action.isEnabled()
        assert action.toolTip() == page.read_only_reason() != ""
    assert page.actions_by_key["check"].isEnabled()


def test_a_sealed_year_takes_nothing_and_says_so(page: EvidencePage, tmp_path: Path, qtbot: QtBot) -> None:
    def seal(workbook: Workbook, _work: Work) -> object:
        with workbook.edit("截止收集") as edit:
            save_year(edit, replace(load_year(edit, YEAR), stage=Stage.REVIEW, collection_closed=True))
        return seal_year(workbook, YEAR, accept_pending=True)

    before = page.evidence
    page.surroundings.session.change_by("定稿", seal)
    qtbot.waitUntil(lambda: page.evidence is not before)
    assert "已定稿" in page.read_only_reason()
    assert not drop(page, mime_of(write(tmp_path, "总结.pdf")), corner(page))
    page.choose([page.evidence.items[0].key])
    assert not page.actions_by_key["remove"].isEnabled()


def test_the_limit_of_a_file_is_set_in_a_dialog_and_kept(
    page: EvidencePage, empty_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    empty_window.menu.actions["settings"].trigger()
    qtbot.waitUntil(lambda: empty_window.findChild(SettingsDialog) is not None)
    dialog = empty_window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    assert dialog.megabytes.value() == 50
    dialog.megabytes.set_value(1)
    before = page.evidence
    dialog.accept()
    qtbot.waitUntil(lambda: page.evidence is not before)
    drop(page, mime_of(write(tmp_path, "大.pdf", bytes(1_200_000))), corner(page))
    qtbot.mouseClick(dialog_of(page).ok_button, LEFT)
    qtbot.waitUntil(lambda: empty_window.message_bar.isVisible())
    assert "文件有 1.1 MB，超过每个文件 1 MB 的上限" in empty_window.message_bar.text.text()


def test_the_context_menu_has_every_action(page: EvidencePage, qtbot: QtBot) -> None:
    page.choose([page.evidence.items[0].key])
    place = page.table.visualRect(page.table.currentIndex()).center()
    page.table.customContextMenuRequested.emit(place)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    texts = [action.text() for action in menu.actions() if action.isEnabled()]
    assert texts == ["添加…", "粘贴文件或图片", "添加或替换文件…", "修改…", "删除", "核对文件", "清理没有用到的文件"]
    menu.close()


def test_no_part_of_the_page_keeps_drops_from_it(page: EvidencePage) -> None:
    assert [widget for widget in page.findChildren(QWidget) if widget.acceptDrops()] == []
