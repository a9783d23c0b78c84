"""附件 计分规则与取整约定: each group's scheme in words, from its settings, and its indicators with their points."""

from __future__ import annotations

from assessor.domain.plan import Role
from assessor.domain.results import GroupResult
from assessor.domain.scheme import Grade, NotApplicablePolicy, QuotaRounding, QuotaTie, Scheme
from assessor.domain.scoring import ceiling_of
from assessor.domain.year_view import YearView
from assessor.reports.blocks import Align, Block, Body, Column, Heading, Table
from assessor.reports.validity import scheme_name
from assessor.reports.wording import amount, listed, numeral, plain_share


def rules_attachment(view: YearView, first_table: int) -> list[Block]:
    """``first_table`` is the number that its first table bears."""
    blocks: list[Block] = [
        Heading(2, "（一）共同约定"),
        Body(
            "1. 四种情况严格区分：填报为0、未填、不涉及、未报。收集截止前未报、未填的为待评，不按0分计；"
            "收集截止后未报、未填的计0分；单位填报不涉及的，经办公室认定后方按缺项处理。"
        ),
        Body("2. 全部计算采用十进制精确数，四舍五入。印出的数就是用于排名、定等次和制图的数，背后没有另一套数。"),
        Body(
            "3. 名次按组别内总分由高到低排列；按次序比较仍相同的并列，其后名次空出；并列单位按登记次序列示。"
            "不参评单位不排名。"
        ),
        Body(f"4. 计分程序版本：{view.result.engine_version}。"),
    ]
    for number, group in enumerate(view.result.groups, start=2):
        blocks.append(Heading(2, f"（{numeral(number)}）{group.group.title}"))
        blocks += [Body(f"{item}. {text}") for item, text in enumerate(scheme_rules(group), start=1)]
        blocks.append(_indicator_table(group, f"表{first_table + number - 2}　{group.group.title}考核指标和分值"))
    return blocks


def scheme_rules(group: GroupResult) -> list[str]:
    scheme = group.scheme
    rules = [
        f"依据{scheme_name(group)}。满分{amount(scheme.full_marks)}分，各指标得分四舍五入保留{scheme.decimals}位小数，"
        "总分由已取整的得分相加减，不再取整。",
        _missing_rule(scheme),
        _entries_rule(scheme),
        _role_rule(scheme),
        _tie_rule(scheme),
        _grade_rule(scheme),
        _quota_rule(scheme),
        _veto_rule(scheme),
        scheme.note and f"细则说明：{scheme.note}",
    ]
    return [rule for rule in rules if rule]


def _missing_rule(scheme: Scheme) -> str:
    floor = f"覆盖率为适用分值占全部分值的比重，低于{plain_share(scheme.min_coverage)}的单位只计分，不参与排名。"
    words = {
        NotApplicablePolicy.RESCALE: (
            "指标不涉及的按缺项折算：一级指标小计＝各项得分之和×该一级指标分值÷其中适用分值，四舍五入；一级指标全部不涉及的，"
            "其余小计按满分÷其余分值折算，四舍五入。"
        ),
        NotApplicablePolicy.FULL: "指标不涉及的，该项得满分。",
        NotApplicablePolicy.ZERO: "指标不涉及的，该项得0分。",
    }
    return words[scheme.not_applicable] + floor


def _entries_rule(scheme: Scheme) -> str:
    bonuses = listed([f"{kind.title}最高{amount(kind.cap)}分" for kind in scheme.bonuses])
    deductions = listed([f"{kind.title}最多扣{amount(kind.cap)}分" for kind in scheme.deductions])
    parts = []
    if bonuses:
        parts.append(f"加分：{bonuses}")
    if deductions:
        parts.append(f"扣分：{deductions}")
    if not parts:
        return ""
    return (
        f"{'；'.join(parts)}。同一事项只计一次，就高不重复；多个单位共同取得的平均分享。"
        f"总分最高{amount(ceiling_of(scheme))}分，最低0分。"
    )


def _role_rule(scheme: Scheme) -> str:
    factors = [(role, scheme.role_factors[role]) for role in Role if role in scheme.role_factors]
    if all(factor == 1 for _role, factor in factors):
        return ""
    items = "、".join(f"{role.label}任务{amount(factor)}" for role, factor in factors)
    return f"按任务评分的指标取各任务的加权平均，权重为任务权重乘以角色系数（{items}）。"


def _tie_rule(scheme: Scheme) -> str:
    titles = {code: category.title for code, category in scheme.category_by_code.items()}
    titles |= {code: indicator.title for code, indicator in scheme.indicator_by_code.items()}
    names = [f"“{titles[code]}”" for code in scheme.tie_break]
    return f"总分相同的，依次比较{listed(names)}得分。" if names else "总分相同的名次并列。"


def _grade_rule(scheme: Scheme) -> str:
    parts = [_grade_clause(grade) for grade in scheme.grades[:-1]]
    return f"等次按总分评定：{'；'.join(parts)}；其余为{scheme.grades[-1].title}。以上含本数。得分暂估的不评定等次。"


def _grade_clause(grade: Grade) -> str:
    clause = f"{amount(grade.minimum)}分以上为{grade.title}"
    if grade.category_share is not None:
        clause += f"，且各一级指标得分均不低于其分值的{plain_share(grade.category_share)}"
    return clause


def _quota_rule(scheme: Scheme) -> str:
    if scheme.quota is None:
        return ""
    quota = scheme.quota
    rounding = "舍去尾数取整" if quota.rounding is QuotaRounding.FLOOR else "进位取整"
    tie = "并列者均不占用名额、降为下一等次" if quota.tie is QuotaTie.EXCLUDE else "并列者全部计入"
    top = scheme.grades[0].title
    return f"{top}名额不超过参与排名单位数的{plain_share(quota.share)}（{rounding}）；并列跨越名额线的，{tie}。"


def _veto_rule(scheme: Scheme) -> str:
    items = [f"{veto.title}（最高{veto.limit}）" for veto in scheme.vetoes]
    if not items:
        return ""
    place = f"，不占{scheme.grades[0].title}名额" if scheme.quota else ""
    return f"一票否决：{listed(items)}。被否决的单位总分照列{place}。"


def _indicator_table(group: GroupResult, caption: str) -> Table:
    columns = (
        Column("一级指标", 22),
        Column("二级指标", 36),
        Column("分值", 12, Align.RIGHT),
        Column("评分方式", 18, Align.CENTER),
        Column("评分标准", 68),
    )
    rows = tuple(
        (
            f"{category.title}（{amount(category.points)}分）",
            indicator.title,
            amount(indicator.points),
            indicator.rule.label,
            indicator.criterion or indicator.content,
        )
        for category in group.scheme.categories
        for indicator in category.indicators
    )
    return Table(caption, columns, rows, note="单位：分", merge=1)
