"""The ranking of a group: a stacked bar of category scores per unit, best on top, with the printed total and grade."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from matplotlib.figure import Figure

from assessor.charts.fitting import MM_PER_POINT, fit_text, shorten, text_width, wrap_text
from assessor.charts.legend import LINE, Entry, draw_legend, legend_lines
from assessor.charts.sheet import MIN_WIDTH, Sheet, header_height, new_sheet
from assessor.charts.style import SMALL_SIZE, SMALLEST_SIZE, TEXT_SIZE, Fill, Look
from assessor.domain.results import GroupResult, UnitResult
from assessor.domain.scheme import Ceiling, Scheme
from assessor.domain.year_view import YearView

_ROWS_HEIGHT = 150.0
"""What the rows of a full page may take, in mm; more rows get lower, down to the lowest."""
_ROW_HEIGHTS = (3.4, 8.0)
_BAR_SHARE = 0.68
_AXIS_HEIGHT = 6.0
_DEDUCTION_HATCH, _CEILING_HATCH = "//////", "------"
_THRESHOLD_LINE = LINE * 0.8
_NOTES = {
    "待评": "待评：尚无已知的得分。",
    "暂估": "暂估：尚有待评的指标，得分按已知部分计算，排名会变动，不定等次。",
    "不排名": "不排名：适用指标的分值占比低于细则规定，只计分，不参与排名。",
    "不参评": "不参评：本年度不参加考核。",
    "否决": "否决：有一票否决情形，等次受限，得分不变。",
}


@dataclass(frozen=True)
class _Threshold:
    title: str
    minimum: Decimal
    level: int
    """0 next to the bars; higher where labels would meet."""


@dataclass(frozen=True)
class _Layout:
    """Where the columns and rows are, in mm."""

    rank_right: float
    name_left: float
    name_width: float
    bar_left: float
    bar_width: float
    full_scale: Decimal
    total_right: float
    mark_left: float
    rows_top: float
    thresholds: tuple[_Threshold, ...]
    row: float
    size: float

    def x(self, score: Decimal) -> float:
        return self.bar_left + float(score / self.full_scale) * self.bar_width

    def middle(self, number: int) -> float:
        return self.rows_top + (number + 0.5) * self.row


def draw_ranking(view: YearView, group: GroupResult, look: Look, width: float) -> Figure:
    """``width`` in mm; at least ``MIN_WIDTH``."""
    width = max(width, MIN_WIDTH)
    entries = legend_lines(_legend(group, look, width - 10), width - 1)
    marks = [unit_marks(unit) for unit in group.units]
    used = [note for word, note in _NOTES.items() if any(word in mark for mark in marks)]
    notes = [line for note in used for line in wrap_text(note, width - 1, SMALL_SIZE)]
    head = header_height(look, is_sample=view.is_sample)
    layout = _layout(group, marks, width, head + len(entries) * LINE)
    rows_bottom = layout.rows_top + max(len(group.units), 1) * layout.row
    height = rows_bottom + _AXIS_HEIGHT + len(notes) * LINE + 1
    title = f"{view.year.year} 年度{group.group.title}考核得分排名"

    sheet = new_sheet(look, width, height, title, is_sample=view.is_sample)
    draw_legend(sheet, 0.5, head, entries)
    _draw_axis(sheet, layout, group.scheme, rows_bottom)
    for number, unit in enumerate(group.units):
        _draw_row(sheet, layout, number, unit, group.scheme)
    if all(unit.exempt or nothing_is_known(unit) for unit in group.units):
        words = "尚无得分" if group.units else "本组没有单位"
        place = layout.x(layout.full_scale * 3 / 10), (layout.rows_top + rows_bottom) / 2
        sheet.text(*place, words, TEXT_SIZE, align="center", colour=look.muted, key="nothing")
    for number, note in enumerate(notes):
        y = rows_bottom + _AXIS_HEIGHT + (number + 0.5) * LINE
        sheet.text(0.5, y, note, SMALL_SIZE, colour=look.muted, key=f"note:{number}")
    return sheet.figure


def unit_marks(unit: UnitResult) -> tuple[str, ...]:
    """What stands beside the total: the grade, or why there is none; not being ranked; a veto."""
    if unit.exempt:
        return ("不参评",)
    grade = ("待评" if nothing_is_known(unit) else "暂估") if unit.provisional else unit.grade
    return tuple(word for word in (grade, unit.unranked and "不排名", unit.vetoes and "否决") if word)


def nothing_is_known(unit: UnitResult) -> bool:
    """Every score is still awaited: the total of 0 says nothing, and neither does the rank."""
    return unit.provisional and not unit.entries and all(leaf.score is None for leaf in unit.leaves)


def _legend(group: GroupResult, look: Look, room: float) -> list[Entry]:
    categories = group.scheme.categories
    entries = [
        Entry(shorten(f"{category.title}（{_plain(category.points)}分）", room, SMALL_SIZE), fill)
        for category, fill in zip(categories, look.fills(len(categories)), strict=True)
    ]
    if any(unit.bonus for unit in group.units):
        entries.append(Entry("加分", look.bonus))
    if any(unit.deduction for unit in group.units):
        entries.append(Entry("扣分", None, _DEDUCTION_HATCH))
    if any(_over_ceiling(unit) > 0 for unit in group.units):
        entries.append(Entry("超上限不计", None, _CEILING_HATCH))
    return entries


def _over_ceiling(unit: UnitResult) -> Decimal:
    return max(unit.base + unit.bonus - unit.deduction - unit.total, Decimal(0))


def _layout(group: GroupResult, marks: list[tuple[str, ...]], width: float, top: float) -> _Layout:
    row = min(max(_ROWS_HEIGHT / max(len(group.units), 1), _ROW_HEIGHTS[0]), _ROW_HEIGHTS[1])
    size = min(TEXT_SIZE, row * 0.75 / MM_PER_POINT)
    rank_right = 0.5 + text_width("00", size)
    name_left = rank_right + 1.8
    longest = max((text_width(unit.unit.short_name, size) for unit in group.units), default=0.0)
    name_width = min(longest, width * 0.17)
    mark_width = max((text_width(_joined(mark), size) for mark in marks), default=0.0)
    totals = [text_width(str(unit.total), size) for unit in group.units if not unit.exempt]
    mark_left = width - 0.5 - mark_width
    total_right = mark_left - 1.8
    bar_left = name_left + name_width + 2
    bar_width = total_right - max(totals, default=0.0) - 2 - bar_left
    full_scale = _full_scale(group)
    thresholds = _thresholds(group.scheme, bar_width / float(full_scale))
    levels = max((threshold.level + 1 for threshold in thresholds), default=0)
    return _Layout(
        rank_right=rank_right,
        name_left=name_left,
        name_width=name_width,
        bar_left=bar_left,
        bar_width=bar_width,
        full_scale=full_scale,
        total_right=total_right,
        mark_left=mark_left,
        rows_top=top + levels * 2 * _THRESHOLD_LINE + 1.4,
        thresholds=thresholds,
        row=row,
        size=size,
    )


def _full_scale(group: GroupResult) -> Decimal:
    """The score at the right end of the bars: the full marks, or more where a bar is longer or may be."""
    scheme = group.scheme
    ceiling = scheme.full_marks + (scheme.bonus_cap if scheme.ceiling is Ceiling.WITH_BONUS else Decimal(0))
    return max(ceiling, *(unit.base + unit.bonus for unit in group.units), Decimal(1))


def _thresholds(scheme: Scheme, mm_per_point: float) -> tuple[_Threshold, ...]:
    """The grades' least totals, from the left; each label goes to the lowest level where it meets no other."""
    placed: list[_Threshold] = []
    ends: list[float] = []
    for grade in sorted(scheme.grades, key=lambda grade: grade.minimum):
        if grade.minimum <= 0:
            continue
        middle = float(grade.minimum) * mm_per_point
        half = max(text_width(words, SMALL_SIZE) for words in (grade.title, _plain(grade.minimum))) / 2 + 0.5
        level = next((level for level, end in enumerate(ends) if middle - half >= end), len(ends))
        ends[level : level + 1] = [middle + half]
        placed.append(_Threshold(grade.title, grade.minimum, level))
    return tuple(placed)


