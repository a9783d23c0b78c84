"""Registering faces, and what a document's log says."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

from assessor.fonts import FontFile, Slot, bundled_font
from assessor.reports.text import faces
from assessor.reports.text.paragraph import GridParagraph, TextStyle
from tests.reports.text.printing import plain, print_story, read_pages


def build_font(path: Path, *, outlines: bool) -> FontFile:
    """A font of 一 (a square) and 二 (mapped, but empty); with PostScript outlines if not ``outlines``."""
    builder = FontBuilder(1000, isTTF=outlines)
    builder.setupGlyphOrder([".notdef", "one", "two"])
    builder.setupCharacterMap({0x4E00: "one", 0x4E8C: "two"})
    if outlines:
        pen = TTGlyphPen(None)
        _square(pen)
        empty = TTGlyphPen(None).glyph()
        builder.setupGlyf({".notdef": empty, "one": pen.glyph(), "two": empty})
    else:
        strings = {}
        for name in (".notdef", "one", "two"):
            drawn = T2CharStringPen(1000, None)
            _square(drawn)
            strings[name] = drawn.getCharString()
        builder.setupCFF("Made-Up", {}, strings, {})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "one", "two"), (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Made Up", "styleName": "Regular", "psName": "MadeUp"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
    return FontFile(path, 0, "自造")


def _square(pen: TTGlyphPen | T2CharStringPen) -> None:
    pen.moveTo((100, 0))
    for point in ((100, 700), (900, 700), (900, 0)):
        pen.lineTo(point)
    pen.closePath()


def test_the_log_names_the_faces_used_and_the_characters_missing() -> None:
    pdf, log = print_story([GridParagraph("王䶮第3项\U0001f600", TextStyle(first_indent=0))])
    assert log.missing == ("\U0001f600",)
    assert len(log.faces) == 3
    assert plain(read_pages(pdf)[0]) == "王䶮第3项" + faces.SUBSTITUTE


def test_a_log_holds_only_its_own_document() -> None:
    print_story([GridParagraph("\U0001f600")])
    _, log = print_story([GridParagraph("甲", TextStyle(slot=Slot.HEI))])
    assert log.missing == ()
    assert len(log.faces) == 1


def test_two_fonts_of_one_name_stay_two(tmp_path: Path) -> None:
    copy = tmp_path / "copy.ttf"
    shutil.copy(bundled_font(Slot.LATIN), copy)
    original = faces.face_for(Slot.LATIN, "a")
    other = faces._load(FontFile(copy, 0, "副本"))
    assert original is not None
    assert other is not None
    assert other.name != original.name
    assert other.font.face.name == other.name.encode()


def test_a_font_with_postscript_outlines_is_passed_over(tmp_path: Path) -> None:
    assert faces._load(build_font(tmp_path / "made.otf", outlines=False)) is None


def test_a_mapped_but_empty_character_does_not_count(tmp_path: Path) -> None:
    face = faces._load(build_font(tmp_path / "made.ttf", outlines=True))
    assert face is not None
    assert face.has("一")
    assert not face.has("二")
    left, right = face.blanks("一")
    assert (left, right) == pytest.approx((0.1, 0.1))


def test_documents_built_at_once_in_threads_come_out_as_built_alone() -> None:
    texts = ["第一个线程的文件，含有若干汉字。" * 30, "另一份文件的内容与前者不同；" * 30]
    alone = [print_story([GridParagraph(text)])[0] for text in texts]
    together: dict[int, bytes] = {}

    def build(number: int) -> None:
        together[number] = print_story([GridParagraph(texts[number])])[0]

    threads = [threading.Thread(target=build, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[0], together[1]] == alone
