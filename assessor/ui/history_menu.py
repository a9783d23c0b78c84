"""修改历史 in the context menu of whatever shows a unit's result, a section's tasks or a target."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from assessor.domain.plan import Section
    from assessor.domain.target import Target
    from assessor.domain.year_view import YearView
    from assessor.workbook.history_list import HistoryQuery


def add_history_actions(
    menu: QMenu, view: YearView, unit: str, code: str | None, *, show: Callable[[HistoryQuery], object]
) -> None:
    """For the unit and, where ``code`` is one of an indicator, for that indicator alone."""
    from assessor.workbook.history_list import HistoryQuery

    found = view.result.find(unit)
    if found is None:
        return
    group, result = found
    name, year = result.unit.short_name, view.year.year
    indicator = next((item for item in group.scheme.indicators if item.code == code), None)
    if indicator is not None:
        of_both = HistoryQuery(year=year, unit=unit, indicator=indicator.code, figures=indicator.rule.figures())
        menu.addAction(f"修改历史：{name} {indicator.code} {indicator.title}", lambda: show(of_both))
    menu.addAction(f"修改历史：{name}", lambda: show(HistoryQuery(year=year, unit=unit)))


def add_section_history(menu: QMenu, year: int, section: Section, *, show: Callable[[HistoryQuery], object]) -> None:
    """What was assigned and handed in for the section's tasks."""
    from assessor.workbook.history_list import HistoryQuery

    query = HistoryQuery(year=year, section=section.code)
    menu.addAction(f"修改历史：{section.code} {section.title}", lambda: show(query))


def add_target_history(menu: QMenu, year: int, target: Target, *, show: Callable[[HistoryQuery], object]) -> None:
    """The value observed in the year, and the target's own wording and figures."""
    from assessor.workbook.history_list import HistoryQuery

    observed, defined = (
        HistoryQuery(row=("observation", (target.code, year))),
        HistoryQuery(row=("target", (target.code,))),
    )
    menu.addAction(f"{year} 年监测数据的修改历史", lambda: show(observed))
    menu.addAction(f"目标的修改历史：{target.title}", lambda: show(defined))
