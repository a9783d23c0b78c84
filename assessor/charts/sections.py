"""Completion by section: where its forms stand, as shares of a bar and as counts, and the completion rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from matplotlib.figure import Figure

from assessor.charts.fitting import fit_text, text_width, wrap_text
from assessor.charts.legend import LINE, Entry, draw_swatch
from assessor.charts.sheet import MIN_WIDTH, Sheet, header_height, new_sheet
from assessor.charts.style import SMALL_SIZE, SMALLEST_SIZE, TEXT_SIZE, Look
from assessor.domain.progress import Delivery, SectionProgress, whole
from assessor.domain.year_view import YearView

_ROW = 7.8
_KIND_ROW = 5.4
_HEAD = 7.0
_BAR_HEIGHT = 4.6
_AXIS_HEIGHT = 6.0
_NOTE = "完成率是各项任务完成量占目标的比例（最多 100%）的平均数，没有报送的任务按 0 计；没有下达目标的任务不计入。"
_SHORT = {Delivery.ON_TIME: "按时", Delivery.LATE: "逾期", Delivery.RETURNED: "退回", Delivery.MISSING: "未报"}


@dataclass(frozen=True)
class _Layout:
    name_left: float
    name_width: float
    bar_left: float
    bar_width: float
    count_rights: tuple[float, ...]
    """Right edges of the counts: one per delivery, then their sum."""
    rate_right: float

    def x(self, percent: Decimal) -> float:
        return self.bar_left + float(percent) / 100 * self.bar_width


def draw_sections(view: YearView, look: Look, width: float) -> Figure:
    """``width`` in mm; at least ``MIN_WIDTH``."""
    width = max(width, MIN_WIDTH)
    layout = _layout(view.sections, width)
    head = header_height(look, is_sample=view.is_sample)
    kinds = list(dict.fromkeys(progress.section.kind for progress in view.sections))
    top = head + _HEAD
    bottom = top + len(kinds) * _KIND_ROW + (len(view.sections) + 1) * _ROW
    notes = wrap_text(_NOTE, width - 1, SMALL_SIZE)
    height = bottom + _AXIS_HEIGHT + len(notes) * LINE + 1
    title = f"{view.year.year} 年度各行动和工程报送与完成情况"

    sheet = new_sheet(look, width, height, title, is_sample=view.is_sample)
    _draw_head(sheet, layout, head)
    y = top
    for kind in kinds:
        sheet.text(
            0.5, y + _KIND_ROW / 2, kind.label, SMALL_SIZE, bold=True, colour=look.muted, key=f"kind:{kind.value}"
        )
        y += _KIND_ROW
        for progress in view.sections:
            if progress.section.kind is kind:
                _draw_row(sheet, layout, y, progress.section.title, progress, progress.section.code)
                y += _ROW
    sheet.line((0.5, width - 0.5), (y, y), look.muted, 0.5)
    _draw_row(sheet, layout, y, "合计", whole(view.sections), "all")
    _draw_axis(sheet, layout, top, bottom)
    for number, note in enumerate(notes):
        place = bottom + _AXIS_HEIGHT + (number + 0.5) * LINE
        sheet.text(0.5, place, note, SMALL_SIZE, colour=look.muted, key=f"note:{number}")
    return sheet.figure


def _layout(sections: Sequence[SectionProgress], width: float) -> _Layout:
    longest = max((text_width(progress.section.title, TEXT_SIZE) for progress in sections), default=0.0)
    name_width = min(longest, width * 0.235)
    rate_right = width - 0.5
    column = text_width("按时", SMALL_SIZE) + 6.0
    rate_width = text_width("完成率", SMALL_SIZE) + 5.4
    count_rights = tuple(rate_right - rate_width - column * place for place in range(len(Delivery), -1, -1))
    bar_left = 0.5 + name_width + 2
    return _Layout(
        name_left=0.5,
        name_width=name_width,
        bar_left=bar_left,
        bar_width=count_rights[0] - column - bar_left,
        count_rights=count_rights,
        rate_right=rate_right,
    )


def _draw_head(sheet: Sheet, layout: _Layout, top: float) -> None:
    """Column titles; those of the counts carry the colours, so they are the key as well."""
    look, middle = sheet.look, top + _HEAD - 3.4
    bar_middle = layout.bar_left + layout.bar_width / 2
    sheet.text(
        bar_middle, middle, "报送情况（占任务数的比例）", SMALL_SIZE, align="center", colour=look.muted, key="head:bar"
    )
    for delivery, right in zip(Delivery, layout.count_rights, strict=False):
        words = _SHORT[delivery]
        draw_swatch(sheet, right - text_width(words, SMALL_SIZE) - 3.9, middle, Entry(words, look.deliveries[delivery]))
        sheet.text(right, middle, words, SMALL_SIZE, align="right", colour=look.muted, key=f"head:{delivery.value}")
    sheet.text(layout.count_rights[-1], middle, "任务", SMALL_SIZE, align="right", colour=look.muted, key="head:all")
    sheet.diamond(layout.rate_right - text_width("完成率", SMALL_SIZE) - 2.0, middle)
    sheet.text(layout.rate_right, middle, "完成率", SMALL_SIZE, align="right", colour=look.muted, key="head:rate")
    sheet.line((0.5, sheet.width - 0.5), (top + _HEAD - 0.4, top + _HEAD - 0.4), look.muted, 0.5)


def _draw_row(sheet: Sheet, layout: _Layout, top: float, title: str, progress: SectionProgress, key: str) -> None:
    middle = top + _ROW / 2
    name = fit_text(title, layout.name_width, _ROW, TEXT_SIZE, SMALLEST_SIZE)
    sheet.fitted(layout.name_left, middle, name, key=f"name:{key}")
    _draw_counts(sheet, layout, middle, progress, key)
    if not progress.assigned:
        words = "本年度没有任务"
        sheet.text(layout.bar_left, middle, words, SMALL_SIZE, colour=sheet.look.muted, key=f"empty:{key}")
        return
    reached = Decimal(0)
    for delivery in Delivery:
        share = Decimal(progress.count(delivery)) * 100 / progress.assigned
        if share:
            left, right = layout.x(reached), layout.x(reached + share)
            fill = sheet.look.deliveries[delivery]
            sheet.bar(left, middle - _BAR_HEIGHT / 2, right - left, _BAR_HEIGHT, fill, key=f"{key}:{delivery.value}")
        reached += share
    if progress.completion is not None:
        sheet.diamond(layout.x(progress.completion), middle, key=f"{key}:completion")


def _draw_counts(sheet: Sheet, layout: _Layout, middle: float, progress: SectionProgress, key: str) -> None:
    counts = [progress.count(delivery) for delivery in Delivery]
    names = [delivery.value for delivery in Delivery]
    for name, count, right in zip([*names, "all"], [*counts, progress.assigned], layout.count_rights, strict=True):
        colour = sheet.look.ink if count else sheet.look.muted
        sheet.text(right, middle, str(count), TEXT_SIZE, align="right", colour=colour, key=f"count:{key}:{name}")
    rate = "—" if progress.completion is None else f"{progress.completion}%"
    sheet.text(layout.rate_right, middle, rate, TEXT_SIZE, align="right", bold=True, key=f"rate:{key}")


def _draw_axis(sheet: Sheet, layout: _Layout, top: float, bottom: float) -> None:
    look = sheet.look
    for percent in range(0, 101, 25):
        x = layout.x(Decimal(percent))
        sheet.line((x, x), (top, bottom), look.rule, 0.5)
        sheet.text(x, bottom + 2.6, f"{percent}%", SMALL_SIZE, align="center", colour=look.muted, key=f"tick:{percent}")
    sheet.line((layout.bar_left, layout.bar_left + layout.bar_width), (bottom, bottom), look.muted, 0.6)
