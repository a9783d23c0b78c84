"""The reviewers of the year by panel, and which marks have to say what they rest on. Every button is an edit."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assessor.domain.extremes import Extremes
from assessor.domain.mark_table import panels_of
from assessor.errors import AssessorError, InputError
from assessor.ui import theme
from assessor.ui.choice import Choice
from assessor.workbook.reviewers import add_reviewer, copy_reviewers, remove_reviewer, rename_reviewer
from assessor.workbook.year_preferences import save_extremes

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView
    from assessor.ui.session import Session
    from assessor.workbook.workbook import Edit

_ROLE = Qt.ItemDataRole.UserRole


class ScoringSettingsDialog(QDialog):
    """Stays true to the session while it is open."""

    def __init__(self, parent: QWidget, view: YearView, session: Session) -> None:
        super().__init__(parent)
        self.setWindowTitle("评委与极端分")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._view = view
        self.panel = Choice("评委组")
        self.list = QListWidget()
        self.list.setAccessibleName("评委")
        self.name = QLineEdit()
        self.name.setPlaceholderText("评委姓名")
        self.name.setAccessibleName("评委姓名")
        self.add = QPushButton("添加")
        self.rename = QPushButton("改名")
        self.remove = QPushButton("删除")
        self.copy = QPushButton("沿用上年")
        self.low = QLineEdit()
        self.low.setAccessibleName("低于百分之")
        self.high = QLineEdit()
        self.high.setAccessibleName("高于百分之")
        self.save = QPushButton("保存界限")
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        theme.dress(self.problem, tone="bad")
        self.problem.hide()
        self._lay_out()
        self._connect()
        self._show_panels()
        self._show_bounds()
        self._show_reviewers()

    def _lay_out(self) -> None:
        reviewers = QGroupBox("评委")
        inside = QVBoxLayout(reviewers)
        inside.addWidget(self.panel)
        inside.addWidget(self.list, 1)
        inside.addLayout(_row(self.name, self.add, self.rename, self.remove, self.copy))
        extremes = QGroupBox("极端分")
        hint = QLabel("超出界限的评分照常计分，但会标出来，直到写明所依据的事实。")
        hint.setWordWrap(True)
        theme.dress(hint, tone="muted")
        inside = QVBoxLayout(extremes)
        for field in (self.low, self.high):
            field.setFixedWidth(64)
        inside.addLayout(_row(QLabel("低于"), self.low, QLabel("% 或高于"), self.high, QLabel("%"), self.save))
        inside.addWidget(hint)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE * 2] * 4)
        layout.setSpacing(theme.SPACE + 4)
        layout.addWidget(reviewers, 1)
        layout.addWidget(extremes)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        self.setMinimumWidth(480)
        for button in (self.rename, self.remove, self.copy, self.save):
            button.setAutoDefault(False)
        self.add.setDefault(True)

    def _connect(self) -> None:
        self._session.loaded.connect(self._renew)
        self.panel.currentIndexChanged.connect(self._show_reviewers)
        self.list.currentItemChanged.connect(lambda item: self.name.setText(item.data(_ROLE) if item else ""))
        self.add.clicked.connect(self._add)
        self.rename.clicked.connect(self._rename)
        self.remove.clicked.connect(self._remove)
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._save_bounds)

    def _renew(self) -> None:
        view = self._session.view
        if view is None or view.year.year != self._view.year.year:
            self.reject()
            return
        self._view = view
        self._show_reviewers()

    def _show_panels(self) -> None:
        panels = {
            panel.code: panel.title
            for group in self._view.result.groups
            for indicator in group.scheme.indicators
            for panel in panels_of(indicator.rule)
        }
        for code, title in panels.items():
            self.panel.addItem(title, code)
        if not panels:
            self._complain(InputError("本年度的细则没有按评委评分的指标", remedy="不需要评委"))
            self.add.setEnabled(False)

    def _show_reviewers(self) -> None:
        chosen = self._chosen()
        names = self._view.facts.reviewers.get(self._panel(), ())
        counts = dict.fromkeys(names, 0)
        for group in self._view.facts.groups:
            for unit in group.units:
                for mark in unit.marks:
                    if mark.panel == self._panel():
                        counts[mark.reviewer] = counts.get(mark.reviewer, 0) + 1
        self.list.clear()
        for name, count in counts.items():
            item = QListWidgetItem(f"{name}　{f'已评 {count} 个' if count else '尚未评分'}")
            item.setData(_ROLE, name)
            self.list.addItem(item)
            if name == chosen:
                self.list.setCurrentItem(item)
        for button in (self.rename, self.remove):
            button.setEnabled(bool(counts))

    def _show_bounds(self) -> None:
        extremes = self._view.facts.extremes
        self.low.setText(f"{extremes.low:f}")
        self.high.setText(f"{extremes.high:f}")

    def _add(self) -> None:
        name, panel, year = self.name.text().strip(), self._panel(), self._year()
        self._change(f"添加评委：{name}", lambda edit: add_reviewer(edit, year, panel, name), clears=True)

    def _rename(self) -> None:
        name, new, panel, year = self._chosen(), self.name.text().strip(), self._panel(), self._year()
        if name:
            self._change(f"评委改名：{name} → {new}", lambda edit: rename_reviewer(edit, year, panel, name, new))

    def _remove(self) -> None:
        name, panel, year = self._chosen(), self._panel(), self._year()
        if name:
            self._change(f"删除评委：{name}", lambda edit: remove_reviewer(edit, year, panel, name), clears=True)

    def _copy(self) -> None:
        year = self._year()
        self._change("沿用上年评委", lambda edit: copy_reviewers(edit, year))

    def _save_bounds(self) -> None:
        year = self._year()
        try:
            extremes = Extremes(_percentage(self.low), _percentage(self.high))
        except InputError as problem:
            self._complain(problem)
            return
        self._change("设置极端分界限", lambda edit: save_extremes(edit, year, extremes))

    def _change(self, label: str, function: Callable[[Edit], object], *, clears: bool = False) -> None:
        self.problem.hide()
        job = self._session.change(label, function)
        job.failed.connect(self._complain)
        if clears:
            job.done.connect(lambda _outcome: self.name.clear())

    def _complain(self, problem: AssessorError) -> None:
        self.problem.setText(f"{problem.what}。{problem.remedy}")
        self.problem.show()

    def _chosen(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_ROLE)) if item is not None else ""

    def _panel(self) -> str:
        return str(self.panel.currentData() or "")

    def _year(self) -> int:
        return self._view.year.year


def _percentage(field: QLineEdit) -> Decimal:
    text = field.text().strip().removesuffix("%")
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise InputError(f"“{text}”不是数字", remedy="请填写百分比，如 60") from None
    if not value.is_finite():
        raise InputError(f"“{text}”不是数字", remedy="请填写百分比，如 60")
    return value


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE)
    for widget in widgets:
        row.addWidget(widget, 1 if isinstance(widget, QLineEdit) and widget.maximumWidth() > 1000 else 0)
    if not any(isinstance(widget, QLineEdit) and widget.maximumWidth() > 1000 for widget in widgets):
        row.addStretch(1)
    return row
