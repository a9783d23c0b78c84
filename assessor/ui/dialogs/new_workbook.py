"""新建工作簿: which plan, which year first, and where the file goes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from assessor.ui import theme
from assessor.ui.choice import Choice
from assessor.ui.dialogs.layout import (
    dialog_buttons,
    dialog_column,
    dialog_form,
    dialog_heading,
    dialog_text,
    fit_height,
)

if TYPE_CHECKING:
    from assessor.errors import AssessorError
    from assessor.exchange.plan_file import LoadedPlan

_OTHER = "其他方案文件…"
_SUFFIX = ".assess"
_WIDTH = 640
_BAD_SIGNS = '<>:"/\\|?*'
"""In the name of a file, on some system or other."""


class NewWorkbookDialog(QDialog):
    plan_asked = Signal(str)
    """Name of a shipped plan or path of a file, to be read."""
    made = Signal(object, int)
    """Path and first year. The dialog stays until it is told that the workbook is made."""

    def __init__(self, shipped: Sequence[str], folder: Path, parent: QWidget | None = None) -> None:
        """``shipped``: names of plans; ``folder``: where the file goes unless the user chooses another."""
        super().__init__(parent)
        self.setWindowTitle("新建工作簿")
        self.setMinimumWidth(_WIDTH)
        self._folder = folder
        self.plan: LoadedPlan | None = None
        self.plans = Choice("实施方案")
        for name in shipped:
            self.plans.addItem(f"随附的方案：{name}", name)
        self.plans.addItem(_OTHER, None)
        self.plans.activated.connect(lambda _place: self.ask_plan())
        self.year = Choice("第一个考核年度")
        self.path = QLineEdit()
        self.path.setAccessibleName("保存位置")
        self.browse_button = QPushButton("浏览…")
        self.browse_button.setAutoDefault(False)
        self.browse_button.clicked.connect(self._browse)
        self.about = dialog_text("", "muted")
        self.warnings = dialog_text("", "warn")
        self.problem = dialog_text("", "bad")
        self.buttons, self.ok_button = dialog_buttons(self, "新建")
        self.buttons.accepted.disconnect()
        self.buttons.accepted.connect(self._make)
        self._lay_out()
        self._forget_plan()
        self.plans.setFocus()

    def ask_plan(self) -> None:
        """For the chosen plan; where it is none of those shipped, the user is asked for its file first."""
        chosen = self.plans.currentData()
        if chosen is None:
            name, _kind = QFileDialog.getOpenFileName(self, "实施方案文件", str(self._folder), "实施方案 (*.toml)")
            if not name:
                self._forget_plan()
                self._say("请选择一个方案文件，写法见随附方案和说明文档")
                return
            chosen = name
        self.choose_plan(chosen)

    def choose_plan(self, name_or_path: str) -> None:
        place = self.plans.findData(name_or_path)
        if place < 0:
            self.plans.insertItem(self.plans.count() - 1, Path(name_or_path).name, name_or_path)
            place = self.plans.findData(name_or_path)
        self.plans.setCurrentIndex(place)
        self._forget_plan()
        self.plan_asked.emit(name_or_path)

    def show_plan(self, loaded: LoadedPlan) -> None:
        plan = loaded.plan
        self.plan = loaded
        self.plans.setItemText(self.plans.currentIndex(), plan.title)
        self.about.setText(
            f"{plan.city}，{plan.document_number}：{len(plan.units)} 个单位、{len(plan.tasks)} 项任务、"
            f"{len(plan.targets)} 个量化目标。考核细则先用默认的，以后在“细则”页修改。"
        )
        self.warnings.setText("\n".join(f"• {warning}" for warning in loaded.warnings))
        self.warnings.setVisible(bool(loaded.warnings))
        self.year.clear()
        for year in range(plan.first_year, plan.last_year + 1):
            self.year.addItem(f"{year} 年度", year)
        name = "".join(sign for sign in f"{plan.city}全民科学素质工作考核" if sign not in _BAD_SIGNS)
        if not self.path.isModified():
            self.path.setText(str(_free(self._folder / f"{name}{_SUFFIX}")))
        self.ok_button.setEnabled(True)
        fit_height(self)

    def choose_year(self, year: int) -> None:
        self.year.setCurrentIndex(max(0, self.year.findData(year)))

    def show_problem(self, problem: AssessorError) -> None:
        self._say(str(problem))
        self.ok_button.setEnabled(self.plan is not None)

    def _forget_plan(self) -> None:
        self.plan = None
        self.about.setText("")
        self.year.clear()
        self.warnings.hide()
        self._say("")
        self.ok_button.setEnabled(False)

    def _make(self) -> None:
        typed = self.path.text().strip()
        if not typed:
            self._say("请填写保存位置")
            return
        path = Path(typed)
        if path.suffix.casefold() != _SUFFIX:
            path = path.with_name(path.name + _SUFFIX)
        self._say("")
        self.ok_button.setEnabled(False)
        self.made.emit(path, int(self.year.currentData()))

    def _browse(self) -> None:
        kinds = f"考核工作簿 (*{_SUFFIX})"
        name, _kind = QFileDialog.getSaveFileName(self, "新工作簿保存到", self.path.text(), kinds)
        if name:
            self.path.setText(name)
            self.path.setModified(True)

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        fit_height(self)

    def _lay_out(self) -> None:
        layout = dialog_column(self)
        self.setMinimumWidth(_WIDTH)
        layout.addWidget(dialog_heading("从实施方案新建工作簿"))
        form = dialog_form()
        form.addRow("实施方案：", self.plans)
        form.addRow("第一个年度：", self.year)
        place = QHBoxLayout()
        place.setSpacing(theme.SPACE)
        place.addWidget(self.path, 1)
        place.addWidget(self.browse_button)
        form.addRow("保存位置：", place)
        layout.addLayout(form)
        for label in (self.about, self.warnings, self.problem):
            layout.addWidget(label)
        layout.addWidget(self.buttons)


def _free(path: Path) -> Path:
    """``path``, or the same with a number where there is such a file."""
    number = 2
    wanted = path
    while wanted.exists():
        wanted = path.with_name(f"{path.stem}（{number}）{path.suffix}")
        number += 1
    return wanted
