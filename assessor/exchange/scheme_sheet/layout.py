"""The sheets of a scheme's spreadsheet and their columns, for writing and for reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from assessor.domain.plan import Role
from assessor.domain.rules import RULES
from assessor.domain.scheme import Ceiling, NotApplicablePolicy, QuotaRounding, QuotaTie, Scope

Choices = tuple[tuple[str, str], ...]
"""Stored value and words."""


class Kind(Enum):
    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    SHARE = "share"
    CHOICE = "choice"


@dataclass(frozen=True)
class Column:
    key: str
    title: str
    kind: Kind = Kind.TEXT
    offered: Callable[[], Choices] = tuple
    """Of a CHOICE; asked whenever a sheet is written or read."""
    is_required: bool = False
    default: str = ""
    """What an empty cell means."""
    hint: str = ""

    @property
    def choices(self) -> Choices:
        return self.offered()


@dataclass(frozen=True)
class Sheet:
    name: str
    columns: tuple[Column, ...]


def _scopes() -> Choices:
    return tuple((scope.value, scope.label) for scope in Scope)


def _rules() -> Choices:
    return tuple((kind, rule.label) for kind, rule in RULES.items())


def _yes_no() -> Choices:
    return (("1", "是"), ("0", "否"))


HEADER = Sheet(
    "总则",
    (
        Column("code", "细则代码", is_required=True),
        Column("title", "细则名称", is_required=True),
        Column("group", "考核组别代码", is_required=True),
        Column("full_marks", "满分", Kind.NUMBER, default="100"),
        Column("decimals", "小数位数", Kind.NUMBER, default="2"),
        Column(
            "not_applicable",
            "缺项办法",
            Kind.CHOICE,
            lambda: tuple((item.value, item.label) for item in NotApplicablePolicy),
            default=NotApplicablePolicy.RESCALE.value,
        ),
        Column("min_coverage", "最低覆盖率", Kind.SHARE, default="0.5", hint="适用分值低于此比例的，计分不排名"),
        Column(
            "ceiling",
            "总分上限",
            Kind.CHOICE,
            lambda: tuple((item.value, item.label) for item in Ceiling),
            default=Ceiling.FULL_MARKS.value,
        ),
        Column("tie_break", "同分排序", hint="指标代码，用、分开，依次比较"),
        Column("quota_share", "优秀名额比例", Kind.SHARE, hint="不限名额的不填"),
        Column(
            "quota_rounding",
            "优秀名额取整",
            Kind.CHOICE,
            lambda: tuple((item.value, item.label) for item in QuotaRounding),
            default=QuotaRounding.FLOOR.value,
        ),
        Column(
            "quota_tie",
            "名额末位并列",
            Kind.CHOICE,
            lambda: tuple((item.value, item.label) for item in QuotaTie),
            default=QuotaTie.EXCLUDE.value,
        ),
        *(Column(f"role_{role.value}", f"{role.label}系数", Kind.NUMBER, hint="不填为 1") for role in Role),
        Column("is_default", "默认细则", Kind.CHOICE, _yes_no, default="0", hint="未经审定的默认细则写是"),
        Column("note", "说明", Kind.LONG),
    ),
)
"""Written as rows: name, value, hint."""

INDICATORS = Sheet(
    "指标",
    (
        Column("category", "一级指标代码", hint="与上一行相同的可以不填"),
        Column("category_title", "一级指标"),
        Column("code", "代码", is_required=True),
        Column("title", "二级指标", is_required=True),
        Column("points", "分值", Kind.NUMBER, is_required=True),
        Column("scope", "范围", Kind.CHOICE, _scopes, default=Scope.UNIT.value),
        Column("kind", "评分规则", Kind.CHOICE, _rules, is_required=True),
        Column("params", "规则参数", Kind.LONG, hint="每行一个参数，写法见“填写说明”"),
        Column("content", "考核内容", Kind.LONG),
        Column("criterion", "评分标准", Kind.LONG),
        Column("proof", "考核依据", Kind.LONG),
    ),
)
FIGURES = Sheet(
    "填报项",
    (
        Column("code", "代码", is_required=True),
        Column("title", "名称", is_required=True),
        Column("measure", "计量单位"),
        Column("scope", "范围", Kind.CHOICE, _scopes, default=Scope.UNIT.value),
    ),
)
GRADES = Sheet(
    "等次",
    (
        Column("title", "等次", is_required=True, hint="从高到低"),
        Column("minimum", "最低分", Kind.NUMBER, is_required=True, hint="含本数"),
        Column("category_share", "各类最低得分率", Kind.SHARE, hint="没有要求的不填"),
    ),
)


def entries(name: str) -> Sheet:
    return Sheet(
        name,
        (
            Column("code", "代码", is_required=True),
            Column("title", "名称", is_required=True),
            Column("cap", "上限", Kind.NUMBER, is_required=True, hint="一个单位一年最多计多少分"),
            Column("criterion", "评分标准", Kind.LONG),
            Column("proof", "考核依据", Kind.LONG),
        ),
    )


BONUSES, DEDUCTIONS = entries("加分"), entries("扣分")
VETOES = Sheet(
    "一票否决",
    (
        Column("code", "代码", is_required=True),
        Column("title", "名称", is_required=True),
        Column("limit", "最高等次", is_required=True),
        Column("criterion", "认定标准", Kind.LONG),
    ),
)
LISTS = (INDICATORS, FIGURES, GRADES, BONUSES, DEDUCTIONS, VETOES)
"""Sheets of one row for each item, under a head."""
GUIDE = "填写说明"
