"""Where lines end, by characters of one width."""

from __future__ import annotations

import pytest

from assessor.reports.text.breaking import Break, break_before, break_lines


def broken(text: str, em: int, *, first: int | None = None, spare: float = 0.0) -> list[str]:
    """Lines of ``em`` characters where Chinese is 1 wide, ASCII 0.5, and full-width marks can lose ``spare``."""
    widths = [0.5 if char < "\u0100" else 1.0 for char in text]
    can_lose = [spare if char in "，。、；：）》”（《“" else 0.0 for char in text]
    lines = break_lines(text, widths, can_lose, (em if first is None else first, em), 1.0)
    return [text[line.start : line.end] for line in lines]


def test_lines_are_filled_to_the_last_character() -> None:
    assert broken("一二三四五六七八九十", 4) == ["一二三四", "五六七八", "九十"]


def test_an_empty_text_is_one_empty_line() -> None:
    assert broken("", 4) == [""]


def test_a_typed_line_end_ends_the_line() -> None:
    assert broken("一二\n\n三", 4) == ["一二", "", "三"]


def test_the_first_line_may_be_shorter() -> None:
    assert broken("一二三四五六", 4, first=2) == ["一二", "三四五六"]


def test_a_closer_that_does_not_fit_takes_a_character_along() -> None:
    assert broken("一二三四。五六", 4) == ["一二三", "四。五六"]


def test_a_closer_is_pulled_in_where_punctuation_can_be_squeezed() -> None:
    assert broken("一、三四。五六", 4, spare=0.5) == ["一、三四。", "五六"]


def test_a_single_closer_is_not_left_for_the_last_line() -> None:
    assert broken("一、三四。", 4, spare=0.5) == ["一、三四。"]


def test_an_opener_goes_to_the_next_line_with_what_it_opens() -> None:
    assert broken("一二三（四五", 4) == ["一二三", "（四五"]


def test_dashes_and_dots_stay_in_pairs() -> None:
    assert broken("一二三——四五", 4) == ["一二三", "——四五"]
    assert broken("一二三……四五", 4) == ["一二三", "……四五"]


def test_a_number_keeps_its_unit() -> None:
    assert broken("一二三四五六七八九2025年", 11) == ["一二三四五六七八九", "2025年"]


def test_a_word_longer_than_the_line_is_broken_inside() -> None:
    assert broken("abcdefghijkl", 4) == ["abcdefgh", "ijkl"]


def test_an_address_is_broken_after_its_hyphen_rather_than_stretched() -> None:
    assert broken("一二三abc-defghi", 6) == ["一二三abc-", "defghi"]


def test_blanks_at_a_line_end_are_left_out() -> None:
    assert broken("ab cd ef", 1) == ["ab", "cd", "ef"]


@pytest.mark.parametrize(
    ("text", "index", "willing"),
    [
        ("中文", 1, Break.FREE),
        ("中，文", 1, Break.NEVER),
        ("中（文", 2, Break.NEVER),
        ("12", 1, Break.INSIDE),
        ("3月", 1, Break.TIED),
        ("第3", 1, Break.TIED),
        ("8 分", 2, Break.TIED),
        ("5-3", 2, Break.INSIDE),
        ("b-d", 2, Break.SOFT),
        ("= 7", 2, Break.FREE),
        ("2021—2025", 4, Break.NEVER),
        ("2021—2025", 5, Break.SOFT),
        ("中——文", 1, Break.FREE),
        ("中——文", 2, Break.NEVER),
        ("和/或", 1, Break.NEVER),
        ("（ 中", 2, Break.NEVER),
    ],
)
def test_places_differ_in_how_willingly_a_line_ends_there(text: str, index: int, willing: Break) -> None:
    assert break_before(text, index) is willing
