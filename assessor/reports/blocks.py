"""What a document says, apart from how it is set: titles, headings, paragraphs, tables, charts, attachments, signature.

The modules that write a document return these; ``typesetting`` turns them into the lines of an official page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assessor.reports.text.style import Align

__all__ = [
    "Align",
    "Attachment",
    "AttachmentList",
    "Block",
    "Body",
    "Chart",
    "Column",
    "Document",
    "Fields",
    "Heading",
    "Signature",
    "Table",
    "Together",
    "closed",
]


@dataclass(frozen=True)
class Heading:
    """Level 1 ``一、``, level 2 ``（一）``: the number is part of the text."""

    level: int
    text: str


@dataclass(frozen=True)
class Body:
    """A paragraph of body text; third-level headings (``1. …。``) run in with it."""

    text: str
    indented: bool = True


@dataclass(frozen=True)
class Column:
    title: str
    width: float
    """Millimetres; a table's columns are stretched or shrunk together to the width of the page."""
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Table:
    """A row of one cell runs over the whole width. Equal neighbours in the first ``merge`` columns become one cell."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Sequence[str], ...]
    note: str = ""
    """Right above the box, such as 单位：分."""
    remarks: tuple[str, ...] = ()
    """Under the table, one line each, smaller."""
    merge: int = 0
    dense: bool = False
    """Smaller print, for tables with long texts in many columns."""


@dataclass(frozen=True)
class Fields:
    """A box of labelled values, side by side; ``rows`` says how many to each row (none: all in one)."""

    pairs: tuple[tuple[str, str], ...]
    rows: tuple[int, ...] = ()
    caption: str = ""
    large: bool = False
    """Values stand under their labels, large: for the few numbers that the page is about."""
    tall: bool = False
    """Rows leave room to write or to stamp."""


@dataclass(frozen=True)
class Chart:
    """One of ``assessor.charts.CHARTS``, drawn as vectors over the width of the text."""

    kind: str
    caption: str
    group: str | None = None


@dataclass(frozen=True)
class Attachment:
    """Begins an attachment on a new page; ``label`` such as ``附件1``."""

    label: str
    title: tuple[str, ...]
    landscape: bool = False


@dataclass(frozen=True)
class AttachmentList:
    titles: tuple[str, ...]


@dataclass(frozen=True)
class Signature:
    """Organisation and date, unstamped."""

    organisation: str
    signed_on: date


@dataclass(frozen=True)
class Together:
    """Stays on one page, such as the last paragraph with the signature."""

    blocks: tuple[Block, ...]


Block = Heading | Body | Table | Fields | Chart | Attachment | AttachmentList | Signature | Together


@dataclass(frozen=True)
class Document:
    title: tuple[str, ...]
    """Broken by sense into balanced lines."""
    subtitle: str
    """Under the title in 楷体, such as （暂估，非正式结果）; empty: none."""
    addressee: str
    """Empty: none."""
    blocks: tuple[Block, ...]
    subject: str
    author: str
    keywords: tuple[str, ...]
    signed_on: date
    running_head: str
    """Printed at the top of every page, such as 示例数据; empty: none."""
    foot: str = ""
    """Printed small at the foot of every page, opposite to its number; empty: none."""
    landscape: bool = False
    """From the first page on."""

    @property
    def full_title(self) -> str:
        return "".join(self.title)


def closed(blocks: Sequence[Block], *tail: Block) -> tuple[Block, ...]:
    """``blocks`` with ``tail`` held to the last of them, and that one to the headings right above it."""
    start = len(blocks) - 1
    while start > 0 and isinstance(blocks[start - 1], Heading):
        start -= 1
    return (*blocks[:start], Together((*blocks[start:], *tail)))
