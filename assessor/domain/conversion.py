"""Totals as points of the city's overall performance assessment (高质量发展综合绩效考核): linearly, by grade or by
bands of ranks. What the city's own rules say is the office's to set; the printed total is what is converted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from itertools import pairwise

from assessor.domain.exact import product, quotient
from assessor.domain.results import GroupResult, UnitResult
from assessor.domain.rounding import round_half_up
from assessor.domain.scheme import Scheme
from assessor.domain.scoring import ceiling_of
from assessor.domain.wording import plain
from assessor.errors import InputError


class ConversionMethod(Enum):
    LINEAR = "linear"
    BY_GRADE = "by_grade"
    BY_RANK = "by_rank"

    @property
    def label(self) -> str:
        return {"linear": "按得分比例", "by_grade": "按等次", "by_rank": "按名次"}[self.value]


@dataclass(frozen=True)
class RankPoints:
    to: int
    """Last rank that gets them."""
    points: Decimal


@dataclass(frozen=True)
class Conversion:
    method: ConversionMethod = ConversionMethod.LINEAR
    full: Decimal = Decimal(5)
    """Points of the city's assessment for the most a total can be."""
    decimals: int = 2
    by_grade: Mapping[str, Decimal] = field(default_factory=dict)
    by_rank: tuple[RankPoints, ...] = ()
    """From the first ranks down; a unit behind the last gets nothing."""


@dataclass(frozen=True)
class ConvertedUnit:
    result: UnitResult
    points: Decimal | None
    """None: nothing to convert, for ``reason``."""
    reason: str = ""
    sentence: str = ""


def check_conversion(conversion: Conversion, scheme: Scheme) -> None:
    """Raises InputError where the settings do not fit the scheme or contradict themselves."""
    if conversion.full <= 0:
        raise InputError(f"折算满分 {plain(conversion.full)} 应大于 0", remedy="请填写全市综合考核中本项工作的分值")
    if not 0 <= conversion.decimals <= 4:
        raise InputError("折算分的小数位数应为 0 到 4", remedy="一般用 2 位")
    given = [*conversion.by_grade.values(), *(band.points for band in conversion.by_rank)]
    wrong = next((points for points in given if not 0 <= points <= conversion.full), None)
    if wrong is not None:
        what = f"折算分 {plain(wrong)} 应在 0 到 {plain(conversion.full)} 之间"
        raise InputError(what, remedy="请改小，或把折算满分改大")
    if conversion.method is ConversionMethod.BY_GRADE:
        _check_grades(conversion, scheme)
    if conversion.method is ConversionMethod.BY_RANK:
        _check_ranks(conversion.by_rank)


def convert(group: GroupResult, conversion: Conversion) -> tuple[ConvertedUnit, ...]:
    """In the order of the results. Raises InputError as ``check_conversion`` does."""
    check_conversion(conversion, group.scheme)
    return tuple(_converted(unit, group.scheme, conversion) for unit in group.units)


def _check_grades(conversion: Conversion, scheme: Scheme) -> None:
    titles = [grade.title for grade in scheme.grades]
    missing = [title for title in titles if title not in conversion.by_grade]
    if missing:
        what = f"没有写“{'”“'.join(missing)}”折算多少分"
        raise InputError(what, remedy="请给每个等次写一个折算分")
    points = [conversion.by_grade[title] for title in titles]
    if points != sorted(points, reverse=True):
        raise InputError("等次低的折算分高于等次高的", remedy="请从高到低填写折算分")


def _check_ranks(bands: tuple[RankPoints, ...]) -> None:
    if not bands:
        raise InputError("没有写名次折算多少分", remedy="请至少写一档，例如第 1 至 5 名 5 分")
    ends, points = [band.to for band in bands], [band.points for band in bands]
    if ends[0] < 1 or any(later <= earlier for earlier, later in pairwise(ends)):
        raise InputError("名次档应从前到后，各档的最后一名逐档增大", remedy="例如第 5 名、第 15 名、第 28 名")
    if points != sorted(points, reverse=True):
        raise InputError("名次靠后的折算分高于靠前的", remedy="请从高到低填写折算分")


def _converted(unit: UnitResult, scheme: Scheme, conversion: Conversion) -> ConvertedUnit:
    if unit.exempt:
        return ConvertedUnit(unit, None, f"不参评：{unit.exempt}")
    if unit.provisional:
        return ConvertedUnit(unit, None, "得分暂估，定稿后折算")
    points, words = _points(unit, scheme, conversion)
    if points is None:
        return ConvertedUnit(unit, None, words)
    rounded = round_half_up(points, conversion.decimals)
    return ConvertedUnit(unit, rounded, sentence=f"{words} = {rounded} 分")


def _points(unit: UnitResult, scheme: Scheme, conversion: Conversion) -> tuple[Decimal | None, str]:
    if conversion.method is ConversionMethod.LINEAR:
        highest = ceiling_of(scheme)
        exact = product(conversion.full, quotient(unit.total, highest))
        words = f"总分 {unit.total} / {plain(highest)} × {plain(conversion.full)} 分"
        return round_half_up(exact, conversion.decimals), words
    if conversion.method is ConversionMethod.BY_GRADE:
        if unit.grade is None:
            return None, "没有等次，不折算"
        return conversion.by_grade[unit.grade], f"等次{unit.grade}"
    if unit.rank is None:
        return None, f"不排名：{unit.unranked}" if unit.unranked else "不排名，不折算"
    rank = unit.rank
    band = next((band for band in conversion.by_rank if rank <= band.to), None)
    return (band.points if band else Decimal(0)), f"第 {rank} 名"
