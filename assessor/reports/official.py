"""The page of an official document (GB/T 9704-2012): type area, binding edge, page numbers, running head, metadata.

Lengths are the standard's: A4, 天头 37 mm, 订口 28 mm, 版心 156 x 225 mm, page number 7 mm under the type area. On a
landscape page the type area is the upright one turned a quarter, so its head lies at the sheet's left edge: the
binding edge of odd pages, the fore edge of even ones; the page number stays where the upright pages have it.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

from reportlab.platypus.doctemplate import ActionFlowable, BaseDocTemplate, PageTemplate
from reportlab.platypus.flowables import Flowable
from reportlab.platypus.frames import Frame

from assessor.fonts import Slot
from assessor.reports.blocks import Document
from assessor.reports.floating import FloatQueue
from assessor.reports.text.faces import initial_font_name
from assessor.reports.text.paragraph import GridParagraph
from assessor.reports.text.style import MM, Align, TextStyle

PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
HEAD_MARGIN, BINDING_MARGIN = 37 * MM, 28 * MM
TYPE_WIDTH, TYPE_HEIGHT = 156 * MM, 225 * MM
FOOT_MARGIN = PAGE_HEIGHT - HEAD_MARGIN - TYPE_HEIGHT
FORE_MARGIN = PAGE_WIDTH - BINDING_MARGIN - TYPE_WIDTH
FOLIO_GAP = 7 * MM
RUNNING_HEAD_GAP = 9 * MM
"""From the running head's middle to the type area."""

FOLIO = TextStyle(slot=Slot.SONG, size=14.0, leading=14.0, align=Align.LEFT)
FOOT = TextStyle(slot=Slot.SONG, size=9.0, leading=14.0, align=Align.LEFT)
RUNNING_HEAD = TextStyle(slot=Slot.KAI, size=10.5, leading=16.0, align=Align.CENTER, color="#8c1d18")
_SLACK = 0.01
"""Points by which a frame is taller than its 22 lines, so that the last one is not lost to rounding."""


class Orientation(ActionFlowable):  # type: ignore[misc]
    """Pages that begin after this are landscape, or upright again."""

    def __init__(self, landscape: bool) -> None:
        super().__init__()
        self._landscape = landscape

    def apply(self, doc: OfficialPages) -> None:
        doc.landscape = self._landscape


class OfficialPages(BaseDocTemplate):  # type: ignore[misc]
    """Typesets a story on official pages, the same bytes for the same story."""

    def __init__(self, stream: BytesIO, document: Document) -> None:
        self.landscape = document.landscape
        self._document = document
        self._floats = FloatQueue()
        super().__init__(
            stream,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageTemplates=[_template(landscape, odd) for landscape in (False, True) for odd in (True, False)],
            title=document.full_title + document.subtitle,
            author=document.author,
            subject=document.subject,
            keywords="，".join(document.keywords),
            creator="assessor",
            producer="assessor",
            lang="zh-CN",
            displayDocTitle=True,
            invariant=1,
            initialFontName=initial_font_name(),
        )

    def handle_documentBegin(self) -> None:  # noqa: N802 - ReportLab's name
        self._choose_template(1)
        super().handle_documentBegin()
        stamp = f"D:{self._document.signed_on:%Y%m%d}000000+08'00'"
        self.canv.setDateFormatter(lambda *_now: stamp)
        self.canv.showOutline()

    def handle_pageBegin(self) -> None:  # noqa: N802 - ReportLab's name
        self._choose_template(self.page + 1)
        super().handle_pageBegin()

    def handle_flowable(self, flowables: list[Flowable]) -> None:
        if flowables is not self._hanging:
            # _y and _y1p are where the frame stands and ends; ReportLab has no public names for them.
            frame = self.frame
            self._floats.arrange(flowables, frame._y - frame._y1p, frame._width, at_top=bool(frame._atTop))
        super().handle_flowable(flowables)

    def beforePage(self) -> None:  # noqa: N802 - ReportLab's name
        if self._document.running_head:
            _draw_running_head(self.canv, self._document.running_head, self.page, self.landscape)

    def afterPage(self) -> None:  # noqa: N802 - ReportLab's name
        # Drawn last, from the template's page: a flowable may already have turned the pages that follow.
        landscape = self.pageTemplate.id.startswith("landscape")
        if self._document.foot:
            _draw_foot(self.canv, self._document.foot, self.page, landscape)
        _draw_folio(self.canv, self.page, landscape)

    def _choose_template(self, page: int) -> None:
        wanted = _template_name(self.landscape, page % 2 == 1)
        self.pageTemplate = next(template for template in self.pageTemplates if template.id == wanted)


