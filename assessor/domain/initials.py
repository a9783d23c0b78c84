"""First letters of Pinyin: 市科协 is found by ``skx``.

The first level of GB/T 2312 (3,755 characters) is ordered by Pinyin, so that a character's code tells its first letter.
Rarer characters, ordered by strokes there, have none; a character with several readings has the one it is ordered by.
"""

from __future__ import annotations

from bisect import bisect_right

_FIRST = {
    "a": 0xB0A1, "b": 0xB0C5, "c": 0xB2C1, "d": 0xB4EE, "e": 0xB6EA, "f": 0xB7A2, "g": 0xB8C1, "h": 0xB9FE,
    "j": 0xBBF7, "k": 0xBFA6, "l": 0xC0AC, "m": 0xC2E8, "n": 0xC4C3, "o": 0xC5B6, "p": 0xC5BE, "q": 0xC6DA,
    "r": 0xC8BB, "s": 0xC8F6, "t": 0xCBFA, "w": 0xCDDA, "x": 0xCEF4, "y": 0xD1B9, "z": 0xD4D1,
}  # fmt: skip
"""Letter -> GB/T 2312 code of the first character under it."""
_LETTERS, _CODES = tuple(_FIRST), tuple(_FIRST.values())
_LAST = 0xD7F9


def initials(text: str) -> str:
    """Of the characters that have one; letters and digits stand for themselves, everything else is left out."""
    return "".join(map(_initial, text))


def _initial(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    try:
        code = int.from_bytes(character.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    if not _CODES[0] <= code <= _LAST:
        return ""
    return _LETTERS[bisect_right(_CODES, code) - 1]
