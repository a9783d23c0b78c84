"""How firm each unit's rank is: the printed rank on the interval that other weights would give it, the share of draws
that keep its grade, and brackets round neighbours whose order is within the noise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from assessor.charts.fitting import MM_PER_POINT, fit_text, text_width, wrap_text
from assessor.charts.legend import LINE
from assessor.charts.sheet import MIN_WIDTH, Sheet, header_height, new_sheet
from assessor.charts.style import SMALL_SIZE, SMALLEST_SIZE, TEXT_SIZE, Look
from assessor.domain.results import GroupResult
from assessor.domain.robustness import NearPair, Robustness, analyse
from assessor.domain.robustness_table import TOO_FEW, RobustnessRow, robustness_rows, settings_text
from assessor.domain.year_view import YearView

_ROWS_HEIGHT = 150.0
_ROW_HEIGHTS = (3.4, 8.0)
_BAR_SHARE = 0.52
_HEAD = 7.0
_AXIS_HEIGHT = 6.0
_BRACKET = 3.0
"""Width of the column of brackets, in mm."""
_MOST_TICKS = 15


@dataclass(frozen=True)
class _Layout:
    rank_right: float
    name_left: float
    name_width: float
    bracket_left: float
    bar_left: float
    bar_width: float
    interval_right: float
    kept_right: float
    rows_top: float
    row: float
    size: float
    last: int
    """The last rank of the axis."""

    def x(self, rank: float) -> float:
        """A rank is a strip of the axis; this is its middle."""
        return self.bar_left + (rank - 0.5) / self.last * self.bar_width

    def middle(self, number: int) -> float:
        return self.rows_top + (number + 0.5) * self.row


def draw_robustness(
    view: YearView, group: GroupResult, look: Look, width: float, found: Robustness | None = None
) -> Figure:
    """``width`` in mm; at least ``MIN_WIDTH``. ``found``: an analysis that was made already, with its own settings."""
    width = max(width, MIN_WIDTH)
    title = f"{view.year.year} 年度{group.group.title}名次稳健性"
    found = found or analyse(group)
    head = header_height(look, is_sample=view.is_sample)
    if found is None:
        sheet = new_sheet(look, width, head + 20, title, is_sample=view.is_sample)
        sheet.text(width / 2, head + 10, TOO_FEW, TEXT_SIZE, align="center", colour=look.muted, key="nothing")
        return sheet.figure
    rows = tuple(robustness_rows(group, found))
    notes = [line for note in _notes(found) for line in wrap_text(note, width - 1, SMALL_SIZE)]
    layout = _layout(rows, width, head + _HEAD)
    bottom = layout.rows_top + len(rows) * layout.row
    sheet = new_sheet(look, width, bottom + _AXIS_HEIGHT + len(notes) * LINE + 1, title, is_sample=view.is_sample)
    _draw_head(sheet, layout, head)
    _draw_axis(sheet, layout, bottom)
    for number, row in enumerate(rows):
        _draw_row(sheet, layout, number, row)
    for first, last in brackets(rows, found.near_pairs):
        _draw_bracket(sheet, layout, first, last)
    for number, note in enumerate(notes):
        y = bottom + _AXIS_HEIGHT + (number + 0.5) * LINE
        sheet.text(0.5, y, note, SMALL_SIZE, colour=look.muted, key=f"note:{number}")
    return sheet.figure


def brackets(rows: Sequence[RobustnessRow], pairs: Sequence[NearPair]) -> Iterator[tuple[int, int]]:
    """First and last row of each run of neighbours that are pairwise within the noise."""
    joined = {(pair.upper, pair.lower) for pair in pairs}
    codes = [row.result.unit.code for row in rows]
    start = 0
    for place in range(1, len(codes) + 1):
        if place < len(codes) and (codes[place - 1], codes[place]) in joined:
            continue
        if place - start > 1:
            yield start, place - 1
        start = place


def _notes(found: Robustness) -> tuple[str, ...]:
    share = f"{found.settings.flip_share * 100:f}".rstrip("0").rstrip(".")
    return (
        f"{settings_text(found.settings)}；横条是 5% 至 95% 测算中的名次，菱形是公布名次。",
        f"括线连起的单位名次并列，或相邻两个的先后在超过 {share}% 的测算中对调（并列区间）。本图是分析，不是正式得分。",
    )


def _layout(rows: Sequence[RobustnessRow], width: float, top: float) -> _Layout:
    row = min(max(_ROWS_HEIGHT / len(rows), _ROW_HEIGHTS[0]), _ROW_HEIGHTS[1])
    size = min(TEXT_SIZE, row * 0.75 / MM_PER_POINT)
    rank_right = 0.5 + max(text_width(item.result.rank_text, size) for item in rows)
    name_left = rank_right + 1.8
    name_width = min(max(text_width(item.result.unit.short_name, size) for item in rows), width * 0.19)
    bracket_left = name_left + name_width + 2.2
    bar_left = bracket_left + _BRACKET + 1.2
    kept_right = width - 0.5
    interval_right = kept_right - max(text_width("等次不变", SMALL_SIZE), text_width("100.0%", size)) - 4
    bar_right = interval_right - max(text_width("名次区间", SMALL_SIZE), text_width("28–28", size)) - 3
    return _Layout(
        rank_right=rank_right,
        name_left=name_left,
        name_width=name_width,
        bracket_left=bracket_left,
        bar_left=bar_left,
        bar_width=bar_right - bar_left,
        interval_right=interval_right,
        kept_right=kept_right,
        rows_top=top,
        row=row,
        size=size,
        last=max(len(rows), *(item.worst for item in rows)),
    )


def _draw_head(sheet: Sheet, layout: _Layout, top: float) -> None:
    look, middle = sheet.look, top + _HEAD - 3.4
    centre = layout.bar_left + layout.bar_width / 2
    sheet.text(centre, middle, "名次", SMALL_SIZE, align="center", colour=look.muted, key="head:bar")
    for right, words in ((layout.interval_right, "名次区间"), (layout.kept_right, "等次不变")):
        sheet.text(right, middle, words, SMALL_SIZE, align="right", colour=look.muted, key=f"head:{words}")
    sheet.line((0.5, sheet.width - 0.5), (top + _HEAD - 0.4, top + _HEAD - 0.4), look.muted, 0.5)


def _draw_axis(sheet: Sheet, layout: _Layout, bottom: float) -> None:
    look = sheet.look
    step = max(1, -(-layout.last // _MOST_TICKS))
    for rank in range(1, layout.last + 1, step):
        x = layout.x(rank)
        sheet.line((x, x), (layout.rows_top, bottom), look.rule, 0.5)
        sheet.text(x, bottom + 2.6, str(rank), SMALL_SIZE, align="center", colour=look.muted, key=f"tick:{rank}")
    sheet.line((layout.bar_left, layout.bar_left + layout.bar_width), (bottom, bottom), look.muted, 0.6)


def _draw_row(sheet: Sheet, layout: _Layout, number: int, row: RobustnessRow) -> None:
    middle, look, unit = layout.middle(number), sheet.look, row.result
    code, size = unit.unit.code, layout.size
    sheet.text(layout.rank_right, middle, unit.rank_text, size, align="right", colour=look.muted, key=f"rank:{code}")
    name = fit_text(unit.unit.short_name, layout.name_width, layout.row, size, SMALLEST_SIZE)
    sheet.fitted(layout.name_left, middle, name, key=f"name:{code}")
    height = layout.row * _BAR_SHARE
    half = layout.bar_width / layout.last / 2
    left, right = layout.x(row.best) - half, layout.x(row.worst) + half
    sheet.bar(left, middle - height / 2, right - left, height, look.series[4], key=f"interval:{code}")
    if unit.rank is not None:
        sheet.diamond(layout.x(unit.rank), middle, key=f"printed:{code}")
    words = row.interval_text
    sheet.text(layout.interval_right, middle, words, size, align="right", bold=True, key=f"words:{code}")
    sheet.text(layout.kept_right, middle, row.kept_text, size, align="right", key=f"kept:{code}")


def _draw_bracket(sheet: Sheet, layout: _Layout, first: int, last: int) -> None:
    look = sheet.look
    left, right = layout.bracket_left, layout.bracket_left + _BRACKET / 2
    top, bottom = layout.middle(first), layout.middle(last)
    sheet.line((left, right, right, left), (top, top, bottom, bottom), look.ink, 0.8, z=2)
    for number in range(first + 1, last):
        sheet.line((left, right), (layout.middle(number), layout.middle(number)), look.ink, 0.5, z=2)
