"""复核: what deserves a look, appeals and objections with their period, and adjusted scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout

from assessor.domain.appeal import publicity_text
from assessor.domain.place import Place
from assessor.domain.review_item import ReviewItem, ReviewPlace, place_of
from assessor.ui import theme
from assessor.ui.dialogs.layout import show_dialog
from assessor.ui.dialogs.publicity import PublicityDialog
from assessor.ui.dialogs.review_limits import ReviewLimitsDialog
from assessor.ui.grid.grid import Grid
from assessor.ui.pages.page import Page, Surroundings
from assessor.ui.review.acts import ReviewActs
from assessor.ui.review.adjustments_tab import AdjustmentsTab
from assessor.ui.review.appeals_tab import AppealsTab
from assessor.ui.review.items_tab import ItemsTab
from assessor.ui.segments import Segments

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView

ITEMS, APPEALS, ADJUSTMENTS = "items", "appeals", "adjustments"


class ReviewPage(Page):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__("复核", surroundings)
        self.acts = ReviewActs(surroundings)
        self.tabs = Segments("复核内容")
        self.tabs.show_choices(_titles(0, 0, 0))
        self.period = QLabel()
        theme.dress(self.period, tone="muted")
        self.period_button = QPushButton("公示期…")
        self.limits_button = QPushButton("界限…")
        self.dialog: QDialog | None = None
        self.items = ItemsTab(self.acts, self._open_place)
        self.appeals = AppealsTab(self.acts)
        self.adjustments = AdjustmentsTab(self.acts)
        self._waiting = 0
        self._stacked = QStackedWidget()
        for tab in (self.items, self.appeals, self.adjustments):
            self._stacked.addWidget(tab)
        for widget in (self.period, self.period_button, self.limits_button):
            self.tools.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self.tabs)
        row.addWidget(self.items.buttons)
        row.addStretch(1)
        layout = QVBoxLayout(self.body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(row)
        layout.addWidget(self._stacked, 1)
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        self.surroundings.session.lists_review = True
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.surroundings.session.lists_review = False
        super().hideEvent(event)

    def fill(self, view: YearView) -> None:
        self.acts.view = view
        locked = self.acts.locked_reason()
        for button in (self.period_button, self.limits_button):
            button.setEnabled(not locked)
            button.setToolTip(locked)
        self.items.fill(view)
        self.appeals.fill(view)
        self.adjustments.fill(view)
        review = view.facts.review
        self.tabs.show_choices(_titles(self._waiting, len(review.open_appeals), self.adjustments.model.rowCount()))
        self._show_period(view)

    def take_focus(self) -> None:
        self._grid().setFocus()

    def show_tab(self, key: str) -> None:
        self.tabs.show_choices(self._choices(), key)
        self._change_tab(key)

    def go_to(self, place: Place) -> None:
        """``key``: of an appeal, or of a tab; ``unit``: what of it deserves a look."""
        if place.key in (ITEMS, APPEALS, ADJUSTMENTS):
            self.show_tab(place.key)
        elif self.appeals.model.place_of(place.key) is not None:
            self.show_tab(APPEALS)
            self.appeals.show_appeal(place.key)
        elif place.unit:
            self.show_tab(ITEMS)
            self.items.unit.setCurrentIndex(max(self.items.unit.findData(place.unit), 0))

    def place(self) -> Place:
        return Place(self.objectName(), key=self.tabs.key or ITEMS)

    def _grid(self) -> Grid:
        grids = {ITEMS: self.items.grid, APPEALS: self.appeals.grid, ADJUSTMENTS: self.adjustments.grid}
        return grids[self.tabs.key or ITEMS]

    def _choices(self) -> list[tuple[str, str]]:
        appeals = len(self.view.facts.review.open_appeals) if self.view else 0
        return _titles(self._waiting, appeals, self.adjustments.model.rowCount())

    def _change_tab(self, key: str) -> None:
        self._stacked.setCurrentIndex([ITEMS, APPEALS, ADJUSTMENTS].index(key))
        for widget in (self.limits_button, self.items.buttons):
            widget.setVisible(key == ITEMS)
        self.take_focus()

    def _open_place(self, item: ReviewItem) -> None:
        """To where it is looked at and mended."""
        if item.topic.place is ReviewPlace.TRACE:
            self.surroundings.show_trace(item.unit.unit.code, item.indicator)
        else:
            self.surroundings.go_to(place_of(item))

    def _show_period(self, view: YearView) -> None:
        period = view.facts.review.publicity
        text = publicity_text(period, self.surroundings.today())
        self.period.setText(
            f"公示期 {period.starts.isoformat()} 至 {period.ends.isoformat()} · {text}" if period else ""
        )
        is_running = period is not None and period.holds(self.surroundings.today())
        theme.dress(self.period, tone="warn" if is_running else "muted")
        self.period_button.setText("公示期…" if period else "设公示期…")

    def _ask_period(self) -> None:
        if self.view is None:
            return
        dialog = PublicityDialog(self, self.view.facts.review.publicity, self.surroundings.today())
        dialog.accepted.connect(lambda: self.acts.set_publicity(dialog.filled))
        self._show(dialog)

    def _ask_limits(self) -> None:
        if self.view is None:
            return
        dialog = ReviewLimitsDialog(self, self.view)
        dialog.accepted.connect(lambda: dialog.filled and self.acts.set_limits(dialog.filled))
        self._show(dialog)

    def _ask_adjustment(self, unit: str, indicator: str) -> None:
        self.show_tab(ADJUSTMENTS)
        self.adjustments.ask_new(unit, indicator)

    def _show(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(lambda _code: self._forget(dialog))
        show_dialog(dialog)

    def _forget(self, dialog: QDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None

    def _count(self, waiting: int) -> None:
        self._waiting = waiting

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._change_tab)
        self.items.counted.connect(self._count)
        self.items.adjust_asked.connect(self._ask_adjustment)
        self.period_button.clicked.connect(self._ask_period)
        self.limits_button.clicked.connect(self._ask_limits)


def _titles(items: int, appeals: int, adjustments: int) -> list[tuple[str, str]]:
    counted = ((ITEMS, "待核事项", items), (APPEALS, "申诉和异议", appeals), (ADJUSTMENTS, "复核调整", adjustments))
    return [(key, f"{title} {count}" if count else title) for key, title, count in counted]
