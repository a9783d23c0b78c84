"""The backups of the open workbook: what there are, make one, look at one, restore one, where they lie."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
)

from assessor.ui import theme
from assessor.ui.background import Lane
from assessor.ui.grid.plain_table import PlainTable
from assessor.ui.models.backup_model import BackupModel
from assessor.workbook.backup_names import folder_beside

if TYPE_CHECKING:
    from assessor.errors import AssessorError
    from assessor.ui.background import Job
    from assessor.ui.main_window import MainWindow
    from assessor.work import Work
    from assessor.workbook.backup_names import Backup
    from assessor.workbook.workbook import Edit, Workbook

_SIZE = (760, 520)
_WIDTHS = (150, 100, 320)
_LONGEST_LABEL = 30
_HINT = (
    "有修改时，每 10 分钟和关闭窗口时自动备份；导入、定稿和恢复以前也会备份。"
    "恢复时，现在的文件先作为“恢复前”备份保留，随时可以换回。备份不含佐证文件，它们不会被覆盖。"
)
_NONE = "还没有备份。点“立即备份”做第一份。"


class BackupsDialog(QDialog):
    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        current = window.session.current
        assert current is not None
        self._window = window
        self._path = current.path
        self._reason = current.read_only_reason
        self.model = BackupModel()
        self.table = PlainTable("备份")
        self._none = QLabel(_NONE)
        self._list = QStackedWidget()
        self.folder = QLabel()
        self.label = QLineEdit()
        self.problem = QLabel()
        self.make_button = QPushButton("立即备份(&B)")
        self.restore_button = QPushButton("恢复(&R)")
        self.look_button = QPushButton("打开查看(&V)")
        self.place_button = QPushButton("更改文件夹(&F)")
        self.show_button = QPushButton("打开所在文件夹(&O)")
        self.close_button = QPushButton("关闭")
        self._build()
        self._connect()
        self.reload()

    def reload(self) -> None:
        """Lists what is in the folders now."""
        path = self._path

        def read(workbook: Workbook, _work: Work) -> tuple[tuple[Backup, ...], str]:
            from assessor.workbook.backup_list import list_backups
            from assessor.workbook.settings import load_settings

            return list_backups(path), load_settings(workbook).backup_folder

        job = self._window.session.run("正在列出备份", read, quiet=True)
        self.finished.connect(lambda _code: job.cancel())  # nobody is left to be told
        job.done.connect(self._show)
        job.failed.connect(self._tell)

    def make(self) -> Job:
        """A backup now, with the label that was typed."""
        from assessor.workbook.backup_names import Reason

        path, password, label = self._path, self._window.session.password, self.label.text()

        def back_up(work: Work) -> Backup | None:
            from assessor.workbook.backup import backup_workbook

            return backup_workbook(path, Reason.MANUAL, label, password=password, work=work)

        self.make_button.setEnabled(False)
        self.problem.hide()
        job = self._window.background.run("正在备份", back_up, lane=Lane.BACKUP)
        job.done.connect(self._show_made)
        job.failed.connect(self._tell)
        job.finished.connect(lambda: self.make_button.setEnabled(True))
        return job

    def choose_folder(self, folder: str) -> Job:
        """Empty: beside the workbook. Backups that there are stay where they are."""

        def choose(edit: Edit) -> None:
            from assessor.workbook.settings import load_settings, save_settings

            save_settings(edit, replace(load_settings(edit), backup_folder=folder))

        job = self._window.session.change("更改备份文件夹", choose)
        job.done.connect(lambda _: self.reload())
        job.failed.connect(self._tell)
        return job

    def _build(self) -> None:
        self.setWindowTitle("备份与恢复")
        self.resize(*_SIZE)
        self.table.setModel(self.model)
        self.table.setSelectionMode(PlainTable.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, width)
        header.setSectionResizeMode(len(_WIDTHS) - 1, QHeaderView.ResizeMode.Stretch)
        self.label.setPlaceholderText("说明，可不填，例如 初评后")
        self.label.setMaxLength(_LONGEST_LABEL)
        self.label.setAccessibleName("备份说明")
        self.folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        hint = QLabel(_HINT)
        for words in (hint, self.problem, self.folder):
            words.setWordWrap(True)
        for words in (hint, self._none):
            theme.dress(words, tone="muted")
        theme.dress(self.problem, tone="bad")
        theme.dress(self.restore_button, role="primary")
        self.problem.hide()
        for button in (self.restore_button, self.look_button, self.show_button, self.close_button, self.place_button):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE * 2] * 4)
        layout.setSpacing(theme.SPACE + 2)
        layout.addWidget(hint)
        layout.addLayout(_row(self.label, self.make_button, stretched=self.label))
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._list.addWidget(self.table)
        self._list.addWidget(self._none)
        layout.addWidget(self._list, 1)
        layout.addLayout(_row(self.folder, self.place_button, self.show_button, stretched=self.folder))
        layout.addWidget(self.problem)
        layout.addLayout(_row(None, self.look_button, self.restore_button, self.close_button))
        menu = QMenu(self.place_button)
        menu.addAction("选择文件夹…", self._ask_folder)
        menu.addAction("放在工作簿旁边", partial(self.choose_folder, ""))
        self.place_button.setMenu(menu)

    def _connect(self) -> None:
        self.make_button.clicked.connect(self.make)
        self.label.returnPressed.connect(self.make)
        self.look_button.clicked.connect(self._look)
        self.table.opened.connect(self._look)
        self.restore_button.clicked.connect(self._restore)
        self.show_button.clicked.connect(self._show_folder)
        self.close_button.clicked.connect(self.reject)
        self.table.selectionModel().selectionChanged.connect(self._follow_choice)

    def _show(self, found: tuple[tuple[Backup, ...], str]) -> None:
        backups, folder = found
        self.model.show_backups(backups)
        self.folder.setText(f"备份文件夹：{folder or f'工作簿旁边的“{folder_beside(self._path).name}”'}")
        self._list.setCurrentWidget(self.table if backups else self._none)
        first = next((place for place, backup in enumerate(backups) if backup.is_readable), None)
        if first is not None:
            self.table.selectRow(first)
        self._follow_choice()

    def _show_made(self, made: Backup) -> None:
        self.label.clear()
        self.reload()
        if made.note:
            self.problem.setText(made.note)
            self.problem.show()

    def _follow_choice(self) -> None:
        chosen = self._chosen()
        self.look_button.setEnabled(chosen is not None and chosen.is_readable)
        self.restore_button.setEnabled(chosen is not None and chosen.is_readable and not self._reason)
        self.place_button.setEnabled(not self._reason)
        for button in (self.restore_button, self.place_button):
            button.setToolTip(self._reason)

    def _chosen(self) -> Backup | None:
        index = self.table.currentIndex()
        return self.model.backups[index.row()] if index.isValid() else None

    def _look(self) -> None:
        chosen = self._chosen()
        if chosen is not None and chosen.is_readable:
            self.accept()
            self._window.open(chosen.path, self._window.session.password)

    def _restore(self) -> None:
        from assessor.ui.commands.backups import restore_open

        chosen = self._chosen()
        if chosen is not None:
            self.accept()
            restore_open(self._window, chosen)

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "选择备份文件夹", str(self._path.parent))
        if folder:
            self.choose_folder(str(Path(folder)))

    def _show_folder(self) -> None:
        chosen = self._chosen()
        beside = folder_beside(self._path)
        folder = chosen.path.parent if chosen else beside if beside.is_dir() else self._path.parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _tell(self, problem: AssessorError) -> None:
        self.problem.setText(str(problem))
        self.problem.show()


def _row(*widgets: QLabel | QLineEdit | QPushButton | None, stretched: QLabel | QLineEdit | None = None) -> QHBoxLayout:
    """None: room."""
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget, 1 if widget is stretched else 0)
    return row
