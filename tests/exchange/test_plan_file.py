"""Plan files: the shipped plan against counts by hand, the documented example, files that cannot be read."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.plan import Role, SectionKind
from assessor.domain.target import TargetKind
from assessor.domain.unit_names import find_unit
from assessor.errors import PlanError
from assessor.exchange.plan_file import LoadedPlan, find_plan, load_plan, shipped_plans
from assessor.resources import ROOT

YICHUN = "yichun-2021-2025"

UNITS_PER_TASK = {
    "A1": [3, 4, 3, 3, 15, 4],
    "A2": [13, 7, 9, 4],
    "A3": [6, 3, 6, 3],
    "A4": [6, 7, 4],
    "A5": [3, 4],
    "P1": [5, 5, 6],
    "P2": [7, 4, 5],
    "P3": [3, 3, 13],
    "P4": [5, 4, 9, 5],
    "P5": [5, 12],
}
"""Counted in the printed plan, with the unit that P5.2 names twice."""

TASKS_PER_UNIT = {
    "市科协": 29, "市教体局": 14, "市科技局": 13, "市社联": 13, "市委宣传部": 12, "市文广新旅局": 12, "市卫健委": 10,
    "团市委": 10, "市应急管理局": 8, "市科学院": 8, "市人社局": 6, "市市场监管局": 6, "市气象局": 6, "市工信局": 5,
    "市农业农村局": 5, "市乡村振兴局": 4, "市自然资源局": 4, "市生态环境局": 4, "市林业局": 4, "市发改委": 4,
    "市委组织部": 3, "市民政局": 3, "宜春职业技术学院": 3, "宜春幼儿师范高等专科学校": 3, "市总工会": 3, "市妇联": 3,
    "市统计局": 1, "市财政局": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def yichun() -> LoadedPlan:
    return load_plan(find_plan(YICHUN))


def test_the_shipped_plan_has_ten_sections_and_thirty_four_tasks(yichun: LoadedPlan) -> None:
    plan = yichun.plan
    assert [section.code for section in plan.sections] == list(UNITS_PER_TASK)
    assert Counter(section.kind for section in plan.sections) == {SectionKind.ACTION: 5, SectionKind.PROJECT: 5}
    assert len(plan.tasks) == 34
    assert [len(plan.section_by_code[code].tasks) for code in UNITS_PER_TASK] == [
        len(counts) for counts in UNITS_PER_TASK.values()
    ]


def test_the_file_keeps_the_sources_198_mentions_and_the_plan_197_responsibilities(yichun: LoadedPlan) -> None:
    table = tomllib.loads(find_plan(YICHUN).read_text(encoding="utf-8"))
    written = [[len(task["units"]) for task in section["task"]] for section in table["section"]]
    assert written == list(UNITS_PER_TASK.values())
    assert sum(map(sum, written)) == 198
    assert sum(len(task.units) for task in yichun.plan.tasks) == 197
    assert yichun.warnings == ("任务 P5.2“丰富对外科技合作内容”的责任单位中，“市文广新旅局”写了 2 次，只计 1 次",)


def test_every_member_unit_has_the_number_of_tasks_that_the_plan_gives_it(yichun: LoadedPlan) -> None:
    plan = yichun.plan
    counted = Counter(plan.unit_by_code[unit].short_name for task in plan.tasks for unit in task.units)
    assert counted == TASKS_PER_UNIT


def test_the_registry_has_28_member_units_and_13_of_the_county_level(yichun: LoadedPlan) -> None:
    plan = yichun.plan
    assert Counter(unit.group for unit in plan.units) == {"member": 28, "county": 13}
    assert [group.title for group in plan.groups] == ["成员单位", "县市区"]
    busy = {unit for task in plan.tasks for unit in task.units}
    assert {plan.unit_by_code[unit].group for unit in busy} == {"member"}


def test_leads_lead_and_one_section_has_two(yichun: LoadedPlan) -> None:
    plan = yichun.plan
    assert {section.code: section.leads for section in plan.sections if len(section.leads) > 1} == {
        "P1": ("kejiju", "kexie")
    }
    leading = sum(plan.role(task, unit) is Role.LEAD for task in plan.tasks for unit in task.units)
    assert leading == 6 + 4 + 4 + 3 + 2 + 2 * 3 + 3 + 3 + 4 + 2


def test_the_targets_are_the_plans(yichun: LoadedPlan) -> None:
    targets = {target.code: (target.kind, target.base, target.stretch) for target in yichun.plan.targets}
    assert targets == {
        "literacy": (TargetKind.BY_END, Decimal("14.5"), Decimal(15)),
        "counsellors": (TargetKind.YEARLY, Decimal(300), None),
        "farm_workers": (TargetKind.CUMULATIVE, Decimal(30000), None),
        "rural_leaders": (TargetKind.CUMULATIVE, Decimal(3000), None),
        "county_venues": (TargetKind.BY_END, Decimal(10), None),
        "city_museum": (TargetKind.BY_END, Decimal(1), None),
    }


def test_the_plans_own_particulars(yichun: LoadedPlan) -> None:
    plan = yichun.plan
    assert (plan.document_number, plan.issued) == ("宜府发〔2022〕9号", "2022-05-30")
    assert (plan.first_year, plan.last_year) == (2022, 2025)
    assert [(item.first_year, item.last_year) for item in plan.schedule] == [(2022, 2022), (2022, 2025), (2025, 2025)]
    assert len([item for item in plan.requirements if item.group == "county"]) == 4


def test_the_bureau_that_was_folded_in_has_a_last_year_and_a_successor(yichun: LoadedPlan) -> None:
    bureau = yichun.plan.unit_by_code["xiangcunzhenxingju"]
    assert (bureau.valid_to, bureau.successor) == (2023, "nongyenongcunju")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("科协", "kexie"),
        ("宜春市科学技术协会", "kexie"),
        ("市教育体育局", "jiaotiju"),
        ("教体局", "jiaotiju"),
        ("共青团宜春市委", "tuanshiwei"),
        ("市场监督管理局", "shichangjianguanju"),
        ("经开区", "jingkaiqu"),
        ("宜阳新区管委会", "yiyang"),
        ("明月山温泉风景名胜区", "mingyueshan"),
        ("市扶贫办", "xiangcunzhenxingju"),
    ],
)
def test_names_that_forms_come_back_with_find_their_unit(yichun: LoadedPlan, written: str, code: str) -> None:
    assert find_unit(yichun.plan.units, written).code == code


def test_a_shipped_plan_is_found_by_name_and_any_other_by_path(tmp_path: Path) -> None:
    assert YICHUN in shipped_plans()
    assert find_plan(YICHUN).name == f"{YICHUN}.toml"
    own = tmp_path / "我市.toml"
    own.write_text("", encoding="utf-8")
    assert find_plan(str(own)) == own


@pytest.mark.parametrize("name", ["yichun", "", "没有/这个.toml"])
def test_an_unknown_plan_is_refused_with_the_shipped_names(name: str) -> None:
    with pytest.raises(PlanError) as caught:
        find_plan(name)
    assert YICHUN in caught.value.remedy


def documented_example() -> str:
    text = (ROOT / "docs" / "plan-format.md").read_text(encoding="utf-8")
    found = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_documented_example_loads_without_warnings(tmp_path: Path) -> None:
    path = tmp_path / "新河.toml"
    path.write_text(documented_example(), encoding="utf-8")
    loaded = load_plan(path)
    assert loaded.warnings == ()
    assert loaded.plan.task_by_code["A1.1"].units == ("jiaoyuju", "kexie")
    assert loaded.plan.targets[0].stretch == Decimal("15.5")


def test_every_key_of_the_shipped_plan_is_documented() -> None:
    documented = (ROOT / "docs" / "plan-format.md").read_text(encoding="utf-8")
    keys = set(re.findall(r"^(\w+) = ", find_plan(YICHUN).read_text(encoding="utf-8"), re.MULTILINE))
    assert [key for key in sorted(keys) if f"`{key}`" not in documented] == []


def test_a_date_without_quotes_and_a_byte_order_mark_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "新河.toml"
    path.write_text(documented_example().replace('"2022-03-01"', "2022-03-01"), encoding="utf-8-sig")
    assert load_plan(path).plan.issued == "2022-03-01"


def refusal(path: Path) -> PlanError:
    with pytest.raises(PlanError) as caught:
        load_plan(path)
    return caught.value


def test_a_file_saved_as_ansi_by_notepad_is_refused_with_the_way_to_save_it(tmp_path: Path) -> None:
    path = tmp_path / "新河.toml"
    path.write_text(documented_example(), encoding="gbk")
    error = refusal(path)
    assert "GBK" in error.what
    assert error.place == f"{path} 第2行"
    assert "另存为" in error.remedy
    assert "UTF-8" in error.remedy


def test_a_file_in_utf_16_and_one_in_no_encoding_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "新河.toml"
    path.write_text(documented_example(), encoding="utf-16")
    assert "UTF-16" in refusal(path).what
    path.write_bytes(b'title = "\xff\xff"')
    assert refusal(path).what == "文件的编码不是 UTF-8"


def test_a_syntax_error_names_its_line_and_shows_it(tmp_path: Path) -> None:
    path = tmp_path / "新河.toml"
    path.write_text('code = "x"\ntitle = "没有收尾\n', encoding="utf-8")
    error = refusal(path)
    assert error.place == f"{path} 第2行"
    assert "没有收尾" in error.what
    assert "成对" in error.remedy


def test_full_width_punctuation_is_named_as_the_likely_cause(tmp_path: Path) -> None:
    path = tmp_path / "新河.toml"
    path.write_text('code = "x"\r\ntitle = “方案”\r\n', encoding="utf-8")
    error = refusal(path)
    assert error.place == f"{path} 第2行"
    assert "英文半角" in error.remedy


def test_a_file_that_breaks_off_is_refused_at_its_end(tmp_path: Path) -> None:
    path = tmp_path / "新河.toml"
    path.write_text('units = ["市科协",\n', encoding="utf-8")
    assert "第2行" in refusal(path).place


def test_a_missing_file_a_folder_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "无.toml").what == "没有这个文件"
    assert "文件夹" in refusal(tmp_path).what
    huge = tmp_path / "大.toml"
    huge.write_bytes(b"#" * (4 * 1024 * 1024 + 1))
    assert "太大" in refusal(huge).what


def test_a_file_that_is_no_text_is_refused_without_showing_it(tmp_path: Path) -> None:
    path = tmp_path / "方案.toml"
    path.write_bytes(b"PK\x03\x04" + bytes(500))
    with pytest.raises(PlanError, match="不是文字文件") as caught:
        load_plan(path)
    assert "\0" not in str(caught.value)


@pytest.mark.parametrize("name", ["长" * 300, "x.toml/y.toml"])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "x.toml").touch()
    with pytest.raises(PlanError) as caught:
        load_plan(find_plan(str(tmp_path / name)))
    assert caught.value.remedy


def test_an_empty_file_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "空.toml"
    path.write_text("", encoding="utf-8")
    assert refusal(path).what == "缺少“group”"
