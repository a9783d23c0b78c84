"""Prepares ``resources/fonts/`` from public packages: ``uv run packaging/prepare_fonts.py CACHE_FOLDER``.

Needs npm and apt-get for the packages (about 230 MB, kept in the cache folder). Run it again only to change what is
shipped: the same packages give the same bytes, and the fonts are part of the repository.
"""

from __future__ import annotations

import gzip
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import font_sources as sources
from font_making import Naming, encoded, make_font

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "resources" / "fonts"
LIMIT_BYTES = 59_000_000
"""Of all fonts; the whole of ``resources/`` stays below 60 MB."""

NAMES_BEYOND_THE_TABLE = "頔"
"""Characters that people's names have although neither GB 2312 nor 通用规范汉字表 does."""

_SYMBOL_RANGES = (
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x024F),
    (0x0370, 0x03FF),  # Greek
    (0x2000, 0x206F),  # punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x218F),  # letter-like symbols, number forms
    (0x2190, 0x23FF),  # arrows, mathematics, technical
    (0x2460, 0x27BF),  # enclosed numbers, box drawing, shapes, signs
    (0x3000, 0x303F),  # CJK punctuation, 〇
    (0x3220, 0x33FF),  # enclosed CJK, units such as ㎡
    (0xFE10, 0xFE4F),  # vertical and small forms
    (0xFF00, 0xFFEF),  # full-width forms
)


class Extent(Enum):
    """Which characters a shipped face keeps."""

    ALL = "GBK, the standard table, symbols"
    STANDARD = "GB 2312, the standard table, symbols"
    RARE = "the standard characters that the 仿宋 lacks, in a weight that goes with it"


@dataclass(frozen=True)
class Face:
    source: sources.Source
    naming: Naming
    extent: Extent = Extent.ALL


_NOTO_SERIF_VERSION = "Version 2.003; subset of Noto Serif SC"
_NOTO_SANS_VERSION = "Version 2.004; subset of Noto Sans SC"
_KAI_VERSION = "Version 1.250; subset"
_FANG_VERSION = "Version 1.300; subset of FandolFang with TrueType outlines"

FACES = (
    Face(sources.SERIF_REGULAR, Naming("Noto Serif SC", "思源宋体（精简）", "Regular", _NOTO_SERIF_VERSION)),
    Face(sources.SERIF_BOLD, Naming("Noto Serif SC", "思源宋体 粗（精简）", "Bold", _NOTO_SERIF_VERSION)),
    Face(sources.SANS_REGULAR, Naming("Noto Sans SC", "思源黑体（精简）", "Regular", _NOTO_SANS_VERSION)),
    Face(sources.SANS_BOLD, Naming("Noto Sans SC", "思源黑体 粗（精简）", "Bold", _NOTO_SANS_VERSION), Extent.STANDARD),
    Face(sources.KAI_REGULAR, Naming("Assessor Kai", "考评楷体", "Regular", _KAI_VERSION)),
    Face(sources.KAI_LIGHT, Naming("Assessor Kai", "考评楷体 细（补字）", "Light", _KAI_VERSION), Extent.RARE),
    Face(sources.FANG_REGULAR, Naming("Assessor Fang", "考评仿宋", "Regular", _FANG_VERSION)),
)
UNCHANGED = (sources.LATIN_REGULAR, sources.LATIN_BOLD)


def main(arguments: list[str]) -> None:
    if len(arguments) != 1:
        raise SystemExit("usage: uv run packaging/prepare_fonts.py CACHE_FOLDER")
    cache = Path(arguments[0])
    TARGET.mkdir(parents=True, exist_ok=True)
    kept = {
        Extent.ALL: encoded_in("gbk") | symbols() | standard_characters(),
        Extent.STANDARD: encoded_in("gb2312") | symbols() | standard_characters(),
        Extent.RARE: (standard_characters() | set(map(ord, NAMES_BEYOND_THE_TABLE)))
        - encoded(sources.font_file(sources.FANG_REGULAR, cache)),
    }
    for face in FACES:
        path = TARGET / f"{face.naming.postscript}.ttf"
        glyphs = make_font(sources.font_file(face.source, cache), kept[face.extent], face.naming, path)
        print(f"{path.name}: {glyphs} glyphs, {path.stat().st_size / 1e6:.2f} MB")
    for source in UNCHANGED:
        shutil.copyfile(sources.font_file(source, cache), TARGET / Path(source.path).name)
    copy_licences(cache)
    total = sum(path.stat().st_size for path in TARGET.rglob("*") if path.is_file())
    print(f"together {total / 1e6:.2f} MB")
    if total > LIMIT_BYTES:
        raise SystemExit(f"the fonts take more than {LIMIT_BYTES / 1e6:.0f} MB")


def encoded_in(charset: str) -> set[int]:
    """All of GBK (20902 hanzi, U+4E00-9FA5) or GB 2312 (6763): hanzi, punctuation, Greek, kana, Cyrillic, boxes."""
    return {point for point in range(0x10000) if chr(point).encode(charset, "ignore")}


def symbols() -> set[int]:
    return {point for first, last in _SYMBOL_RANGES for point in range(first, last + 1)}


def standard_characters() -> set[int]:
    """The characters of 通用规范汉字表 that GB 2312 lacks; those outside GBK are the rare ones of names."""
    lines = (HERE / "standard_characters.txt").read_text(encoding="utf-8").splitlines()
    return {ord(character) for line in _without_comments(lines) for character in line}


def _without_comments(lines: Iterable[str]) -> Iterable[str]:
    return (line.strip() for line in lines if not line.startswith("#"))


def copy_licences(cache: Path) -> None:
    folder = TARGET / "licences"
    folder.mkdir(exist_ok=True)
    serif, sans, kai, fandol, liberation = (
        sources.unpack(package, cache)
        for package in (sources.NOTO_SERIF, sources.NOTO_SANS, sources.WENKAI, sources.FANDOL, sources.LIBERATION)
    )
    fandol_doc = fandol / "usr/share/doc/texlive-doc/fonts/fandol"
    shutil.copyfile(serif / "package/LICENSE_FONT", folder / "NotoSerifSC-OFL.txt")
    shutil.copyfile(sans / "package/LICENSE_FONT", folder / "NotoSansSC-OFL.txt")
    shutil.copyfile(kai / "usr/share/doc/fonts-lxgw-wenkai/copyright", folder / "AssessorKai-OFL.txt")
    shutil.copyfile(fandol_doc / "README", folder / "AssessorFang-README.txt")
    (folder / "AssessorFang-GPL.txt").write_bytes(gzip.decompress((fandol_doc / "COPYING.gz").read_bytes()))
    shutil.copyfile(liberation / "usr/share/doc/fonts-liberation2/copyright", folder / "LiberationSerif-OFL.txt")


if __name__ == "__main__":
    main(sys.argv[1:])
