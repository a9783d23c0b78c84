"""Figures of one form over its units, typed and pasted like a spreadsheet; last year's stand beside on request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from assessor.domain.dates import read_date
from assessor.domain.figure_table import FigureRow, FigureTable
from assessor.domain.figure_text import figure_text, how_to_type, is_tick, read_figure_text, typed_text
from assessor.domain.form_flow import FormKey, FormStep, refusal
from assessor.domain.form_table import FormRow
from assessor.domain.scheme import Figure
from assessor.domain.submission import Blank, FigureValue
from assessor.ui.forms.state_look import fill_of, tone_of
from assessor.ui.grid.column import CellChange, CellEdit, CellKind, Column
from assessor.workbook.form_steps import Entry

FROZEN = 2
DAY, NOTE = "day", "note"
"""Keys of columns; a figure's is ``figure:CODE``."""
_FIGURE = "figure:"
_LINE = 7
"""Characters of a heading's line."""
_NEVER_FIRST = "、，。）”"
_NOT_ASKED = "这个单位的填报表没有这一项"


def figure_columns(table: FigureTable, *, with_previous: bool) -> tuple[Column[FigureRow], ...]:
    columns = [_unit(), _state(), _day()]
    if table.has_targets:
        columns.append(_target())
    for place, figure in enumerate(table.figures):
        columns.append(_figure(place, figure))
        if with_previous:
            columns.append(_previous(place, figure))
    return (*columns, _note())


def entries_of(changes: Sequence[CellChange[FigureRow]]) -> dict[FormKey, Entry]:
    """What was typed or pasted, form by form."""
    entries: dict[FormKey, Entry] = {}
    for change in changes:
        key = change.row.form.key
        before = entries.get(key, Entry())
        if change.column == DAY:
            assert isinstance(change.value, date)
            entries[key] = Entry(before.figures, change.value, before.note)
        elif change.column == NOTE:
            entries[key] = Entry(before.figures, before.day, str(change.value))
        else:
            assert isinstance(change.value, Decimal | Blank)
            figures = {**before.figures, change.column.removeprefix(_FIGURE): change.value}
            entries[key] = Entry(figures, before.day, before.note)
    return entries


def refusal_to_fill(form: FormRow) -> str:
    """Why nothing of the form can be typed now; empty: it can."""
    if not form.is_due:
        return f"{form.state.label}：{form.not_applicable}" if form.not_applicable else form.state.label
    refused = refusal(FormStep.CORRECT, form.submission.state) if form.submission else None
    return f"{refused.what}。{refused.remedy}" if refused else ""


def read_day(typed: str) -> date:
    """Raises InputError where it is no date, or none at all."""
    return read_date(typed, "报送日期")


def _unit() -> Column[FigureRow]:
    return Column(
        "unit",
        "单位",
        CellKind.TEXT,
        lambda row: row.form.unit.short_name,
        width=128,
        is_bold=True,
        tooltip=lambda row: row.form.unit.name,
    )


def _state() -> Column[FigureRow]:
    return Column(
        "state",
        "状态",
        CellKind.TEXT,
        lambda row: row.form.state.label,
        width=84,
        tone=lambda row: tone_of(row.form.state),
        fill=lambda row: fill_of(row.form.state),
        tooltip=lambda row: row.form.state_text,
    )


def _day() -> Column[FigureRow]:
    def shown(row: FigureRow) -> str:
        return row.form.submission.submitted_on.isoformat() if row.form.submission else ""

    edit = CellEdit[FigureRow](shown, lambda _row, typed: read_day(typed), lambda row: refusal_to_fill(row.form))
    hint = "还没有收到的，填日期或数据即登记收到（只填数据按今天）"
    return Column(DAY, "报送日期", CellKind.DATE, shown, edit=edit, width=108, hint=hint)


def _target() -> Column[FigureRow]:
    return Column(
        "target",
        "目标值",
        CellKind.NUMBER,
        lambda row: f"{row.form.target:f}" if row.form.target is not None else "",
        width=84,
        tone=lambda _row: "muted",
        tooltip=lambda row: (
            f"{row.form.target:f} {row.form.measure}" if row.form.target is not None else "未下达目标值"
        ),
    )


def _figure(place: int, figure: Figure) -> Column[FigureRow]:
    def value(row: FigureRow) -> FigureValue:
        found = row.values[place]
        return Blank.NOT_SUBMITTED if found is None else found

    def shown(row: FigureRow) -> str:
        if row.values[place] is None or not row.form.is_due:
            return ""
        return figure_text(figure, value(row))

    def start(row: FigureRow) -> str:
        return typed_text(figure, value(row)) if row.form.submission is not None else ""

    def why_not(row: FigureRow) -> str:
        return _NOT_ASKED if row.values[place] is None else refusal_to_fill(row.form)

    def tone(row: FigureRow) -> str:
        if value(row) is Blank.NOT_APPLICABLE:
            return "warn"
        return "faint" if isinstance(value(row), Blank) else ""

    return Column(
        f"{_FIGURE}{figure.code}",
        _heading(figure),
        CellKind.NUMBER,
        shown,
        edit=CellEdit[FigureRow](start, lambda _row, typed: read_figure_text(figure, typed), why_not),
        width=124,
        tone=tone,
        fill=lambda row: "stripe" if why_not(row) else "",
        tooltip=lambda row: _figure_tip(row, place, figure),
        hint=f"{figure.title}\n{how_to_type(figure)}",
    )


def _previous(place: int, figure: Figure) -> Column[FigureRow]:
    def shown(row: FigureRow) -> str:
        before = row.previous[place]
        return "" if before is None else figure_text(figure, before)

    return Column(
        f"previous:{figure.code}",
        "上年",
        CellKind.NUMBER,
        shown,
        width=76,
        tone=lambda _row: "muted",
        hint=f"上年的“{figure.title}”",
    )


def _note() -> Column[FigureRow]:
    def shown(row: FigureRow) -> str:
        return row.form.submission.note if row.form.submission else ""

    def why_not(row: FigureRow) -> str:
        return "还没有收到填报" if row.form.submission is None else refusal_to_fill(row.form)

    edit = CellEdit[FigureRow](shown, lambda _row, typed: typed, why_not)
    return Column(NOTE, "说明", CellKind.LONG_TEXT, shown, edit=edit, width=180)


def _heading(figure: Figure) -> str:
    """Title and measure on two lines of about the same length; what does not fit is in the tooltip."""
    whole = f"{figure.title}（{figure.measure}）" if figure.measure and not is_tick(figure) else figure.title
    if len(whole) <= _LINE:
        return whole
    cut = min((len(whole) + 1) // 2, _LINE)
    if whole[cut] in _NEVER_FIRST:
        cut += 1
    rest = whole[cut:]
    return f"{whole[:cut]}\n{rest if len(rest) <= _LINE else rest[: _LINE - 1] + '…'}"


def _figure_tip(row: FigureRow, place: int, figure: Figure) -> str:
    before = row.previous[place]
    lines = [f"{row.form.place}：{figure.title}"]
    found = row.values[place]
    if found is not None:
        measure = f" {figure.measure}" if isinstance(found, Decimal) and not is_tick(figure) else ""
        lines.append(f"本年 {figure_text(figure, found)}{measure}".rstrip())
    if before is not None:
        lines.append(f"上年 {figure_text(figure, before)}")
    why = _NOT_ASKED if found is None else refusal_to_fill(row.form)
    return "\n".join([*lines, *([why] if why else [])])