def measure(landscape: bool) -> tuple[float, float]:
    """Width and height of the type area, in points."""
    return (TYPE_HEIGHT, TYPE_WIDTH) if landscape else (TYPE_WIDTH, TYPE_HEIGHT)


def _template_name(landscape: bool, odd: bool) -> str:
    return f"{'landscape' if landscape else 'upright'}-{'odd' if odd else 'even'}"


def _origin(landscape: bool, odd: bool) -> tuple[float, float]:
    """The lower left corner of the type area."""
    if landscape:
        return FOOT_MARGIN, FORE_MARGIN if odd else BINDING_MARGIN
    return BINDING_MARGIN if odd else FORE_MARGIN, FOOT_MARGIN


def _template(landscape: bool, odd: bool) -> PageTemplate:
    x, y = _origin(landscape, odd)
    width, height = measure(landscape)
    frame = Frame(x, y - _SLACK, width, height + _SLACK, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    size = (PAGE_HEIGHT, PAGE_WIDTH) if landscape else (PAGE_WIDTH, PAGE_HEIGHT)
    return PageTemplate(id=_template_name(landscape, odd), frames=[frame], pagesize=size)


def _draw_folio(canvas: Any, page: int, landscape: bool) -> None:
    """— 1 —, its dashes 7 mm under the type area, one character in from the right (odd) or left (even) edge."""
    odd = page % 2 == 1
    style = TextStyle(slot=FOLIO.slot, size=FOLIO.size, leading=FOLIO.leading, align=Align.RIGHT if odd else Align.LEFT)
    _draw_below(canvas, GridParagraph(f"— {page} —", style), 0 if odd else FOLIO.size, odd, landscape)


def _draw_foot(canvas: Any, text: str, page: int, landscape: bool) -> None:
    """On the page number's line, at the other edge."""
    odd = page % 2 == 1
    style = replace(FOOT, align=Align.LEFT if odd else Align.RIGHT)
    _draw_below(canvas, GridParagraph(text, style), FOLIO.size if odd else 0, odd, landscape)


def _draw_below(canvas: Any, line: GridParagraph, offset: float, odd: bool, landscape: bool) -> None:
    """A line whose middle is 7 mm under the type area of the upright page, a character less wide than that."""
    canvas.saveState()
    if landscape:
        # The upright sheet turned clockwise: its foot is the left edge, its left edge the top.
        canvas.translate(0, PAGE_WIDTH)
        canvas.rotate(-90)
    x, bottom = _origin(False, odd)
    line.wrapOn(canvas, TYPE_WIDTH - FOLIO.size, FOLIO.leading)
    line.drawOn(canvas, x + offset, bottom - FOLIO_GAP - FOLIO.leading / 2)
    canvas.restoreState()


def _draw_running_head(canvas: Any, text: str, page: int, landscape: bool) -> None:
    x, y = _origin(landscape, page % 2 == 1)
    width, height = measure(landscape)
    line = GridParagraph(text, RUNNING_HEAD)
    line.wrapOn(canvas, width, RUNNING_HEAD.leading)
    middle = y + height + RUNNING_HEAD_GAP
    line.drawOn(canvas, x, middle - RUNNING_HEAD.leading / 2)
    canvas.saveState()
    canvas.setStrokeColor(RUNNING_HEAD.color)
    canvas.setLineWidth(0.5)
    canvas.line(x, middle - 4 * MM, x + width, middle - 4 * MM)
    canvas.restoreState()


class GridSnap(Flowable):  # type: ignore[misc]
    """Takes up what is left of the line begun by a table or chart, so that text below stands on the page's lines."""

    def __init__(self, pitch: float, gap: float) -> None:
        super().__init__()
        self._pitch = pitch
        self._gap = gap

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        rest = available_height % self._pitch
        if rest < self._gap:
            rest += self._pitch
        self.width, self.height = 0.0, min(rest, available_height)
        return self.width, self.height

    def draw(self) -> None:
        return None
