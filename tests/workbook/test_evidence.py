from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.facts import Event, EventKind
from assessor.domain.submission import Evidence
from assessor.errors import InputError
from assessor.workbook.events import save_event
from assessor.workbook.evidence import (
    EvidenceFacts,
    Owner,
    add_evidence,
    attach_file,
    remove_evidence,
    update_evidence,
)
from assessor.workbook.evidence_list import EvidenceItem, list_evidence, list_owners, reused_digests
from assessor.workbook.evidence_store import StoredFile
from assessor.workbook.submissions import load_submissions, save_submission
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import form, own_form, small_workbook

OWN = Owner("", 1)
FILE = StoredFile("a" * 64, "总结.pdf", 12)
OTHER = StoredFile("b" * 64, "总结（盖章）.pdf", 13)


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with small_workbook(tmp_path, (2022, 2023)) as opened:
        with opened.edit("录入填报") as edit:
            save_submission(edit, 2023, own_form(evidence=(Evidence("总结", date(2023, 10, 1), "1.2"),)))
            save_submission(edit, 2023, form("kexie", "A1.1"))
            save_submission(edit, 2023, own_form("nongye"))
            save_submission(edit, 2022, own_form())
            event = Event("7", EventKind.BONUS, "zan", date(2023, 6, 1), "科普日", "受表彰", Decimal(2))
            save_event(edit, 2023, "kexie", event)
        yield opened


def add(
    workbook: Workbook, facts: EvidenceFacts, file: StoredFile | None = None, unit: str = "kexie", year: int = 2023
) -> int:
    with workbook.edit("添加佐证材料") as edit:
        return add_evidence(edit, year, unit, facts, file)


def item(workbook: Workbook, key: int, year: int = 2023) -> EvidenceItem:
    return next(item for item in list_evidence(workbook, year) if item.key == key)


def test_an_item_comes_back_with_everything_that_a_page_shows(workbook: Workbook) -> None:
    facts = EvidenceFacts("照片", Owner("A1.1", 1), "1.1", date(2023, 5, 1), date(2023, 11, 2), "开幕式")
    key = add(workbook, facts, FILE)
    found = item(workbook, key)
    assert (found.unit, found.unit_name, found.owner, found.owner_title) == (
        "kexie",
        "市科协",
        Owner("A1.1", 1),
        "A1.1 培训农民",
    )
    assert (found.title, found.indicator, found.indicator_title) == ("照片", "1.1", "完成率")
    assert (found.dated, found.received, found.description) == (date(2023, 5, 1), date(2023, 11, 2), "开幕式")
    assert found.file == FILE
    assert [version.number for version in found.versions] == [1]
    assert found.place == "2023 年度 市科协 A1.1 培训农民“照片”"


def test_evidence_named_on_a_form_is_listed_without_a_file(workbook: Workbook) -> None:
    (named,) = list_evidence(workbook, 2023)
    assert (named.title, named.file, named.owner_title, named.indicator) == ("总结", None, "年度填报表", "1.2")


def test_added_evidence_belongs_to_the_submission_that_scoring_reads(workbook: Workbook) -> None:
    add(workbook, EvidenceFacts("照片", OWN))
    own = load_submissions(workbook, 2023)[0]
    assert [evidence.title for evidence in own.evidence] == ["总结", "照片"]


def test_an_event_and_a_unit_at_large_have_evidence_too(workbook: Workbook) -> None:
    event = item(workbook, add(workbook, EvidenceFacts("文件", Owner(event="7"))))
    assert event.owner_title == "加分 7 科普日"
    large = item(workbook, add(workbook, EvidenceFacts("简介", Owner()), unit="dongqu"))
    assert (large.unit_name, large.owner_title) == ("东区", "单位综合材料")


def test_a_replaced_file_keeps_its_older_versions(workbook: Workbook) -> None:
    key = add(workbook, EvidenceFacts("总结", OWN), FILE)
    with workbook.edit("替换佐证文件") as edit:
        assert attach_file(edit, 2023, key, OTHER) == 2
    with workbook.edit("替换佐证文件") as edit:
        assert attach_file(edit, 2023, key, OTHER) == 2
    found = item(workbook, key)
    assert found.file == OTHER
    assert [(version.number, version.file) for version in found.versions] == [(2, OTHER), (1, FILE)]


def test_words_dates_and_owner_can_be_changed(workbook: Workbook) -> None:
    key = add(workbook, EvidenceFacts("总结", OWN), FILE)
    facts = EvidenceFacts("年度总结", Owner("A1.1", 1), "1.1", date(2023, 1, 2), None, "改")
    with workbook.edit("修改佐证材料") as edit:
        update_evidence(edit, 2023, key, facts)
    found = item(workbook, key)
    assert (found.title, found.owner, found.indicator, found.dated) == (
        "年度总结",
        Owner("A1.1", 1),
        "1.1",
        date(2023, 1, 2),
    )
    assert found.file == FILE


