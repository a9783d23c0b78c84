"""One form's figures as a grid: this year's value beside last year's and the target, and what it gives."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assessor.domain.figure_table import FigureLine
from assessor.domain.figure_text import (
    HOW_TO_TICK,
    HOW_TO_TYPE,
    figure_text,
    how_to_type,
    is_tick,
    read_figure_text,
    typed_text,
)
from assessor.domain.form_table import FormRow
from assessor.domain.submission import DONE, Blank, FigureValue
from assessor.ui.forms.figure_columns import refusal_to_fill
from assessor.ui.grid.column import CellChange, CellEdit, CellKind, Column

VALUE = "value"


def line_columns(form: FormRow) -> tuple[Column[FigureLine], ...]:
    is_task = bool(form.key.task)
    target = Column[FigureLine](
        "target", "目标值", CellKind.NUMBER, lambda line: line.target, width=92, tone=lambda _line: "muted"
    )
    outcome = "得分率" if is_task else "现得分／满分"
    return (
        Column("title", "填报项", CellKind.TEXT, lambda line: line.figure.title, width=204, is_bold=True),
        _value(form),
        Column(
            "measure", "单位", CellKind.TEXT, lambda line: _measure(line, form), width=56, tone=lambda _line: "muted"
        ),
        Column("previous", "上年", CellKind.NUMBER, _previous, width=72, tone=lambda _line: "muted"),
        *((target,) if is_task else ()),
        Column("feeds", "用于指标", CellKind.TEXT, _feeds, width=142, tooltip=sentence_of, hint="双击或回车看得分依据"),
        Column("outcome", outcome, CellKind.TEXT, _outcomes, width=100, tooltip=sentence_of),
    )


def figures_of(changes: Sequence[CellChange[FigureLine]]) -> dict[str, FigureValue]:
    """By code."""
    figures: dict[str, FigureValue] = {}
    for change in changes:
        assert isinstance(change.value, Decimal | Blank)
        figures[change.row.figure.code] = change.value
    return figures


def sentence_of(line: FigureLine) -> str:
    """Why the indicators that read the figure come to what they do."""
    return "\n".join(f"{feed.indicator} {feed.title}：{feed.sentence}" for feed in line.feeds)


def _value(form: FormRow) -> Column[FigureLine]:
    def start(line: FigureLine) -> str:
        return typed_text(line.figure, line.value) if form.submission is not None else ""

    def tone(line: FigureLine) -> str:
        if line.value is Blank.NOT_APPLICABLE:
            return "warn"
        return "faint" if isinstance(line.value, Blank) else ""

    return Column(
        VALUE,
        "本年",
        CellKind.NUMBER,
        lambda line: figure_text(line.figure, line.value) if form.is_due else "",
        edit=CellEdit[FigureLine](
            start, lambda line, typed: read_figure_text(line.figure, typed), lambda _line: refusal_to_fill(form)
        ),
        width=92,
        tone=tone,
        tooltip=lambda line: refusal_to_fill(form) or how_to_type(line.figure),
        hint=f"{HOW_TO_TYPE}\n是／否的项目：{HOW_TO_TICK}",
    )


def _measure(line: FigureLine, form: FormRow) -> str:
    """The amount done is in the assignment's own measure."""
    if is_tick(line.figure):
        return ""
    return form.measure if line.figure.code == DONE else line.figure.measure


def _previous(line: FigureLine) -> str:
    return "" if line.previous is None else figure_text(line.figure, line.previous)


def _feeds(line: FigureLine) -> str:
    return "、".join(f"{feed.indicator} {feed.title}" for feed in line.feeds) or "（不计分）"


def _outcomes(line: FigureLine) -> str:
    return "、".join(feed.outcome for feed in line.feeds)
