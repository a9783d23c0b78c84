"""The map from codes to characters in an embedded subset, so that copied text is right.

ReportLab writes characters beyond the BMP as five hexadecimal digits (which readers take for another character) and
more than the hundred entries that one block may hold. Installing replaces its function.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfbase import ttfonts

_BLOCK = 100


def to_unicode_map(font_name: str, subset: Sequence[int]) -> str:
    """The CMap for ``subset`` (code -> character), after ISO 32000-1, 9.10.3."""
    entries = [
        f"<{code:02X}> <{chr(character).encode('utf-16-be').hex().upper()}>" for code, character in _used(subset)
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
        f"/CMapName /{font_name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for start in range(0, len(entries), _BLOCK):
        block = entries[start : start + _BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


def _used(subset: Sequence[int]) -> list[tuple[int, int]]:
    """Codes that stand for a character; the filling before the first one (0 and repeated blanks) is left out."""
    return [(code, character) for code, character in enumerate(subset) if character and (character != 32 or code == 32)]


def _utf16(character: int) -> str:
    return chr(character).encode("utf-16-be").hex().upper()


def install() -> None:
    ttfonts.makeToUnicodeCMap = to_unicode_map
