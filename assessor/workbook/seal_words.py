"""Differences from a sealed year in words: which row or result, which field, what was sealed and what stands there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessor.domain.result_lines import CATEGORY, ENTRY, LEAF, RESULTS, TASK, UNIT, VETO
from assessor.domain.rules.rule import LeafState
from assessor.domain.seal import Difference, Key, Value
from assessor.workbook.history import RowChange
from assessor.workbook.row_titles import table_title
from assessor.workbook.row_words import Names, fields_of, place_of

_STATES: dict[object, str] = {state.value: state.label for state in LeafState}
_ABSENT = "没有"
_PRESENT = "有"

_TITLES = {UNIT: "总分", CATEGORY: "类别得分", LEAF: "指标得分", TASK: "任务得分", ENTRY: "加扣分", VETO: "一票否决"}
_FIELDS = {
    "group": "组别",
    "base": "基础分",
    "bonus": "加分",
    "deduction": "扣分",
    "total": "总分",
    "coverage": "覆盖率",
    "provisional": "暂估",
    "exempt": "不参评",
    "rank": "名次",
    "grade": "等次",
    "raw": "得分合计",
    "applicable_points": "适用分值",
    "subtotal": "折算得分",
    "contribution": "计入总分",
    "points": "分值",
    "state": "状态",
    "computed": "计算得分",
    "score": "得分",
    "self_score": "自评分",
    "adjustment": "复核调整",
    "weight": "权重",
    "fraction": "得分率",
    "counted": "计入分值",
    "limit": "最高等次",
}


@dataclass(frozen=True)
class DifferenceWords:
    place: str
    """``2024 年度 评委评分 市科协 2.1 评议 评委 张某``."""
    field: str
    """Empty where the whole row came or went."""
    sealed: str
    present: str

    @property
    def sentence(self) -> str:
        return f"{self.place}：{self.field}定稿时为“{self.sealed}”，现为“{self.present}”"


def difference_words(year: int, found: Iterable[Difference], names: Names) -> tuple[DifferenceWords, ...]:
    return tuple(
        words
        for item in found
        for words in (_result(year, item, names) if item.kind in RESULTS else _row(year, item, names))
    )


def _row(year: int, item: Difference, names: Names) -> list[DifferenceWords]:
    change = RowChange(0, item.kind, item.key, year, None, item.before, item.after)
    place = _joined(f"{year} 年度", table_title(item.kind), place_of(change, names))
    if item.before is None or item.after is None:
        return [_whole(place, item)]
    changed = [field for field in fields_of(change, names) if field.is_changed]
    return [DifferenceWords(place, field.title, field.old, field.new) for field in changed]


def _result(year: int, item: Difference, names: Names) -> list[DifferenceWords]:
    place = _joined(f"{year} 年度", _TITLES[item.kind], *_result_place(year, item.kind, item.key, names))
    if item.before is None or item.after is None:
        return [_whole(place, item)]
    before, after = item.before, item.after
    return [
        DifferenceWords(place, _FIELDS.get(name, name), _value(name, before), _value(name, after))
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    ]


def _result_place(year: int, kind: str, key: Key, names: Names) -> list[str]:
    unit, *rest = map(str, key)
    group = names.group_of.get(unit, "")
    words = [names.unit(unit, year)]
    if kind in (LEAF, TASK):
        code, *task = rest
        return [*words, code, names.indicators.get((year, group, code), ""), *task]
    return words + rest


def _whole(place: str, item: Difference) -> DifferenceWords:
    gone = item.after is None
    return DifferenceWords(place, "", _PRESENT if gone else _ABSENT, _ABSENT if gone else _PRESENT)


def _value(name: str, fields: Mapping[str, Value]) -> str:
    value = fields.get(name)
    if value is None:
        return "无"
    if name in ("provisional", "exempt"):
        return "是" if value else "否"
    if name == "state" and value in _STATES:
        return _STATES[value]
    return str(value)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
