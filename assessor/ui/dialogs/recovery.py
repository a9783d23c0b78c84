"""For a workbook that is damaged: what is wrong in words, the newest good backup, and salvage into a new file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from assessor.errors import OutputError
from assessor.output import write_file
from assessor.ui import theme
from assessor.ui.background import Lane
from assessor.workbook.diagnosis import Ailment, Diagnosis

if TYPE_CHECKING:
    from assessor.errors import AssessorError
    from assessor.ui.background import Job
    from assessor.ui.main_window import MainWindow
    from assessor.work import Work
    from assessor.workbook.salvage import Salvage

_WIDTH = 640
_NAMED = 4
"""Findings that are named; ``check`` names all."""
_SAID_ALREADY = "工作簿已损坏"
_LOOKING = "正在检查文件，请稍候…"
_SAY_ALL = (Ailment.EMPTY, Ailment.NO_WORKBOOK)
"""Of these there is nothing more to say."""
_UNTOUCHED = "损坏的文件不会被改动，也不会被空文件代替。"


class RecoveryDialog(QDialog):
    def __init__(self, window: MainWindow, path: Path, problem: AssessorError | None, password: str | None = None):
        super().__init__(window)
        self._window = window
        self._path = path
        self._password = password
        self.diagnosis: Diagnosis | None = None
        self.salvaged: Salvage | None = None
        self._heading = QLabel(f"“{path.name}”不能正常打开" if problem else path.name)
        self.ailment = QLabel(problem.what if problem else "")
        self.findings = QLabel(_LOOKING)
        self.backup = QLabel("正在寻找…")
        self.restore_button = QPushButton("用这个备份恢复(&R)")
        self.salvage_words = QLabel(
            "把读得出的数据抢救到一个新文件，并列出没有找回的内容。没有备份，或备份之后的修改很重要时用。"
        )
        self.salvage_button = QPushButton("抢救到新文件(&S)…")
        self.outcome = QLabel()
        self.missing = QPlainTextEdit()
        self.list_button = QPushButton("保存清单(&L)…")
        self.open_button = QPushButton("打开新文件(&N)")
        self.close_button = QPushButton("关闭")
        self._build()
        self._connect()
        self.diagnose()

    def diagnose(self) -> Job:
        """Looks at the file in the background; what can be done is offered afterwards."""
        path, password = self._path, self._password

        def look(_work: Work) -> Diagnosis:
            from assessor.workbook.diagnosis import diagnose

            return diagnose(path, password)

        job = self._window.background.run("正在检查损坏的工作簿", look, lane=Lane.BACKUP, quiet=True)
        job.done.connect(self._show)
        job.failed.connect(self._fail)
        return job

    def salvage(self, new: Path) -> Job:
        path, password, operator = self._path, self._password, self._window.session.operator

        def rescue(work: Work) -> Salvage:
            from assessor.workbook.salvage import salvage
            from assessor.workbook.workbook import OPERATOR

            return salvage(path, new, password=password, operator=operator or OPERATOR, work=work)

        self._enable(False)
        self._say("正在抢救数据…")
        job = self._window.background.run("正在抢救数据", rescue, lane=Lane.BACKUP)
        job.done.connect(self._show_salvaged)
        job.failed.connect(self._fail_salvage)
        job.finished.connect(lambda: self._enable(True))
        return job

    def _build(self) -> None:
        self.setWindowTitle("修复损坏的工作簿")
        self.setMinimumWidth(_WIDTH)
        heading = self._heading
        heading.setFont(theme.font("title", bold=True))
        place = QLabel(f"{self._path.parent}\n{_UNTOUCHED}")
        for words in (place, self.findings, self.salvage_words):
            theme.dress(words, tone="muted")
        theme.dress(self.ailment, tone="bad")
        theme.dress(self.restore_button, role="primary")
        for words in (heading, place, self.ailment, self.findings, self.backup, self.salvage_words, self.outcome):
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.missing.setReadOnly(True)
        self.missing.setAccessibleName("没有找回或有疑问的内容")
        self.missing.setMinimumHeight(140)
        for button in (self.salvage_button, self.list_button, self.open_button, self.close_button):
            button.setAutoDefault(False)
        self.outcome.hide()
        self.missing.hide()
        self.list_button.hide()
        self.open_button.hide()
        self._enable(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE * 3] * 4)
        layout.setSpacing(theme.SPACE + 4)
        for words in (heading, place, self.ailment, self.findings):
            layout.addWidget(words)
        layout.addWidget(_card("最近的好备份", self.backup, self.restore_button))
        layout.addWidget(_card("抢救数据", self.salvage_words, self.salvage_button))
        layout.addWidget(self.outcome)
        layout.addWidget(self.missing, 1)
        row = QHBoxLayout()
        row.addWidget(self.list_button)
        row.addStretch(1)
        row.addWidget(self.open_button)
        row.addWidget(self.close_button)
        layout.addLayout(row)

    def _connect(self) -> None:
        self.restore_button.clicked.connect(self._restore)
        self.salvage_button.clicked.connect(self._ask_new)
        self.list_button.clicked.connect(self._ask_list)
        self.open_button.clicked.connect(self._open_new)
        self.close_button.clicked.connect(self.reject)

    def _show(self, diagnosis: Diagnosis) -> None:
        self.diagnosis = diagnosis
        self.ailment.setText(f"{diagnosis.ailment.value}。")
        said = ["：".join(part for part in (finding.place, finding.what) if part) for finding in diagnosis.findings]
        said = [words for words in said if words != _SAID_ALREADY and diagnosis.ailment not in _SAY_ALL]
        named = said[:_NAMED]
        more = len(said) - len(named)
        self.findings.setText("\n".join([*named, *([f"还有 {more} 个问题"] if more > 0 else [])]))
        self.findings.setVisible(bool(named))
        found = diagnosis.backup
        if found is None:
            self.backup.setText("没有找到完好的备份。如果备份放在移动盘或服务器上，请先接上，再重新打开。")
        else:
            label = f"，{found.label}" if found.label else ""
            self.backup.setText(
                f"{found.at:%Y-%m-%d %H:%M}（{found.reason.value}{label}），已检查，完好。\n"
                "恢复后，这以后的修改不在其中；损坏的原件会保留。"
            )
        self._enable(True)
        self._make_room()

    def _fail(self, problem: AssessorError) -> None:
        from assessor.errors import PasswordNeededError, WrongPasswordError

        self.ailment.setText(problem.what)
        self.findings.setText(problem.remedy)
        self.backup.setText("")
        if isinstance(problem, (PasswordNeededError, WrongPasswordError)):
            self._ask_password(problem)

    def _ask_password(self, problem: AssessorError) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle("工作簿的密码")
        dialog.setLabelText(f"{problem.what}。\n请输入工作簿的密码：")
        dialog.setTextEchoMode(QLineEdit.EchoMode.Password)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.textValueSelected.connect(self._look_again)
        dialog.open()

    def _look_again(self, password: str) -> None:
        self._password = password
        self.findings.setText(_LOOKING)
        self.diagnose()

    def _enable(self, is_idle: bool) -> None:
        found = self.diagnosis
        self.restore_button.setEnabled(is_idle and found is not None and found.backup is not None)
        self.salvage_button.setEnabled(is_idle and found is not None and found.can_salvage)

    def _restore(self) -> None:
        from assessor.ui.commands.backups import restore_damaged

        if self.diagnosis is not None and self.diagnosis.backup is not None:
            self.accept()
            restore_damaged(self._window, self._path, self.diagnosis.backup, self._password)

    def _ask_new(self) -> None:
        proposed = self._path.with_name(f"{self._path.stem}（抢救）.assess")
        name, _kind = QFileDialog.getSaveFileName(self, "抢救到新文件", str(proposed), "考核工作簿 (*.assess)")
        if name:
            self.salvage(Path(name))

    def _show_salvaged(self, salvaged: Salvage) -> None:
        self.salvaged = salvaged
        lost = {None: "，其余没有带入", 0: ""}.get(salvaged.edits_lost, f"，另有 {salvaged.edits_lost} 次没有带入")
        verdict = "数据全部找回。" if salvaged.is_complete else "有数据没有找回或不能确定，见下，请逐项核对。"
        self._say(f"已写入 {salvaged.path.name}：{salvaged.rows} 行，修改历史 {salvaged.edits} 次{lost}。\n{verdict}")
        theme.dress(self.outcome, tone="good" if salvaged.is_complete else "warn")
        self.missing.setPlainText("\n".join(map(str, salvaged.items)))
        for part in (self.missing, self.list_button):
            part.setVisible(bool(salvaged.items))
        self.open_button.show()

    def _ask_list(self) -> None:
        assert self.salvaged is not None
        proposed = self.salvaged.path.with_name(f"{self.salvaged.path.stem}-核对清单.txt")
        name, _kind = QFileDialog.getSaveFileName(self, "保存清单", str(proposed), "文本文件 (*.txt)")
        if name:
            self._save_list(Path(name), self.salvaged)

    def _save_list(self, path: Path, salvaged: Salvage) -> None:
        lines = [self.outcome.text(), "", *map(str, salvaged.items), ""]
        try:
            write_file(path, "\n".join(lines).encode("utf-8-sig"))  # the mark is for old text editors on Windows
        except OutputError as problem:
            self._fail_salvage(problem)

    def _fail_salvage(self, problem: AssessorError) -> None:
        self._say(str(problem))
        theme.dress(self.outcome, tone="bad")

    def _say(self, words: str) -> None:
        self.outcome.setText(words)
        self.outcome.show()
        self._make_room()

    def _make_room(self) -> None:
        """A window does not grow by itself with texts that break into more lines. Not before the event loop has told
        the cards within of their new texts."""
        QTimer.singleShot(0, self, self._grow)

    def _grow(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(layout.totalHeightForWidth(self.width()), self.minimumHeight()))

    def _open_new(self) -> None:
        if self.salvaged is not None:
            self.accept()
            self._window.open(self.salvaged.path, self._password)


def _card(title: str, words: QLabel, button: QPushButton) -> QFrame:
    frame = QFrame()
    theme.dress(frame, role="card")
    head = QLabel(title)
    head.setFont(theme.font("heading", bold=True))
    column = QVBoxLayout()
    column.addWidget(head)
    column.addWidget(words)
    row = QHBoxLayout(frame)
    row.setContentsMargins(*[theme.SPACE * 2] * 4)
    row.setSpacing(theme.SPACE * 2)
    row.addLayout(column, 1)
    row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    return frame
