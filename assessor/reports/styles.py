"""How the parts of an official document are set: one style per kind of text."""

from __future__ import annotations

from dataclasses import replace

from assessor.fonts import Slot
from assessor.reports.text.style import BODY, CAPTION, CELL, CHARACTER_PITCH, GRID_PITCH, HEAD_CELL, Align, TextStyle

TITLE = TextStyle(slot=Slot.TITLE, size=22.0, leading=36.0, align=Align.CENTER)
SUBTITLE = TextStyle(slot=Slot.KAI, size=16.0, align=Align.CENTER)
ADDRESSEE = replace(BODY, first_indent=0)
UNINDENTED = replace(BODY, first_indent=0)
HEADING = {1: replace(BODY, slot=Slot.HEI), 2: replace(BODY, slot=Slot.KAI)}
ATTACHMENT_LABEL = TextStyle(slot=Slot.HEI, size=16.0, pitch=CHARACTER_PITCH, align=Align.LEFT)
TABLE_CELL = replace(CELL, size=10.5, leading=14.5)
TABLE_HEAD = replace(HEAD_CELL, size=10.5, leading=14.5, balanced=True)
TABLE_CAPTION = CAPTION
CHART_CAPTION = replace(CAPTION, leading=GRID_PITCH)
DENSE_CELL = replace(CELL, size=9.0, leading=13.0)
DENSE_HEAD = replace(TABLE_HEAD, size=9.0, leading=13.0)
REMARK = TextStyle(slot=Slot.SONG, size=10.5, leading=15.0, align=Align.JUSTIFY)
FIELDS_CAPTION = replace(CAPTION, leading=21.0)
FIELD_LABEL = TextStyle(slot=Slot.HEI, size=12.0, leading=18.0, align=Align.CENTER)
FIELD_VALUE = TextStyle(slot=Slot.SONG, size=12.0, leading=18.0, align=Align.LEFT)
LARGE_LABEL = TextStyle(slot=Slot.HEI, size=12.0, leading=18.0, align=Align.CENTER, color="#444444")
LARGE_VALUE = TextStyle(slot=Slot.TITLE, size=22.0, leading=30.0, align=Align.CENTER)
