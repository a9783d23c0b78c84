"""Turns a document's blocks into the story of official pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from reportlab.platypus.doctemplate import PageBreak
from reportlab.platypus.flowables import Flowable, KeepTogether, Spacer

from assessor.charts import draw_chart
from assessor.domain.year_view import YearView
from assessor.reports.blocks import (
    Attachment,
    AttachmentList,
    Block,
    Body,
    Chart,
    Document,
    Fields,
    Heading,
    Signature,
    Table,
    Together,
)
from assessor.reports.fields import FieldsBox
from assessor.reports.floating import Floating, FloatPlace
from assessor.reports.marks import OutlineMark
from assessor.reports.official import TYPE_HEIGHT, TYPE_WIDTH, GridSnap, Orientation, measure
from assessor.reports.signature import signature_lines
from assessor.reports.styles import (
    ADDRESSEE,
    ATTACHMENT_LABEL,
    CHART_CAPTION,
    DENSE_CELL,
    DENSE_HEAD,
    FIELDS_CAPTION,
    HEADING,
    REMARK,
    SUBTITLE,
    TABLE_CAPTION,
    TABLE_CELL,
    TABLE_HEAD,
    TITLE,
    UNINDENTED,
)
from assessor.reports.text.chart import ChartFlowable
from assessor.reports.text.paragraph import GridParagraph
from assessor.reports.text.style import BODY, GRID_PITCH, MM, TextStyle
from assessor.reports.text.table import ruled_table

_GAP = 2.0
"""Points at least between a table or chart and the line of text below it, which has white of its own."""
_FIELDS_GAP = 5.0
_HEADING_KEEP = 3
"""Lines that must fit below the top of a heading, its own included."""
_UNSPLIT = 0.45
"""Of a page: a table that is not higher is kept whole."""
_TABLE_KEEP = 5
"""Lines for a caption, a head and the first rows."""


class Typesetter:
    """Keeps what runs through a document: the outline's level, the orientation, the keys of the bookmarks."""

    def __init__(self, view: YearView | None, on_chart: Callable[[str], None]) -> None:
        """``view``: of what the charts are drawn. ``on_chart`` is told the caption of each chart before it is drawn."""
        self._view = view
        self._on_chart = on_chart
        self._level = 0
        self._marks = 0
        self._landscape = False

    def story(self, document: Document) -> list[Flowable]:
        self._landscape = document.landscape
        flowables: list[Flowable] = _title_lines(document.title)
        if document.subtitle:
            flowables.append(GridParagraph(document.subtitle, SUBTITLE))
        flowables.append(GridSnap(GRID_PITCH, GRID_PITCH / 2))
        if document.addressee:
            flowables.append(GridParagraph(f"{document.addressee}：", ADDRESSEE))
        return [*flowables, *self._set_all(document.blocks), FloatPlace(barrier=True)]

    def _set_all(self, blocks: Sequence[Block]) -> list[Flowable]:
        followers = (*blocks[1:], None)
        return [
            flowable
            for block, follower in zip(blocks, followers, strict=True)
            for flowable in self._set(block, follower)
        ]

    def _set(self, block: Block, follower: Block | None) -> list[Flowable]:
        match block:
            case Heading():
                return self._heading(block, follower)
            case Body():
                return [GridParagraph(block.text, BODY if block.indented else UNINDENTED)]
            case Table():
                return self._table(block)
            case Fields():
                return _fields(block)
            case Chart():
                return self._chart(block)
            case Attachment():
                return self._attachment(block)
            case AttachmentList():
                return _attachment_list(block.titles)
            case Signature():
                return signature_lines(block)
            case Together():
                return [FloatPlace(barrier=True), KeepTogether(self._set_all(block.blocks))]

    def _mark(self, title: str, level: int, room: float = 0.0) -> OutlineMark:
        self._marks += 1
        return OutlineMark(title, level, f"m{self._marks}", room)

    def _heading(self, heading: Heading, follower: Block | None) -> list[Flowable]:
        self._level = heading.level
        keep = _HEADING_KEEP
        if isinstance(follower, Heading):
            keep += 1
        elif isinstance(follower, Table):
            keep += _TABLE_KEEP
        return [
            FloatPlace(),
            self._mark(heading.text, heading.level - 1, keep * GRID_PITCH - 1),
            GridParagraph(heading.text, HEADING[heading.level]),
        ]

    def _table(self, table: Table) -> list[Flowable]:
        natural = sum(column.width for column in table.columns)
        width, _height = measure(self._landscape)
        ruled = ruled_table(
            [[column.title for column in table.columns]],
            [list(row) for row in table.rows],
            [column.width * width / natural for column in table.columns],
            caption=table.caption,
            note=table.note,
            aligns=[column.align for column in table.columns],
            merge_columns=table.merge,
            cell_style=DENSE_CELL if table.dense else TABLE_CELL,
            head_style=DENSE_HEAD if table.dense else TABLE_HEAD,
            caption_style=TABLE_CAPTION,
        )
        remarks = [GridParagraph(text, style) for text, style in _remarks(table.remarks)]
        height = ruled.wrap(width, 0)[1] + sum(remark.wrap(width, 0)[1] for remark in remarks)
        room = height if height <= _UNSPLIT * TYPE_HEIGHT else _TABLE_KEEP * GRID_PITCH
        return [
            self._mark(table.caption, self._level, room),
            ruled,
            KeepTogether([Spacer(0, 1.5 * MM), *remarks]) if remarks else Spacer(0, 0),
            GridSnap(GRID_PITCH, _GAP),
        ]

    def _chart(self, chart: Chart) -> list[Flowable]:
        if self._view is None:
            raise ValueError("a chart in a document without a year")
        self._on_chart(chart.caption)
        figure = draw_chart(chart.kind, self._view, group=chart.group, width_mm=TYPE_WIDTH / MM, paper=True)
        # A chart of very many bars is scaled down to leave room for its caption on the page.
        slimness = figure.get_figwidth() / figure.get_figheight()
        drawing = ChartFlowable(figure, min(TYPE_WIDTH, (TYPE_HEIGHT - 2 * GRID_PITCH) * slimness))
        drawing.hAlign = "CENTER"
        return [
            Floating(
                [
                    self._mark(chart.caption, self._level),
                    drawing,
                    GridSnap(GRID_PITCH, 0),
                    GridParagraph(chart.caption, CHART_CAPTION),
                ]
            )
        ]

    def _attachment(self, attachment: Attachment) -> list[Flowable]:
        self._landscape = attachment.landscape
        self._level = 1
        title = "".join(attachment.title)
        return [
            FloatPlace(barrier=True),
            Orientation(attachment.landscape),
            PageBreak(),
            self._mark(f"{attachment.label}　{title}", 0),
            GridParagraph(attachment.label, ATTACHMENT_LABEL),
            Spacer(0, 0 if attachment.landscape else GRID_PITCH),
            *_title_lines(attachment.title),
            GridSnap(GRID_PITCH, 0 if attachment.landscape else GRID_PITCH / 2),
        ]


