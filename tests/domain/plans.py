"""A small plan for tests: two sections, three tasks, two units, one target of each kind."""

from __future__ import annotations

from decimal import Decimal

from assessor.domain.plan import Plan, Section, SectionKind, Task
from assessor.domain.target import Target, TargetKind
from assessor.domain.unit import Group
from tests.domain.builders import member

ACTION = Section(
    code="A1",
    kind=SectionKind.ACTION,
    title="青少年科学素质提升行动",
    leads=("kexie",),
    tasks=(
        Task("A1.1", "A1", 1, "开展科普活动", "", ("kexie", "tuanshiwei")),
        Task("A1.2", "A1", 2, "培训辅导员", "", ("kexie",)),
    ),
)
PROJECT = Section(
    code="P1",
    kind=SectionKind.PROJECT,
    title="科普基础设施工程",
    leads=("kexie",),
    tasks=(Task("P1.1", "P1", 1, "建设科技馆", "", ("tuanshiwei",)),),
)
TARGETS = (
    Target("T1", "培训科技辅导员", TargetKind.YEARLY, "人", Decimal(300)),
    Target("T2", "培训农民", TargetKind.CUMULATIVE, "人次", Decimal(30000)),
    Target("T3", "公民具备科学素质的比例", TargetKind.BY_END, "%", Decimal("14.5"), Decimal(15)),
)


def small_plan() -> Plan:
    return Plan(
        code="test-2021-2025",
        title="测试方案",
        document_number="",
        issued="2022-01-01",
        city="宜春市",
        office="测试办公室",
        addressee="测试领导小组",
        first_year=2022,
        last_year=2025,
        groups=(Group("member", "成员单位"),),
        units=(member("kexie"), member("tuanshiwei")),
        sections=(ACTION, PROJECT),
        targets=TARGETS,
        schedule=(),
    )
