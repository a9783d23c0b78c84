"""Totals as points of the city's overall assessment, as the rows of one table for all groups of a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from assessor.domain.conversion import Conversion, ConversionMethod, ConvertedUnit, RankPoints, convert
from assessor.domain.results import GroupResult
from assessor.domain.scoring import ceiling_of
from assessor.domain.wording import plain
from assessor.domain.year_view import YearView
from assessor.errors import InputError

HEADINGS = ("组别", "单位", "总分", "名次", "等次", "折算分", "折算说明")


@dataclass(frozen=True)
class GroupConversion:
    group: GroupResult
    conversion: Conversion
    units: tuple[ConvertedUnit, ...]

    @property
    def sentence(self) -> str:
        """By what the totals of the group were converted."""
        return conversion_text(self.conversion, self.group)


def converted_groups(view: YearView, conversions: Mapping[str, Conversion]) -> tuple[GroupConversion, ...]:
    """Every group with units, by its own settings (group code -> settings), or the usual ones. Raises InputError where
    settings do not fit the scheme."""
    return tuple(converted_group(group, conversions) for group in view.result.groups if group.units)


def converted_group(group: GroupResult, conversions: Mapping[str, Conversion]) -> GroupConversion:
    """Raises InputError as ``convert``, naming the group."""
    chosen = conversions.get(group.group.code, Conversion())
    try:
        return GroupConversion(group, chosen, convert(group, chosen))
    except InputError as problem:
        raise InputError(problem.what, place=f"{group.group.title}的折算", remedy=problem.remedy) from problem


def conversion_text(conversion: Conversion, group: GroupResult) -> str:
    full = plain(conversion.full)
    if conversion.method is ConversionMethod.LINEAR:
        highest = plain(ceiling_of(group.scheme))
        return f"按得分比例：折算分 = 总分 / {highest} × {full} 分，四舍五入到 {conversion.decimals} 位小数"
    if conversion.method is ConversionMethod.BY_GRADE:
        known = [grade.title for grade in group.scheme.grades if grade.title in conversion.by_grade]
        parts = [f"{title} {plain(conversion.by_grade[title])} 分" for title in known]
        return f"按等次：{'，'.join(parts)}（满分 {full} 分）"
    first, parts = 1, []
    for band in conversion.by_rank:
        span = f"第 {first} 名" if band.to == first else f"第 {first}–{band.to} 名"
        parts.append(f"{span} {plain(band.points)} 分")
        first = band.to + 1
    return f"按名次：{'，'.join(parts)}，其后 0 分（满分 {full} 分）"


def converted_texts(item: ConvertedUnit, group: GroupResult) -> tuple[str, ...]:
    """The cells of ``HEADINGS``; of what there is not, a dash or the reason."""
    unit = item.result
    total = "—" if unit.exempt else f"{unit.total:f}"
    points = "—" if item.points is None else f"{item.points:f}"
    grade = unit.grade or "—"
    return group.group.title, unit.unit.short_name, total, unit.rank_text, grade, points, item.sentence or item.reason


def read_points(text: str, title: str) -> Decimal:
    """Points as typed. Raises InputError where they are none."""
    try:
        value = Decimal(text.strip().removesuffix("分").strip())
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite():
        what = f"{title}“{text.strip()}”不是数字" if text.strip() else f"{title}没有填写"
        raise InputError(what, remedy="请填写分数，例如 4.5")
    return value


def read_rank(text: str, title: str) -> int:
    """A rank as typed. Raises InputError where it is none."""
    kept = text.strip()
    if not kept.isascii() or not kept.isdigit():
        what = f"{title}“{kept}”不是名次" if kept else f"{title}没有填写"
        raise InputError(what, remedy="请填写这一档最后一名的名次，例如 5")
    return int(kept)


def read_bands(lines: list[tuple[str, str]]) -> tuple[RankPoints, ...]:
    """Bands of ranks as typed, last rank and points; lines with neither are left out. Raises InputError."""
    kept = [(to, points) for to, points in lines if to.strip() or points.strip()]
    return tuple(
        RankPoints(read_rank(to, f"第 {number} 档的末位名次"), read_points(points, f"第 {number} 档的折算分"))
        for number, (to, points) in enumerate(kept, start=1)
    )
