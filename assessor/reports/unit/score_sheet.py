"""附件 评分表: every indicator of the unit with its points, scores and why; and the tasks behind task indicators."""

from __future__ import annotations

from decimal import Decimal

from assessor.domain.results import CategoryResult, GroupResult, LeafResult, UnitResult
from assessor.domain.rules.rule import LeafState
from assessor.domain.wording import percent_text
from assessor.reports.blocks import Align, Column, Table
from assessor.reports.wording import DASH, amount, day, listed, points, sentence


def score_table(group: GroupResult, unit: UnitResult, caption: str) -> Table:
    columns = (
        Column("一级指标", 19),
        Column("二级指标和考核内容", 36),
        Column("评分标准和考核依据", 58),
        Column("分值", 13, Align.RIGHT),
        Column("自评分", 15, Align.RIGHT),
        Column("考核分", 15, Align.RIGHT),
        Column("得分依据", 69),
    )
    rows = [row for category in unit.categories for row in _category_rows(category)]
    rows.append(("总分", "", "", amount(group.scheme.full_marks), "", points(unit.total), unit.sentence))
    return Table(caption, columns, tuple(rows), note="单位：分", merge=1)


def _category_rows(category: CategoryResult) -> list[tuple[str, ...]]:
    title = category.category.title
    rows = [(title, *_leaf_cells(leaf)) for leaf in category.leaves]
    own = [leaf.self_score for leaf in category.leaves if leaf.self_score is not None]
    rows.append(
        (
            title,
            "小计",
            "",
            amount(category.category.points),
            points(sum(own, Decimal(0))) if own else DASH,
            points(category.contribution),
            category.sentence,
        )
    )
    return rows


def _leaf_cells(leaf: LeafResult) -> tuple[str, ...]:
    indicator = leaf.indicator
    title = f"{indicator.code} {indicator.title}"
    proof = f"考核依据：{indicator.proof}" if indicator.proof else ""
    return (
        "\n".join(text for text in (title, indicator.content) if text),
        "\n".join(text for text in (indicator.criterion, proof) if text),
        amount(indicator.points),
        points(leaf.self_score),
        score_cell(leaf),
        "\n".join((leaf.sentence, *_evidence(leaf))),
    )


def score_cell(leaf: LeafResult) -> str:
    """The score; the state where there is none, and beside a provisional score."""
    if leaf.score is None:
        return leaf.state.label
    return f"{points(leaf.score)}\n{leaf.state.label}" if leaf.state is LeafState.PENDING else points(leaf.score)


def _evidence(leaf: LeafResult) -> tuple[str, ...]:
    items = [f"{item.title}（{day(item.dated)}）" if item.dated else item.title for item in leaf.evidence]
    return (f"佐证材料：{listed(list(dict.fromkeys(items)))}",) if items else ()


def task_table(unit: UnitResult, caption: str) -> Table | None:
    """The tasks behind the indicators of scope ``task``; None where the unit has none."""
    columns = (
        Column("二级指标", 34),
        Column("任务", 62),
        Column("角色", 13, Align.CENTER),
        Column("权重", 13, Align.RIGHT),
        Column("情况", 17, Align.CENTER),
        Column("得分率", 19, Align.RIGHT),
        Column("得分依据", 67),
    )
    rows = [
        (
            f"{leaf.indicator.code} {leaf.indicator.title}（{amount(leaf.indicator.points)}分）",
            f"{task.task} {task.title}",
            task.role.label,
            amount(task.weight),
            task.outcome.state.label,
            percent_text(task.outcome.fraction) if task.outcome.state is LeafState.SCORED else DASH,
            task.outcome.reasoning,
        )
        for leaf in unit.leaves
        for task in leaf.tasks
    ]
    remark = "得分率为该任务在指标中的得分比例；指标得分为各适用任务得分率按权重的加权平均乘以分值。"
    return Table(caption, columns, tuple(rows), remarks=(remark,), merge=1) if rows else None


def entry_texts(unit: UnitResult) -> list[str]:
    """Bonuses, deductions, vetoes and adjustments, one sentence each."""
    texts = [
        sentence(
            f"{entry.event.kind.label}（{day(entry.event.happened_on)}）：{entry.sentence}，计{points(entry.counted)}分"
        )
        for entry in unit.entries
    ]
    texts += [sentence(f"一票否决：{veto.sentence}") for veto in unit.vetoes]
    for leaf in unit.leaves:
        change = leaf.adjustment
        if change is not None:
            texts.append(
                f"{change.kind.label}（{day(change.decided_on)}）：“{leaf.indicator.title}”由{points(change.old)}分"
                f"调整为{points(leaf.score)}分，理由是{sentence(change.reason)}"
            )
    return texts


def lost_leaves(unit: UnitResult, limit: int = 5) -> list[LeafResult]:
    """The judged indicators on which the unit lost most points, heaviest first."""
    judged = [leaf for leaf in unit.leaves if leaf.score is not None and leaf.state is not LeafState.PENDING]
    lost = [leaf for leaf in judged if leaf.score is not None and leaf.score < leaf.indicator.points]
    return sorted(lost, key=_points_kept)[:limit]


def _points_kept(leaf: LeafResult) -> Decimal:
    assert leaf.score is not None
    return leaf.score - leaf.indicator.points
