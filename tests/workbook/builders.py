"""A small plan, its schemes and a workbook made from them: two groups, one unit folded into another after 2023."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from assessor.domain.plan import Plan, Requirement, ScheduleItem, Section, SectionKind, Task
from assessor.domain.rules import read_rule
from assessor.domain.rules.rule import Rule
from assessor.domain.scheme import (
    Category,
    EntryKind,
    Figure,
    Grade,
    Indicator,
    Quota,
    Scheme,
    Scope,
    VetoKind,
)
from assessor.domain.submission import Submission, SubmissionState
from assessor.domain.table_reader import TableReader
from assessor.domain.target import Target, TargetKind
from assessor.domain.unit import Group, Unit
from assessor.errors import SchemeError
from assessor.workbook.creation import create_from_plan
from assessor.workbook.workbook import Workbook

MEMBER, COUNTY = "member", "county"


def clock() -> datetime:
    return datetime(2024, 11, 28, 9, 30, tzinfo=UTC)


def small_plan() -> Plan:
    return Plan(
        code="xiao",
        title="某市实施方案",
        document_number="某府发〔2022〕1号",
        issued="2022-05-30",
        city="某市",
        office="某市领导小组办公室",
        addressee="市领导小组",
        first_year=2022,
        last_year=2025,
        groups=(Group(MEMBER, "成员单位"), Group(COUNTY, "县市区")),
        units=(
            Unit("kexie", "某市科学技术协会", "市科协", MEMBER, aliases=("科协", "市科学技术协会")),
            Unit("nongye", "某市农业农村局", "市农业农村局", MEMBER),
            Unit("xiangcun", "某市乡村振兴局", "市乡村振兴局", MEMBER, valid_to=2023, successor="nongye"),
            Unit("dongqu", "东区", "东区", COUNTY, valid_from=2022),
        ),
        sections=(
            Section(
                "A1",
                SectionKind.ACTION,
                "农民科学素质提升行动",
                ("xiangcun",),
                (
                    Task("A1.1", "A1", 1, "培训农民", "每年培训。", ("nongye", "xiangcun", "kexie")),
                    Task("A1.2", "A1", 2, "帮扶", "", ("xiangcun",)),
                ),
            ),
            Section(
                "P1", SectionKind.PROJECT, "科普工程", ("kexie",), (Task("P1.1", "P1", 1, "科普", "", ("kexie",)),)
            ),
        ),
        targets=(
            Target(
                "suzhi",
                "科学素质比例",
                TargetKind.BY_END,
                "%",
                Decimal("14.5"),
                Decimal(15),
                None,
                "确保14.5%，力争15%",
            ),
            Target("peixun", "培训人次", TargetKind.CUMULATIVE, "人次", Decimal("1E+3"), task="A1.1"),
        ),
        schedule=(ScheduleItem(2022, 2022, "启动", "制定方案"), ScheduleItem(2023, 2025, "实施", "逐年推进")),
        requirements=(Requirement(COUNTY, "经费", "列入预算"),),
    )


def rule(kind: str, **parameters: object) -> Rule:
    return read_rule(TableReader({"kind": kind, **parameters}, "试验", SchemeError))


def small_scheme(group: str = MEMBER) -> Scheme:
    levels = [{"title": "好", "low": "60", "high": "100"}, {"title": "差", "low": "0", "high": "60"}]
    panels = [{"code": "office", "title": "考核办"}]
    return Scheme(
        code=f"{group}-scheme",
        title=f"{group} 细则",
        group=group,
        categories=(
            Category(
                "1",
                "工作实效",
                (
                    Indicator(
                        "1.1",
                        "完成率",
                        Decimal("40.0"),
                        rule("ratio", actual="done", target_source="assignment"),
                        Scope.TASK,
                        proof="总结",
                    ),
                    Indicator("1.2", "宣传", Decimal(20), rule("count", figure="articles", per="0.50"), content="篇数"),
                ),
            ),
            Category(
                "2",
                "保障",
                (
                    Indicator("2.1", "评议", Decimal(20), rule("judgement", panels=panels)),
                    Indicator("2.2", "直接", Decimal(10), rule("direct")),
                    Indicator("2.3", "等级", Decimal(10), rule("levels", levels=levels)),
                    Indicator("2.4", "督查", Decimal(2), rule("deduct", per="0.5")),
                ),
            ),
            Category(
                "3",
                "任务评价",
                (
                    Indicator("3.1", "任务评议", Decimal(8), rule("judgement", panels=panels), Scope.TASK),
                    Indicator("3.2", "任务核定", Decimal(4), rule("direct"), Scope.TASK),
                    Indicator("3.3", "任务督查", Decimal(6), rule("deduct", per=1), Scope.TASK),
                ),
            ),
        ),
        grades=(
            Grade("优秀", Decimal(90)),
            Grade("合格", Decimal("60.00"), Decimal("0.6")),
            Grade("不合格", Decimal(0)),
        ),
        tie_break=("1", "2.1"),
        quota=Quota(Decimal("0.30")),
        bonuses=(EntryKind("zan", "表彰", Decimal(5), "国家级5分", "文件"),),
        deductions=(EntryKind("zan", "通报", Decimal("2.5")),),
        vetoes=(VetoKind("jia", "弄虚作假", "合格"),),
        figures=(Figure("articles", "稿件", "篇", Scope.UNIT), Figure("done", "完成量", "", Scope.TASK)),
        is_default=True,
        note="示例",
    )


SCHEMES = (small_scheme(MEMBER), small_scheme(COUNTY))


def small_workbook(folder: Path, years: tuple[int, ...] = (2023,)) -> Workbook:
    return create_from_plan(folder / "考核.assess", small_plan(), SCHEMES, years=years, clock=clock, operator="张三")


def own_form(unit: str = "kexie", revision: int = 1, **fields: object) -> Submission:
    return form(unit, None, revision, **fields)


def form(unit: str, task: str | None, revision: int = 1, **fields: object) -> Submission:
    given = {
        "state": SubmissionState.SUBMITTED,
        "first_submitted_on": date(2023, 11, 1),
        "submitted_on": date(2023, 11, 1),
        **fields,
    }
    return Submission(unit, task, revision, **given)  # type: ignore[arg-type]
