"""新建年度: which year, copied from which one, its dates; and before it is made, what would be in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from assessor.errors import AssessorError
from assessor.ui import theme
from assessor.ui.choice import Choice
from assessor.ui.dialogs.layout import dialog_buttons, dialog_column, dialog_form, dialog_heading, dialog_text
from assessor.ui.dialogs.year_dates import YearDates

if TYPE_CHECKING:
    from assessor.domain.year import Year
    from assessor.workbook.new_year import NewYear

_WIDTH = 620
_LEAST_PREVIEW = 190
_FROM_PLAN = "按实施方案和默认细则新建"


class NewYearDialog(QDialog):
    preview_asked = Signal(int, object)
    """Year, and the one to copy (None: the plan)."""
    made = Signal(object, object)
    """Header of the year to make, and the year to copy. The dialog stays until it is told that it is made."""

    def __init__(
        self, years: Sequence[Year], offered: Sequence[int], suggested: int, parent: QWidget | None = None
    ) -> None:
        """``years`` there are; ``offered``: those that can be made, of which one is ``suggested``."""
        super().__init__(parent)
        self.setWindowTitle("新建年度")
        self._years = tuple(years)
        self._header: Year | None = None
        self.year = Choice("年度")
        for year in offered:
            self.year.addItem(f"{year} 年度", year)
        self.year.setCurrentIndex(self.year.findData(suggested))
        self.source = Choice("从哪里来")
        form = dialog_form()
        form.addRow("年度：", self.year)
        form.addRow("来源：", self.source)
        self.dates = YearDates(form)
        self.problem = dialog_text("", "bad")
        self.problem.hide()
        self._sections = QVBoxLayout()
        self.buttons, self.ok_button = dialog_buttons(self, "新建")
        self.buttons.accepted.disconnect()
        self.buttons.accepted.connect(self._make)
        self._lay_out(form)
        self.year.activated.connect(lambda _place: self._offer_sources())
        self.source.activated.connect(lambda _place: self.ask())
        self._offer_sources()
        self.year.setFocus()

    @property
    def copied(self) -> int | None:
        """The year that is chosen to be copied."""
        chosen = self.source.currentData()
        return chosen if isinstance(chosen, int) else None

    @property
    def wanted(self) -> int:
        """The year that is chosen to be made."""
        return int(self.year.currentData())

    def ask(self) -> None:
        """For the preview: to be called once somebody listens, and whenever the choice changes."""
        self._header = None
        self.ok_button.setEnabled(False)
        self.preview_asked.emit(self.wanted, self.copied)

    def show_preview(self, preview: NewYear) -> None:
        if preview.header.year != self.wanted:
            return  # the user is further already
        self._header = preview.header
        self.dates.show_year(preview.header)
        self._clear()
        origin = "复制过来" if self.copied is not None else "将建立"
        self._add_section(origin, preview.kept)
        self._add_section("单位变化", preview.changes, "warn")
        if preview.left_behind:
            self._add_section("不复制，新年度从零开始", ("、".join(preview.left_behind),), "muted")
        self._sections.addStretch(1)
        self._say("")
        self.ok_button.setEnabled(True)

    def show_problem(self, problem: AssessorError) -> None:
        self._say(f"{problem.what}。{problem.remedy}")
        self.ok_button.setEnabled(self._header is not None)

    def _make(self) -> None:
        if self._header is None:
            return
        try:
            header = self.dates.read(self._header)
        except AssessorError as problem:
            self.show_problem(problem)
            return
        self.ok_button.setEnabled(False)
        self.made.emit(header, self.copied)

    def _offer_sources(self) -> None:
        wanted = self.wanted
        self.source.clear()
        for year in sorted(self._years, key=lambda item: item.year, reverse=True):
            if year.year < wanted:
                self.source.addItem(f"复制 {year.year} 年度", year.year)
        self.source.addItem(_FROM_PLAN, None)
        self.ask()

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _clear(self) -> None:
        while self._sections.count():
            item = self._sections.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _add_section(self, title: str, lines: Sequence[str], tone: str = "") -> None:
        if not lines:
            return
        head = QLabel(title)
        head.setFont(theme.font(bold=True))
        self._sections.addWidget(head)
        self._sections.addWidget(dialog_text("\n".join(f"• {line}" for line in lines), tone))

    def _lay_out(self, form: QFormLayout) -> None:
        layout = dialog_column(self)
        self.setMinimumWidth(_WIDTH)
        layout.addWidget(dialog_heading("新建考核年度"))
        layout.addLayout(form)
        preview = QWidget()
        self._sections.setContentsMargins(theme.SPACE * 2, theme.SPACE, theme.SPACE * 2, theme.SPACE)
        self._sections.setSpacing(theme.SPACE // 2)
        preview.setLayout(self._sections)
        area = QScrollArea()
        area.setWidget(preview)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(_LEAST_PREVIEW)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card = QFrame()
        theme.dress(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(area)
        layout.addWidget(card, 1)
        layout.addWidget(self.problem)
        layout.addWidget(self.buttons)