def _draw_axis(sheet: Sheet, layout: _Layout, scheme: Scheme, bottom: float) -> None:
    look = sheet.look
    left, right = layout.bar_left, layout.bar_left + layout.bar_width
    for number in range(6):
        score = scheme.full_marks * number / 5
        x = layout.x(score)
        sheet.line((x, x), (layout.rows_top, bottom), look.rule, 0.5)
        sheet.text(x, bottom + 2.6, _plain(score), SMALL_SIZE, align="center", colour=look.muted, key=f"tick:{number}")
    sheet.line((left, right), (bottom, bottom), look.muted, 0.6)
    for threshold in layout.thresholds:
        x = layout.x(threshold.minimum)
        sheet.line((x, x), (layout.rows_top - 0.6, bottom), look.ink, 0.7, dashed=True, z=3.5)
        for line, words in enumerate((threshold.title, _plain(threshold.minimum))):
            y = layout.rows_top - 1.2 - (2 * threshold.level + 1.5 - line) * _THRESHOLD_LINE
            sheet.text(x, y, words, SMALL_SIZE, align="center", key=f"threshold:{threshold.title}:{line}")


def _draw_row(sheet: Sheet, layout: _Layout, number: int, unit: UnitResult, scheme: Scheme) -> None:
    middle, look = layout.middle(number), sheet.look
    code = unit.unit.code
    name = fit_text(unit.unit.short_name, layout.name_width, layout.row, layout.size, SMALLEST_SIZE)
    sheet.fitted(layout.name_left, middle, name, colour=look.muted if unit.exempt else "", key=f"name:{code}")
    mark = _joined(unit_marks(unit))
    sheet.text(layout.mark_left, middle, mark, layout.size, colour=look.muted, key=f"mark:{code}")
    if unit.exempt or nothing_is_known(unit):
        return
    if unit.rank is not None:
        rank = str(unit.rank)
        sheet.text(layout.rank_right, middle, rank, layout.size, align="right", colour=look.muted, key=f"rank:{code}")
    sheet.text(layout.total_right, middle, str(unit.total), layout.size, align="right", bold=True, key=f"total:{code}")
    _draw_bar(sheet, layout, middle, unit, scheme)


