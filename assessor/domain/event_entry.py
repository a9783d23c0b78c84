"""What is typed about an event (加分、扣分、一票否决、扣分情形), read and put into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum

from assessor.domain.dates import read_date
from assessor.domain.entry_table import EntryItem, EntryRow
from assessor.domain.facts import Event, EventKind
from assessor.domain.wording import plain
from assessor.errors import InputError

_SHARED = (EventKind.BONUS, EventKind.DEDUCTION)
_MOST_POINTS = Decimal(1000)
_MOST_COUNT = 999


class EventField(Enum):
    DATE = "date"
    ITEM = "item"
    TASK = "task"
    MATTER = "matter"
    REASON = "reason"
    POINTS = "points"
    SHARED_BY = "shared_by"
    OCCURRENCES = "occurrences"
    EVIDENCE = "evidence"


Value = date | Decimal | int | str


@dataclass(frozen=True)
class EventChange:
    row: EntryRow
    field: EventField
    value: Value


def event_refusal(row: EntryRow, field: EventField) -> str:
    """Why a field of the event cannot be changed; empty where it can."""
    return field_refusal(row.event.kind, field, row.item)


def field_refusal(kind: EventKind, field: EventField, item: EntryItem | None) -> str:
    """Why an event of that kind does not have the field; empty where it has."""
    if field in (EventField.POINTS, EventField.SHARED_BY) and kind not in _SHARED:
        return f"{kind.label}不填分值" if field is EventField.POINTS else f"{kind.label}不由几个单位均享"
    if field is EventField.OCCURRENCES and kind is not EventKind.OCCURRENCE:
        return f"{kind.label}不填次数"
    if field is EventField.TASK and not (item and item.takes_task):
        return "针对单位，不写任务"
    return ""


def read_field(field: EventField, text: str, items: Sequence[EntryItem], tasks: Sequence[str]) -> Value:
    """The value of a text. Raises InputError: what is wrong with it, and how to mend it."""
    wanted = text.strip()
    if field is EventField.DATE:
        return read_date(wanted, "")
    if field is EventField.ITEM:
        return _item(wanted, items)
    if field is EventField.TASK:
        return _task(wanted, tasks)
    if field is EventField.POINTS:
        return _points(wanted)
    if field in (EventField.SHARED_BY, EventField.OCCURRENCES):
        return _count(wanted, "单位数" if field is EventField.SHARED_BY else "次数")
    if field is EventField.REASON and not wanted:
        raise InputError("没有填写事由", remedy="请写明事由；要删去整个事项，请用“删除”")
    return wanted


def read_event_cell(row: EntryRow, field: EventField, text: str) -> Value:
    """As ``read_field``, by what the event's unit can choose from."""
    return read_field(field, text, row.items, row.tasks)


def changed_events(changes: Sequence[EventChange]) -> tuple[tuple[str, Event], ...]:
    """Unit and event for every event that the changes of one action make another."""
    rows = {change.row.event.key: change.row for change in changes}
    events = {key: row.event for key, row in rows.items()}
    for change in changes:
        key = change.row.event.key
        events[key] = with_value(events[key], change.field, change.value, change.row.items)
    return tuple((rows[key].unit.unit.code, event) for key, event in events.items() if event != rows[key].event)


def with_value(event: Event, field: EventField, value: Value, items: Sequence[EntryItem]) -> Event:
    """An item that takes no task loses the one it had."""
    name = {EventField.DATE: "happened_on", EventField.ITEM: "code"}.get(field, field.value)
    changed = replace(event, **{name: (value or None) if field is EventField.TASK else value})  # type: ignore[arg-type]
    takes_task = any(item.takes_task for item in items if item.code == changed.code)
    return changed if takes_task else replace(changed, task=None)


def event_label(verb: str, events: Sequence[Event]) -> str:
    """The name of an edit: ``修改加分：受到表彰``; of several events, how many."""
    if len(events) == 1:
        return f"{verb}{events[0].kind.label}：{_short(events[0].reason)}"
    kinds = {event.kind.label for event in events}
    return f"{verb} {len(events)} 条{kinds.pop() if len(kinds) == 1 else '加扣分事项'}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 20 else f"{line[:19]}…"


def _item(wanted: str, items: Sequence[EntryItem]) -> str:
    found = [item for item in items if wanted in (item.words, item.code, item.title)]
    if len(found) != 1:
        what = f"细则中没有“{wanted}”这个事项" if wanted else "没有选择事项"
        titles = "、".join(item.words for item in items) or "（本组细则没有设置）"
        raise InputError(what, remedy=f"请从列表中选择：{titles}")
    return found[0].code


def _task(wanted: str, tasks: Sequence[str]) -> str:
    code = wanted.split(" ")[0]
    if code not in tasks:
        what = f"任务 {code} 没有分解给该单位" if code else "没有写明是哪项任务"
        raise InputError(what, remedy=f"该单位的任务有：{'、'.join(tasks) or '（无）'}")
    return code


def _points(wanted: str) -> Decimal:
    remedy = f"请填写 0 到 {plain(_MOST_POINTS)} 之间的分数"
    if not wanted:
        raise InputError("没有填写分值", remedy=remedy)
    try:
        value = Decimal(wanted)
    except InvalidOperation:
        raise InputError(f"“{wanted}”不是数字", remedy=remedy) from None
    if not value.is_finite() or not 0 <= value <= _MOST_POINTS:
        raise InputError(f"分值 {wanted} 不对", remedy=remedy)
    return value


def _count(wanted: str, what: str) -> int:
    if not (wanted.isascii() and wanted.isdigit()) or not 1 <= int(wanted) <= _MOST_COUNT:
        shown = f"{what}“{wanted}”不对" if wanted else f"没有填写{what}"
        raise InputError(shown, remedy=f"请填写 1 到 {_MOST_COUNT} 的整数")
    return int(wanted)
