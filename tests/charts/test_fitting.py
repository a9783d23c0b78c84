"""Texts are made to fit: as they are, on two lines, smaller, or cut."""

from __future__ import annotations

import pytest

from assessor.charts.fitting import fit_text, shorten, text_width, wrap_text

COLLEGE = "宜春幼儿师范高等专科学校"


def test_a_short_text_keeps_its_size() -> None:
    assert fit_text("市科协", 30, 6, 8.5, 5).lines == ("市科协",)
    assert fit_text("市科协", 30, 6, 8.5, 5).size == 8.5


def test_a_long_text_takes_two_lines_where_the_row_is_high_enough() -> None:
    fitted = fit_text(COLLEGE, 24, 6, 8.5, 5)
    assert fitted.lines == ("宜春幼儿师范", "高等专科学校")
    assert max(text_width(line, fitted.size) for line in fitted.lines) <= 24


def test_a_long_text_in_a_low_row_gets_smaller() -> None:
    fitted = fit_text(COLLEGE, 26, 3.4, 7, 5)
    assert fitted.lines == (COLLEGE,)
    assert 5 <= fitted.size < 7
    assert text_width(COLLEGE, fitted.size) == pytest.approx(26)


def test_what_cannot_fit_is_cut_with_an_ellipsis() -> None:
    fitted = fit_text(COLLEGE * 3, 20, 3, 7, 5)
    assert fitted.lines[0].endswith("…")
    assert text_width(fitted.lines[0], fitted.size) <= 20


def test_shortening_leaves_what_fits() -> None:
    assert shorten("组织领导", 30, 7.5) == "组织领导"
    assert shorten("组织领导与保障", 15, 7.5) == "组织领导…"


def test_wrapped_lines_fit_and_none_begins_with_a_closing_mark() -> None:
    text = "完成率是各项任务完成量占目标的比例，没有报送的任务按零计；没有下达目标的任务不计入。"
    for width in range(12, 60, 3):
        lines = wrap_text(text, width, 7.5)
        assert "".join(lines) == text
        assert not any(line[0] in "，。；" for line in lines)
        assert all(text_width(line.rstrip("，。；"), 7.5) <= width for line in lines)