def _draw_bar(sheet: Sheet, layout: _Layout, middle: float, unit: UnitResult, scheme: Scheme) -> None:
    """Categories and bonus end to end; what deductions and the ceiling take is veiled, so the bar ends at the total."""
    height = layout.row * _BAR_SHARE
    top, code = middle - height / 2, unit.unit.code
    fills = sheet.look.fills(len(scheme.categories))
    reached = Decimal(0)
    for category, fill in zip(unit.categories, fills, strict=True):
        score = category.contribution or Decimal(0)
        if score:
            _draw_part(sheet, layout, (reached, reached + score), top, height, fill, f"{code}:{category.category.code}")
        reached += score
    if unit.bonus:
        _draw_part(sheet, layout, (reached, reached + unit.bonus), top, height, sheet.look.bonus, f"{code}:bonus")
        reached += unit.bonus
    kept = max(reached - unit.deduction, Decimal(0))
    for start, end, hatch, key in (
        (kept, reached, _DEDUCTION_HATCH, "deduction"),
        (unit.total, kept, _CEILING_HATCH, "over"),
    ):
        if end > start:
            x = layout.x(start)
            sheet.veil(x, top, layout.x(end) - x, height, hatch, key=f"{code}:{key}")


def _draw_part(
    sheet: Sheet, layout: _Layout, span: tuple[Decimal, Decimal], top: float, height: float, fill: Fill, key: str
) -> None:
    start, end = map(layout.x, span)
    sheet.bar(start, top, end - start, height, fill, key=key)


def _joined(marks: tuple[str, ...]) -> str:
    return " ".join(marks)


def _plain(number: Decimal) -> str:
    """Without trailing zeros: 20.00 is 20."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
