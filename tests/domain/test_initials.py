"""First letters of Pinyin, by the order of GB/T 2312."""

from __future__ import annotations

import pytest

from assessor.domain.initials import initials


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("市科协", "skx"),
        ("统计局", "tjj"),
        ("袁州区", "yzq"),
        ("啊座", "az"),
        ("A1.6 科普日", "a16kpr"),
        ("䶮", ""),
        ("", ""),
    ],
)
def test_each_character_gives_the_letter_it_is_ordered_by(text: str, letters: str) -> None:
    assert initials(text) == letters
