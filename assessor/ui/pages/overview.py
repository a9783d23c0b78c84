"""概览: where the year stands, how the sections are coming on, what is next and what stands out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QLabel, QMenu, QScrollArea, QVBoxLayout, QWidget

from assessor.domain.next_steps import FORM_TOPICS, Concern, Topic, exceptions, next_steps, page_of
from assessor.domain.place import Place
from assessor.domain.standing import standing_of, unit_deliveries
from assessor.ui import theme
from assessor.ui.grid.plain_table import PlainTable
from assessor.ui.history_menu import add_history_actions, add_section_history, add_target_history
from assessor.ui.models.delivery_model import DeliveryModel
from assessor.ui.models.section_model import RateBar, SectionModel
from assessor.ui.models.target_model import TargetModel
from assessor.ui.pages.cards import Card, completeness_card, deadline_card, publicity_card, ranked_card, units_card
from assessor.ui.pages.page import Page, Surroundings
from assessor.ui.pages.recent_edits import RecentEdits
from assessor.ui.pages.target_table import TargetTable
from assessor.ui.pages.todo import TodoCard
from assessor.ui.segments import Segments

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView

_COUNT_WIDTH = 46
BY_SECTION, BY_UNIT = "section", "unit"


class OverviewPage(Page):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__("概览", surroundings)
        self.cards = {
            "deadline": Card("报送时间"),
            "units": Card("报齐的单位"),
            "completeness": Card("报送率"),
            "ranked": Card("参与排名的单位"),
            "publicity": Card("公示期"),
        }
        self.delivery = Segments("完成情况")
        self.delivery.show_choices([(BY_SECTION, "按行动、工程"), (BY_UNIT, "按单位")])
        self.delivery.chosen.connect(self._show_delivery)
        self.sections = PlainTable("各项行动和工程完成情况")
        self.units = PlainTable("各单位报送情况")
        self._bar = RateBar()
        for table in (self.sections, self.units):
            for column in (3, 4):
                table.setItemDelegateForColumn(column, self._bar)
        self.units.hide()
        self.units.opened.connect(self._open_unit)
        self.recent = RecentEdits(surroundings)
        self.targets = TargetTable()
        self.unobserved = QLabel("还没有监测数据。")
        theme.dress(self.unobserved, tone="muted")
        self.todo = TodoCard(surroundings.open_trace)
        for table, show_menu in ((self.sections, self._show_section_menu), (self.targets, self._show_target_menu)):
            table.offer_menu()
            table.menu_asked.connect(show_menu)
        self.todo.menu_asked.connect(self._show_unit_menu)
        self.todo.asked.connect(self._take_care)
        self._lay_out_body()

    def fill(self, view: YearView) -> None:
        today = self.surroundings.today()
        standing = standing_of(view, today)
        year = view.year
        self.set_subtitle(f"{year.year} 年度　考核期 {year.starts.isoformat()} 至 {year.ends.isoformat()}")
        deadline_card(self.cards["deadline"], year, standing)
        units_card(self.cards["units"], standing)
        completeness_card(self.cards["completeness"], standing)
        ranked_card(self.cards["ranked"], standing)
        publicity_card(self.cards["publicity"], view.facts.review.publicity, standing, today)
        self.sections.setModel(SectionModel(view.sections))
        self.units.setModel(DeliveryModel(unit_deliveries(view.facts)))
        self._fit_rates()
        self.recent.show_year(year.year)
        self.targets.setModel(TargetModel(view))
        self.unobserved.setVisible(all(item.reached is None for item in view.targets))
        self.todo.show_findings(next_steps(view, today, self.surroundings.session.review_of(view)), exceptions(view))

    def take_focus(self) -> None:
        self.todo.take_focus()

    def show_step(self, place: int) -> None:
        """Chooses one of the next steps and lists its units."""
        self.todo.show_step(place)

    def _show_delivery(self, key: str) -> None:
        """One table at a time, both as high as that of the sections."""
        self.units.setFixedHeight(self.sections.height())
        self.sections.setVisible(key == BY_SECTION)
        self.units.setVisible(key == BY_UNIT)

    def _open_unit(self, index: QModelIndex) -> None:
        model = self.units.model()
        if isinstance(model, DeliveryModel):
            self.surroundings.open_trace(model.deliveries[index.row()].unit.code, None)

    def _take_care(self, topic: Topic) -> None:
        """Goes to the page that does it, or begins the step of the year."""
        page = page_of(topic)
        if topic in FORM_TOPICS:
            self.surroundings.show_forms(topic)
        elif topic is Topic.APPEAL:
            self.surroundings.go_to(Place(page, key="appeals"))
        elif page:
            self.surroundings.go(page)
        else:
            self.surroundings.take_step(topic)

    def _show_section_menu(self, index: QModelIndex, at: QPoint) -> None:
        if self.view is not None:
            menu, section = QMenu(self), self.view.sections[index.row()].section
            add_section_history(menu, self.view.year.year, section, show=self.surroundings.show_history)
            self._pop_up(menu, self.sections, at)

    def _show_target_menu(self, index: QModelIndex, at: QPoint) -> None:
        if self.view is not None:
            menu, target = QMenu(self), self.view.targets[index.row()].target
            add_target_history(menu, self.view.year.year, target, show=self.surroundings.show_history)
            self._pop_up(menu, self.targets, at)

    def _show_unit_menu(self, concern: Concern, at: QPoint) -> None:
        if self.view is not None:
            menu, unit, code = QMenu(self), concern.unit.code, concern.indicator
            menu.addAction("得分依据", lambda: self.surroundings.open_trace(unit, code))
            add_history_actions(menu, self.view, unit, code, show=self.surroundings.show_history)
            self._pop_up(menu, self.todo.units, at)

    def _pop_up(self, menu: QMenu, table: PlainTable, at: QPoint) -> None:
        menu.addSeparator()
        menu.addAction("复制", table.copy_selection)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _fit_rates(self) -> None:
        for table in (self.sections, self.units):
            header = table.horizontalHeader()
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
            for column in (1, 2):
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                table.setColumnWidth(column, _COUNT_WIDTH)

    def _lay_out_body(self) -> None:
        cards = QHBoxLayout()
        cards.setSpacing(theme.SPACE + 4)
        for card in self.cards.values():
            cards.addWidget(card, 1)
        left = QVBoxLayout()
        left.setSpacing(theme.SPACE + 4)
        left.addWidget(_titled("任务完成情况", self.sections, self.delivery, self.units))
        left.addWidget(_titled("量化目标", self.targets, self.unobserved))
        left.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE + 4)
        row.addLayout(left, 1)
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE + 4)
        right.addWidget(self.todo, 1)
        right.addWidget(self.recent)
        row.addLayout(right, 1)
        content = QWidget()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        content.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        outer = QVBoxLayout(self.body)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE + 4)
        layout.addLayout(cards)
        layout.addLayout(row, 1)


def _titled(title: str, table: PlainTable, beside: QWidget | None = None, other: PlainTable | None = None) -> QFrame:
    """A card that is as high as its table; ``beside`` stands beside the title, ``other`` may take the table's place."""
    card = QFrame()
    theme.dress(card, role="card")
    inside = QVBoxLayout(card)
    inside.setContentsMargins(1, theme.SPACE + 4, 1, 1)
    heading = QLabel(title)
    heading.setFont(theme.font("heading", bold=True))
    line = QHBoxLayout()
    line.setContentsMargins(theme.SPACE * 2 - 1, 0, theme.SPACE * 2 - 1, 0)
    line.setSpacing(theme.SPACE)
    line.addWidget(heading)
    if isinstance(beside, QLabel):
        line.addWidget(beside)
    line.addStretch(1)
    if beside is not None and not isinstance(beside, QLabel):
        line.addWidget(beside)
    inside.addLayout(line)
    inside.addWidget(table)
    if other is not None:
        inside.addWidget(other)
    table.show_all_rows()
    return card
