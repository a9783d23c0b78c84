"""加减分: bonus, deduction, vetoes and occurrences of a group, and what of each entry counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessor.domain.entries import score_entries
from assessor.domain.facts import Event, EventKind, GroupFacts, UnitFacts
from assessor.domain.rounding import round_half_up
from assessor.domain.scheme import Scheme
from assessor.exchange.score_sheet.tables import Table, here, rounded

_HEADS = (
    *("单位", "类别", "代码", "项目", "发生日期", "事项", "事由", "任务", "分值", "共享单位数", "次数"),
    *("单位应得", "同一事项", "是否计入", "上限", "计入", "限定等次序号"),
)
UNIT, KIND, CODE, TITLE, DAY, MATTER, REASON, TASK, POINTS, SHARED, TIMES = range(11)
SHARE, SAME, WINS, CAP, COUNTED, LIMIT = range(11, 17)
_HEAD_ROW = 1
_FIRST = _HEAD_ROW + 1
_ORDER = tuple(EventKind)


@dataclass(frozen=True)
class EventTable:
    table: Table
    last_row: int
    """An empty one where there is no event."""

    def span(self, column: int) -> str:
        return self.table.span(column, _FIRST, self.last_row)


def write_events(table: Table, group: GroupFacts) -> EventTable:
    table.put(0, 0, f"{group.group.title}加分、扣分、一票否决和扣分情形（黄色单元格可以改）", "title")
    table.heads(_HEAD_ROW, _HEADS)
    events = list(_in_order(group))
    counted = {
        (unit.unit.code, entry.event.key): entry.counted
        for unit in group.units
        for kind in (EventKind.BONUS, EventKind.DEDUCTION)
        for entry in score_entries(unit, kind, group.scheme)
    }
    shares = [_share(event, group.scheme) for _unit, event in events]
    for place, (unit, event) in enumerate(events):
        row = _FIRST + place
        _write_inputs(table, row, unit, event, group.scheme)
        if event.kind in (EventKind.BONUS, EventKind.DEDUCTION):
            wins = _wins(place, events, shares)
            key = (unit.unit.code, event.key)
            _write_entry(table, row, len(events), group.scheme, (event, shares[place], wins, counted[key]))
    table.sheet.freeze_panes(_FIRST, 1)
    table.sheet.set_row(_HEAD_ROW, 32)
    table.sheet.set_column(0, LIMIT, 11)
    table.sheet.set_column(MATTER, REASON, 28)
    return EventTable(table, _FIRST + max(len(events), 1) - 1)


def _in_order(group: GroupFacts) -> Iterator[tuple[UnitFacts, Event]]:
    """As the engine takes them: a unit's entries by kind, date and key."""
    for unit in group.units:
        for event in sorted(unit.events, key=lambda item: (_ORDER.index(item.kind), item.happened_on, item.key)):
            yield unit, event


def _write_inputs(table: Table, row: int, unit: UnitFacts, event: Event, scheme: Scheme) -> None:
    table.put(row, UNIT, unit.unit.short_name)
    table.put(row, KIND, event.kind.label)
    table.put(row, CODE, event.code)
    table.put(row, TITLE, _titles(event.kind, scheme).get(event.code, ""))
    table.put(row, DAY, event.happened_on)
    table.put(row, MATTER, event.matter, "input")
    table.put(row, REASON, event.reason)
    table.put(row, TASK, event.task)
    is_entry = event.kind in (EventKind.BONUS, EventKind.DEDUCTION)
    table.put(row, POINTS, event.points if is_entry else None, "input" if is_entry else "label")
    table.put(row, SHARED, event.shared_by if is_entry else None, "input" if is_entry else "label")
    is_counted = event.kind is EventKind.OCCURRENCE
    table.put(row, TIMES, event.occurrences if is_counted else None, "input" if is_counted else "label")
    if event.kind is EventKind.VETO:
        grades = [grade.title for grade in scheme.grades]
        limits = {kind.code: kind.limit for kind in scheme.vetoes}
        table.put(row, LIMIT, grades.index(limits[event.code]))


