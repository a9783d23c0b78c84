"""Which font file stands for which face of an official document, and what to fall back on for rare characters.

The office's own faces come first where they are installed, because papers must look like the office's other papers;
the faces shipped in ``resources/fonts/`` make every machine able to print. The choice is made by reading a few bytes
of each file, since this module is imported on the window's start-up path.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import BinaryIO

from assessor.errors import MachineError
from assessor.resources import FONTS


class Slot(Enum):
    """A face by its use; the value is its name on paper."""

    SONG = "宋体"
    TITLE = "小标宋"
    HEI = "黑体"
    HEI_BOLD = "黑体（粗）"
    KAI = "楷体"
    FANG = "仿宋"
    LATIN = "西文"
    LATIN_BOLD = "西文（粗）"


@dataclass(frozen=True)
class FontFile:
    path: Path
    index: int
    """Of the face in a collection (.ttc); 0 in a file of one face."""
    name: str
    """As the user knows it, e.g. 仿宋_GB2312."""


UI_FAMILIES: tuple[str, ...] = ("Microsoft YaHei UI", "Noto Sans SC") if sys.platform == "win32" else ("Noto Sans SC",)
"""For Qt, in order; ``Noto Sans SC`` is in the shipped files of HEI and HEI_BOLD."""

_BUNDLED = {
    Slot.SONG: "NotoSerifSC-Regular.ttf",
    Slot.TITLE: "NotoSerifSC-Bold.ttf",
    Slot.HEI: "NotoSansSC-Regular.ttf",
    Slot.HEI_BOLD: "NotoSansSC-Bold.ttf",
    Slot.KAI: "AssessorKai-Regular.ttf",
    Slot.FANG: "AssessorFang-Regular.ttf",
    Slot.LATIN: "LiberationSerif-Regular.ttf",
    Slot.LATIN_BOLD: "LiberationSerif-Bold.ttf",
}
_LIGHT_RARE = "AssessorKai-Light.ttf"
"""Rare characters of names in the weight of 仿宋; from a heavier face they would look bold."""

_FALLBACKS = {
    Slot.SONG: ("NotoSansSC-Regular.ttf",),
    Slot.TITLE: ("NotoSerifSC-Regular.ttf",),
    Slot.HEI: ("AssessorKai-Regular.ttf",),
    Slot.HEI_BOLD: ("NotoSansSC-Regular.ttf", "AssessorKai-Regular.ttf"),
    Slot.KAI: ("NotoSerifSC-Regular.ttf",),
    Slot.FANG: (_LIGHT_RARE, "NotoSerifSC-Regular.ttf"),
    Slot.LATIN: ("NotoSerifSC-Regular.ttf",),
    Slot.LATIN_BOLD: ("NotoSerifSC-Bold.ttf",),
}

_OFFICE = {
    Slot.SONG: ("simsun.ttc", "simsun.ttf", "宋体.ttf", "fzssk.ttf", "fzssjw.ttf"),
    Slot.TITLE: (
        "fzxbsjw.ttf",
        "fzxbsjw--gb1-0.ttf",
        "方正小标宋简体.ttf",
        "方正小标宋_gbk.ttf",
        "fzxbsk.ttf",
        "fzxbsk--gbk1-0.ttf",
        "fzxbs.ttf",
    ),
    Slot.HEI: ("simhei.ttf", "黑体.ttf", "fzhtk.ttf", "fzhtjw.ttf"),
    Slot.HEI_BOLD: (),
    Slot.KAI: ("楷体_gb2312.ttf", "kaiti_gb2312.ttf", "simkai.ttf", "楷体.ttf", "fzktk.ttf", "fzktjw.ttf"),
    Slot.FANG: (
        "仿宋_gb2312.ttf",
        "fangsong_gb2312.ttf",
        "simfang.ttf",
        "仿宋.ttf",
        "fzfsk.ttf",
        "fzfsjw.ttf",
        "stfangso.ttf",
    ),
    Slot.LATIN: ("times.ttf", "times_new_roman.ttf"),
    Slot.LATIN_BOLD: ("timesbd.ttf", "times_new_roman_bold.ttf"),
}
"""File names in lower case, the usual one of official papers first."""

_OFFICE_RARE = ("simsunb.ttf", "simsunextg.ttf")
"""Last of all, for characters that no shipped face has."""


_HEADER_BYTES = 12 * 1024
"""Enough for the headers of a collection and the table directories of its first faces."""
_NEEDED_TABLES = frozenset({b"glyf", b"loca", b"cmap", b"head", b"hmtx", b"name", b"OS/2"})
_CHINESE, _ENGLISH = 0x0804, 0x0409


def bundled_font(slot: Slot) -> Path:
    return FONTS / _BUNDLED[slot]


def font_chain(slot: Slot, folders: Iterable[Path] | None = None) -> tuple[FontFile, ...]:
    """The face to use, then the ones for characters it lacks. Never empty.

    ``folders`` replaces the machine's font folders. ASSESSOR_FONTS=bundled in the environment leaves them out.
    Raises MachineError where a shipped font file is missing or damaged.
    """
    if folders is not None:
        installed: Mapping[str, Path] = _by_file_name(folders)
    elif os.environ.get("ASSESSOR_FONTS") == "bundled":
        installed = {}
    else:
        installed = _machine_fonts()
    own = _first_usable(installed, _OFFICE[slot])
    rare = _first_usable(installed, _OFFICE_RARE)
    shipped = tuple(_shipped(name) for name in (_BUNDLED[slot], *_FALLBACKS[slot]))
    return (*own, *shipped, *rare)


def font_folders(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> tuple[Path, ...]:
    """Where this machine keeps fonts, the user's own folders first."""
    if platform == "win32":
        local = environment.get("LOCALAPPDATA")
        windows = environment.get("WINDIR", r"C:\Windows")
        own = [Path(local, "Microsoft", "Windows", "Fonts")] if local else []
        return (*own, Path(windows, "Fonts"))
    home = Path(environment.get("HOME", "/"))
    if platform == "darwin":
        return (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    data = Path(environment.get("XDG_DATA_HOME") or home / ".local/share")
    shared = (environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    return (data / "fonts", home / ".fonts", *(Path(folder, "fonts") for folder in shared if folder))


def read_face(path: Path, index: int = 0) -> FontFile | None:
    """The face where it can be embedded in a PDF: TrueType outlines, and its licence bits allow it. Else None."""
    try:
        with path.open("rb") as stream:
            tables = _tables(stream.read(_HEADER_BYTES), index)
            if tables is None or not tables.keys() >= _NEEDED_TABLES:
                return None
            if not _may_embed(_read_table(stream, tables[b"OS/2"])):
                return None
            name = _full_name(_read_table(stream, tables[b"name"]))
    except (OSError, struct.error):  # unreadable or cut off: no face to print with
        return None
    return FontFile(path, index, name or path.stem)


def _shipped(name: str) -> FontFile:
    face = read_face(FONTS / name)
    if face is None:
        raise MachineError("缺少随程序附带的字体", place=str(FONTS / name), remedy="请重新安装本程序")
    return face


def _first_usable(installed: Mapping[str, Path], names: Iterable[str]) -> tuple[FontFile, ...]:
    found = (read_face(installed[name]) for name in names if name in installed)
    face = next((face for face in found if face), None)
    return (face,) if face else ()


@cache
def _machine_fonts() -> Mapping[str, Path]:
    return _by_file_name(font_folders())


def _by_file_name(folders: Iterable[Path]) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for folder in folders:
        for path in _font_files(folder):
            files.setdefault(path.name.casefold(), path)
    return files


def _font_files(folder: Path) -> Iterator[Path]:
    for parent, subfolders, names in os.walk(folder):
        subfolders.sort()
        yield from (Path(parent, name) for name in sorted(names) if name.casefold().endswith((".ttf", ".ttc")))


def _tables(head: bytes, index: int) -> dict[bytes, tuple[int, int]] | None:
    """Tag -> (offset, length) of one face; None where it has no TrueType outlines."""
    start = 0
    if head[:4] == b"ttcf":
        (count,) = struct.unpack_from(">L", head, 8)
        if index >= count:
            return None
        (start,) = struct.unpack_from(">L", head, 12 + 4 * index)
    elif index:
        return None
    version, count = struct.unpack_from(">4sH", head, start)
    if version not in (b"\x00\x01\x00\x00", b"true"):
        return None
    records = (struct.unpack_from(">4sLLL", head, start + 12 + 16 * number) for number in range(count))
    return {tag: (offset, length) for tag, _checksum, offset, length in records}


def _read_table(stream: BinaryIO, record: tuple[int, int]) -> bytes:
    offset, length = record
    stream.seek(offset)
    return stream.read(length)


def _may_embed(os2: bytes) -> bool:
    """fsType: the mildest of its permissions holds; a PDF embeds outlines (not bitmaps only), and a subset of them."""
    (permissions,) = struct.unpack_from(">H", os2, 8)
    restricted, milder, no_subset, bitmap_only = 0x0002, 0x000C, 0x0100, 0x0200
    return not (permissions & (no_subset | bitmap_only) or permissions & (restricted | milder) == restricted)


def _full_name(names: bytes) -> str:
    """Name 4 of the Windows platform, in Chinese where the font has it; empty where there is none."""
    count, strings = struct.unpack_from(">HH", names, 2)
    found: dict[int, str] = {}
    for number in range(count):
        platform, _encoding, language, name, length, offset = struct.unpack_from(">6H", names, 6 + 12 * number)
        if platform == 3 and name == 4:
            start = strings + offset
            found[language] = names[start : start + length].decode("utf-16-be", "replace")
    return found.get(_CHINESE) or found.get(_ENGLISH) or next(iter(found.values()), "")
