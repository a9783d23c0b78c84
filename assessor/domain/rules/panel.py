"""A panel of reviewers (评委组) of the rule ``judgement``: how its marks become one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from assessor.domain.rules.parameters import decimal_text, fault
from assessor.domain.table_reader import TableReader
from assessor.domain.wording import plain, rounded

SELF = "self"
"""Code of the panel that is the unit's own mark (自评)."""
_LABEL = "评议"


class PanelMethod(Enum):
    MEAN = "mean"
    MEDIAN = "median"
    TRIMMED = "trimmed"

    @property
    def label(self) -> str:
        return {"mean": "平均", "median": "中位数", "trimmed": "去极值平均"}[self.value]


@dataclass(frozen=True)
class Panel:
    code: str
    title: str
    weight: Decimal = Decimal(1)
    """0: shown, but does not count."""
    method: PanelMethod = PanelMethod.MEAN
    trim: int = 1
    """``TRIMMED``: how many highest and as many lowest marks are left out..."""
    trim_from: int = 3
    """...where at least so many marks exist; with fewer, the plain mean."""

    def __post_init__(self) -> None:
        if self.weight < 0:
            raise fault(_LABEL, f"“{self.title}”的 weight {plain(self.weight)} 小于 0", "权重应为 0 或大于 0 的数")
        if self.trim < 1:
            raise fault(_LABEL, f"“{self.title}”的 trim {self.trim} 小于 1", "请写去掉的最高分（最低分）个数，至少 1")
        if self.trim_from <= 2 * self.trim:
            what = f"“{self.title}”的 trim_from {self.trim_from} 太小，去掉最高、最低各 {self.trim} 个后没有剩下评分"
            raise fault(_LABEL, what, f"trim_from 至少为 {2 * self.trim + 1}")

    @property
    def is_self(self) -> bool:
        return self.code == SELF

    def combine(self, marks: Sequence[Fraction]) -> tuple[Fraction, str]:
        """One mark, 0-100, of at least one; and the words: ``平均(86, 88, 91) = 88.33``."""
        listed = ", ".join(rounded(mark) for mark in marks)
        if len(marks) == 1:
            return marks[0], listed
        ordered = sorted(marks)
        if self.method is PanelMethod.MEDIAN:
            result, words = _median(ordered), "中位数"
        elif self.method is PanelMethod.TRIMMED and len(marks) >= self.trim_from:
            result, words = _mean(ordered[self.trim : -self.trim]), f"去掉最高、最低各 {self.trim} 个后平均"
        else:
            result, words = _mean(ordered), "平均"
        return result, f"{words}({listed}) = {rounded(result)}"

    def formula(self, marks: str) -> str:
        """``combine`` as a spreadsheet's expression over a range of marks, of which at least one is a number."""
        if self.method is PanelMethod.MEDIAN:
            return f"MEDIAN({marks})"
        if self.method is PanelMethod.MEAN:
            return f"AVERAGE({marks})"
        places = range(1, self.trim + 1)
        ends = "".join(f"-LARGE({marks},{place})-SMALL({marks},{place})" for place in places)
        trimmed = f"(SUM({marks}){ends})/(COUNT({marks})-{2 * self.trim})"
        return f"IF(COUNT({marks})>={self.trim_from},{trimmed},AVERAGE({marks}))"

    def params(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "title": self.title,
            "weight": decimal_text(self.weight),
            "method": self.method.value,
            "trim": self.trim,
            "trim_from": self.trim_from,
        }


def read_panel(table: TableReader) -> Panel:
    """The weight's default is 0 for the panel ``self`` and 1 for every other."""
    code = table.text("code")
    method = table.text("method", PanelMethod.MEAN.value)
    if method not in [choice.value for choice in PanelMethod]:
        remedy = "请写 mean（平均）、median（中位数）或 trimmed（去极值平均）"
        raise table.fail(f"不认识的合成方法“{method}”", remedy, key="method")
    title = table.text("title")
    weight = table.decimal("weight", Decimal(0 if code == SELF else 1))
    trim = table.integer("trim", 1)
    trim_from = table.integer("trim_from", 2 * trim + 1)
    table.finish()
    return Panel(code, title, weight, PanelMethod(method), trim, trim_from)


def _mean(marks: Sequence[Fraction]) -> Fraction:
    return sum(marks, Fraction(0)) / len(marks)


def _median(ordered: Sequence[Fraction]) -> Fraction:
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
