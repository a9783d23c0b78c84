"""Reading a scheme: every key, the inverse, and the refusal of every fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from assessor.domain.plan import Role
from assessor.domain.scheme import (
    Ceiling,
    EntryKind,
    Figure,
    Grade,
    NotApplicablePolicy,
    Quota,
    QuotaRounding,
    QuotaTie,
    Scheme,
    Scope,
    VetoKind,
)
from assessor.domain.scheme_reader import read_scheme, scheme_table
from assessor.domain.scheme_soundness import require_sound
from assessor.domain.table_reader import TableReader
from assessor.errors import SchemeError

Table = dict[str, Any]


def table() -> Table:
    """A scheme that uses every key."""
    return {
        "scheme": {
            "code": "test",
            "title": "测试细则",
            "group": "member",
            "full_marks": 20,
            "decimals": 1,
            "not_applicable": "zero",
            "min_coverage": Decimal("0.6"),
            "ceiling": "with_bonus",
            "tie_break": ["2", "1.1"],
            "is_default": True,
            "note": "备注",
        },
        "figure": [
            {"code": "meetings", "title": "会议", "measure": "次", "scope": "unit"},
            {"code": "done", "title": "完成量", "scope": "task"},
        ],
        "category": [
            {
                "code": "1",
                "title": "组织领导",
                "indicator": [
                    {
                        "code": "1.1",
                        "title": "专题研究",
                        "points": "7.5",
                        "scope": "unit",
                        "content": "召开会议",
                        "criterion": "每次得 2.5 分",
                        "proof": "会议纪要",
                        "rule": {"kind": "count", "figure": "meetings", "per": Decimal("2.5")},
                    }
                ],
            },
            {
                "code": "2",
                "title": "任务落实",
                "indicator": [
                    {
                        "code": "2.1",
                        "title": "完成率",
                        "points": Decimal("12.5"),
                        "scope": "task",
                        "rule": {"kind": "ratio", "actual": "done", "target_source": "assignment"},
                    }
                ],
            },
        ],
        "grade": [
            {"title": "优秀", "minimum": 18},
            {"title": "合格", "minimum": 12, "category_share": Decimal("0.4")},
            {"title": "不合格", "minimum": 0},
        ],
        "quota": {"share": Decimal("0.25"), "rounding": "ceil", "tie": "include"},
        "role_factors": {"lead": Decimal("1.2"), "participant": 1},
        "bonus": [{"code": "award", "title": "表彰", "cap": 2, "criterion": "市级 1 分", "proof": "文件"}],
        "deduction": [{"code": "criticism", "title": "通报", "cap": 3}],
        "veto": [{"code": "falsified", "title": "弄虚作假", "limit": "合格", "criterion": "经查实的"}],
    }


def read(content: Table) -> Scheme:
    return read_scheme(TableReader(content, "测试.toml", SchemeError))


def test_every_key_is_read() -> None:
    scheme = read(table())
    assert (scheme.code, scheme.title, scheme.group, scheme.note) == ("test", "测试细则", "member", "备注")
    assert (scheme.full_marks, scheme.decimals, scheme.min_coverage) == (20, 1, Decimal("0.6"))
    assert scheme.not_applicable is NotApplicablePolicy.ZERO
    assert scheme.ceiling is Ceiling.WITH_BONUS
    assert scheme.tie_break == ("2", "1.1")
    assert scheme.is_default
    assert scheme.figures == (
        Figure("meetings", "会议", "次", Scope.UNIT),
        Figure("done", "完成量", "", Scope.TASK),
    )
    assert [category.points for category in scheme.categories] == [Decimal("7.5"), Decimal("12.5")]
    first, second = scheme.indicators
    assert (first.content, first.criterion, first.proof) == ("召开会议", "每次得 2.5 分", "会议纪要")
    assert (second.scope, second.rule.kind) == (Scope.TASK, "ratio")
    assert scheme.grades[1] == Grade("合格", Decimal(12), Decimal("0.4"))
    assert scheme.quota == Quota(Decimal("0.25"), QuotaRounding.CEIL, QuotaTie.INCLUDE)
    assert scheme.role_factors == {Role.LEAD: Decimal("1.2"), Role.PARTICIPANT: Decimal(1)}
    assert scheme.bonuses == (EntryKind("award", "表彰", Decimal(2), "市级 1 分", "文件"),)
    assert scheme.deductions == (EntryKind("criticism", "通报", Decimal(3)),)
    assert scheme.vetoes == (VetoKind("falsified", "弄虚作假", "合格", "经查实的"),)


def test_what_is_not_written_takes_the_defaults() -> None:
    content = table()
    content["scheme"] = {"code": "test", "title": "测试细则", "group": "member", "full_marks": 20}
    for key in ("quota", "role_factors", "bonus", "deduction", "veto"):
        del content[key]
    scheme = read(content)
    assert (scheme.decimals, scheme.min_coverage) == (2, Decimal("0.5"))
    assert scheme.not_applicable is NotApplicablePolicy.RESCALE
    assert scheme.ceiling is Ceiling.FULL_MARKS
    assert (scheme.tie_break, scheme.quota, scheme.role_factors) == ((), None, {})
    assert (scheme.bonuses, scheme.deductions, scheme.vetoes) == ((), (), ())
    assert not scheme.is_default


def test_the_table_of_a_scheme_reads_back_as_the_same_scheme() -> None:
    scheme = read(table())
    as_json = json.loads(json.dumps(scheme_table(scheme), ensure_ascii=False))
    assert read(as_json) == scheme
    assert scheme_table(read(as_json)) == scheme_table(scheme)
    bare = replace(scheme, quota=None, role_factors={}, bonuses=(), deductions=(), vetoes=())
    bare = replace(bare, ceiling=Ceiling.FULL_MARKS)
    assert read(scheme_table(bare)) == bare


def set_in(*path: str | int, value: object) -> Callable[[Table], None]:
    """A change of the table: at ``path`` put ``value``."""

    def change(content: Table) -> None:
        place: Any = content
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change


FIRST = ("category", 0, "indicator", 0)
SECOND = ("category", 1, "indicator", 0)
RANK = {"kind": "rank", "value": "done", "bands": [{"to": 1, "fraction": 1}]}
LOOSE_RATIO = {"kind": "ratio", "actual": "meetings", "target_source": "assignment"}

FAULTS: list[tuple[Callable[[Table], None], str]] = [
    (
        set_in(*FIRST, "points", value=5),
        "测试.toml：各项分值合计 17.5，与满分 20 不符，少 2.5 分（组织领导 5 + 任务落实 12.5）",
    ),
    (set_in("scheme", "full_marks", value=19), "合计 20，与满分 19 不符，多 1 分"),
    (set_in(*SECOND, "code", value="1.1"), "测试.toml：指标代码“1.1”用了不止一次"),
    (set_in("category", 1, "code", value="1.1"), "指标代码“1.1”用了不止一次"),
    (set_in("figure", 1, "code", value="meetings"), "填报项代码“meetings”用了不止一次"),
    (set_in("grade", 1, "title", value="优秀"), "等次“优秀”用了不止一次"),
    (set_in("bonus", value=table()["bonus"] * 2), "加分项代码“award”用了不止一次"),
    (set_in("deduction", value=table()["deduction"] * 2), "扣分项代码“criticism”用了不止一次"),
    (set_in("veto", value=table()["veto"] * 2), "一票否决代码“falsified”用了不止一次"),
    (set_in("scheme", "tie_break", value=["2", "2"]), "tie_break 中的代码“2”用了不止一次"),
    (
        set_in(*FIRST, "rule", "figure", value="talks"),
        "测试.toml 指标 1.1 专题研究：没有填报项“talks”\n"
        "处理办法：请在 [[figure]] 中补上，或改用已有的：meetings、done",
    ),
    (set_in(*FIRST, "rule", "figure", value="done"), "填报项“done”却在任务填报表中"),
    (set_in(*SECOND, "rule", "actual", value="meetings"), "填报项“meetings”却在单位年度填报表中"),
    (
        set_in(*SECOND, "rule", value=RANK),
        "指标 2.1 完成率：评分规则“按排名赋分”不能逐项任务评分：各单位承担的任务不同，无从比较",
    ),
    (set_in(*FIRST, "rule", value=LOOSE_RATIO), "按单位评的指标没有下达的目标值"),
    (set_in("scheme", "tie_break", value=["3"]), "tie_break 中的“3”不是本细则的指标代码"),
    (
        set_in("veto", 0, "limit", value="良好"),
        "一票否决“弄虚作假”限定的等次“良好”不在等次表中\n处理办法：请从 优秀、合格、不合格 中选一个",
    ),
    (set_in("grade", 1, "minimum", value=18), "“合格”的 18 分不低于“优秀”的 18 分"),
    (set_in("grade", 2, "minimum", value=13), "“不合格”的 13 分不低于“合格”的 12 分"),
    (set_in("grade", 2, "minimum", value=1), "最低等次“不合格”应没有条件"),
    (set_in("grade", 2, "category_share", value="0.1"), "最低等次“不合格”应没有条件"),
    (set_in("grade", 0, "minimum", value=23), "“优秀”的 23 分高于可得的最高分 22"),
    (set_in("grade", 0, "minimum", value="18.25"), "“优秀”的分数线 18.25 的小数多于 1 位"),
    (set_in("grade", 1, "category_share", value=60), "category_share 应大于 0、不超过 1，现为 60"),
    (set_in("grade", value=[]), "没有写等次"),
    (set_in("bonus", 0, value={"code": "award", "title": "表彰"}), "测试.toml 第1个 [[bonus]] 的 cap：没有写分数上限"),
    (set_in("deduction", 0, "cap", value=0), "加扣分项 criticism 通报：上限 0 应大于 0"),
    (set_in("bonus", 0, "cap", value="0.25"), "上限 0.25 的小数多于 1 位"),
    (set_in(*FIRST, "points", value=0), "指标 1.1 专题研究：分值 0 应大于 0"),
    (set_in(*FIRST, "points", value=-5), "分值 -5 应大于 0"),
    (set_in(*FIRST, "points", value="7.55"), "分值 7.55 的小数多于 1 位"),
    (set_in("scheme", "full_marks", value="20.05"), "满分 20.05 的小数多于 1 位"),
    (set_in("scheme", "full_marks", value=0), "满分 0 应大于 0"),
    (set_in("scheme", "decimals", value=5), "decimals 应为 0 到 4，现为 5"),
    (set_in("scheme", "min_coverage", value=50), "min_coverage 应在 0 到 1 之间，现为 50"),
    (set_in("scheme", "min_coverage", value="0.33333"), "最低覆盖率 min_coverage 0.33333 的小数多于 4 位"),
    (set_in("quota", "share", value=30), "share 应大于 0、不超过 1，现为 30"),
    (set_in("role_factors", "lead", value=-1), "角色系数不能小于 0"),
    (set_in("role_factors", value={"lead": 0, "participant": 0}), "也不能都是 0"),
    (set_in("role_factors", value={}), "没有写角色系数"),
    (set_in("category", 0, "indicator", value=[]), "一级指标 1 组织领导 下没有二级指标"),
    (
        set_in("scheme", "not_applicable", value="skip"),
        "测试.toml [scheme] 的 not_applicable：不认识的取值“skip”\n处理办法：可写的有：rescale、full、zero",
    ),
    (set_in("scheme", "ceiling", value="none"), "不认识的取值“none”"),
    (set_in("quota", "tie", value="first"), "测试.toml [quota] 的 tie：不认识的取值“first”"),
    (set_in("figure", 0, "scope", value="year"), "测试.toml 第1个 [[figure]] 的 scope：不认识的取值“year”"),
    (set_in(*FIRST, "rule", "per", value=0), "测试.toml 指标 1.1 [rule]：per 应大于 0，现为 0"),
    (set_in(*FIRST, "rule", "kind", value="guess"), "测试.toml 指标 1.1 [rule] 的 kind：不认识的评分规则“guess”"),
    (set_in(*FIRST, "weight", value=1), "测试.toml 指标 1.1：不认识的项目“weight”"),
    (set_in("category", 0, "points", value=1), "测试.toml 一级指标 1：不认识的项目“points”"),
    (set_in("scheme", "color", value=""), "测试.toml [scheme]：不认识的项目“color”"),
    (set_in("figure", 0, "unit", value=""), "不认识的项目“unit”"),
    (set_in("grade", 0, "quota", value=""), "不认识的项目“quota”"),
    (set_in("quota", "grade", value=""), "不认识的项目“grade”"),
    (set_in("bonus", 0, "points", value=1), "不认识的项目“points”"),
    (set_in("veto", 0, "cap", value=1), "不认识的项目“cap”"),
    (set_in("role_factors", "helper", value=1), "不认识的项目“helper”"),
    (set_in("grades", value=[]), "测试.toml：不认识的项目“grades”"),
]


@pytest.mark.parametrize(("change", "message"), FAULTS, ids=[message[:40] for _, message in FAULTS])
def test_a_fault_is_refused_with_place_and_remedy(change: Callable[[Table], None], message: str) -> None:
    content = table()
    change(content)
    with pytest.raises(SchemeError) as caught:
        read(content)
    assert message in str(caught.value)
    assert caught.value.place.startswith("测试.toml")
    assert caught.value.remedy


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "judgement", "panels": [{"code": "expert", "title": "评委组"}]},
        {"kind": "levels", "levels": [{"title": "好", "low": 0, "high": 100}]},
        {"kind": "direct"},
        {"kind": "deduct", "per": 1},
    ],
    ids=lambda rule: rule["kind"],
)
def test_what_the_office_gives_may_be_given_task_by_task(rule: Table) -> None:
    content = table()
    set_in(*SECOND, "rule", value=rule)(content)
    assert read(content).indicators[1].scope is Scope.TASK


def test_a_scheme_changed_in_the_program_is_checked_by_the_same_rules() -> None:
    scheme = read(table())
    require_sound(scheme, "细则")
    with pytest.raises(SchemeError, match=r"各项分值合计 7\.5，与满分 20 不符，少 12\.5 分"):
        require_sound(replace(scheme, categories=scheme.categories[:1], tie_break=()), "细则")
