"""What is typed about an event: read, refused, put into it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assessor.domain.entry_table import EntryRow
from assessor.domain.event_entry import (
    EventChange,
    EventField,
    changed_events,
    event_label,
    event_refusal,
    read_event_cell,
)
from assessor.domain.facts import EventKind
from assessor.errors import InputError
from tests.domain.builders import bonus, deduction, occurrence, veto
from tests.domain.event_views import rows_of

F = EventField


def row_of(kind: EventKind) -> EntryRow:
    events = {
        EventKind.BONUS: bonus("zan", 2, reason="受到表彰"),
        EventKind.DEDUCTION: deduction("tong", 1),
        EventKind.VETO: veto("jia"),
        EventKind.OCCURRENCE: occurrence("1.3", task="A1.1"),
    }
    return rows_of(events[kind])[0]


BONUS, OCCURRENCE = EventKind.BONUS, EventKind.OCCURRENCE


@pytest.mark.parametrize(
    ("kind", "field", "text", "value"),
    [
        (BONUS, F.DATE, "2024.6.1", date(2024, 6, 1)),
        (BONUS, F.ITEM, "表彰（zan2）", "zan2"),
        (BONUS, F.ITEM, "zan", "zan"),
        (BONUS, F.POINTS, "1.50", Decimal("1.50")),
        (BONUS, F.SHARED_BY, "3", 3),
        (BONUS, F.MATTER, " ", ""),
        (BONUS, F.REASON, " 获奖 ", "获奖"),
        (OCCURRENCE, F.ITEM, "1.2 指标1.2", "1.2"),
        (OCCURRENCE, F.TASK, "A1.1 开展科普活动", "A1.1"),
        (OCCURRENCE, F.OCCURRENCES, "12", 12),
    ],
)
def test_what_is_typed_is_read(kind: EventKind, field: F, text: str, value: object) -> None:
    assert read_event_cell(row_of(kind), field, text) == value


@pytest.mark.parametrize(
    ("field", "text", "what"),
    [
        (F.DATE, "昨天", "“昨天”不是日期"),
        (F.DATE, "", "没有填写日期"),
        (F.ITEM, "表彰", "细则中没有“表彰”这个事项"),  # two are called so
        (F.ITEM, "", "没有选择事项"),
        (F.TASK, "A9.9", "任务 A9.9 没有分解给该单位"),
        (F.POINTS, "两分", "“两分”不是数字"),
        (F.POINTS, "-1", "分值 -1 不对"),
        (F.POINTS, "NaN", "分值 NaN 不对"),
        (F.POINTS, "", "没有填写分值"),
        (F.SHARED_BY, "0", "单位数“0”不对"),
        (F.OCCURRENCES, "1.5", "次数“1.5”不对"),
        (F.REASON, " ", "没有填写事由"),
    ],
)
def test_what_cannot_be_is_refused_with_a_remedy(field: F, text: str, what: str) -> None:
    with pytest.raises(InputError) as problem:
        read_event_cell(row_of(BONUS), field, text)
    assert problem.value.what == what
    assert problem.value.remedy


def test_every_kind_has_its_own_fields() -> None:
    def open_fields(kind: EventKind) -> set[F]:
        return {
            field for field in (F.POINTS, F.SHARED_BY, F.OCCURRENCES, F.TASK) if not event_refusal(row_of(kind), field)
        }

    assert open_fields(BONUS) == open_fields(EventKind.DEDUCTION) == {F.POINTS, F.SHARED_BY}
    assert open_fields(EventKind.VETO) == set()
    assert open_fields(OCCURRENCE) == {F.OCCURRENCES, F.TASK}


def test_the_changes_of_one_action_make_each_event_another_once() -> None:
    first, second = rows_of(bonus("zan", 2, key="1"), bonus("zan", 1, key="2"))
    changes = [
        EventChange(first, F.POINTS, Decimal(3)),
        EventChange(first, F.DATE, date(2024, 7, 1)),
        EventChange(second, F.POINTS, Decimal(1)),
    ]
    ((unit, event),) = changed_events(changes)
    assert (unit, event.key, event.points, event.happened_on) == ("a", "1", 3, date(2024, 7, 1))


def test_an_indicator_of_the_unit_as_a_whole_takes_no_task() -> None:
    ((_, event),) = changed_events([EventChange(row_of(OCCURRENCE), F.ITEM, "1.2")])
    assert (event.code, event.task) == ("1.2", None)


def test_the_edit_is_called_by_what_was_done() -> None:
    award, veto_row = row_of(BONUS).event, row_of(EventKind.VETO).event
    assert event_label("登记", [award]) == "登记加分：受到表彰"
    assert event_label("删除", [award, award]) == "删除 2 条加分"
    assert event_label("删除", [award, veto_row]) == "删除 2 条加扣分事项"
    assert event_label("修改", [bonus("zan", 1, reason="很长的事由" * 9)]).endswith("…")
