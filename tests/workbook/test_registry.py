"""Changes of the registry in a workbook of which one year is sealed: what follows, what stays, what an undo brings
back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.domain.contact import Contact
from assessor.domain.facts import Mark
from assessor.domain.plan import Role
from assessor.domain.registry_change import RegistryChange, Request
from assessor.domain.registry_edits import add_unit, correct_names, new_unit, rename_unit, set_aliases
from assessor.domain.registry_merge import merge_units
from assessor.domain.registry_split import Part, split_unit
from assessor.domain.result_lines import result_lines
from assessor.errors import InputError
from assessor.workbook.assignments import load_assignments, save_assignment
from assessor.workbook.events import save_exemption
from assessor.workbook.evidence_list import list_owners
from assessor.workbook.history import last_edit
from assessor.workbook.history_list import count_edits
from assessor.workbook.marks import save_mark
from assessor.workbook.plans import load_plan, load_units
from assessor.workbook.registry import change_registry, edit_units, load_registry_state, preview_change
from assessor.workbook.registry_reading import read_registry
from assessor.workbook.row_words import load_names
from assessor.workbook.rows import put_row
from assessor.workbook.seal import seal_year
from assessor.workbook.seal_verify import examine_seals
from assessor.workbook.undo import redo, undo
from assessor.workbook.unit_contacts import load_contacts, save_contacts
from assessor.workbook.views import load_view
from assessor.workbook.workbook import Workbook
from tests.domain.registry_requests import requests
from tests.workbook.dump import canonical_dump
from tests.workbook.sealed import FREE, REVIEWER, YEAR, ready_workbook

MERGE = partial(merge_units, unit="nongye", into="kexie", year=FREE)
RENAME = partial(rename_unit, unit="kexie", name="某市科学技术促进会", short_name="市科促会", year=FREE)


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Workbook]:
    with ready_workbook(tmp_path) as workbook:
        seal_year(workbook, YEAR)
        yield workbook


def change(workbook: Workbook, request: Request) -> RegistryChange:
    with workbook.edit(preview_change(workbook, request).label) as edit:
        return change_registry(edit, request)


def tasks(workbook: Workbook, year: int, unit: str) -> dict[str, Role]:
    return {item.task: item.role for item in load_assignments(workbook, year) if item.unit == unit}


def unit_of(workbook: Workbook, year: int, code: str) -> str:
    return load_view(workbook, year).assessed_unit(code)[1].unit.short_name


def assert_sealed_year_is_intact(workbook: Workbook) -> None:
    (examination,) = examine_seals(workbook)
    assert examination.is_intact, examination.differences


def test_a_merger_is_one_edit_that_hands_everything_on(sealed: Workbook) -> None:
    before = result_lines(load_view(sealed, YEAR).result)
    change(sealed, MERGE)
    edit = last_edit(sealed)
    assert edit is not None
    assert edit.label == "合并单位 市农业农村局 → 市科协"
    assert tasks(sealed, FREE, "nongye") == {}
    assert tasks(sealed, FREE, "kexie") == {"A1.1": Role.LEAD, "A1.2": Role.LEAD, "P1.1": Role.LEAD}
    gone = load_plan(sealed).unit_by_code["nongye"]
    assert (gone.valid_to, gone.successor) == (YEAR, "kexie")
    assert load_view(sealed, FREE).plan.section_by_code["A1"].leads == ("kexie",)
    assert result_lines(load_view(sealed, YEAR).result) == before
    assert_sealed_year_is_intact(sealed)


def test_an_undo_takes_a_merger_back_and_a_redo_makes_it_again(sealed: Workbook) -> None:
    before = canonical_dump(sealed.path)
    change(sealed, MERGE)
    merged = canonical_dump(sealed.path)
    undo(sealed)
    assert canonical_dump(sealed.path) == before
    redo(sealed)
    assert canonical_dump(sealed.path) == merged


def test_targets_of_both_are_joined(sealed: Workbook) -> None:
    with sealed.edit("下达") as edit:
        for item in load_assignments(edit, FREE):
            save_assignment(edit, FREE, replace(item, target=Decimal(100), measure="人次"))
    change(sealed, MERGE)
    joined = next(item for item in load_assignments(sealed, FREE) if (item.task, item.unit) == ("A1.1", "kexie"))
    assert (joined.target, joined.role) == (Decimal(200), Role.LEAD)


def test_what_goes_along_goes_and_what_lapses_is_said(sealed: Workbook) -> None:
    note = {"year": FREE, "noted_on": "2024-01-01", "noted_by": "张三", "indicator": ""}
    with sealed.edit("备注") as edit:
        for unit, key, text in (("nongye", 1, "甲"), ("nongye", 2, "乙"), ("kexie", 1, "丙")):
            put_row(edit, "note", {**note, "unit": unit, "key": key, "text": text})
        put_row(edit, "reviewer", {"year": FREE, "panel": "office", "name": REVIEWER})
        who = {"year": FREE, "panel": "office", "reviewer": REVIEWER}
        put_row(edit, "reviewer_unit", {**who, "unit": "nongye"})
        marks = {"group_code": "member", "indicator": "2.1"}
        put_row(edit, "reviewer_assignment", {**who, **marks, "unit": "nongye"})
        save_exemption(edit, FREE, "nongye", "机构改革")
    made = change(sealed, MERGE)
    texts = [item.text for item in made.consequences if item.area == f"{FREE} 年度"]
    assert texts == [
        "备注 2 条转到市科协名下",
        "评委所在单位 1 条转到市科协名下",
        "评委分工 1 条转到市科协名下",
        "不参评 1 条随单位取消",
    ]
    notes = sealed.rows("SELECT unit, key, text FROM note ORDER BY unit, key")
    assert [tuple(row) for row in notes] == [("kexie", 1, "丙"), ("kexie", 2, "甲"), ("kexie", 3, "乙")]
    assert [row["unit"] for row in sealed.rows("SELECT unit FROM reviewer_unit WHERE year = ?", (FREE,))] == ["kexie"]
    given = sealed.rows("SELECT unit, indicator FROM reviewer_assignment WHERE year = ?", (FREE,))
    assert [tuple(row) for row in given] == [("kexie", "2.1")]
    assert not sealed.rows("SELECT 1 FROM exemption WHERE year = ?", (FREE,))


def test_a_unit_that_was_marked_is_not_merged_and_nothing_is_left_half_done(sealed: Workbook) -> None:
    with sealed.edit("录入评分") as edit:
        save_mark(edit, FREE, "nongye", Mark("2.1", REVIEWER, "office", Decimal(90)))
    before = canonical_dump(sealed.path)
    with pytest.raises(InputError, match="评委评分 1 条") as caught:
        change(sealed, MERGE)
    assert f"从 {FREE + 1} 年起合并" in caught.value.remedy
    assert canonical_dump(sealed.path) == before


def test_a_renaming_shows_each_year_under_its_own_name(sealed: Workbook) -> None:
    change(sealed, RENAME)
    assert [unit_of(sealed, year, "kexie") for year in (YEAR, FREE)] == ["市科协", "市科促会"]
    view = load_view(sealed, FREE)
    found = view.previous_of("kexie")
    assert found is not None
    assert found[1].unit.short_name == "市科协"
    owners = {year: {item.unit_name for item in list_owners(sealed, year)} for year in (YEAR, FREE)}
    assert "市科协" in owners[YEAR] and "市科促会" not in owners[YEAR]
    assert "市科促会" in owners[FREE] and "市科协" not in owners[FREE]
    names = load_names(sealed)
    assert [names.unit("kexie", year) for year in (YEAR, FREE, None)] == ["市科协", "市科促会", "市科促会"]
    assert_sealed_year_is_intact(sealed)


def test_a_message_names_the_unit_as_the_year_does(sealed: Workbook) -> None:
    change(sealed, RENAME)
    with sealed.edit("录入评分") as edit, pytest.raises(InputError) as caught:
        save_mark(edit, FREE, "kexie", Mark("9.9", REVIEWER, "office", Decimal(90)))
    assert "市科促会" in caught.value.place


def test_what_a_sealed_year_calls_a_unit_cannot_be_mended(sealed: Workbook) -> None:
    with pytest.raises(InputError, match="已定稿，用的就是这个名称"):
        change(sealed, partial(correct_names, unit="kexie", name="某市科协", short_name="市科协", year=FREE))
    change(sealed, partial(set_aliases, unit="kexie", aliases=["市科学协会"]))
    assert_sealed_year_is_intact(sealed)


def test_a_new_unit_is_scored_in_the_open_year_only(sealed: Workbook) -> None:
    unit = new_unit(load_plan(sealed), "某市数据局", "市数据局", "member", valid_from=FREE)
    change(sealed, partial(add_unit, unit=unit))
    assert unit_of(sealed, FREE, "市数据局") == "市数据局"
    assert load_view(sealed, YEAR).result.find("市数据局") is None
    assert load_units(sealed)[-1] == unit
    assert_sealed_year_is_intact(sealed)


def test_a_split_divides_the_tasks_and_hands_on_the_history(sealed: Workbook) -> None:
    new = [
        new_unit(load_plan(sealed), f"某市{name}局", f"市{name}局", "member", valid_from=FREE, code=code)
        for code, name in (("nong", "农业"), ("cun", "乡村"))
    ]
    parts = [Part(new[0]), Part(new[1], ("A1.2",))]
    change(sealed, partial(split_unit, unit="nongye", parts=parts, carrier="nong", year=FREE))
    assert tasks(sealed, FREE, "nong") == {"A1.1": Role.LEAD}
    assert tasks(sealed, FREE, "cun") == {"A1.2": Role.LEAD}
    view = load_view(sealed, FREE)
    compared = {code: view.previous_of(code) for code in ("nong", "cun")}
    assert compared["nong"] is not None and compared["nong"][1].unit.code == "nongye"
    assert compared["cun"] is None
    assert load_registry_state(sealed).plan == load_plan(sealed)
    assert_sealed_year_is_intact(sealed)
    undo(sealed)
    assert set(tasks(sealed, FREE, "nongye")) == {"A1.1", "A1.2"}


def test_contacts_keep_their_order_and_empty_ones_go(sealed: Workbook) -> None:
    given = [Contact(" 张三 ", "主任", "0795-0000001"), Contact(""), Contact("李四", note="周五不在")]
    with sealed.edit("联系人") as edit:
        save_contacts(edit, "kexie", given)
    assert load_contacts(sealed) == {
        "kexie": (Contact("张三", "主任", "0795-0000001"), Contact("李四", note="周五不在"))
    }
    with sealed.edit("联系人") as edit:
        save_contacts(edit, "kexie", [Contact("王五")])
    assert load_contacts(sealed) == {"kexie": (Contact("王五"),)}
    assert_sealed_year_is_intact(sealed)


@pytest.mark.parametrize(
    ("unit", "contact", "what"),
    [
        ("nobody", Contact("甲"), "没有代码为“nobody”的单位"),
        ("kexie", Contact("甲\n乙"), "姓名"),
        ("kexie", Contact("甲" * 201), "姓名"),
    ],
)
def test_contacts_that_cannot_be_stored_are_refused(sealed: Workbook, unit: str, contact: Contact, what: str) -> None:
    with sealed.edit("联系人") as edit, pytest.raises(InputError, match=what):
        save_contacts(edit, unit, [contact])


def test_every_year_stands_as_it_was_sealed_or_is_scored(sealed: Workbook) -> None:
    computed = {item.unit.code: item for item in load_view(sealed, YEAR).result.groups[0].units}
    data = read_registry(sealed)
    first, second = data.standings["kexie"]
    assert (first.year, first.total, first.rank, first.is_sealed) == (
        YEAR,
        computed["kexie"].total,
        computed["kexie"].rank,
        True,
    )
    assert (second.year, second.grade, second.is_sealed) == (FREE, "暂估", False)
    assert data.standings["dongqu"][0].grade == "不参评"
    known = read_registry(sealed, load_view(sealed, YEAR).result)
    assert known.standings == data.standings
    marked = replace(data, standings={"kexie": (replace(first, grade="上次读到的"),)})
    assert read_registry(sealed, None, marked).standings["kexie"][0].grade == "上次读到的"
    other_seal = replace(marked, seals={YEAR: "0" * 64})
    assert read_registry(sealed, None, other_seal).standings == data.standings


def test_many_cells_are_one_edit_and_all_or_none(sealed: Workbook) -> None:
    good = partial(set_aliases, unit="nongye", aliases=["农业局"])
    bad = partial(set_aliases, unit="dongqu", aliases=["农业局"])
    before = canonical_dump(sealed.path)
    with pytest.raises(InputError, match="农业局"), sealed.edit("别名") as edit:
        edit_units(edit, [good, bad])
    assert canonical_dump(sealed.path) == before
    with sealed.edit("别名") as edit:
        edit_units(edit, [good, partial(set_aliases, unit="dongqu", aliases=["东"])])
    aliases = {unit.code: unit.aliases for unit in load_units(sealed)}
    assert (aliases["nongye"], aliases["dongqu"]) == (("农业局",), ("东",))


def test_nothing_is_done_that_was_not_shown(sealed: Workbook) -> None:
    shown = preview_change(sealed, MERGE)
    with sealed.edit("备注") as edit:
        note = {"year": FREE, "unit": "nongye", "key": 1, "indicator": "", "noted_on": "2024-01-01", "noted_by": "张三"}
        put_row(edit, "note", {**note, "text": "新记的"})
    with pytest.raises(InputError, match="与预览的不同"), sealed.edit("合并") as edit:
        change_registry(edit, MERGE, shown)
    with sealed.edit("合并") as edit:
        change_registry(edit, MERGE, preview_change(edit, MERGE))


@pytest.fixture(scope="module")
def sealed_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with ready_workbook(tmp_path_factory.mktemp("sealed")) as workbook:
        seal_year(workbook, YEAR)
    return workbook.path


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_any_sequence_of_changes_leaves_sealed_totals_alone_and_can_be_taken_back(
    sealed_file: Path, data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder, Workbook.open(Path(shutil.copy(sealed_file, folder))) as workbook:
        before, results = canonical_dump(workbook.path), result_lines(load_view(workbook, YEAR).result)
        edits = count_edits(workbook)
        for number in range(data.draw(st.integers(1, 5))):
            request = data.draw(requests(load_registry_state(workbook), number))
            if not preview_change(workbook, request).refusals:
                change(workbook, request)
        assert not workbook.rows("PRAGMA foreign_key_check")
        assert result_lines(load_view(workbook, YEAR).result) == results
        assert_sealed_year_is_intact(workbook)
        free = load_view(workbook, FREE)
        valid = {unit.unit.code for group in free.facts.groups for unit in group.units}
        assert {item.unit for item in load_assignments(workbook, FREE)} <= valid
        for _ in range(count_edits(workbook) - edits):
            undo(workbook)
        assert canonical_dump(workbook.path) == before
