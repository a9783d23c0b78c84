"""The matrix of forms: a line for each unit, a column for each task, and who has handed in how many."""

from __future__ import annotations

from assessor.domain.form_table import FormMatrix, FormRow, FormState, MatrixColumn, MatrixRow
from assessor.ui.forms.state_look import NOT_ASSIGNED, NOT_ASSIGNED_FILL, fill_of, is_meant, tone_of
from assessor.ui.grid.column import CellKind, Column

FROZEN = 2
FIRST_FORM = 2
"""Columns before the forms."""
_WIDTH, _OWN_WIDTH = 66, 88


def matrix_columns(matrix: FormMatrix, wanted: str) -> tuple[Column[MatrixRow], ...]:
    """``wanted``: the state (see ``is_meant``) that alone is coloured; empty: all are."""
    unit = Column[MatrixRow](
        "unit",
        "单位",
        CellKind.TEXT,
        lambda row: row.unit.short_name,
        width=128,
        is_bold=True,
        tooltip=lambda row: f"{row.unit.name}（{row.group.title}）",
    )
    count = Column[MatrixRow](
        "count",
        "已报\n应报",
        CellKind.TEXT,
        lambda row: f"{row.handed_in}/{row.due}" if row.due else "—",
        sort_key=lambda row: row.due - row.handed_in,
        width=64,
        tone=lambda row: "good" if row.due and row.handed_in == row.due else "",
        hint="已报份数／应报份数；退回待报的不算已报",
    )
    return (unit, count, *(_form(place, column, wanted) for place, column in enumerate(matrix.columns)))


def cell_text(cell: FormRow | None) -> str:
    """``已审+8``: handed in 8 days late; ``待审?``: a 不涉及 waits for the office."""
    if cell is None:
        return ""
    late = f"+{cell.days_late}" if cell.is_late else ""
    return f"{cell.state.short}{late}{'?' if cell.has_claim else ''}"


def cell_tip(row: MatrixRow, column: MatrixColumn, cell: FormRow | None) -> str:
    name = f"{row.unit.short_name}　{column.task} {column.title}".replace("　 ", "　")
    if cell is None:
        return f"{name}\n{NOT_ASSIGNED}给该单位"
    lines = [name, cell.state_text]
    if cell.submission is not None:
        lines.append(f"第 {cell.submission.revision} 次，{cell.submission.submitted_on.isoformat()} 报送")
        if cell.submission.return_reason:
            lines.append(f"退回理由：{cell.submission.return_reason}")
    if cell.not_applicable:
        lines.append(f"理由：{cell.not_applicable}")
    elif cell.submission is None:
        lines.append(f"截止 {cell.deadline.isoformat()}")
    return "\n".join(lines)


def _form(place: int, column: MatrixColumn, wanted: str) -> Column[MatrixRow]:
    def is_shown(cell: FormRow | None) -> bool:
        return cell is not None and is_meant(cell, wanted)

    def fill(row: MatrixRow) -> str:
        cell = row.cells[place]
        if cell is None:
            return NOT_ASSIGNED_FILL
        return fill_of(cell.state) if is_shown(cell) else ""

    def tone(row: MatrixRow) -> str:
        cell = row.cells[place]
        return tone_of(cell.state) if cell is not None and is_shown(cell) else "faint"

    name = f"{column.task} {column.title}" if column.task else column.title
    return Column[MatrixRow](
        column.task or "own",
        f"{column.task or '年度表'}\n{column.handed_in}/{column.due}",
        CellKind.TEXT,
        lambda row: cell_text(row.cells[place]),
        sort_key=lambda row: _order(row.cells[place]),
        width=_WIDTH if column.task else _OWN_WIDTH,
        tone=tone,
        tooltip=lambda row: cell_tip(row, column, row.cells[place]),
        fill=fill,
        hint="\n".join(part for part in (name, column.section, f"已报 {column.handed_in}／应报 {column.due}") if part),
    )


def _order(cell: FormRow | None) -> tuple[int, int] | None:
    return None if cell is None else (list(FormState).index(cell.state), -cell.days_late)
