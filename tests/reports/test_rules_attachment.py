from __future__ import annotations

from decimal import Decimal

from assessor.domain.plan import Role
from assessor.domain.scheme import (
    Ceiling,
    EntryKind,
    Grade,
    NotApplicablePolicy,
    Quota,
    QuotaRounding,
    QuotaTie,
    VetoKind,
)
from assessor.reports.blocks import Table
from assessor.reports.overall.rules_attachment import rules_attachment, scheme_rules
from tests.domain.builders import plain_scheme, score_group
from tests.reports.views import member, sample_view


def _rules(**settings: object) -> str:
    return "".join(scheme_rules(score_group(plain_scheme(**settings), member("kexie", "54", "36"))))


def test_the_decimals_and_the_full_marks_are_the_schemes() -> None:
    assert "满分100分，各指标得分四舍五入保留2位小数" in _rules()


def test_each_policy_for_what_does_not_apply_has_its_words() -> None:
    words = {policy: _rules(not_applicable=policy) for policy in NotApplicablePolicy}
    assert "按缺项折算" in words[NotApplicablePolicy.RESCALE]
    assert "该项得满分" in words[NotApplicablePolicy.FULL]
    assert "该项得0分" in words[NotApplicablePolicy.ZERO]
    assert "低于70%的单位只计分" in _rules(min_coverage=Decimal("0.7"))


def test_bonuses_deductions_caps_and_the_ceiling_are_named() -> None:
    settings = {
        "bonuses": (EntryKind("a", "表彰奖励", Decimal(3)), EntryKind("b", "经验推广", Decimal("1.5"))),
        "deductions": (EntryKind("c", "通报批评", Decimal(2)),),
    }
    text = _rules(**settings)
    assert "加分：表彰奖励最高3分、经验推广最高1.5分；扣分：通报批评最多扣2分。" in text
    assert "总分最高100分" in text
    assert "总分最高104.5分" in _rules(**settings, ceiling=Ceiling.WITH_BONUS)


def test_the_tie_break_names_titles_in_order() -> None:
    assert "依次比较“类别2”、“指标1.1”得分" in _rules(tie_break=("2", "1.1"))
    assert "总分相同的名次并列" in _rules()


def test_grades_and_what_they_ask_of_categories_are_named_from_the_best_down() -> None:
    grades = (Grade("优秀", Decimal(90), Decimal("0.6")), Grade("合格", Decimal(60)), Grade("不合格", Decimal(0)))
    text = _rules(grades=grades)
    assert "90分以上为优秀，且各一级指标得分均不低于其分值的60%；60分以上为合格；其余为不合格。" in text


def test_the_quotas_rounding_and_its_ties_are_named() -> None:
    assert "名额不超过参与排名单位数的30%（舍去尾数取整）" in _rules(quota=Quota(Decimal("0.3")))
    text = _rules(quota=Quota(Decimal("0.3"), QuotaRounding.CEIL, QuotaTie.INCLUDE))
    assert "（进位取整）；并列跨越名额线的，并列者全部计入" in text
    assert "名额" not in _rules()


def test_roles_that_weigh_the_same_are_not_mentioned() -> None:
    assert "牵头任务1.2" in _rules(role_factors={Role.LEAD: Decimal("1.2"), Role.PARTICIPANT: Decimal(1)})
    assert "角色系数" not in _rules(role_factors={Role.LEAD: Decimal(1)})


def test_vetoes_are_named_with_the_best_grade_left() -> None:
    assert "一票否决：弄虚作假（最高合格）。" in _rules(vetoes=(VetoKind("false", "弄虚作假", "合格"),))


def test_every_indicator_is_listed_with_its_points_and_way_of_scoring() -> None:
    view = sample_view(2024)
    tables = [block for block in rules_attachment(view, 6) if isinstance(block, Table)]
    for group, table in zip(view.result.groups, tables, strict=True):
        assert [row[1] for row in table.rows] == [indicator.title for indicator in group.scheme.indicators]
        assert sum(Decimal(row[2]) for row in table.rows) == group.scheme.full_marks
