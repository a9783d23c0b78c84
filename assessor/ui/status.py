"""The status bar: the file, when it was last changed, who changes it, 示例数据, and what runs in the background."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar

from assessor.ui import theme
from assessor.ui.background import Job
from assessor.ui.loading import Loaded
from assessor.ui.pages.page import sample_badge

_PATIENCE_MS = 250
"""What is over sooner is not shown: it would only flicker, as with every mark that is typed."""


class StatusBar(QStatusBar):
    def __init__(self) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.file = QLabel()
        self.state = QLabel()
        theme.dress(self.state, tone="muted")
        self.place = QLabel()
        self.place.setToolTip("工作簿在网络磁盘上，用回滚日志代替预写日志保存，速度较慢，同样不丢数据")
        theme.dress(self.place, tone="muted")
        self.place.hide()
        self.protection = QLabel("· 已加密")
        self.protection.setToolTip("工作簿、佐证文件和备份都用密码加密（“文件 > 密码”）")
        theme.dress(self.protection, tone="muted")
        self.protection.hide()
        self.operator = QLabel()
        theme.dress(self.operator, tone="muted")
        self.badge = sample_badge()
        self.badge.hide()
        self.summary = QLabel()
        """Count, sum and mean of the cells selected in a table."""
        self.task = QLabel()
        theme.dress(self.task, tone="muted")
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(160)
        self.progress.setAccessibleName("后台任务进度")
        self.cancel_button = QPushButton("取消")
        self.cancel_button.clicked.connect(self._cancel)
        theme.dress(self.cancel_button, role="link")
        self.setContentsMargins(theme.SPACE, 2, theme.SPACE, 2)
        for label in (self.file, self.protection, self.state, self.place, self.operator, self.badge):
            self.addWidget(label)
        self.addPermanentWidget(self.summary)
        for widget in (self.task, self.progress, self.cancel_button):
            self.addPermanentWidget(widget)
            widget.hide()
        self._jobs: list[Job] = []
        self._shown = (0.0, "")
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._show_progress)

    def show_file(self, loaded: Loaded) -> None:
        self.file.setText(loaded.path.name)
        self.file.setToolTip(str(loaded.path))
        self.state.setText(
            f"· {'只读' if loaded.is_read_only else saved_text(loaded.saved_at, datetime.now().astimezone())}"
        )
        self.state.setToolTip(loaded.read_only_reason or "每次修改都立即保存")
        theme.dress(self.state, tone="warn" if loaded.is_read_only else "muted")
        self.place.setText("· 网络磁盘")
        self.place.setVisible(loaded.is_on_network)
        self.protection.setVisible(loaded.is_protected)
        self.badge.setVisible(loaded.view is not None and loaded.view.is_sample)

    def show_operator(self, name: str) -> None:
        self.operator.setText(f"· 操作员：{name or '未填写'}")
        self.operator.setToolTip("修改记在这个名字下，在“工具 > 操作员…”中更改")

    def follow(self, job: Job) -> None:
        """Shows a job's progress until it ends, unless that is at once; of several the latest."""
        if job.quiet:
            return
        if not self._jobs:
            self._patience.start()
        self._jobs.append(job)
        job.progressed.connect(lambda fraction, text: self._show(job, fraction, text))
        job.finished.connect(lambda: self._drop(job))
        self._show(job, 0.0, job.label)

    def _show(self, job: Job, fraction: float, text: str) -> None:
        if not self._jobs or self._jobs[-1] is not job:
            return
        self._shown = (fraction, text)
        if not self._patience.isActive():
            self._show_progress()

    def _show_progress(self) -> None:
        fraction, text = self._shown
        self.task.setText(text)
        self.progress.setValue(round(fraction * 1000))
        for widget in (self.task, self.progress, self.cancel_button):
            widget.show()

    def _drop(self, job: Job) -> None:
        self._jobs.remove(job)
        if self._jobs:
            self._show(self._jobs[-1], 0.0, self._jobs[-1].label)
            return
        self._patience.stop()
        for widget in (self.task, self.progress, self.cancel_button):
            widget.hide()

    def _cancel(self) -> None:
        if self._jobs:
            self._jobs[-1].cancel()
            self.task.setText("正在取消…")


def saved_text(at: datetime | None, now: datetime) -> str:
    """When the last edit was saved; with its day where that is not today. By the clock of the place where it was made,
    as the history, seals and papers say it."""
    if at is None:
        return "已保存"
    here = now.astimezone(at.tzinfo)
    if at.date() == here.date():
        return f"已保存 {at:%H:%M}"
    return f"已保存 {at:%Y-%m-%d %H:%M}" if at.year != here.year else f"已保存 {at:%m-%d %H:%M}"
