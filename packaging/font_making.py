"""Makes one shipped font of a source font: its subset, its outlines as TrueType, its names, fixed dates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

_DROPPED_TABLES = ("BASE", "DSIG", "FFTM", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "kern", "vhea", "vmtx")
_MAX_ERROR = 1.0
"""Of the quadratic curves, in 1/1000 em: no difference can be seen at 200 pixels per em."""
_KEPT_NAMES = (0, 7, 13, 14)
"""Copyright, trademark, licence and its address stay as the source has them."""
_WINDOWS_UNICODE_ENGLISH = (3, 1, 0x409)
_WINDOWS_UNICODE_CHINESE = (3, 1, 0x804)


@dataclass(frozen=True)
class Naming:
    family: str
    chinese_family: str
    style: str
    version: str
    """What it was made of, as nameID 5 shows it."""

    @property
    def postscript(self) -> str:
        return f"{self.family.replace(' ', '')}-{self.style}"


def make_font(source: Path, characters: set[int], naming: Naming, target: Path) -> int:
    """Writes ``target`` and returns its number of glyphs. The same source gives the same bytes."""
    font = TTFont(source, recalcTimestamp=False)
    _subset(font, characters)
    if "CFF " in font:
        _convert_outlines(font)
    _rename(font, naming)
    font["head"].modified = font["head"].created
    font["OS/2"].fsType = 0
    font.save(target, reorderTables=True)
    return int(font["maxp"].numGlyphs)


def encoded(source: Path) -> set[int]:
    """The code points a font has."""
    return set(TTFont(source, lazy=True).getBestCmap())


def _subset(font: TTFont, characters: set[int]) -> None:
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.drop_tables += _DROPPED_TABLES
    options.recalc_timestamp = False
    subsetter = Subsetter(options=options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def _convert_outlines(font: TTFont) -> None:
    """CFF to TrueType, because the PDF writer embeds nothing else."""
    order = font.getGlyphOrder()
    glyphs = font.getGlyphSet()
    outlines = {name: _quadratic(glyphs, name) for name in order}
    del font["CFF "]
    font["loca"] = newTable("loca")
    font["glyf"] = newTable("glyf")
    font["glyf"].glyphs = outlines
    font["glyf"].glyphOrder = order
    font["hmtx"].metrics = {name: (font["hmtx"][name][0], _left(outlines[name], font["glyf"])) for name in order}
    _set_header_tables(font, order)


def _quadratic(glyphs: Any, name: str) -> Any:
    pen = TTGlyphPen(None)
    glyphs[name].draw(Cu2QuPen(pen, _MAX_ERROR, reverse_direction=True))
    return pen.glyph()


def _left(glyph: Any, table: Any) -> int:
    glyph.recalcBounds(table)
    return int(getattr(glyph, "xMin", 0))


def _set_header_tables(font: TTFont, order: list[str]) -> None:
    font.sfntVersion = "\x00\x01\x00\x00"
    maxp = font["maxp"] = newTable("maxp")
    maxp.tableVersion = 0x00010000
    maxp.numGlyphs = len(order)
    maxp.maxZones = 1
    for field in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements"):
        setattr(maxp, f"max{field}", 0)
    for field in ("SizeOfInstructions", "ComponentElements", "ComponentDepth"):
        setattr(maxp, f"max{field}", 0)
    post = font["post"]
    post.formatType = 3.0
    post.minMemType42 = post.maxMemType42 = post.minMemType1 = post.maxMemType1 = 0
    font["head"].glyphDataFormat = 0
    font["head"].flags &= ~0b10000  # advance widths do not depend on hinting


def _rename(font: TTFont, naming: Naming) -> None:
    table = font["name"]
    kept = {name_id: table.getDebugName(name_id) for name_id in _KEPT_NAMES}
    table.names = []
    own = {
        1: naming.family if naming.style in ("Regular", "Bold") else f"{naming.family} {naming.style}",
        2: naming.style if naming.style in ("Regular", "Bold") else "Regular",
        3: f"{naming.version};{naming.postscript}",
        4: f"{naming.family} {naming.style}",
        5: naming.version,
        6: naming.postscript,
    }
    for name_id, text in sorted((kept | own).items()):
        if text:
            table.setName(text, name_id, *_WINDOWS_UNICODE_ENGLISH)
    table.setName(naming.chinese_family, 4, *_WINDOWS_UNICODE_CHINESE)
