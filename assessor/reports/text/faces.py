"""The faces of the slots, registered with ReportLab once per process, and what a document used of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from assessor.errors import MachineError
from assessor.fonts import FontFile, Slot, font_chain
from assessor.reports.text import tounicode

SUBSTITUTE = "〓"
"""Drawn where no face has the character: the printers' mark for a missing type."""

_FULL = 0.97
"""Ems from which a punctuation mark counts as full-width."""
_QUOTES = "“”‘’·"
_DASHES = "—"
_LATIN_SLOTS = (Slot.LATIN, Slot.LATIN_BOLD)
_LATIN_OF = {
    Slot.SONG: Slot.LATIN,
    Slot.FANG: Slot.LATIN,
    Slot.KAI: Slot.LATIN,
    Slot.TITLE: Slot.LATIN_BOLD,
}


@dataclass(frozen=True, eq=False)
class Face:
    """A registered face. Widths and blanks are in ems. ``label`` is its name as the user knows it."""

    name: str
    label: str
    font: TTFont

    def has(self, char: str) -> bool:
        """Whether it draws the character: some fonts map rare ones to an empty outline."""
        glyph = self.font.face.charToGlyph.get(ord(char))
        if not glyph:
            return False
        places = self.font.face.glyphPos
        return bool(places[glyph + 1] > places[glyph]) or char.isspace()

    def width(self, char: str) -> float:
        return float(self.font.face.getCharWidth(ord(char))) / 1000

    def blanks(self, char: str) -> tuple[float, float]:
        """The empty space left and right of the ink."""
        face = self.font.face
        glyph = face.charToGlyph[ord(char)]
        place = face.get_table_pos("glyf")[0] + face.glyphPos[glyph]
        box = face._ttf_data[place + 2 : place + 10]
        left = int.from_bytes(box[0:2], "big", signed=True) / face.unitsPerEm
        right = int.from_bytes(box[4:6], "big", signed=True) / face.unitsPerEm
        return left, self.width(char) - right


@dataclass
class FaceLog:
    """What one document used: names of faces, and characters that no face has (drawn as 〓)."""

    used: set[str] = field(default_factory=set)
    lacking: set[str] = field(default_factory=set)

    @property
    def faces(self) -> tuple[str, ...]:
        return tuple(sorted(self.used))

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(sorted(self.lacking))


_lock = threading.RLock()
_log = FaceLog()
_loaded: dict[tuple[Path, int], Face | None] = {}


@contextmanager
def document_faces() -> Iterator[FaceLog]:
    """Holds the faces for one document: build it inside this block, in one thread; other threads wait.

    One TTFont keeps the subsets of one document, so two must not be built at once.
    """
    global _log
    with _lock:
        before, _log = _log, FaceLog()
        try:
            yield _log
        finally:
            _log = before


def note_use(face: Face) -> None:
    _log.used.add(face.label)


def note_missing(char: str) -> None:
    _log.lacking.add(char)


def initial_font_name() -> str:
    """For ``initialFontName`` of ReportLab's canvas and documents, which would else begin with Helvetica."""
    return _first(Slot.SONG).name


def face_for(slot: Slot, char: str) -> Face | None:
    """The face that draws ``char`` in text of ``slot``; None where no face has it."""
    latin = _LATIN_OF.get(slot)
    if latin is not None and is_latin(char):
        return _covering(latin, char) or _covering(slot, char)
    face = _covering(slot, char)
    if face is not None and slot not in _LATIN_SLOTS and face.width(char) < _FULL:
        if char in _QUOTES:
            return _full_width((Slot.SONG, Slot.HEI), char) or face
        if char in _DASHES:
            return _full_width((Slot.KAI, Slot.FANG), char) or face
    return face


def is_latin(char: str) -> bool:
    """Letters, digits and signs that are set in the Latin face beside Chinese: up to Cyrillic, and a few signs."""
    return (char < "\u0530" and char != "·") or char in "–₀₁₂₃₄₅₆₇₈₉€"


def _covering(slot: Slot, char: str) -> Face | None:
    return next((face for face in _chain(slot) if face.has(char)), None)


def _full_width(slots: tuple[Slot, ...], char: str) -> Face | None:
    found = (_covering(slot, char) for slot in slots)
    return next((face for face in found if face is not None and face.width(char) >= _FULL), None)


def _chain(slot: Slot) -> Iterator[Face]:
    """The slot's faces, each loaded only when the ones before it did not have the character."""
    for file in _files(slot):
        face = _load(file)
        if face is not None:
            yield face


@cache
def _files(slot: Slot) -> tuple[FontFile, ...]:
    return font_chain(slot)


def _first(slot: Slot) -> Face:
    face = next(_chain(slot), None)
    if face is None:
        raise MachineError("没有可用的字体", place=slot.value, remedy="请重新安装本程序，字体随程序提供")
    return face


def _load(file: FontFile) -> Face | None:
    """None where the file is no TrueType font (PostScript outlines cannot be embedded): the next one serves."""
    key = (file.path, file.index)
    with _lock:
        if key not in _loaded:
            _loaded[key] = _register(file)
        return _loaded[key]


def _register(file: FontFile) -> Face | None:
    tounicode.install()
    try:
        font = TTFont("", str(file.path), subfontIndex=file.index, asciiReadable=False)
    except TTFError:
        return None
    name = font.face.name.decode("latin-1")
    taken = {face.name for face in _loaded.values() if face is not None}
    if name in taken:
        # ReportLab would silently embed the first font for both.
        name = f"{name}-{len(taken)}"
        font.face.name = name.encode("latin-1")
    font.fontName = name
    pdfmetrics.registerFont(font)
    return Face(name, file.name, font)
