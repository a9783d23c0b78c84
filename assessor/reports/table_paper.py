"""A table of the window on paper: its title, and its rows under a head that every page repeats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assessor.reports import ReportLog, write_document
from assessor.reports.blocks import Align, Body, Column, Document, Table
from assessor.work import Work

MOST_ROWS = 5000
"""On one paper, some 200 pages; the rest is counted, and belongs in a table file."""
_UPRIGHT_SIGNS = 70
"""Width of a table, in Latin letters, that an upright page still holds."""
_LANDSCAPE_SIGNS = 140
_SHORT, _WIDEST, _PADDING = 16, 40, 3


@dataclass(frozen=True)
class PaperTable:
    title: str
    columns: tuple[str, ...]
    numbers: frozenset[int]
    """Places of the columns that are set flush right."""
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    """What of the whole it is, and of when; empty: nothing to say."""
    running_head: str = ""


def write_table_paper(table: PaperTable, path: Path, *, printed_on: date, work: Work) -> ReportLog:
    """Raises as ``write_document``."""
    return write_document(compose(table, printed_on), path, work)


def compose(table: PaperTable, printed_on: date) -> Document:
    shown = table.rows[:MOST_ROWS]
    widths = _widths(table, shown)
    columns = tuple(
        Column(title, width, Align.RIGHT if place in table.numbers else Align.LEFT)
        for place, (title, width) in enumerate(zip(table.columns, widths, strict=True))
    )
    words = f"共{len(table.rows)}行，{printed_on.year}年{printed_on.month}月{printed_on.day}日打印。"
    if len(table.rows) > MOST_ROWS:
        words += f"篇幅所限，只印前{MOST_ROWS}行；全部内容请导出为表格查看。"
    return Document(
        title=(table.title,),
        subtitle="",
        addressee="",
        blocks=(Body(table.note + words, indented=False), Table("", columns, shown, dense=True)),
        subject=table.title,
        author="",
        keywords=(table.title,),
        signed_on=printed_on,
        running_head=table.running_head,
        landscape=sum(widths) > _UPRIGHT_SIGNS,
    )


def _widths(table: PaperTable, rows: Sequence[Sequence[str]]) -> list[float]:
    """In Latin letters. Short columns are as wide as they need, so that no number breaks; long ones share the rest."""
    natural = [_natural(title, [row[place] for row in rows]) for place, title in enumerate(table.columns)]
    long = sum(width for width in natural if width > _SHORT)
    left = _LANDSCAPE_SIGNS - (sum(natural) - long)
    if long <= left:
        return [float(width) for width in natural]
    return [max(_SHORT, width * left / long) if width > _SHORT else float(width) for width in natural]


def _natural(title: str, texts: Sequence[str]) -> int:
    """Of the longest line; a title breaks between its words."""
    lines = [*title.split(), *(line for text in texts for line in text.split("\n"))]
    return min(max(map(_signs, lines), default=0), _WIDEST) + _PADDING


def _signs(line: str) -> int:
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in line)
