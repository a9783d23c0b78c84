"""The parts of the page of forms: what is shown and of whom, legend, buttons, grids, a line on the chosen cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from assessor.domain.form_flow import OWN_FORM
from assessor.domain.form_table import FormRow
from assessor.ui import theme
from assessor.ui.choice import Choice
from assessor.ui.forms.actions import BUTTONS, FormActions
from assessor.ui.forms.figure_columns import FROZEN as FIGURES_FROZEN
from assessor.ui.forms.legend import Legend
from assessor.ui.forms.matrix_columns import FROZEN as MATRIX_FROZEN
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.tick import TickBox
from assessor.ui.segments import Segments

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView

_ALL = "全部单位"
_TITLE = 26
"""Characters of a task's title in the choice of tables."""


class Look(Enum):
    """What the page shows of the same forms."""

    MATRIX = "matrix"
    LIST = "list"
    FIGURES = "figures"

    @property
    def label(self) -> str:
        return {"matrix": "总表", "list": "清单", "figures": "数据"}[self.value]


_GRIDS = {
    Look.MATRIX: ("填报总表", "forms-matrix", MATRIX_FROZEN),
    Look.LIST: ("填报清单", "forms-list", 1),
    Look.FIGURES: ("填报数据", "forms-figures", FIGURES_FROZEN),
}
"""Title, memory key and frozen columns."""


class FormsLayout:
    """``take_grid``: called with each grid as it is made, which is when it is first shown."""

    def __init__(
        self, body: QWidget, tools: QHBoxLayout, actions: FormActions, take_grid: Callable[[Look, Grid], object]
    ) -> None:
        self._take_grid = take_grid
        self._grids: dict[Look, Grid] = {}
        self.looks = Segments("视图")
        self.looks.show_choices([(look.value, look.label) for look in Look])
        self.whom = Choice("单位")
        self.table = Choice("填报表")
        self.table.setMaximumWidth(320)
        self.previous = TickBox("显示上年")
        self.legend = Legend()
        self.grids = QStackedWidget()
        self.spot = QLabel()
        self.spot.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.spot.setMinimumWidth(1)  # a long reason is cut, it does not push the window open
        self.spot.setAccessibleName("所选的填报")
        self.note = QLabel()
        self.note.setAccessibleName("提示信息")
        theme.dress(self.note, tone="good")
        self.note.hide()
        self.locked = QLabel()
        """Why nothing can be changed; empty where it can."""
        theme.dress(self.locked, tone="muted")
        self.choices = (self.whom, self.table, self.previous, self.looks)
        """In the head of the page."""
        for part in self.choices:
            tools.addWidget(part)
        self._lay_out(body, actions)

    @property
    def look(self) -> Look:
        return Look(self.looks.key)

    def grid(self) -> Grid:
        """The one that is shown."""
        look = self.look
        if look not in self._grids:
            title, key, frozen = _GRIDS[look]
            grid = Grid(title, frozen=frozen, memory_key=key, numbers=look is Look.LIST)
            self._grids[look] = grid
            self.grids.addWidget(grid)
            self._take_grid(look, grid)
        return self._grids[look]

    def show_look(self) -> None:
        look = self.look
        self.grids.setCurrentWidget(self.grid())
        self.table.setVisible(look is Look.FIGURES)
        self.previous.setVisible(look is Look.FIGURES)
        self.whom.setVisible(look is not Look.FIGURES)

    def say(self, text: str) -> None:
        """What was done, until the next thing is; empty: nothing."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def show_whom(self, view: YearView) -> None:
        """Groups, then units; the choice stays where it can."""
        choices = [("", _ALL)]
        choices += [(f"group:{group.group.code}", group.group.title) for group in view.facts.groups]
        choices += [(unit.unit.code, unit.unit.short_name) for group in view.facts.groups for unit in group.units]
        _show(self.whom, choices)

    def show_tables(self, view: YearView, rows: Sequence[FormRow]) -> None:
        """Own forms by group, then every task that is assigned."""
        own = {row.group.code: row.group.title for row in rows if not row.key.task}
        choices = [(f"group:{code}", f"{title} {OWN_FORM}") for code, title in own.items()]
        used = {row.key.task for row in rows}
        choices += [(task.code, f"{task.code} {_cut(task.title)}") for task in view.plan.tasks if task.code in used]
        _show(self.table, choices)

    def is_of(self, row: FormRow, chosen: str) -> bool:
        """``chosen``: data of one of the two choices."""
        if chosen.startswith("group:"):
            return row.group.code == chosen.removeprefix("group:")
        return not chosen or chosen in (row.unit.code, row.key.task)

    def _lay_out(self, body: QWidget, actions: FormActions) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for key in BUTTONS:
            button = QToolButton()
            button.setDefaultAction(actions[key])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.note)
        buttons.addWidget(self.locked)
        card = QFrame()
        theme.dress(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(self.grids, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.SPACE + 4, 6, theme.SPACE, 6)
        foot.addWidget(self.spot, 1)
        inside.addLayout(foot)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.legend)
        layout.addLayout(buttons)
        layout.addWidget(card, 1)


def _show(choice: Choice, choices: Sequence[tuple[str, str]]) -> None:
    kept = choice.currentData()
    if [choice.itemData(at) for at in range(choice.count())] == [key for key, _title in choices]:
        return
    choice.blockSignals(True)
    choice.clear()
    for key, title in choices:
        choice.addItem(title, key)
    choice.setCurrentIndex(max(choice.findData(kept), 0))
    choice.blockSignals(False)


def _cut(text: str) -> str:
    return text if len(text) <= _TITLE else text[: _TITLE - 1] + "…"
