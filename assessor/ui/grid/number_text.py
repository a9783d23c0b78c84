"""A number as it is typed with a Chinese keyboard, or copied from a formatted cell, as plain digits."""

from __future__ import annotations

import re

_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
_PLAIN = {ord(wide): ord(wide) - 0xFEE0 for wide in "０１２３４５６７８９．，＋－％／"} | {
    ord("。"): ord("."),
    ord("−"): ord("-"),
    ord("\u3000"): ord(" "),
    ord("\xa0"): ord(" "),
}


def plain_signs(typed: str) -> str:
    """Full-width digits and signs become ASCII, 。 becomes the decimal point; as many characters as before."""
    return typed.translate(_PLAIN)


def plain_number(typed: str) -> str:
    """Also without spaces around it and without the commas of 1,234.5; all else stays."""
    text = plain_signs(typed).strip()
    return text.replace(",", "") if _GROUPED.fullmatch(text) else text
