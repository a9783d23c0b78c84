"""Charts of a year's results, as matplotlib figures. matplotlib is imported only when one is drawn.

The numbers are those of the results object: a bar is as long as the printed score, and the label is the printed total.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assessor.domain.results import GroupResult
from assessor.domain.year_view import YearView
from assessor.errors import InputError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from assessor.charts.style import Look


@dataclass(frozen=True)
class Chart:
    """A kind of chart."""

    kind: str
    title: str
    by_group: bool
    """One figure per comparison group; else one of the whole year."""
    draw: Callable[[YearView, GroupResult | None, Look, float], Figure]
    """The view, the group (None where the chart is of the whole year), the look, the width in mm."""


def _draw_ranking(view: YearView, group: GroupResult | None, look: Look, width: float) -> Figure:
    from assessor.charts.ranking import draw_ranking

    assert group is not None
    return draw_ranking(view, group, look, width)


def _draw_sections(view: YearView, group: GroupResult | None, look: Look, width: float) -> Figure:
    from assessor.charts.sections import draw_sections

    return draw_sections(view, look, width)


def _draw_robustness(view: YearView, group: GroupResult | None, look: Look, width: float) -> Figure:
    from assessor.charts.robustness import draw_robustness

    assert group is not None
    return draw_robustness(view, group, look, width)


def _draw_bridge(view: YearView, group: GroupResult | None, look: Look, width: float) -> Figure:
    from assessor.charts.bridge import draw_bridge

    assert group is not None
    return draw_bridge(view, group, look, width)


_CHARTS = (
    Chart("ranking", "考核得分排名", True, _draw_ranking),
    Chart("sections", "各行动和工程报送与完成情况", False, _draw_sections),
    Chart("robustness", "名次稳健性", True, _draw_robustness),
    Chart("bridge", "总分与上年之差", True, _draw_bridge),
)
CHARTS: dict[str, Chart] = {chart.kind: chart for chart in _CHARTS}


def draw_chart(
    kind: str,
    view: YearView,
    *,
    group: str | None = None,
    width_mm: float = 156,
    paper: bool = False,
    dark: bool = False,
) -> Figure:
    """A figure ``width_mm`` wide (at least 140) and as high as its rows need.

    ``group``: a group's code; None: the first one. ``paper``: shades that survive a grey printer, and no title,
    because a document sets its own caption. ``dark``: for a dark screen. Safe to call from any thread.
    Raises InputError where the kind or the group is unknown.
    """
    chart = CHARTS.get(kind)
    if chart is None:
        raise InputError(f"没有“{kind}”这种图", remedy=f"可用的图：{'、'.join(CHARTS)}")
    found = _group(view, group) if chart.by_group else None
    from assessor.charts.style import look_for

    return chart.draw(view, found, look_for(paper=paper, dark=dark), width_mm)


def save_chart(figure: Figure, path: Path) -> None:
    """Writes PNG, SVG or PDF by the suffix, whole or not at all. Raises OutputError where it cannot."""
    from assessor.charts.saving import save_figure

    save_figure(figure, path)


def _group(view: YearView, code: str | None) -> GroupResult:
    groups = {group.group.code: group for group in view.result.groups}
    if not groups:
        raise InputError("本年度没有考核组别", place=f"{view.year.year} 年度", remedy="请先为本年度设置考核组别和细则")
    if code is None:
        return next(iter(groups.values()))
    if code not in groups:
        known = "、".join(f"{name}（{group.group.title}）" for name, group in groups.items())
        raise InputError(f"没有“{code}”这个组别", place=f"{view.year.year} 年度", remedy=f"可用的组别：{known}")
    return groups[code]
