from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.facts import Adjustment, AdjustmentKind, Event, EventKind
from assessor.errors import InputError
from assessor.workbook.events import (
    add_events,
    load_adjustments,
    load_events,
    load_exemptions,
    load_not_applicable,
    next_event_key,
    remove_event,
    remove_events,
    save_adjustment,
    save_event,
    save_exemption,
    save_not_applicable,
    update_event,
    update_events,
)
from assessor.workbook.evidence import EvidenceFacts, Owner, add_evidence, count_by_event, remove_evidence
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import small_workbook

BONUS = Event("E1", EventKind.BONUS, "zan", date(2023, 6, 1), "表彰", "省级表彰", Decimal("2.50"), 3, 1, "文件")
ADJUSTMENT = Adjustment(
    "T1", "1.1", AdjustmentKind.APPEAL, Decimal("7.60"), Decimal("8.00"), "补报", "领导小组", date(2023, 12, 20)
)


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with small_workbook(tmp_path) as opened:
        yield opened


def test_events_of_every_kind_come_back_in_the_order_of_their_keys(workbook: Workbook) -> None:
    events = [
        BONUS,
        dataclasses.replace(BONUS, key="E2", kind=EventKind.DEDUCTION),
        dataclasses.replace(BONUS, key="E3", kind=EventKind.VETO, code="jia", points=Decimal(0)),
        dataclasses.replace(BONUS, key="E4", kind=EventKind.OCCURRENCE, code="2.4", occurrences=4),
        dataclasses.replace(BONUS, key="E5", kind=EventKind.OCCURRENCE, code="3.3", task="A1.1"),
    ]
    with workbook.edit("登记") as edit:
        for event in reversed(events):
            save_event(edit, 2023, "kexie", event)
    assert load_events(workbook, 2023) == {"kexie": events}
    assert edit.changes == {"event": {(2023, key) for key in ("E1", "E2", "E3", "E4", "E5")}}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"code": "jia"}, "没有代码为“jia”的加分事项"),
        ({"kind": EventKind.VETO}, "没有代码为“zan”的一票否决事项"),
        ({"kind": EventKind.OCCURRENCE}, "没有代码为“zan”的指标"),
        ({"kind": EventKind.OCCURRENCE, "code": "1.2"}, "按“计数”评分，不用扣分情形"),
        ({"kind": EventKind.OCCURRENCE, "code": "2.4", "task": "A1.1"}, "扣分情形不能写任务"),
        ({"kind": EventKind.OCCURRENCE, "code": "3.3"}, "扣分情形没有写任务"),
        ({"kind": EventKind.OCCURRENCE, "code": "3.3", "task": "A1.2"}, "任务 A1.2 没有分解给该单位"),
        ({"task": "A1.1"}, "加分针对单位，不能写任务"),
        ({"points": Decimal(-1)}, "0 或正数"),
        ({"points": Decimal("NaN")}, "不是有限的数字"),
        ({"shared_by": 0}, "至少为 1"),
        ({"occurrences": 0}, "至少为 1"),
        ({"reason": " "}, "没有填写事由"),
        ({"key": ""}, "没有填写事项编号"),
    ],
)
def test_an_event_that_cannot_be_is_refused(workbook: Workbook, change: dict[str, str], what: str) -> None:
    with pytest.raises(InputError, match=what) as refusal, workbook.edit("登记") as edit:
        save_event(edit, 2023, "kexie", dataclasses.replace(BONUS, **change))  # type: ignore[arg-type]
    assert refusal.value.remedy


@pytest.mark.parametrize("unit", ["kexie", "nongye"])
def test_a_key_is_used_once_in_a_year(workbook: Workbook, unit: str) -> None:
    with workbook.edit("登记") as edit:
        save_event(edit, 2023, "kexie", BONUS)
    with pytest.raises(InputError, match="编号“E1”在 2023 年度已经用过"), workbook.edit("登记") as edit:
        save_event(edit, 2023, unit, BONUS)


def test_an_event_takes_other_values_and_another_unit(workbook: Workbook) -> None:
    with workbook.edit("登记") as edit:
        save_event(edit, 2023, "kexie", BONUS)
    changed = dataclasses.replace(BONUS, kind=EventKind.VETO, code="jia", points=Decimal(0), reason="查实虚报")
    with workbook.edit("修改") as edit:
        update_event(edit, 2023, "nongye", changed)
    assert load_events(workbook, 2023) == {"nongye": [changed]}
    assert edit.changes == {"event": {(2023, "E1")}}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"key": "E9"}, "没有编号为“E9”的事项"),
        ({"code": "jia"}, "没有代码为“jia”"),
        ({"points": Decimal(-1)}, "0 或正数"),
    ],
)
def test_an_event_is_not_changed_into_what_cannot_be(workbook: Workbook, change: dict[str, str], what: str) -> None:
    with workbook.edit("登记") as edit:
        save_event(edit, 2023, "kexie", BONUS)
    with pytest.raises(InputError, match=what), workbook.edit("修改") as edit:
        update_event(edit, 2023, "kexie", dataclasses.replace(BONUS, **change))  # type: ignore[arg-type]
    assert load_events(workbook, 2023) == {"kexie": [BONUS]}


