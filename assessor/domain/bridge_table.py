"""The bridge between two years as rows: a unit of this year beside what it is compared with, or why it is not."""

from __future__ import annotations

from dataclasses import dataclass

from assessor.domain.bridge import Bridge, YearSide, bridge
from assessor.domain.results import GroupResult, UnitResult
from assessor.domain.year_view import YearView


@dataclass(frozen=True)
class BridgeRow:
    result: UnitResult
    before: UnitResult | None
    """In the year before: the unit itself, or the one whose history it carries."""
    bridge: Bridge | None
    reason: str
    """Why there is no bridge; empty where there is one."""

    @property
    def sentence(self) -> str:
        """How the difference came about, or why there is none."""
        if self.bridge is None:
            return self.reason
        named = f"与{self.before.unit.short_name}上年相比，" if self.is_carried and self.before else ""
        return f"{named}{self.bridge.sentence}"

    @property
    def is_carried(self) -> bool:
        """Compared with another unit's result."""
        return self.before is not None and self.before.unit.code != self.result.unit.code


def bridge_rows(view: YearView, group: GroupResult) -> tuple[BridgeRow, ...]:
    """In the order of the results."""
    return tuple(_row(view, group, unit) for unit in group.units)


def bridge_of(view: YearView, unit: str) -> BridgeRow:
    """Raises InputError where the year does not have the unit."""
    return _row(view, *view.assessed_unit(unit))


def _row(view: YearView, group: GroupResult, unit: UnitResult) -> BridgeRow:
    found = view.previous_of(unit.unit.code)
    before = found[1] if found else None
    reason = _reason(view, unit, before)
    if reason or found is None:
        return BridgeRow(unit, before, None, reason)
    made = bridge(YearSide(found[0].scheme, found[1]), YearSide(group.scheme, unit))
    return BridgeRow(unit, before, made, "" if made else "两年之间不能比较")


def _reason(view: YearView, unit: UnitResult, before: UnitResult | None) -> str:
    if view.previous is None:
        return "工作簿里没有上一年度"
    if before is None:
        return "上年没有参加考核，没有可比的得分"
    if unit.exempt:
        return f"本年度不参评：{unit.exempt}"
    if before.exempt:
        return f"上年不参评：{before.exempt}"
    if unit.provisional:
        return "本年度得分暂估，有待评指标"
    return "上年得分暂估，有待评指标" if before.provisional else ""
