"""The columns of the scoring tables: what the rules at hand take of the office, and what it is compared with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assessor.domain.mark_entry import RECUSED, Cell, Field, basis_text, read_cell, refusal
from assessor.domain.mark_table import MarkRow, given_inputs, level_titles
from assessor.domain.rules.panel import Panel
from assessor.domain.rules.rule import LeafState, OfficeInput
from assessor.domain.scheme import Indicator
from assessor.domain.wording import percent_text, plain
from assessor.ui.grid.column import CellEdit, CellKind, Column
from assessor.ui.models.trace_nodes import state_or_score

UNIT = "unit"
_KINDS = {Field.LEVEL: CellKind.CHOICE, Field.BASIS: CellKind.TEXT, Field.NOT_APPLICABLE: CellKind.TEXT}
_BASIS_WIDTH, _SENTENCE_WIDTH, _INPUTS_WIDTH = 150, 420, 260


@dataclass(frozen=True)
class ScoringColumns:
    columns: tuple[Column[MarkRow], ...]
    cells: dict[str, Cell]
    """Of the columns that are entered, by their key."""

    @property
    def first_entered(self) -> str | None:
        """Key of the column that typing begins in."""
        return next(iter(self.cells), None)


Reviewers = Sequence[tuple[Panel, str]]


def indicator_columns(indicator: Indicator, reviewers: Reviewers, *, has_tasks: bool) -> ScoringColumns:
    """Of one indicator over the units of a group."""
    head = [Column[MarkRow](UNIT, "单位", CellKind.TEXT, _unit_name, is_bold=True, width=160)]
    if has_tasks:
        head.append(_task_column())
    return _joined(head, [indicator], reviewers, has_tasks=has_tasks)


def unit_columns(indicators: Sequence[Indicator], reviewers: Reviewers) -> ScoringColumns:
    """Of one unit over its indicators."""
    head = [
        Column[MarkRow]("leaf", "指标", CellKind.TEXT, _leaf_title, is_bold=True, tone=_leaf_tone, width=230),
        Column[MarkRow]("full", "分值", CellKind.NUMBER, lambda row: "" if row.task else plain(row.indicator.points)),
        Column[MarkRow]("rule", "评分方式", CellKind.TEXT, lambda row: row.indicator.rule.label, tone=_muted),
    ]
    has_tasks = any(given_inputs(item.rule) and item.scope.value == "task" for item in indicators)
    return _joined(head, indicators, reviewers, has_tasks=has_tasks)


def _joined(
    head: Sequence[Column[MarkRow]], indicators: Sequence[Indicator], reviewers: Reviewers, *, has_tasks: bool
) -> ScoringColumns:
    cells: dict[str, Cell] = {}
    columns = list(head)

    def enter(cell: Cell, title: str, text: Callable[[MarkRow], str], **settings: object) -> None:
        key = ":".join(part for part in (cell.field.value, cell.panel, cell.reviewer) if part)
        cells[key] = cell
        columns.append(replace(_entered(key, cell, title, text), **settings))  # type: ignore[arg-type]

    rules = [indicator.rule for indicator in indicators]
    if any(not given_inputs(rule) for rule in rules):
        columns.append(_inputs_column())
    for panel, name in reviewers:
        cell = Cell(Field.MARK, panel.code, name)
        title = f"{panel.title}\n{name}" if len(indicators) == 1 else f"评委\n{name}"
        key = (panel.code, name)
        enter(cell, title, _mark_text(*key), width=None, fill=_mark_fill(*key), tone=_mark_tone(*key))
    awarded = [rule for rule in rules if OfficeInput.AWARD in rule.office_inputs()]
    if any(not level_titles(rule) for rule in awarded):
        points = f"评分\n满分 {plain(indicators[0].points)}" if len(indicators) == 1 else "评分"
        enter(
            Cell(Field.POINTS), points, lambda row: _number(row.award.points if row.award else None), fill=_award_fill
        )
    if any(level_titles(rule) for rule in awarded):
        enter(Cell(Field.LEVEL), "等级", lambda row: (row.award.level or "") if row.award else "", fill=_award_fill)
        enter(Cell(Field.PERCENTAGE), "百分比", lambda row: _number(row.award.percentage if row.award else None))
    if any(given_inputs(rule) for rule in rules):
        enter(Cell(Field.BASIS), "评分依据", basis_text, width=_BASIS_WIDTH, fill=_basis_fill)
    if has_tasks:
        columns.append(Column("task_share", "本项", CellKind.NUMBER, _task_share, _share_key))
    columns.extend(_results())
    enter(Cell(Field.SELF_SCORE), "自评分", lambda row: "" if row.task else _number(row.leaf.self_score), tone=_muted)
    columns.extend(_compared())
    enter(Cell(Field.NOT_APPLICABLE), "不涉及\n的理由", _ruling_text, width=130, tone=_muted)
    columns.append(Column("sentence", "得分依据", CellKind.TEXT, _sentence, width=_SENTENCE_WIDTH, tone=_muted))
    return ScoringColumns(tuple(columns), cells)


def _entered(key: str, cell: Cell, title: str, text: Callable[[MarkRow], str]) -> Column[MarkRow]:
    edit = CellEdit[MarkRow](
        start=text,
        parse=lambda row, typed: read_cell(row, cell, typed),
        refusal=lambda row: refusal(row, cell),
        choices=lambda row: row.levels,
    )
    return Column(
        key,
        title,
        _KINDS.get(cell.field, CellKind.NUMBER),
        text,
        edit=edit,
        tone=lambda row: "faint" if refusal(row, cell) else "",
        tooltip=lambda row: _tip(row, cell),
    )


def _tip(row: MarkRow, cell: Cell) -> str:
    refused = refusal(row, cell)
    if refused:
        return refused
    if cell.field is Field.MARK:
        mark, reviewer = row.mark_of(cell.panel, cell.reviewer), (cell.panel, cell.reviewer)
        if reviewer in row.recused:
            return "评委来自这个单位，回避：他的评分不计"
        if mark is None:
            return "没有分给这位评委" if reviewer in row.unassigned else ""
        bounds = row.extremes.words
        return f"{bounds}的评分，请在“评分依据”中写明事实" if row.lacks_fact(mark) else mark.fact
    if cell.field is Field.NOT_APPLICABLE:
        return (
            "这项任务不涉及该单位的理由；逐项任务评分的指标都不再计这一项" if row.task else "整个指标不涉及该单位的理由"
        )
    if cell.field is Field.BASIS and row.unfounded:
        return f"待补依据：{'、'.join(row.unfounded)}"
    return ""


def _results() -> tuple[Column[MarkRow], ...]:
    """What typing changes, beside what is typed."""
    return (
        Column(
            "score",
            "得分",
            CellKind.NUMBER,
            lambda row: state_or_score(row.leaf),
            lambda row: row.leaf.score,
            is_bold=True,
            tone=_score_tone,
            tooltip=lambda row: row.leaf.sentence,
        ),
        _difference("from_median", "与中位\n数相差", lambda row: row.from_median),
        _difference("from_previous", "与上年\n相差", lambda row: row.from_previous),
        Column(
            "total",
            "总分",
            CellKind.NUMBER,
            lambda row: "" if row.unit.exempt else f"{row.unit.total:f}",
            is_bold=True,
            tooltip=lambda row: row.unit.sentence,
        ),
        Column("rank", "名次", CellKind.NUMBER, lambda row: row.unit.rank_text, lambda row: row.unit.rank),
    )


def _compared() -> tuple[Column[MarkRow], ...]:
    return (
        _difference("from_self", "与自评\n相差", lambda row: row.from_self),
        Column("median", "组中\n位数", CellKind.NUMBER, lambda row: _number(row.median), tone=_muted),
        Column("previous", "上年\n得分", CellKind.NUMBER, lambda row: _number(row.previous), tone=_muted),
    )


def _difference(key: str, title: str, value: Callable[[MarkRow], Decimal | None]) -> Column[MarkRow]:
    return Column(
        key,
        title,
        CellKind.NUMBER,
        lambda row: signed(value(row)),
        value,
        tone=lambda row: difference_tone(value(row)),
    )


def _task_column() -> Column[MarkRow]:
    return Column(
        "task", "任务", CellKind.TEXT, lambda row: f"{row.task.task} {row.task.title}" if row.task else "", width=200
    )


def _inputs_column() -> Column[MarkRow]:
    return Column("inputs", "填报与登记", CellKind.TEXT, _inputs_text, width=_INPUTS_WIDTH, tone=_muted)


def _inputs_text(row: MarkRow) -> str:
    if row.inputs:
        return ""
    used = row.task.outcome.inputs if row.task else row.leaf.inputs
    return "；".join(f"{item.name} {item.value}" for item in used)


def _mark_text(panel: str, reviewer: str) -> Callable[[MarkRow], str]:
    def text(row: MarkRow) -> str:
        mark = row.mark_of(panel, reviewer)
        if (panel, reviewer) in row.recused:
            return f"{mark.value:f}（{RECUSED}）" if mark else RECUSED
        return f"{mark.value:f}" if mark else ""

    return text


def _mark_tone(panel: str, reviewer: str) -> Callable[[MarkRow], str]:
    def tone(row: MarkRow) -> str:
        is_out = (panel, reviewer) in row.recused or bool(refusal(row, Cell(Field.MARK, panel, reviewer)))
        return "faint" if is_out else ""

    return tone


def _mark_fill(panel: str, reviewer: str) -> Callable[[MarkRow], str]:
    def fill(row: MarkRow) -> str:
        mark = row.mark_of(panel, reviewer)
        if mark is None:
            return "raised" if (panel, reviewer) in row.unassigned and row.is_scored_here else ""
        return "warn_soft" if row.is_scored_here and row.lacks_fact(mark) else ""

    return fill


def _award_fill(row: MarkRow) -> str:
    return "warn_soft" if row.award and row.is_scored_here and not row.award.reason and row.has_extreme_award else ""


def _basis_fill(row: MarkRow) -> str:
    return "warn_soft" if row.unfounded else ""


def _ruling_text(row: MarkRow) -> str:
    if row.task is not None:
        return row.assignment.not_applicable if row.assignment else ""
    return row.ruling


def _task_share(row: MarkRow) -> str:
    if row.task is None:
        return ""
    outcome = row.task.outcome
    return percent_text(outcome.fraction) if outcome.state is LeafState.SCORED else outcome.state.label


def _share_key(row: MarkRow) -> object:
    return row.task.outcome.fraction if row.task else None


def _sentence(row: MarkRow) -> str:
    return row.task.outcome.reasoning if row.task else row.leaf.sentence


def _unit_name(row: MarkRow) -> str:
    return row.unit.unit.short_name


def _leaf_title(row: MarkRow) -> str:
    if row.task is not None:
        return f"　{row.task.task} {row.task.title}"
    return f"{row.indicator.code} {row.indicator.title}"


def _leaf_tone(row: MarkRow) -> str:
    return "muted" if row.task is not None else ""


def _score_tone(row: MarkRow) -> str:
    return {LeafState.SCORED: "", LeafState.PENDING: "warn", LeafState.NOT_APPLICABLE: "faint"}.get(
        row.leaf.state, "bad"
    )


def _muted(_row: MarkRow) -> str:
    return "muted"


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def signed(value: Decimal | None) -> str:
    """With its sign, as a difference is read; empty where there is none."""
    return "" if value is None else f"{value:+f}" if value else f"{abs(value):f}"


def difference_tone(value: Decimal | None) -> str:
    return "" if not value else "good" if value > 0 else "bad"
