"""Columns line up although Chinese characters are two cells wide."""

from __future__ import annotations

from assessor.cli.text_table import cell_width, format_table


def test_every_line_has_its_columns_at_the_same_cells() -> None:
    text = format_table(
        ["名次", "单位", "总分"], [["1", "市科协", "95.20"], ["10", "宜春职业技术学院", "8.00"]], left=(1,)
    )
    lines = text.splitlines()
    assert {cell_width(line) for line in lines} == {4 + 2 + 16 + 2 + 5}
    assert lines[1] == "   1  市科协            95.20"


def test_a_line_has_no_blanks_at_its_end() -> None:
    assert format_table(["单位", "说明"], [["市科协", ""]], left=(0, 1)).splitlines()[1] == "市科协"
