"""分析: how firm the ranking is, why totals changed since last year, what they are in the city's overall assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from assessor.ui.analysis.bridge_pane import BridgePane
from assessor.ui.analysis.conversion_pane import ConversionPane
from assessor.ui.analysis.pane import Pane
from assessor.ui.analysis.robustness_pane import RobustnessPane
from assessor.ui.pages.page import Page, Surroundings
from assessor.ui.segments import Segments

if TYPE_CHECKING:
    from assessor.domain.results import GroupResult
    from assessor.domain.year_view import YearView

ROBUSTNESS, BRIDGE, CONVERSION = "robustness", "bridge", "conversion"


class AnalysisPage(Page):
    """Each part is filled when it is shown."""

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__("分析", surroundings)
        self.kinds = Segments("分析种类")
        self.kinds.show_choices([(ROBUSTNESS, "稳健性"), (BRIDGE, "分差分解"), (CONVERSION, "折算")])
        self.groups = Segments("考核组别")
        self.robustness = RobustnessPane(surroundings)
        self.bridge = BridgePane(surroundings)
        self.conversion = ConversionPane(surroundings)
        self._panes: dict[str, Pane] = {
            ROBUSTNESS: self.robustness,
            BRIDGE: self.bridge,
            CONVERSION: self.conversion,
        }
        self._parts = QStackedWidget()
        for pane in self._panes.values():
            self._parts.addWidget(pane)
        self.tools.addWidget(self.kinds)
        self.tools.addWidget(self.groups)
        layout = QVBoxLayout(self.body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._parts)
        for switch in (self.kinds, self.groups):
            switch.chosen.connect(lambda _key: self._show())

    def fill(self, view: YearView) -> None:
        groups = [(group.group.code, group.group.title) for group in view.result.groups if group.units]
        self.groups.show_choices(groups)
        self._show()

    def take_focus(self) -> None:
        self._pane().take_focus()

    def show_kind(self, kind: str) -> None:
        """One of the three constants above."""
        self.kinds.button(kind).click()

    def _pane(self) -> Pane:
        return self._panes[self.kinds.key or ROBUSTNESS]

    def _show(self) -> None:
        pane, group = self._pane(), self._group()
        self._parts.setCurrentWidget(pane)
        if self.view is not None and group is not None:
            pane.show_group(self.view, group)

    def _group(self) -> GroupResult | None:
        groups = self.view.result.groups if self.view else ()
        return next((group for group in groups if group.group.code == self.groups.key), None)
