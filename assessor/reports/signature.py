"""The signature block without a seal: the organisation two characters from the right edge, the date under it."""

from __future__ import annotations

from dataclasses import replace

from reportlab.platypus.flowables import Flowable, Spacer

from assessor.fonts import Slot
from assessor.reports.blocks import Signature
from assessor.reports.text.paragraph import GridParagraph
from assessor.reports.text.runs import shape
from assessor.reports.text.style import BODY, GRID_PITCH, Align, TextStyle
from assessor.reports.wording import day

_INDENT = 2.0
"""Characters: the organisation's from the right edge, and the date's first to the right of the organisation's first."""


def signature_lines(signature: Signature) -> list[Flowable]:
    """GB/T 9704: where the date is the longer one, it stands two characters from the edge and the name moves in."""
    organisation, date = signature.organisation, day(signature.signed_on)
    name_width, date_width = _characters(organisation), _characters(date)
    name_right = max(_INDENT, date_width + 2 * _INDENT - name_width)
    date_right = name_right + name_width - _INDENT - date_width
    return [
        Spacer(0, GRID_PITCH),
        GridParagraph(organisation, _flush_right(name_right)),
        GridParagraph(date, _flush_right(date_right)),
    ]


def _flush_right(indent: float) -> TextStyle:
    return replace(BODY, first_indent=0, right_indent=indent, align=Align.RIGHT)


def _characters(text: str) -> float:
    """Width in full characters of the grid."""
    glyphs = shape(text, Slot.FANG)
    return sum(glyph.width * BODY.size + BODY.tracking for glyph in glyphs) / BODY.character
