"""修改历史 on paper: who changed what, when, and what stood there before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assessor.domain.plan import Plan
from assessor.reports import write_document
from assessor.reports.blocks import Align, Attachment, Body, Column, Document, Table
from assessor.work import Work

MOST_ROWS = 5000
"""Cells on one paper, some 200 pages; the rest is counted, and belongs in a table file."""
_COLUMNS = (
    Column("修改", 46),
    Column("名称", 32),
    Column("对象", 52),
    Column("项目", 24),
    Column("原值", 36),
    Column("新值", 36),
)


@dataclass(frozen=True)
class HistoryRow:
    """A changed cell in words: of which edit, what was done to which row, and the cell before and after."""

    head: str
    label: str
    place: str
    title: str
    old: str
    new: str


def write_history(
    rows: tuple[HistoryRow, ...], path: Path, *, plan: Plan, asked: str, printed_on: date, work: Work
) -> int:
    """Writes the document; answers with its pages. ``asked``: what of the history it is. Raises as ``write_report``."""
    return write_document(compose(rows, plan, asked, printed_on), path, work).pages


def compose(rows: tuple[HistoryRow, ...], plan: Plan, asked: str, printed_on: date) -> Document:
    shown = rows[:MOST_ROWS]
    cells = tuple((row.head, row.label, row.place, row.title, row.old, row.new) for row in shown)
    columns = tuple(Column(column.title, column.width, Align.LEFT) for column in _COLUMNS)
    return Document(
        title=(f"{plan.city}全民科学素质工作年度考核", "工作簿修改历史"),
        subtitle=f"（{printed_on.year}年{printed_on.month}月{printed_on.day}日打印）",
        addressee="",
        blocks=(
            Body(_opening(rows, asked)),
            Attachment("附件", ("修改明细",), landscape=True),
            Table("由近及远的修改", columns, cells, merge=2, dense=True),
        )
        if cells
        else (Body(_opening(rows, asked)),),
        subject=f"{plan.city}全民科学素质工作年度考核修改历史",
        author=plan.office,
        keywords=("全民科学素质", "年度考核", "修改历史"),
        signed_on=printed_on,
        running_head="",
    )


def _opening(rows: tuple[HistoryRow, ...], asked: str) -> str:
    if not rows:
        return f"{asked}没有符合条件的修改。"
    edits = len({row.head for row in rows})
    text = f"{asked}共{edits}次修改，改动{len(rows)}项数据，由近及远列于附件。"
    if len(rows) > MOST_ROWS:
        text += f"篇幅所限，只列最近的{MOST_ROWS}项；全部内容请导出为表格查看。"
    return text