def _titles(kind: EventKind, scheme: Scheme) -> dict[str, str]:
    found = {
        EventKind.BONUS: [(item.code, item.title) for item in scheme.bonuses],
        EventKind.DEDUCTION: [(item.code, item.title) for item in scheme.deductions],
        EventKind.VETO: [(item.code, item.title) for item in scheme.vetoes],
        EventKind.OCCURRENCE: [(item.code, item.title) for item in scheme.indicators],
    }
    return dict(found[kind])


def _write_entry(
    table: Table, row: int, events: int, scheme: Scheme, entry: tuple[Event, Decimal, bool, Decimal]
) -> None:
    event, share, wins, counted = entry
    kinds = scheme.bonuses if event.kind is EventKind.BONUS else scheme.deductions
    cap = next(kind.cap for kind in kinds if kind.code == event.code)
    table.compute(row, SHARE, rounded(f"{here(row, POINTS)}/{here(row, SHARED)}", scheme.decimals), share, "score")
    matter = "".join(event.matter.split())
    table.compute(row, SAME, _stripped(here(row, MATTER)), matter)
    table.compute(row, WINS, _wins_formula(row, _FIRST + events - 1), int(wins))
    table.put(row, CAP, round_half_up(cap, scheme.decimals))
    used = "+".join(_above(row)) or "0"
    left = f"{here(row, CAP)}-({used})"
    expression = f"IF({here(row, WINS)}=1,MIN({here(row, SHARE)},ROUND({left},9)),0)"
    table.compute(row, COUNTED, expression, counted, "total")


def _stripped(cell: str) -> str:
    """Without white space, as the engine tells matters apart."""
    for sign in ('" "', '"\u3000"', "CHAR(9)", "CHAR(10)"):
        cell = f'SUBSTITUTE({cell},{sign},"")'
    return cell


def _wins_formula(row: int, last: int) -> str:
    """No other entry of the unit's kind over the same matter is higher, nor as high and before it."""

    def column(place: int) -> str:
        return f"{here(_FIRST, place)}:{here(last, place)}"

    same = "*".join(f"({column(place)}={here(row, place)})" for place in (UNIT, KIND, SAME))
    share = here(row, SHARE)
    earlier = f"({column(SHARE)}={share})*(ROW({column(SHARE)})<ROW())"
    better = f"ISNUMBER({column(SHARE)})*(({column(SHARE)}>{share})+{earlier})"
    return f'IF({here(row, SAME)}="",1,IF(SUMPRODUCT({same}*{better})=0,1,0))'


def _above(row: int) -> Iterator[str]:
    """What entries of the same unit, kind and code above have used of the cap."""
    if row > _FIRST:
        spans = {place: f"{here(_FIRST, place)}:{here(row - 1, place)}" for place in (UNIT, KIND, CODE, COUNTED)}
        # Not SUMIFS, to which the codes 1.1 and 1.10 are one number.
        terms = "*".join(f"({spans[place]}={here(row, place)})" for place in (UNIT, KIND, CODE))
        yield f"SUMPRODUCT({terms}*{spans[COUNTED]})"


def _share(event: Event, scheme: Scheme) -> Decimal:
    return round_half_up(Fraction(event.points) / event.shared_by, scheme.decimals)


def _wins(place: int, events: list[tuple[UnitFacts, Event]], shares: list[Decimal]) -> bool:
    unit, event = events[place]
    matter = "".join(event.matter.split())
    if not matter:
        return True
    for other, (owner, rival) in enumerate(events):
        is_rival = owner is unit and rival.kind is event.kind and "".join(rival.matter.split()) == matter
        if is_rival and (shares[other] > shares[place] or (shares[other] == shares[place] and other < place)):
            return False
    return True