def _fields(fields: Fields) -> list[Flowable]:
    caption = [GridParagraph(fields.caption, FIELDS_CAPTION)] if fields.caption else []
    return [KeepTogether([*(caption or [Spacer(0, _FIELDS_GAP)]), FieldsBox(fields)]), GridSnap(GRID_PITCH, _GAP)]


def _title_lines(lines: Sequence[str]) -> list[Flowable]:
    return [GridParagraph(line, TITLE) for line in lines]


def _attachment_list(titles: Sequence[str]) -> list[Flowable]:
    """One line below the text; titles hang under each other behind 附件：1."""
    if not titles:
        return []
    numbered = [f"{number}. {title}" for number, title in enumerate(titles, start=1)] if len(titles) > 1 else titles
    lines = [f"{'附件：' if place == 0 else '　　　'}{title}" for place, title in enumerate(numbered)]
    return [Spacer(0, GRID_PITCH), *(GridParagraph(line, BODY) for line in lines)]


def _remarks(remarks: Sequence[str]) -> list[tuple[str, TextStyle]]:
    """注： before the first; several are numbered, and hang behind their numbers."""
    if len(remarks) == 1:
        return [(f"注：{remarks[0]}", replace(REMARK, left_indent=2, first_indent=-2))]
    first = replace(REMARK, left_indent=3, first_indent=-3)
    others = replace(REMARK, left_indent=3, first_indent=-1)
    return [
        (f"注：{number}. {text}" if number == 1 else f"{number}. {text}", first if number == 1 else others)
        for number, text in enumerate(remarks, start=1)
    ]
