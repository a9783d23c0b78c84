"""A unit and one of its indicators, chosen in two lists, with the score as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFormLayout, QLabel

from assessor.domain.appeal_table import AT_LARGE
from assessor.domain.wording import plain
from assessor.ui import theme
from assessor.ui.choice import Choice

if TYPE_CHECKING:
    from assessor.domain.results import GroupResult, LeafResult, UnitResult
    from assessor.domain.year_view import YearView

_LISTED = 18


class LeafChoice(QObject):
    """Rows of ``form``. ``at_large``: the result as a whole can be chosen, too."""

    changed = Signal()

    def __init__(self, form: QFormLayout, view: YearView, *, at_large: bool) -> None:
        super().__init__()
        self._view, self._at_large = view, at_large
        self.unit = Choice("单位")
        self.indicator = Choice("指标")
        for choice in (self.unit, self.indicator):
            choice.setMaxVisibleItems(_LISTED)
        self.present = QLabel()
        theme.dress(self.present, tone="muted")
        for group in view.facts.groups:
            for unit in group.units:
                if not unit.exempt:
                    self.unit.addItem(unit.unit.short_name, unit.unit.code)
        form.addRow("单位(&U)", self.unit)
        form.addRow("指标(&I)", self.indicator)
        form.addRow("", self.present)
        self.unit.currentIndexChanged.connect(self._show_indicators)
        self.indicator.currentIndexChanged.connect(self._show_present)
        self._show_indicators()

    def choose(self, unit: str, indicator: str | None) -> None:
        """By code; what is not there is left as it is."""
        self.unit.setCurrentIndex(max(self.unit.findData(unit), 0))
        self.indicator.setCurrentIndex(max(self.indicator.findData(indicator or ""), 0))

    def found(self) -> tuple[GroupResult, UnitResult]:
        return self._view.assessed_unit(self.code())

    def code(self) -> str:
        return str(self.unit.currentData())

    def leaf(self) -> LeafResult | None:
        """None: the result at large."""
        wanted = self.indicator.currentData()
        return next((leaf for leaf in self.found()[1].leaves if leaf.indicator.code == wanted), None)

    def _show_indicators(self) -> None:
        before = self.indicator.currentData()
        self.indicator.blockSignals(True)
        self.indicator.clear()
        if self._at_large:
            self.indicator.addItem(f"{AT_LARGE}（不针对某个指标）", "")
        for leaf in self.found()[1].leaves:
            self.indicator.addItem(f"{leaf.indicator.code} {leaf.indicator.title}", leaf.indicator.code)
        self.indicator.setCurrentIndex(max(self.indicator.findData(before), 0))
        self.indicator.blockSignals(False)
        self._show_present()

    def _show_present(self) -> None:
        self.present.setText(present_words(self.found()[1], self.leaf()))
        self.changed.emit()


def present_words(unit: UnitResult, leaf: LeafResult | None) -> str:
    """The score of the leaf, or else the unit's total, as it stands."""
    if leaf is None:
        grade = f"，{unit.grade}" if unit.grade else ""
        return f"现在总分 {unit.total:f}，名次 {unit.rank_text}{grade}"
    if leaf.score is None:
        return f"现在{leaf.state.label}，满分 {plain(leaf.indicator.points)}"
    own = f"，自评 {plain(leaf.self_score)} 分" if leaf.self_score is not None else ""
    return f"现在得 {leaf.score:f} 分，满分 {plain(leaf.indicator.points)}{own}"
