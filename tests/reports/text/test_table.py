"""Ruled tables on pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from reportlab.platypus import Spacer

from assessor.fonts import Slot
from assessor.reports.official import GridSnap
from assessor.reports.text.paragraph import GridParagraph, TextStyle
from assessor.reports.text.style import CELL, GRID_PITCH, MM, Align
from assessor.reports.text.table import RuledTable, ruled_table
from tests.reports.text.printing import baselines, page_code, plain, print_story, read_pages, run_tool

WIDTHS = [40.0, 140.0, 60.0, 202.0]
HEAD = [["序号", "单位", "得分", "说明"]]


def numbered(count: int, *, note: str = "齐全") -> list[list[str]]:
    return [[str(number), "市农业农村局", "95.00", note] for number in range(1, count + 1)]


def table_of(rows: list[list[str]], **options: object) -> RuledTable:
    return ruled_table(HEAD, rows, WIDTHS, caption="表1 考核结果", note="单位：分", **options)  # type: ignore[arg-type]


def test_a_long_table_repeats_caption_and_head_on_each_page_and_loses_no_row() -> None:
    pdf, _ = print_story([table_of(numbered(200))])
    pages = read_pages(pdf)
    assert len(pages) > 5
    for number, page in enumerate(pages):
        assert page.count("序号") == 1
        assert ("表1 考核结果（续）" in page) == (number > 0)
        assert "单位：分" in page
    found = re.findall(r"^(\d+) 市农业农村局 95.00 齐全$", "\n".join(pages), re.M)
    assert [int(number) for number in found] == list(range(1, 201))


def test_a_cell_of_five_thousand_characters_goes_on_over_pages_and_loses_nothing() -> None:
    long = "".join(chr(0x4E00 + number) for number in range(5000))
    rows = [["1", "a", "1.00", "b"]] * 3 + [["4", "c", "88.00", long], ["5", "d", "2.00", "e"]]
    pdf, log = print_story([Spacer(0, 10 * GRID_PITCH), ruled_table([["No", "Unit", "Points", "Text"]], rows, WIDTHS)])
    pages = read_pages(pdf)
    assert log.missing == ()
    assert len(pages) > 5
    assert all(page.count("Unit") == 1 for page in pages)
    assert "".join(re.findall("[\u4e00-\u9fff]", "".join(pages).replace("（续）", ""))) == long
    assert "e" in pages[-1]


def test_the_last_page_of_a_table_has_three_rows_at_least() -> None:
    for count in range(20, 34):
        pages = read_pages(print_story([table_of(numbered(count))])[0])
        if len(pages) > 1:
            assert pages[-1].count("市农业农村局") >= 3


def test_a_cut_row_is_named_again_on_the_next_page() -> None:
    pdf, _ = print_story([table_of([["1", "市科协", "88.00", "很长的说明" * 300]])])
    pages = read_pages(pdf)
    assert all("1（续）" in plain(page) for page in pages[1:])


def test_any_lengths_in_any_places_make_no_error_even_on_low_pages() -> None:
    for length in (0, 1, 50, 300, 900, 2000):
        for column in range(4):
            row = ["甲"] * 4
            row[column] = "长" * length
            story = [GridParagraph("文" * 60), table_of([*numbered(2), row, *numbered(2)], merge_columns=column)]
            pdf, _ = print_story(story, height=100 * MM)
            assert plain("".join(read_pages(pdf))).count("长") >= length


def test_a_merged_category_is_one_cell_and_is_named_again_on_the_next_page() -> None:
    rows = [["青少年行动", f"第{number}项", "8.00", ""] for number in range(40)]
    pdf, _ = print_story([table_of(rows, merge_columns=1)])
    pages = read_pages(pdf)
    assert len(pages) == 2
    assert [plain(page).count("青少年行动") for page in pages] == [1, 1]


def test_cells_are_copied_row_by_row_the_category_first() -> None:
    rows = [["甲", "子", "1", "一"], ["甲", "丑", "2", "二"], ["乙", "寅", "3", "三"]]
    pdf, _ = print_story([ruled_table([], rows, WIDTHS, merge_columns=1)])
    assert plain(read_pages(pdf)[0]) == "甲子1一丑2二乙寅3三"


def test_categories_merge_only_within_the_category_before_them() -> None:
    rows = [["甲", "子", "1", ""], ["甲", "子", "2", ""], ["乙", "子", "3", ""]]
    pdf, _ = print_story([table_of(rows, merge_columns=2)])
    text = plain(read_pages(pdf)[0])
    assert text.count("甲") == 1
    assert text.count("子") == 2


def test_a_merged_text_higher_than_its_rows_makes_the_last_row_higher() -> None:
    rows = [["一个相当长的类别名称" * 3, "子", "1", ""], ["一个相当长的类别名称" * 3, "子", "2", ""]]
    tall = table_of(rows, merge_columns=1)
    low = table_of([["短", *row[1:]] for row in rows], merge_columns=1)
    assert tall.wrap(500, 700)[1] > low.wrap(500, 700)[1]


def test_a_row_of_one_cell_spans_the_table_and_does_not_end_a_page() -> None:
    rows: list[list[str]] = []
    for number in range(60):
        rows += [["一、分组的标题"], ["1", f"单位{number}", "1.00", "说"]]
    pdf, _ = print_story([table_of(rows)])
    for page in read_pages(pdf):
        assert not page.rstrip().endswith("一、分组的标题")


def test_a_table_too_low_down_goes_to_the_next_page_with_its_caption() -> None:
    story = [GridParagraph("文" * (28 * 20 - 2)), table_of(numbered(8))]
    pages = read_pages(print_story(story)[0])
    assert len(pages) == 2
    assert pages[1].startswith("表1 考核结果\n")


def test_text_after_a_table_is_back_on_the_grid() -> None:
    story = [table_of(numbered(5)), GridSnap(GRID_PITCH, 0), GridParagraph("正文" * 100)]
    pdf, _ = print_story(story)
    alone, _ = print_story([GridParagraph("正文" * 400)])
    grid = baselines(alone)
    body = baselines(pdf)[-5:]
    assert all(min(abs(height - line) for line in grid) < 0.02 for height in body)


def test_columns_are_aligned_as_asked() -> None:
    pdf, _ = print_story(
        [table_of([["1", "甲", "9.00", "乙"]], aligns=[Align.LEFT, Align.LEFT, Align.RIGHT, Align.LEFT])]
    )
    places = [float(x) for x in re.findall(r"BT 1 0 0 1 (\S+) \S+ Tm", page_code(pdf))]
    assert 180 + 60 - 3 - 4 * 6 - 3 < places[-2] < 180 + 60 - 3 - 3 * 6


def test_rare_characters_are_drawn_in_cells(tmp_path: Path) -> None:
    pdf, log = print_story([ruled_table(HEAD, [["1", "王䶮㛃𬭎", "1.00", ""]], WIDTHS)])
    assert "王䶮㛃𬭎" in run_tool("pdftotext", "PDF", "-", pdf=pdf, folder=tmp_path)
    assert log.missing == ()


def test_the_table_brings_no_font_of_its_own(tmp_path: Path) -> None:
    pdf, _ = print_story([table_of(numbered(3))])
    assert "Helvetica" not in run_tool("pdffonts", "PDF", pdf=pdf, folder=tmp_path)


def test_the_head_is_grey_the_box_one_point_and_the_grid_half_a_point() -> None:
    code = page_code(print_story([table_of(numbered(2))])[0])
    assert ".93 g" in code
    assert re.search(r"^\.5 w$", code, re.M)
    assert re.search(r"^1 w$", code, re.M)


def test_a_table_without_rows_is_its_head() -> None:
    assert "序号" in read_pages(print_story([table_of([])])[0])[0]


def test_a_row_with_too_few_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="row 1 has 2 cells"):
        ruled_table(HEAD, [["1", "甲", "2", ""], ["2", "乙"]], WIDTHS)


def test_the_cell_style_sets_size_and_pitch_of_lines() -> None:
    small = TextStyle(slot=Slot.SONG, size=9, leading=12, align=Align.LEFT)
    low = table_of(numbered(10), cell_style=small, head_style=small).wrap(500, 700)[1]
    high = table_of(numbered(10)).wrap(500, 700)[1]
    assert high - low == pytest.approx(11 * (CELL.leading - 12) + (CELL.leading - 12))
