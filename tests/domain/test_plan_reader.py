"""Reading a plan's table: what is taken over, what is refused and with which words, what is only a warning."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import pytest

from assessor.domain.plan import Plan, Role, SectionKind
from assessor.domain.plan_reader import read_plan
from assessor.domain.table_reader import TableReader
from assessor.domain.target import TargetKind
from assessor.errors import PlanError

PLAN: dict[str, Any] = {
    "code": "p",
    "title": "某市方案",
    "issued": "2022-03-01",
    "city": "某市",
    "office": "某市办公室",
    "addressee": "市领导小组",
    "first_year": 2022,
    "last_year": 2025,
    "group": [{"code": "member", "title": "成员单位"}, {"code": "county", "title": "县市区"}],
    "unit": [
        {"code": "kexie", "name": "某市科学技术协会", "short_name": "市科协", "group": "成员单位", "aliases": ["科协"]},
        {"code": "jiaoyuju", "name": "某市教育局", "short_name": "市教育局", "group": "member"},
        {"name": "东山县人民政府", "short_name": "东山县", "group": "县市区"},
    ],
    "section": [
        {
            "kind": "重点工程",
            "order": 1,
            "title": "信息化工程",
            "leads": ["科协"],
            "task": [{"number": 1, "title": "建平台", "units": ["kexie"]}],
        },
        {
            "kind": "action",
            "order": 1,
            "title": "青少年行动",
            "leads": ["市教育局"],
            "task": [
                {"number": 2, "title": "培训教师", "units": ["市教育局", "某市科学技术协会"]},
                {"number": 1, "title": "办活动", "summary": "每校一次。", "units": ["市教育局"]},
            ],
        },
    ],
    "target": [
        {
            "code": "t",
            "title": "比例",
            "kind": "期末达到",
            "measure": "%",
            "base": Decimal("14.5"),
            "stretch": 15,
            "task": "A1.2",
        }
    ],
    "schedule": [{"first_year": 2022, "last_year": 2022, "title": "动员", "text": "启动。"}],
    "requirement": [{"group": "县市区", "title": "预算", "text": "列入预算。"}],
}


def read(table: dict[str, Any]) -> tuple[Plan, tuple[str, ...]]:
    return read_plan(TableReader(table, "某市.toml", PlanError))


def changed(path: str, value: Any) -> dict[str, Any]:
    """The plan above with one value replaced, e.g. at ``section/1/task/0/units``."""
    table = copy.deepcopy(PLAN)
    *way, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    inner: Any = table
    for step in way:
        inner = inner[step]
    if isinstance(inner, list) and last == len(inner):
        inner.append(value)
    else:
        inner[last] = value
    return table


def test_a_sound_plan_is_read_without_warnings() -> None:
    plan, warnings = read(PLAN)
    assert warnings == ()
    assert [section.code for section in plan.sections] == ["P1", "A1"]
    assert plan.section_by_code["A1"].kind is SectionKind.ACTION
    assert [task.code for task in plan.tasks] == ["P1.1", "A1.1", "A1.2"]
    assert plan.document_number == ""
    assert plan.requirements[0].group == "county"
    assert plan.schedule[0].first_year == 2022


def test_units_are_named_by_short_name_full_name_alias_or_code() -> None:
    plan, _warnings = read(PLAN)
    assert plan.task_by_code["A1.2"].units == ("jiaoyuju", "kexie")
    assert plan.task_by_code["P1.1"].units == ("kexie",)
    assert plan.section_by_code["P1"].leads == ("kexie",)


def test_a_unit_without_a_code_takes_its_short_name() -> None:
    plan, _warnings = read(PLAN)
    assert plan.unit_by_code["东山县"].name == "东山县人民政府"


def test_the_lead_of_a_section_leads_its_tasks_and_the_others_take_part() -> None:
    plan, _warnings = read(PLAN)
    task = plan.task_by_code["A1.2"]
    assert plan.role(task, "jiaoyuju") is Role.LEAD
    assert plan.role(task, "kexie") is Role.PARTICIPANT


def test_a_target_keeps_its_exact_values() -> None:
    target = read(PLAN)[0].targets[0]
    assert (target.kind, target.base, target.stretch) == (TargetKind.BY_END, Decimal("14.5"), Decimal(15))


@pytest.mark.parametrize(
    ("path", "value", "what", "place", "remedy"),
    [
        ("section/1/task/0/units", ["市科挟"], "没有登记“市科挟”", "第2个 [[section]] 第1个 [[task]]", "市科协"),
        ("section/1/task/0/units", [], "一个单位也没有写", "的 units", "至少写一个"),
        ("section/0/leads", [], "一个单位也没有写", "第1个 [[section]] 的 leads", "至少写一个"),
        ("section/0/leads", ["市某局"], "没有登记“市某局”", "第1个 [[section]] 的 leads", "[[unit]]"),
        ("section/0/task", [], "没有任务", "第1个 [[section]]", "[[section.task]]"),
        ("section/0/kind", "行动", "不认识“行动”", "的 kind", "提升行动、重点工程"),
        ("section/0/order", 2, "重点工程序号缺 1", "的 order", "补上第 1 项"),
        ("section/1/task/0/number", 1, "任务序号 1 重复", "的 number", "只用一次"),
        ("section/1/task/0/number", 3, "任务序号缺 2", "的 number", "补上第 2 项"),
        ("section/1/task/1/number", 0, "任务序号 0 重复或小于 1", "的 number", "从 1 开始"),
        ("section", [], "没有行动或工程", "某市.toml", "[[section]]"),
        ("group", [], "没有考核组别", "某市.toml", "[[group]]"),
        ("group/1/code", "member", "组别“member”重复", "第2个 [[group]] 的 code", "不同"),
        ("group/1/title", "成员单位", "组别“成员单位”重复", "第2个 [[group]] 的 title", "不同"),
        ("unit", [], "没有单位", "某市.toml", "[[unit]]"),
        ("unit/0/group", "街道", "没有“街道”这个组别", "第1个 [[unit]] 的 group", "成员单位、县市区"),
        ("unit/1/code", "kexie", "“kexie”已经是“市科协”", "第2个 [[unit]] 的 code", "只能指一个单位"),
        ("unit/1/name", "某市科学技术协会", "已经是“市科协”", "第2个 [[unit]] 的 name", "只能指一个单位"),
        ("unit/1/short_name", "市 科 协", "已经是“市科协”", "第2个 [[unit]] 的 short_name", "只能指一个单位"),
        ("unit/1/aliases", ["科协"], "“科协”已经是“市科协”", "第2个 [[unit]] 的 aliases", "只能指一个单位"),
        ("unit/1/aliases", [""], "空白的一项", "第2个 [[unit]] 的 aliases", "删去"),
        ("unit/1/code", "jiao yu", "代码“jiao yu”不能用", "的 code", "空格"),
        ("unit/1/valid_to", 23, "23 不像年份", "的 valid_to", "四位"),
        ("unit/1/successor", "市科协", "没有写最后年份", "的 successor", "valid_to"),
        ("target/0/base", 16, "确保值 16 高于力争值 15", "第1个 [[target]] 的 base", "核对"),
        ("target/0/base", 0, "目标值 0 不大于 0", "的 base", "大于 0"),
        ("target/0/task", "A9.9", "没有任务 A9.9", "的 task", "A1.6"),
        ("target/0/kind", "每月", "不认识“每月”", "的 kind", "每年完成、期内累计、期末达到"),
        ("target/1", PLAN["target"][0], "目标代码“t”重复", "第2个 [[target]] 的 code", "不同"),
        ("issued", "2022年3月1日", "不是日期", "某市.toml 的 issued", "2022-05-30"),
        ("issued", "2022-02-30", "不是日期", "某市.toml 的 issued", "2022-05-30"),
        ("last_year", 2021, "2022 晚于最后年度 2021", "某市.toml 的 first_year", "核对"),
        ("schedule/0/last_year", 2021, "2022 晚于", "第1个 [[schedule]]", "核对"),
        ("requirement/0/group", "乡镇", "没有“乡镇”这个组别", "第1个 [[requirement]]", "成员单位、县市区"),
        ("title", "  ", "不能为空", "某市.toml 的 title", "填写"),
        ("section/1/task/0/title", "", "不能为空", "[[task]] 的 title", "填写"),
        ("section/1/lead", ["科协"], "不认识的项目“lead”", "第2个 [[section]]", "leads"),
        ("unit/0/alias", ["科协"], "不认识的项目“alias”", "第1个 [[unit]]", "aliases"),
    ],
)  # fmt: skip
def test_a_fault_is_refused_with_place_and_remedy(path: str, value: Any, what: str, place: str, remedy: str) -> None:
    with pytest.raises(PlanError) as caught:
        read(changed(path, value))
    assert what in caught.value.what
    assert place in caught.value.place
    assert caught.value.place.startswith("某市.toml")
    assert remedy in caught.value.remedy


def test_years_of_validity_must_not_be_the_wrong_way_round() -> None:
    table = copy.deepcopy(PLAN)
    table["unit"][1] |= {"valid_from": 2024, "valid_to": 2023}
    with pytest.raises(PlanError, match="起始年份 2024 晚于最后年份 2023"):
        read(table)


@pytest.mark.parametrize(("successor", "what"), [("市农委", "没有登记“市农委”"), ("市教育局", "承接单位是它自己")])
def test_a_successor_must_be_another_unit_of_the_registry(successor: str, what: str) -> None:
    table = copy.deepcopy(PLAN)
    table["unit"][1] |= {"valid_to": 2023, "successor": successor}
    with pytest.raises(PlanError, match=what):
        read(table)


def test_successors_must_not_run_in_a_circle() -> None:
    table = copy.deepcopy(PLAN)
    table["unit"][0] |= {"valid_to": 2023, "successor": "市教育局"}
    table["unit"][1] |= {"valid_to": 2024, "successor": "市科协"}
    with pytest.raises(PlanError, match="绕回了自己"):
        read(table)


def test_a_successor_named_by_an_alias_becomes_its_code() -> None:
    table = copy.deepcopy(PLAN)
    table["unit"][1] |= {"valid_to": 2023, "successor": "科协"}
    unit = read(table)[0].unit_by_code["jiaoyuju"]
    assert unit.successor == "kexie"
    assert unit.is_valid_in(2023)
    assert not unit.is_valid_in(2024)


def test_a_unit_written_twice_is_a_warning_and_counts_once() -> None:
    plan, warnings = read(changed("section/1/task/0/units", ["市教育局", "市科协", "科协"]))
    assert plan.task_by_code["A1.2"].units == ("jiaoyuju", "kexie")
    assert warnings == ("任务 A1.2“培训教师”的责任单位中，“市科协”写了 2 次，只计 1 次",)


def test_a_lead_that_is_responsible_for_no_task_of_its_section_is_a_warning() -> None:
    _plan, warnings = read(changed("section/0/leads", ["市科协", "市教育局"]))
    assert warnings == ("P1“信息化工程”的牵头部门“市教育局”不是其中任何任务的责任单位",)


def test_a_unit_without_tasks_in_a_group_that_has_some_is_a_warning() -> None:
    extra = {"code": "x", "name": "某市林业局", "short_name": "市林业局", "group": "成员单位"}
    assert read(changed("unit/3", extra))[1] == ("“市林业局”没有任何任务",)


def test_a_unit_that_is_never_valid_in_the_plans_years_is_a_warning() -> None:
    _plan, warnings = read(changed("unit/2/valid_to", 2021))
    assert warnings == ("“东山县”在 2022—2025 年间都不参加考核，请核对 valid_from、valid_to",)