def test_removed_items_go_with_their_versions(workbook: Workbook) -> None:
    keys = [add(workbook, EvidenceFacts(title, OWN), FILE) for title in ("甲", "乙")]
    with workbook.edit("删除佐证材料") as edit:
        remove_evidence(edit, 2023, keys)
    assert [item.title for item in list_evidence(workbook, 2023)] == ["总结"]
    assert workbook.rows("SELECT * FROM evidence_file") == []


@pytest.mark.parametrize(
    ("facts", "unit", "what"),
    [
        (EvidenceFacts(" ", OWN), "kexie", "没有填写佐证材料名称"),
        (EvidenceFacts("甲", OWN), "nobody", "没有代码为“nobody”的单位"),
        (EvidenceFacts("甲", Owner("", 2)), "kexie", "没有年度填报表的第 2 次填报"),
        (EvidenceFacts("甲", Owner("A1.2", 1)), "kexie", "没有任务 A1.2 的第 1 次填报"),
        (EvidenceFacts("甲", Owner(event="7")), "nongye", "没有编号为“7”的"),
        (EvidenceFacts("甲", Owner(event="8")), "kexie", "没有编号为“8”的"),
        (EvidenceFacts("甲", OWN, "9.9"), "kexie", "没有代码为“9.9”的指标"),
    ],
)
def test_evidence_that_cannot_be_is_refused(workbook: Workbook, facts: EvidenceFacts, unit: str, what: str) -> None:
    with pytest.raises(InputError, match=what) as refusal:
        add(workbook, facts, FILE, unit)
    assert refusal.value.remedy
    assert len(list_evidence(workbook)) == 1


def test_an_item_that_is_gone_is_told(workbook: Workbook) -> None:
    with pytest.raises(InputError, match="没有编号为 99 的佐证材料"), workbook.edit("修改佐证材料") as edit:
        update_evidence(edit, 2023, 99, EvidenceFacts("甲", OWN))
    with pytest.raises(InputError, match="没有编号为 99"), workbook.edit("替换佐证文件") as edit:
        attach_file(edit, 2023, 99, FILE)


def test_evidence_of_an_earlier_revision_says_so(workbook: Workbook) -> None:
    key = add(workbook, EvidenceFacts("照片", OWN))
    with workbook.edit("录入填报") as edit:
        save_submission(edit, 2023, own_form(revision=2))
    assert item(workbook, key).owner_title == "年度填报表（第 1 次，已有更新的填报）"


def test_owners_are_the_latest_forms_the_events_and_the_units(workbook: Workbook) -> None:
    with workbook.edit("录入填报") as edit:
        save_submission(edit, 2023, own_form(revision=2))
    owners = list_owners(workbook, 2023)
    assert [(choice.unit, choice.owner, choice.title) for choice in owners if choice.unit != "dongqu"] == [
        ("kexie", Owner("", 2), "年度填报表"),
        ("kexie", Owner("A1.1", 1), "A1.1 培训农民"),
        ("kexie", Owner(event="7"), "加分 7 科普日"),
        ("kexie", Owner(), "单位综合材料"),
        ("nongye", OWN, "年度填报表"),
        ("nongye", Owner(), "单位综合材料"),
        ("xiangcun", Owner(), "单位综合材料"),
    ]


def test_the_same_file_of_two_units_tasks_or_years_is_pointed_out_with_its_places(workbook: Workbook) -> None:
    facts = EvidenceFacts("总结", OWN)
    first = add(workbook, facts, FILE)
    assert reused_digests(workbook) == {}
    add(workbook, facts, FILE)
    assert reused_digests(workbook) == {}, "twice with one form is a slip, not a reuse"
    for unit, owner, year in (
        ("nongye", OWN, 2023),
        ("kexie", Owner("A1.1", 1), 2023),
        ("kexie", Owner(event="7"), 2023),
        ("kexie", OWN, 2022),
    ):
        key = add(workbook, EvidenceFacts("又一处", owner), FILE, unit, year)
        reuse = reused_digests(workbook)[FILE.digest]
        assert [other.title for other in reuse.others(item(workbook, first))] == ["又一处"]
        with workbook.edit("替换佐证文件") as edit:
            attach_file(edit, year, key, replace(OTHER, digest=f"{key}{year}{unit}".encode().hex().ljust(64, "0")))
        assert reused_digests(workbook) == {}, "older versions do not count"
