"""Why totals changed since the year before: for each unit the three parts on either side of zero, and their sum.

From the greatest gain to the greatest loss; units that cannot be compared are named below with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from matplotlib.figure import Figure

from assessor.charts.fitting import MM_PER_POINT, fit_text, text_width, wrap_text
from assessor.charts.legend import LINE, Entry, draw_legend, legend_lines
from assessor.charts.sheet import MIN_WIDTH, Sheet, header_height, new_sheet
from assessor.charts.style import SMALL_SIZE, SMALLEST_SIZE, TEXT_SIZE, Look
from assessor.domain.bridge import Bridge
from assessor.domain.bridge_table import BridgeRow, bridge_rows
from assessor.domain.results import GroupResult
from assessor.domain.wording import plain, signed
from assessor.domain.year_view import YearView

_ROWS_HEIGHT = 150.0
_ROW_HEIGHTS = (3.4, 8.0)
_BAR_SHARE = 0.62
_AXIS_HEIGHT = 6.0
_STEPS = (Decimal("0.5"), Decimal(1), Decimal(2), Decimal(5), Decimal(10), Decimal(20), Decimal(50), Decimal(100))
_MOST_STEPS = 8
PARTS = ("工作成效", "细则变化", "承担范围")
_NOTE = "横条是三项各加减多少分，菱形是总分之差：三项相加恰等于差。"


@dataclass(frozen=True)
class _Layout:
    name_left: float
    name_width: float
    bar_left: float
    bar_width: float
    low: Decimal
    high: Decimal
    step: Decimal
    difference_right: float
    rows_top: float
    row: float
    size: float

    def x(self, points: Decimal) -> float:
        return self.bar_left + float((points - self.low) / (self.high - self.low)) * self.bar_width

    def middle(self, number: int) -> float:
        return self.rows_top + (number + 0.5) * self.row


def draw_bridge(view: YearView, group: GroupResult, look: Look, width: float) -> Figure:
    """``width`` in mm; at least ``MIN_WIDTH``."""
    width = max(width, MIN_WIDTH)
    title = f"{view.year.year} 年度{group.group.title}总分与上年之差"
    every = bridge_rows(view, group)
    pairs = sorted(((row, row.bridge) for row in every if row.bridge), key=lambda pair: -pair[1].difference)
    notes = [line for note in _notes(every) for line in wrap_text(note, width - 1, SMALL_SIZE)]
    head = header_height(look, is_sample=view.is_sample)
    entries = legend_lines(
        [Entry(words, fill) for words, fill in zip(PARTS, look.fills(len(PARTS)), strict=True)], width - 1
    )
    top = head + len(entries) * LINE + 2
    layout = _layout(pairs, width, top)
    bottom = top + max(len(pairs), 2) * layout.row
    sheet = new_sheet(look, width, bottom + _AXIS_HEIGHT + len(notes) * LINE + 1, title, is_sample=view.is_sample)
    draw_legend(sheet, 0.5, head, entries)
    if pairs:
        _draw_axis(sheet, layout, bottom)
    else:
        words = "没有可以与上年比较的单位"
        sheet.text(width / 2, (top + bottom) / 2, words, TEXT_SIZE, align="center", colour=look.muted, key="nothing")
    for number, (row, made) in enumerate(pairs):
        _draw_row(sheet, layout, number, row, made)
    for number, note in enumerate(notes):
        y = bottom + _AXIS_HEIGHT + (number + 0.5) * LINE
        sheet.text(0.5, y, note, SMALL_SIZE, colour=look.muted, key=f"note:{number}")
    return sheet.figure


def _notes(rows: Sequence[BridgeRow]) -> Iterator[str]:
    if any(row.bridge for row in rows):
        yield _NOTE
    reasons: dict[str, list[str]] = {}
    for row in rows:
        if row.bridge is None:
            reasons.setdefault(row.reason, []).append(row.result.unit.short_name)
    for reason, names in reasons.items():
        whose = f"全部 {len(names)} 个单位" if len(names) == len(rows) and len(rows) > 1 else "、".join(names)
        yield f"未比较：{whose}（{reason}）。"


def _layout(pairs: Sequence[tuple[BridgeRow, Bridge]], width: float, top: float) -> _Layout:
    row = min(max(_ROWS_HEIGHT / max(len(pairs), 1), _ROW_HEIGHTS[0]), _ROW_HEIGHTS[1])
    size = min(TEXT_SIZE, row * 0.75 / MM_PER_POINT)
    names = [text_width(item.result.unit.short_name, size) for item, _made in pairs]
    name_width = min(max(names, default=0.0), width * 0.19)
    bar_left = 0.5 + name_width + 3
    differences = [text_width(signed(made.difference), size) for _item, made in pairs]
    bar_right = width - 0.5 - max(differences, default=0.0) - 3
    low = min((_sum(made, is_gain=False) for _item, made in pairs), default=Decimal(0))
    high = max((_sum(made, is_gain=True) for _item, made in pairs), default=Decimal(0))
    step = next((step for step in _STEPS if (high - low) / step <= _MOST_STEPS), _STEPS[-1])
    return _Layout(
        name_left=0.5,
        name_width=name_width,
        bar_left=bar_left,
        bar_width=bar_right - bar_left,
        low=(low // step - (low % step != 0)) * step,
        high=max((high // step + (high % step != 0)) * step, step),
        step=step,
        difference_right=width - 0.5,
        rows_top=top,
        row=row,
        size=size,
    )


def _sum(made: Bridge, *, is_gain: bool) -> Decimal:
    """Of the parts on one side of zero."""
    parts = (made.performance, made.scheme, made.membership)
    return sum((part for part in parts if (part > 0) is is_gain), Decimal(0))


def _draw_axis(sheet: Sheet, layout: _Layout, bottom: float) -> None:
    look, points = sheet.look, layout.low
    while points <= layout.high:
        x = layout.x(points)
        is_zero = points == 0
        sheet.line((x, x), (layout.rows_top, bottom), look.ink if is_zero else look.rule, 0.8 if is_zero else 0.5)
        words = "0" if is_zero else f"{'+' if points > 0 else ''}{plain(points)}"
        sheet.text(x, bottom + 2.6, words, SMALL_SIZE, align="center", colour=look.muted, key=f"tick:{words}")
        points += layout.step
    sheet.line((layout.bar_left, layout.bar_left + layout.bar_width), (bottom, bottom), look.muted, 0.6)


def _draw_row(sheet: Sheet, layout: _Layout, number: int, row: BridgeRow, made: Bridge) -> None:
    middle, look, code = layout.middle(number), sheet.look, row.result.unit.code
    name = fit_text(row.result.unit.short_name, layout.name_width, layout.row, layout.size, SMALLEST_SIZE)
    sheet.fitted(layout.name_left, middle, name, key=f"name:{code}")
    height = layout.row * _BAR_SHARE
    gained = lost = Decimal(0)
    parts = zip(("performance", "scheme", "membership"), look.fills(len(PARTS)), strict=True)
    for (key, fill), part in zip(parts, (made.performance, made.scheme, made.membership), strict=True):
        start = gained if part > 0 else lost + part
        if part:
            left, right = layout.x(start), layout.x(start + abs(part))
            sheet.bar(left, middle - height / 2, right - left, height, fill, key=f"{code}:{key}")
        gained, lost = (gained + part, lost) if part > 0 else (gained, lost + part)
    sheet.diamond(layout.x(made.difference), middle, key=f"{code}:difference")
    words = signed(made.difference)
    sheet.text(layout.difference_right, middle, words, layout.size, align="right", bold=True, key=f"sum:{code}")
