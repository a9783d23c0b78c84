"""Names of evidence files: as they are kept for display, and as they can be written on any system.

A name is data: it may have come from another system, an archive or the clipboard, and never names a place on disk.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

NAMELESS = "未命名文件"
_MOST_BYTES = 255
"""Of a file's name on the usual file systems, in UTF-8; Windows allows as many UTF-16 units, which are never more."""
_MOST_SUFFIX_BYTES = 40
_FORBIDDEN = '\\/:*?"<>|'
_TURNS_TEXT = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks of writing direction: invisible, and able to show gpj.exe as exe.jpg."""
_DEVICES = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"]
    + [f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"]
)
"""What Windows takes for a device, whatever follows after a dot."""

_PROGRAMS = frozenset(
    [
        "appimage",
        "application",
        "bat",
        "cmd",
        "com",
        "cpl",
        "desktop",
        "exe",
        "hta",
        "jar",
        "js",
        "jse",
        "lnk",
        "msc",
        "msi",
        "msp",
        "pif",
        "ps1",
        "py",
        "pyw",
        "reg",
        "scr",
        "sh",
        "url",
        "vbe",
        "vbs",
        "wsf",
        "wsh",
    ]
)
"""Endings of what runs when it is opened."""


def kept_name(name: str) -> str:
    """As the workbook keeps and shows it: the user's own, without what no page can show or what would show it falsely
    (control characters, bytes that are no text, marks of writing direction)."""
    kept = "".join("_" if _is_unshowable(sign) else sign for sign in name)
    return kept if kept.strip(" ._") else NAMELESS


def safe_name(name: str) -> str:
    """A file name that Windows and Linux take, as near to ``name`` as can be, its ending kept."""
    signs = ("_" if sign in _FORBIDDEN or _is_unshowable(sign) else sign for sign in name)
    safe = "".join(signs).strip(" ").rstrip(". ")
    if not safe.strip("._ "):
        safe = NAMELESS
    if safe.partition(".")[0].rstrip(" ").upper() in _DEVICES:
        safe = f"_{safe}"
    return _shortened(safe, "")


def numbered_name(name: str, taken: Collection[str]) -> str:
    """``safe_name``, with (2), (3) ... before its ending where ``taken`` (folded names, see ``folded``) has it."""
    safe, number = safe_name(name), 1
    result = safe
    while folded(result) in taken:
        number += 1
        result = _shortened(safe, f" ({number})")
    return result


def folded(name: str) -> str:
    """Equal for names that are one file on Windows or after being copied between systems."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def is_program(name: str) -> bool:
    """Whether opening a file of that name would run it."""
    return safe_name(name).rpartition(".")[2].lower() in _PROGRAMS


def _is_unshowable(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or sign in _TURNS_TEXT


def _shortened(name: str, mark: str) -> str:
    """With ``mark`` before the ending, cut between characters so that all of it fits."""
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix.encode()) > _MOST_SUFFIX_BYTES:
        stem, dot, suffix = name, "", ""
    tail = mark + dot + suffix
    room = _MOST_BYTES - len(tail.encode())
    cut = stem.encode()[:room].decode("utf-8", "ignore")
    return (cut if cut == stem else cut.rstrip(". ")) + tail
