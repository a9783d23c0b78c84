"""The map from codes to characters."""

from __future__ import annotations

import re

from assessor.reports.text.tounicode import to_unicode_map


def test_characters_beyond_the_bmp_are_surrogate_pairs() -> None:
    assert "<01> <D872DF4E>" in to_unicode_map("F", [0, 0x2CB4E])


def test_a_block_has_at_most_a_hundred_entries() -> None:
    text = to_unicode_map("F", [0, *range(0x4E00, 0x4E00 + 31), 32, *range(0x4F00, 0x4F00 + 220)])
    counts = [int(count) for count in re.findall(r"(\d+) beginbfchar", text)]
    assert counts == [100, 100, 52]
    assert len(re.findall(r"^<..> <", text, re.M)) - 1 == 252


def test_filling_is_left_out() -> None:
    text = to_unicode_map("F", [0, 0x4E00, *([32] * 31)])
    assert "1 beginbfchar" not in text
    assert re.findall(r"^<(..)> <(....)>$", text, re.M) == [("01", "4E00"), ("20", "0020")]
