"""What of a year's data hangs on the items of a scheme: what is used cannot be left out of it."""

from __future__ import annotations

from collections.abc import Iterator

from assessor.domain.scheme import Scheme
from assessor.workbook.workbook import Reading

_ON_INDICATORS = {
    "self_score": "自评分",
    "mark": "评委评分",
    "award": "考核办评分",
    "event": "扣分情形",
    "adjustment": "复核调整",
    "not_applicable": "不涉及认定",
    "second_score": "双评",
    "appeal": "申诉和异议",
    "reviewer_assignment": "评委分工",
    "evidence": "佐证材料",
}
"""Tables whose rows name an indicator."""


def facts_without_place(source: Reading, year: int, before: Scheme, after: Scheme) -> tuple[str, ...]:
    """A line for every item that ``after`` no longer has and that is in use: ``“1.2 宣传”已有评委评分 3 条``."""
    return (
        *_on_indicators(source, year, before, after),
        *_on_entries(source, year, before, after),
        *_on_vetoes(source, year, before, after),
    )


def _on_indicators(source: Reading, year: int, before: Scheme, after: Scheme) -> Iterator[str]:
    for indicator in before.indicators:
        if indicator.code not in after.indicator_by_code:
            counted = [
                (name, _count(source, f"{table} WHERE year = ? AND group_code = ? AND indicator = ?", key))
                for table, name in _ON_INDICATORS.items()
                for key in [(year, before.group, indicator.code)]
            ]
            used = "、".join(f"{name} {count} 条" for name, count in counted if count)
            if used:
                yield f"“{indicator.code} {indicator.title}”已有{used}"


def _on_entries(source: Reading, year: int, before: Scheme, after: Scheme) -> Iterator[str]:
    for kind, name, old, new in (
        ("bonus", "加分", before.bonuses, after.bonuses),
        ("deduction", "扣分", before.deductions, after.deductions),
    ):
        kept = {item.code for item in new}
        for item in old:
            if item.code not in kept:
                condition = "event WHERE year = ? AND group_code = ? AND kind = ? AND entry = ?"
                count = _count(source, condition, (year, before.group, kind, item.code))
                if count:
                    yield f"{name}“{item.code} {item.title}”已有 {count} 条"


def _on_vetoes(source: Reading, year: int, before: Scheme, after: Scheme) -> Iterator[str]:
    kept = {item.code for item in after.vetoes}
    for item in before.vetoes:
        if item.code not in kept:
            condition = "event WHERE year = ? AND group_code = ? AND veto = ?"
            count = _count(source, condition, (year, before.group, item.code))
            if count:
                yield f"一票否决“{item.code} {item.title}”已有 {count} 条"


def _count(source: Reading, condition: str, key: tuple[int | str, ...]) -> int:
    return int(source.rows(f"SELECT count(*) FROM {condition}", key)[0][0])
