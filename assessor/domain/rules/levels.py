"""等级评定: a level and a percentage inside its range; a level alone means the middle of its range."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, ClassVar

from assessor.domain.rules.form_field import FieldKind, FormField
from assessor.domain.rules.formula import awaited_if, quoted
from assessor.domain.rules.parameters import check_distinct, check_not_empty, decimal_text, fault, placed_at
from assessor.domain.rules.reading import pending, refused, scored
from assessor.domain.rules.rule import FormulaCells, LeafFacts, LeafInput, OfficeInput, Outcome
from assessor.domain.table_reader import TableReader
from assessor.domain.wording import percent_text, plain

_FULL = Decimal(100)


@dataclass(frozen=True)
class Level:
    """Percentages from ``low`` (included) up to ``high`` (not included, except 100)."""

    title: str
    low: Decimal
    high: Decimal

    def holds(self, percentage: Decimal) -> bool:
        return self.low <= percentage < self.high or percentage == self.high == _FULL

    @property
    def range_text(self) -> str:
        return f"{plain(self.low)}%～{plain(self.high)}%"


@dataclass(frozen=True)
class Levels:
    kind: ClassVar[str] = "levels"
    label: ClassVar[str] = "等级评定"
    form: ClassVar[tuple[FormField, ...]] = (
        FormField(
            "levels",
            "等级",
            FieldKind.ROWS,
            "从高到低，首尾相接，合起来是 0 到 100",
            columns=(
                FormField("low", "下限%", FieldKind.NUMBER),
                FormField("high", "上限%", FieldKind.NUMBER),
                FormField("title", "名称", FieldKind.TEXT),
            ),
            start=(("90", "100", "优秀"), ("70", "90", "良好"), ("60", "70", "合格"), ("0", "60", "不合格")),
        ),
    )
    task_scope: ClassVar[bool] = True

    levels: tuple[Level, ...]
    """Best first, from 100 down to 0 without a gap."""

    def __post_init__(self) -> None:
        check_not_empty(self.label, "levels", self.levels)
        check_distinct(self.label, "levels 的 title", [level.title for level in self.levels])
        for level in self.levels:
            if level.low >= level.high:
                what = f"“{level.title}”的 low {plain(level.low)} 不小于 high {plain(level.high)}"
                raise fault(self.label, what, "请把 low 写成该等级的下限，high 写成上限")
        for upper, lower in pairwise(self.levels):
            if lower.high != upper.low:
                ends = f"“{upper.title}”的 low {plain(upper.low)} 与“{lower.title}”的 high {plain(lower.high)} 不相接"
                raise fault(self.label, ends, "相邻等级应首尾相接，不留空档，也不重叠")
        if self.levels[0].high != _FULL or self.levels[-1].low != 0:
            raise fault(self.label, "各等级应合起来覆盖 0 到 100", "请把最高等级的 high 写 100，最低等级的 low 写 0")

    @classmethod
    def read(cls, table: TableReader) -> Levels:
        levels = tuple(_read_level(item) for item in table.tables("levels"))
        with placed_at(table):
            return cls(levels)

    def params(self) -> dict[str, Any]:
        return {
            "levels": [
                {"title": level.title, "low": decimal_text(level.low), "high": decimal_text(level.high)}
                for level in self.levels
            ]
        }

    def figures(self) -> tuple[str, ...]:
        return ()

    def office_inputs(self) -> frozenset[OfficeInput]:
        return frozenset({OfficeInput.AWARD})

    def formula(self, cells: FormulaCells) -> str:
        middle = "0"
        for level in reversed(self.levels):
            share = plain((level.low + level.high) / 200)
            middle = f"IF({cells.award_level}={quoted(level.title)},{share},{middle})"
        given = f'IF({cells.award_percentage}="",{middle},{cells.award_percentage}/100)'
        return awaited_if(f'{cells.award_level}=""', given)

    def trial(self, facts: LeafFacts, *, is_best: bool) -> LeafFacts:
        from assessor.domain.facts import Award

        level, percentage = (self.levels[0], _FULL) if is_best else (self.levels[-1], Decimal(0))
        return replace(facts, award=Award(facts.indicator, "", level=level.title, percentage=percentage))

    def evaluate(self, facts: LeafFacts) -> Outcome:
        award = facts.award
        if award is None:
            return pending("待考核办评定等级", (LeafInput("等级", "待评", "考核办"),))
        level = self._level(award.level)
        source = f"考核办（{award.reason}）" if award.reason else "考核办"
        chosen = LeafInput("等级", level.title, source)
        if award.percentage is None:
            fraction = (Fraction(level.low) + Fraction(level.high)) / 200
            words = f"等级 {level.title}（{level.range_text}），取中值 = {percent_text(fraction)}"
            return scored(fraction, words, (chosen,))
        if not level.holds(award.percentage):
            what = f"{plain(award.percentage)}% 不在“{level.title}”的范围 {level.range_text} 内（含下限，不含上限）"
            raise refused("等级评定", what, "请改选等级，或填范围内的百分比")
        fraction = Fraction(award.percentage) / 100
        words = f"等级 {level.title}（{level.range_text}），评定 = {percent_text(fraction)}"
        return scored(fraction, words, (chosen, LeafInput("评定百分比", f"{plain(award.percentage)}%", source)))

    def _level(self, title: str | None) -> Level:
        found = next((level for level in self.levels if level.title == title), None)
        if found is None:
            what = f"细则没有“{title}”这个等级" if title else "没有选等级"
            titles = "、".join(level.title for level in self.levels)
            raise refused("等级评定", what, f"请从 {titles} 中选一个")
        return found


def _read_level(table: TableReader) -> Level:
    level = Level(table.text("title"), table.decimal("low"), table.decimal("high"))
    table.finish()
    return level
