"""附件 评分表: every indicator of the unit with its points, scores and why; and the tasks behind task indicators."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assessor.domain.facts import UnitFacts
from assessor.domain.results import CategoryResult, EntryResult, GroupResult, LeafResult, TaskOutcome, UnitResult
from assessor.domain.rules.rule import LeafState
from assessor.domain.scheme import Scope
from assessor.domain.submission import Evidence, Submission
from assessor.domain.wording import percent_text
from assessor.reports.blocks import Align, Column, Table
from assessor.reports.wording import DASH, amount, category_points, day, listed, padded, points, sentence


def score_table(group: GroupResult, unit: UnitResult, facts: UnitFacts, caption: str) -> Table:
    columns = (
        Column("一级指标", 17),
        Column("二级指标和考核内容", 42),
        Column("评分标准和考核依据", 67),
        Column("分值", 11, Align.RIGHT),
        Column("自评分", 13, Align.RIGHT),
        Column("考核分", 13, Align.RIGHT),
        Column("得分依据", 62),
    )
    rows = [row for category in unit.categories for row in _category_rows(category, group.scheme.decimals)]
    rows.append(("总分", "", "", amount(group.scheme.full_marks), "", points(unit.total), unit.sentence))
    caption = f"{caption}（单位：分）"
    return Table(caption, columns, tuple(rows), remarks=_form_evidence(facts), merge=1, dense=True)


def _form_evidence(facts: UnitFacts) -> tuple[str, ...]:
    """Evidence handed in for the yearly form as a whole: said once, not beside every indicator."""
    items = [item for item in facts.form.evidence if item.indicator is None] if facts.form and facts.form.counts else []
    return (f"单位年度填报表所附佐证材料：{listed(_evidence_titles(items))}。",) if items else ()


def _category_rows(category: CategoryResult, decimals: int) -> list[tuple[str, ...]]:
    title = category.category.title
    rows = [(title, *_leaf_cells(leaf, decimals)) for leaf in category.leaves]
    own = [leaf.self_score for leaf in category.leaves if leaf.self_score is not None]
    rows.append(
        (
            title,
            "小计",
            "",
            amount(category.category.points),
            padded(sum(own, Decimal(0)) if own else None, decimals),
            category_points(category),
            category.sentence,
        )
    )
    return rows


def _leaf_cells(leaf: LeafResult, decimals: int) -> tuple[str, ...]:
    indicator = leaf.indicator
    title = f"{indicator.code} {indicator.title}"
    proof = f"考核依据：{indicator.proof}" if indicator.proof else ""
    return (
        "\n".join(text for text in (title, indicator.content) if text),
        "\n".join(text for text in (indicator.criterion, proof) if text),
        amount(indicator.points),
        padded(leaf.self_score, decimals),
        score_cell(leaf),
        "\n".join((leaf.sentence, *_evidence(leaf))),
    )


def score_cell(leaf: LeafResult) -> str:
    """The score; the state where there is none, and beside a provisional score."""
    if leaf.score is None:
        return leaf.state.label
    return f"{points(leaf.score)}\n{leaf.state.label}" if leaf.state is LeafState.PENDING else points(leaf.score)


def _evidence(leaf: LeafResult) -> tuple[str, ...]:
    """Of a task indicator the number only: each task's evidence stands beside the task."""
    if leaf.indicator.scope is Scope.TASK:
        return (f"佐证材料：{len(leaf.evidence)}件，见任务评分明细",) if leaf.evidence else ()
    own = [item for item in leaf.evidence if item.indicator is not None]
    return (f"佐证材料：{listed(_evidence_titles(own))}",) if own else ()


def _evidence_titles(items: Sequence[Evidence]) -> list[str]:
    titles = [f"{item.title}（{item.dated.isoformat()}）" if item.dated else item.title for item in items]
    return list(dict.fromkeys(titles))


def task_table(unit: UnitResult, facts: UnitFacts, caption: str) -> Table | None:
    """A row per task, a column per indicator of scope ``task``; None where the unit has no such indicator."""
    leaves = [leaf for leaf in unit.leaves if leaf.tasks]
    if not leaves:
        return None
    columns = (
        Column("任务", 45),
        Column("角色", 10, Align.CENTER),
        Column("权重", 11, Align.RIGHT),
        *(Column(_leaf_head(leaf), 117 / len(leaves)) for leaf in leaves),
        Column("佐证材料", 42),
    )
    outcomes = [{task.task: task for task in leaf.tasks} for leaf in leaves]
    rows = tuple(
        (
            f"{task.task} {task.title}",
            task.role.label,
            amount(task.weight),
            *(_task_cell(column[task.task]) if task.task in column else DASH for column in outcomes),
            _task_evidence(facts.submissions.get(task.task)),
        )
        for task in leaves[0].tasks
    )
    remark = "各指标下末尾的百分数为该任务的得分率；指标得分为各适用任务得分率按权重的加权平均乘以分值。"
    return Table(caption, columns, rows, remarks=(remark,), dense=True)


def _leaf_head(leaf: LeafResult) -> str:
    return f"{leaf.indicator.title}\n（{amount(leaf.indicator.points)}分）"


def _task_cell(task: TaskOutcome) -> str:
    outcome = task.outcome
    if outcome.state is LeafState.SCORED:
        share = percent_text(outcome.fraction)
        return outcome.reasoning if share in outcome.reasoning else f"{outcome.reasoning}，计 {share}"
    label = outcome.state.label
    return outcome.reasoning if outcome.reasoning.startswith(label) else f"{label}\n{outcome.reasoning}".rstrip()


def _task_evidence(submission: Submission | None) -> str:
    """A returned form's evidence does not count either."""
    if submission is None or not submission.counts or not submission.evidence:
        return DASH
    return listed(_evidence_titles(submission.evidence))


def entry_texts(unit: UnitResult, decimals: int) -> list[str]:
    """Bonuses, deductions, vetoes and adjustments, one sentence each."""
    texts = [
        sentence(f"{entry.event.kind.label}（{day(entry.event.happened_on)}）：{_entry_words(entry)}")
        for entry in unit.entries
    ]
    texts += [sentence(f"一票否决：{veto.sentence}") for veto in unit.vetoes]
    for leaf in unit.leaves:
        change = leaf.adjustment
        if change is not None:
            old = padded(change.old, decimals)
            texts.append(
                f"{change.kind.label}（{day(change.decided_on)}）：“{leaf.indicator.title}”由{old}分"
                f"调整为{points(leaf.score)}分，理由是{sentence(change.reason)}"
            )
    return texts


def _entry_words(entry: EntryResult) -> str:
    counted = f"{points(entry.counted)} 分"
    return entry.sentence if entry.sentence.endswith(counted) else f"{entry.sentence}，计 {counted}"


def lost_leaves(unit: UnitResult, limit: int = 5) -> list[LeafResult]:
    """The judged indicators on which the unit lost most points, heaviest first."""
    judged = [leaf for leaf in unit.leaves if leaf.score is not None and leaf.state is not LeafState.PENDING]
    lost = [leaf for leaf in judged if leaf.score is not None and leaf.score < leaf.indicator.points]
    return sorted(lost, key=_points_kept)[:limit]


def _points_kept(leaf: LeafResult) -> Decimal:
    assert leaf.score is not None
    return leaf.score - leaf.indicator.points
