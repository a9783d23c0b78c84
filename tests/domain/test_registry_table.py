"""What the table of units says, and what typing into it asks for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from assessor.domain.contact import Contact
from assessor.domain.registry_change import RegistryState
from assessor.domain.registry_edits import rename_unit
from assessor.domain.registry_merge import merge_units
from assessor.domain.registry_split import Part, split_unit
from assessor.domain.registry_table import (
    RegistryData,
    UnitYear,
    cell_requests,
    checked_aliases,
    checked_name,
    lineage_lines,
    name_refusal,
    split_aliases,
    standings_of,
    unit_rows,
    with_main_contact,
)
from assessor.domain.year_view import view_year
from assessor.errors import InputError
from tests.domain.builders import CLOSED, plain_scheme, unit, year_facts
from tests.domain.registries import NEXT, OPEN, SEALED, made, state
from tests.domain.registries import unit as registered

FACTS = year_facts(
    plain_scheme(),
    unit("jia", given={"1.1": 60, "2.1": 35}),
    unit("yi", given={"1.1": 60}),
    unit("bing", exempt="当年新设"),
)
EARLIER = replace(FACTS, year=replace(CLOSED, year=SEALED))
VIEW = view_year(state().plan, FACTS, previous=EARLIER)
DATA = RegistryData(state(), {"jia": (Contact("丁一", "主任", "0795-0000001"), Contact("万二"))})


def test_a_row_has_the_main_contact_the_years_tasks_and_the_grade_before() -> None:
    jia, _yi, bing, ding = unit_rows(DATA, VIEW)
    assert (jia.contact, jia.phone, jia.more_contacts) == ("丁一", "0795-0000001", 1)
    assert (jia.group_title, jia.tasks, jia.grade_before) == ("成员单位", 0, "优秀")
    assert bing.grade_before == "不参评"
    assert (ding.tasks, ding.grade_before) == (None, "—")


def test_a_standing_tells_exempt_and_provisional_from_a_grade() -> None:
    standings = standings_of(VIEW.result, is_sealed=False)
    assert standings["jia"] == UnitYear(OPEN, Decimal("95.00"), 1, "优秀", is_sealed=False)
    assert standings["yi"].grade == "暂估"
    assert (standings["bing"].total_text, standings["bing"].rank_text, standings["bing"].grade) == ("—", "—", "不参评")


def test_the_lineage_tells_what_happened_by_year() -> None:
    renamed = made(state(), partial(rename_unit, unit="jia", name="宜春市新局", short_name="市新局", year=OPEN))
    merged = made(renamed, partial(merge_units, unit="jia", into="yi", year=NEXT, note="机构改革"))
    data = RegistryData(merged)
    assert lineage_lines(data, "jia") == (
        f"{OPEN} 年以前称“宜春市jia局”（市jia局）",
        f"{OPEN} 年起称“宜春市新局”（市新局）",
        f"{NEXT} 年起，并入“市yi局”（机构改革）",
    )
    assert lineage_lines(data, "yi") == (f"{NEXT} 年起，“市新局”并入（机构改革）",)
    assert lineage_lines(data, "ding") == ("一直参加考核；没有更名、合并和拆分。",)
    part = Part(registered("xin", valid_from=NEXT))
    split = RegistryData(made(state(), partial(split_unit, unit="jia", parts=[part], carrier=None, year=NEXT)))
    assert lineage_lines(split, "jia") == (f"{NEXT} 年起，分出“市xin局”",)
    assert lineage_lines(split, "xin") == (f"{NEXT} 年起，从“市jia局”分设",)


def test_names_typed_into_one_row_are_one_change() -> None:
    row = unit_rows(DATA, VIEW)[0]
    requests = cell_requests(row, {"short_name": "市佳局", "aliases": ("佳局",), "group": "county"}, OPEN)
    assert [request(state()).label for request in requests] == [
        "改正单位名称 市佳局",
        "修改别名 市jia局",
        "调整组别 市jia局 → 县市区",
    ]
    assert cell_requests(row, {"phone": "1"}, OPEN) == ()
    assert "已定稿" in name_refusal(DATA, "jia", OPEN)


def test_a_phone_is_the_main_contacts() -> None:
    first, second = DATA.contacts["jia"]
    assert with_main_contact((first, second), {"phone": "1"}) == (replace(first, phone="1"), second)
    assert with_main_contact((), {"contact": "张三"}) == (Contact("张三"),)
    assert with_main_contact((first,), {"aliases": ()}) is None


def test_aliases_are_told_apart_by_commas_and_lines() -> None:
    assert split_aliases("市科协、科协，协会;\n 甲 ") == ("市科协", "科协", "协会", "甲")
    assert split_aliases("") == ()
    with pytest.raises(InputError, match="不像单位名称"):
        split_aliases("甲" * 61)


def test_what_is_typed_is_refused_before_it_is_written() -> None:
    jia, yi, *_rest = unit_rows(DATA, VIEW)
    assert checked_aliases(DATA, yi, "乙局、老乙局") == ("乙局", "老乙局")
    with pytest.raises(InputError, match="“市jia局”已经是“市jia局”的名称"):
        checked_aliases(DATA, yi, "市jia局")
    with pytest.raises(InputError, match="已定稿"):
        checked_name(DATA, jia, OPEN, short_name="市佳局")
    with pytest.raises(InputError, match="没有填写简称"):
        checked_name(DATA, jia, OPEN, short_name="")
    free = RegistryData(RegistryState(DATA.state.plan, ()))
    assert checked_name(free, jia, OPEN, name=" 宜春市佳局 ") == "宜春市佳局"
    with pytest.raises(InputError, match="已经是“市yi局”的名称"):
        checked_name(free, jia, OPEN, short_name="市yi局")
