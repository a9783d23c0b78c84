"""Sealing a year, undoing it, and verifying a printed digest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from assessor.domain.seal import grouped
from assessor.ui import theme
from assessor.ui.dialogs.layout import dialog_buttons, dialog_column, dialog_heading, dialog_text

if TYPE_CHECKING:
    from assessor.domain.seal import SealRecord
    from assessor.errors import AssessorError
    from assessor.workbook.seal_preview import SealPreview
    from assessor.workbook.seal_verify import Verdict
    from assessor.workbook.seal_words import DifferenceWords

_NAMED = 8
"""Lines of one kind that are listed before the rest is only counted."""


class SealDialog(QDialog):
    """What will be sealed, and what speaks against it."""

    def __init__(self, preview: SealPreview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        year = preview.year.year
        self.setWindowTitle(f"定稿 {year} 年度")
        layout = dialog_column(self)
        layout.addWidget(dialog_heading(f"将 {year} 年度定稿"))
        what = f"包括 {preview.units} 个单位（{preview.ranked} 个参与排名）的细则、填报、评分、佐证和结果。"
        layout.addWidget(dialog_text(what + "定稿后不能再修改；确需修改时要写明原因解除定稿，原因会印在以后的报告中。"))
        for obstacle in preview.obstacles:
            layout.addWidget(dialog_text(f"不能定稿：{obstacle.what}。{obstacle.remedy}", "bad"))
        self.accept_pending = QCheckBox(_pending_text(preview))
        self.accept_pending.setVisible(bool(preview.provisional) and not preview.obstacles)
        layout.addWidget(self.accept_pending)
        if preview.warnings:
            layout.addWidget(dialog_text("请注意：\n" + "\n".join(_listed(preview.warnings)), "warn"))
        self.buttons, self.ok_button = dialog_buttons(self, "定稿")
        layout.addWidget(self.buttons)
        may = not preview.obstacles
        self.ok_button.setEnabled(may and not preview.provisional)
        self.accept_pending.toggled.connect(lambda is_on: self.ok_button.setEnabled(may and is_on))


class SealedDialog(QDialog):
    """The digest of a new seal, to be copied."""

    def __init__(self, seal: SealRecord, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("已定稿")
        layout = dialog_column(self)
        layout.addWidget(dialog_heading(f"{seal.year} 年度已定稿（第 {seal.number} 次）"))
        layout.addWidget(dialog_text("校验码会印在本年度的报告和反馈单上，以后可用“工具 > 核验定稿…”核对："))
        digest = grouped(seal.digest)
        half = digest.index(" ", len(digest) // 2 - 1)
        self.digest = QPlainTextEdit(f"{digest[:half]}\n{digest[half + 1 :]}")
        self.digest.setReadOnly(True)
        self.digest.setAccessibleName("校验码")
        self.digest.setFixedHeight(self.digest.fontMetrics().lineSpacing() * 2 + 4 * theme.SPACE)
        layout.addWidget(self.digest)
        self.copy_button = QPushButton("复制校验码")
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(digest))
        close = QPushButton("知道了")
        theme.dress(close, role="primary")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.copy_button)
        row.addWidget(close)
        layout.addLayout(row)


class UnsealDialog(QDialog):
    """Asks why a year is opened again."""

    def __init__(self, seal: SealRecord, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"解除定稿 {seal.year} 年度")
        layout = dialog_column(self)
        layout.addWidget(dialog_heading(f"解除 {seal.year} 年度第 {seal.number} 次定稿"))
        made = f"{seal.sealed_at:%Y-%m-%d %H:%M} 由{seal.sealed_by}定稿。"
        layout.addWidget(
            dialog_text(f"{made}解除后可以修改，回到{seal.stage_before.label}阶段；已发出的报告上的校验码将不再有效。")
        )
        layout.addWidget(dialog_text("解除的原因（记入修改历史，并印在以后的报告中）："))
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName("解除定稿的原因")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(90)
        layout.addWidget(self.reason)
        self.buttons, self.ok_button = dialog_buttons(self, "解除定稿")
        layout.addWidget(self.buttons)
        self.ok_button.setEnabled(False)
        self.reason.textChanged.connect(lambda: self.ok_button.setEnabled(bool(self.text)))
        self.reason.setFocus()

    @property
    def text(self) -> str:
        return " ".join(self.reason.toPlainText().split())


class VerifyDialog(QDialog):
    """Takes a digest, and shows the verdict with every place that differs."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("核验定稿")
        layout = dialog_column(self)
        layout.addWidget(dialog_text("输入或粘贴报告上印的校验码；只有页脚的前 16 位也可以："))
        self.field = QLineEdit()
        self.field.setAccessibleName("校验码")
        self.field.setPlaceholderText("例如 fac25277 0b66a75f")
        self.field.setClearButtonEnabled(True)
        self.ask_button = QPushButton("核验")
        self.ask_button.setDefault(True)
        theme.dress(self.ask_button, role="primary")
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.ask_button)
        layout.addLayout(row)
        self.verdict = dialog_text("")
        self.verdict.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.verdict)
        self.table = _difference_table()
        layout.addWidget(self.table, 1)
        close = QPushButton("关闭")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.ask_button.clicked.connect(lambda: self.asked.emit(self.field.text()))
        self.field.textEdited.connect(self._forget)
        self._forget()

    def show_verdict(self, verdict: Verdict) -> None:
        self._say("\n".join(verdict.sentences), "good" if verdict.is_good else "bad")
        found = verdict.examination.differences if verdict.examination else ()
        self._show_differences(found)

    def show_problem(self, problem: AssessorError) -> None:
        self._say(f"{problem.what}。{problem.remedy}", "bad")
        self._show_differences(())

    def _forget(self) -> None:
        self.verdict.hide()
        self._show_differences(())

    def _say(self, text: str, tone: str) -> None:
        self.verdict.setText(text)
        theme.dress(self.verdict, tone=tone)
        self.verdict.show()

    def _show_differences(self, found: Sequence[DifferenceWords]) -> None:
        self.table.setRowCount(len(found))
        for place, item in enumerate(found):
            for column, text in enumerate((item.place, item.field, item.sealed, item.present)):
                cell = QTableWidgetItem(text)
                cell.setToolTip(text)
                self.table.setItem(place, column, cell)
        self.table.setVisible(bool(found))
        if found:
            self.resize(max(self.width(), 860), max(self.height(), 460))
        else:
            self.adjustSize()


def _pending_text(preview: SealPreview) -> str:
    names = "、".join(unit.unit.short_name for unit in preview.provisional[:3])
    more = "等" if len(preview.provisional) > 3 else ""
    return f"{names}{more} {len(preview.provisional)} 个单位有待评指标：仍然定稿，只有暂估得分，不评等次"


def _listed(lines: Sequence[str]) -> list[str]:
    shown = [f"• {line}" for line in lines[:_NAMED]]
    return shown + ([f"• 另有 {len(lines) - _NAMED} 条"] if len(lines) > _NAMED else [])


def _difference_table() -> QTableWidget:
    table = QTableWidget(0, 4)
    table.setHorizontalHeaderLabels(["位置", "项目", "定稿时", "现在"])
    table.setAccessibleName("与定稿不同之处")
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
    header = table.horizontalHeader()
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for column, width in ((1, 120), (2, 150), (3, 150)):
        table.setColumnWidth(column, width)
    return table