def test_an_event_with_evidence_stays_where_it_is(workbook: Workbook) -> None:
    with workbook.edit("登记") as edit:
        save_event(edit, 2023, "kexie", BONUS)
        key = add_evidence(edit, 2023, "kexie", EvidenceFacts("表彰文件", Owner(event="E1")))
    with pytest.raises(InputError, match="有 1 件佐证材料，不能删除") as refusal, workbook.edit("删除") as edit:
        remove_event(edit, 2023, "E1")
    assert "“表彰文件”" in refusal.value.place
    with pytest.raises(InputError, match="不能改到别的单位"), workbook.edit("修改") as edit:
        update_event(edit, 2023, "nongye", BONUS)
    with workbook.edit("修改") as edit:
        update_event(edit, 2023, "kexie", dataclasses.replace(BONUS, points=Decimal(1)))
        remove_evidence(edit, 2023, [key])
        remove_event(edit, 2023, "E1")
    assert load_events(workbook, 2023) == {}


def test_one_achievement_of_several_units_is_an_event_for_each_under_a_key_of_its_own(workbook: Workbook) -> None:
    with workbook.edit("登记") as edit:
        keys = add_events(edit, 2023, ["kexie", "nongye"], dataclasses.replace(BONUS, shared_by=2))
        add_evidence(edit, 2023, "kexie", EvidenceFacts("表彰文件", Owner(event="001")))
    assert keys == ("001", "002")
    events = load_events(workbook, 2023)
    assert {unit: [event.key for event in found] for unit, found in events.items()} == {
        "kexie": ["001"],
        "nongye": ["002"],
    }
    assert count_by_event(workbook, 2023) == {"001": 1}
    with workbook.edit("修改") as edit:
        changed = [(unit, dataclasses.replace(found[0], points=Decimal(1))) for unit, found in events.items()]
        update_events(edit, 2023, changed)
    assert [found[0].points for found in load_events(workbook, 2023).values()] == [1, 1]


def test_several_events_are_removed_or_none_of_them(workbook: Workbook) -> None:
    with workbook.edit("登记") as edit:
        add_events(edit, 2023, ["kexie", "nongye"], BONUS)
        add_evidence(edit, 2023, "nongye", EvidenceFacts("表彰文件", Owner(event="002")))
    with pytest.raises(InputError, match="不能删除"), workbook.edit("删除") as edit:
        remove_events(edit, 2023, ["001", "002"])
    assert len(load_events(workbook, 2023)) == 2
    with workbook.edit("删除") as edit:
        remove_events(edit, 2023, ["001"])
    assert set(load_events(workbook, 2023)) == {"nongye"}


def test_a_new_events_key_is_past_every_number_of_the_year(workbook: Workbook) -> None:
    assert next_event_key(workbook, 2023) == "001"
    with workbook.edit("登记") as edit:
        for key in ("9", "011", "E12"):
            save_event(edit, 2023, "kexie", dataclasses.replace(BONUS, key=key))
    assert next_event_key(workbook, 2023) == "012"


def test_adjustments_come_back(workbook: Workbook) -> None:
    with workbook.edit("复核") as edit:
        save_adjustment(edit, 2023, "kexie", ADJUSTMENT)
    assert load_adjustments(workbook, 2023) == {"kexie": [ADJUSTMENT]}
    assert str(load_adjustments(workbook, 2023)["kexie"][0].new) == "8.00"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"new": Decimal("40.01")}, "不在 0 到"),
        ({"old": Decimal("NaN")}, "不是有限的数字"),
        ({"indicator": "9.9"}, "没有代码为“9.9”的指标"),
        ({"reason": ""}, "没有填写调整理由"),
        ({"decided_by": ""}, "没有填写决定人"),
    ],
)
def test_an_adjustment_that_cannot_be_is_refused(workbook: Workbook, change: dict[str, str], what: str) -> None:
    with pytest.raises(InputError, match=what), workbook.edit("复核") as edit:
        save_adjustment(edit, 2023, "kexie", dataclasses.replace(ADJUSTMENT, **change))  # type: ignore[arg-type]


def test_an_adjustments_key_is_used_once_in_a_year(workbook: Workbook) -> None:
    with pytest.raises(InputError, match="已经用过"), workbook.edit("复核") as edit:
        save_adjustment(edit, 2023, "kexie", ADJUSTMENT)
        save_adjustment(edit, 2023, "kexie", ADJUSTMENT)


def test_not_applicable_is_said_with_a_reason_and_taken_back_without(workbook: Workbook) -> None:
    with workbook.edit("认定") as edit:
        save_not_applicable(edit, 2023, "kexie", "1.2", "没有这项职能")
    assert load_not_applicable(workbook, 2023) == {"kexie": {"1.2": "没有这项职能"}}
    with workbook.edit("取消认定") as edit:
        save_not_applicable(edit, 2023, "kexie", "1.2", "")
    assert load_not_applicable(workbook, 2023) == {}
    with pytest.raises(InputError, match=r"没有代码为“9\.9”的指标"), workbook.edit("认定") as edit:
        save_not_applicable(edit, 2023, "kexie", "9.9", "理由")


def test_an_exemption_is_said_with_a_reason_and_taken_back_without(workbook: Workbook) -> None:
    with workbook.edit("不参评") as edit:
        save_exemption(edit, 2023, "kexie", "新设单位")
    assert load_exemptions(workbook, 2023) == {"kexie": "新设单位"}
    with workbook.edit("恢复参评") as edit:
        save_exemption(edit, 2023, "kexie", " ")
    assert load_exemptions(workbook, 2023) == {}
    assert edit.changes == {"exemption": {(2023, "kexie")}}
