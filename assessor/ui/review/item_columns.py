"""The columns of what deserves a look."""

from __future__ import annotations

from assessor.domain.review_entry import ReviewField, read_second, second_refusal
from assessor.domain.review_item import ReviewItem, ReviewState
from assessor.domain.wording import plain, signed
from assessor.ui.grid.column import CHECKED, CellEdit, CellKind, Column

_TONES = {
    ReviewState.OPEN: "warn",
    ReviewState.UNSCORED: "bad",
    ReviewState.SETTLED: "good",
    ReviewState.CHECKED: "muted",
}


def item_columns() -> tuple[Column[ReviewItem], ...]:
    return (
        Column(
            ReviewField.CHECKED.value,
            "已核",
            CellKind.CHECK,
            _ticked,
            edit=CellEdit(_ticked, lambda _row, text: text == CHECKED),
            width=68,
            hint="看过、没有问题或已改好的，在这里打勾",
        ),
        Column(
            "topic",
            "事由",
            CellKind.TEXT,
            lambda row: row.topic.label,
            lambda row: row.topic.position,
            width=104,
        ),
        Column("unit", "单位", CellKind.TEXT, lambda row: row.unit.unit.short_name, is_bold=True, width=122),
        Column("subject", "指标或事项", CellKind.TEXT, _subject, width=168),
        Column("why", "为什么", CellKind.TEXT, lambda row: row.why, width=232),
        Column("amount", "幅度", CellKind.TEXT, lambda row: row.amount_text, lambda row: row.amount, width=110),
        Column(
            "state", "状态", CellKind.TEXT, lambda row: row.state.label, tone=lambda row: _TONES[row.state], width=64
        ),
        Column(
            ReviewField.NOTE.value,
            "核对说明",
            CellKind.TEXT,
            _note,
            edit=CellEdit(_note, lambda _row, text: text),
            width=170,
            hint="写了说明即算已核",
        ),
        Column("score", "得分", CellKind.NUMBER, lambda row: _points(row.score), lambda row: row.score, width=76),
        Column(
            ReviewField.SECOND.value,
            "复评",
            CellKind.NUMBER,
            _second,
            lambda row: row.second.points if row.second else None,
            edit=CellEdit(_second, lambda row, text: read_second(text, row), second_refusal),
            fill=lambda row: "warn_soft" if row.state is ReviewState.UNSCORED else "",
            tooltip=_second_tip,
            width=76,
            hint="考核办给本单位评的分，由另一人再评一次",
        ),
        Column(
            "compared",
            "对照",
            CellKind.NUMBER,
            lambda row: _points(row.compared),
            lambda row: row.compared,
            width=76,
            hint="组中位数、上年得分、自评分或复评分，看事由",
        ),
        Column(
            "difference",
            "相差",
            CellKind.NUMBER,
            lambda row: "" if row.difference is None else signed(row.difference),
            lambda row: row.difference,
            width=76,
        ),
        Column("checker", "核对人", CellKind.TEXT, _checker, tone=lambda _row: "muted", width=150),
    )


def _ticked(row: ReviewItem) -> str:
    return CHECKED if row.check else ""


def _subject(row: ReviewItem) -> str:
    code = row.indicator if row.indicator and row.indicator not in row.title else ""
    task = row.task if row.task and row.task not in row.title else ""
    return " ".join(part for part in (code, row.title, task) if part)


def _note(row: ReviewItem) -> str:
    return row.check.note if row.check else ""


def _points(value: object) -> str:
    return "" if value is None else f"{value:f}"


def _second(row: ReviewItem) -> str:
    return plain(row.second.points) if row.second else ""


def _second_tip(row: ReviewItem) -> str:
    return f"{row.second.scorer}复评" if row.second else second_refusal(row)


def _checker(row: ReviewItem) -> str:
    return f"{row.check.checked_by} {row.check.checked_on.isoformat()}" if row.check else ""
