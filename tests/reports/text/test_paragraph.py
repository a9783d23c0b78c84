"""Paragraphs on the page: the grid, splitting, and copied text."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

from reportlab.platypus import Spacer

from assessor.fonts import Slot
from assessor.reports.text.paragraph import BODY, GridParagraph, TextStyle
from assessor.reports.text.style import GRID_PITCH, Align
from tests.reports.text.printing import baselines, page_code, plain, print_story, read_pages, run_tool

HANZI = "全民科学素质行动规划纲要实施方案工作领导小组办公室成员单位县市区年度考核结果"


def test_a_page_has_22_lines_a_grid_pitch_apart_and_28_characters_a_line() -> None:
    pdf, _ = print_story([GridParagraph(HANZI * 40, TextStyle(pitch=BODY.pitch, first_indent=0))])
    pages = read_pages(pdf)
    heights = baselines(pdf)
    assert len(heights) == 22
    assert all(abs(upper - lower - 28.991) < 0.02 for upper, lower in pairwise(heights))
    assert [len(line) for line in pages[0].splitlines()] == [28] * 22
    assert "-0.206 Tc" in page_code(pdf) or "-0.207 Tc" in page_code(pdf)


def test_the_first_line_is_indented_by_two_characters() -> None:
    pdf, _ = print_story([GridParagraph(HANZI * 3)])
    assert [len(line) for line in read_pages(pdf)[0].splitlines()[:2]] == [26, 28]


def test_a_paragraph_goes_on_over_pages_without_loss() -> None:
    text = "".join(random.Random(7).choices(HANZI + "，。", k=3000)).lstrip("，。")
    pdf, _ = print_story([Spacer(0, 3 * GRID_PITCH), GridParagraph(text), GridParagraph("尾段。")])
    pages = read_pages(pdf)
    assert len(pages) > 3
    assert plain("".join(pages)) == text + "尾段。"
    assert len(baselines(pdf, 1)) == 22


def test_rare_characters_are_copied_right_by_two_readers(tmp_path: Path) -> None:
    text = "联系人：䶮㛃、𬭎先生，喆赟堃祎頔。"
    pdf, log = print_story([GridParagraph(text, TextStyle(slot=slot)) for slot in (Slot.FANG, Slot.SONG, Slot.KAI)])
    assert log.missing == ()
    assert plain("".join(read_pages(pdf))) == text * 3
    assert plain(run_tool("pdftotext", "PDF", "-", pdf=pdf, folder=tmp_path)) == text * 3


def test_copied_text_has_no_blanks_that_were_not_typed(tmp_path: Path) -> None:
    chance = random.Random(3)
    pieces = [
        "完成率达95.36%",
        "市科协等8个单位",
        "（2021—2035年）",
        "“科普中国”",
        "、",
        "，",
        "。",
        "传播量1.2亿次",
        "联系电话0795-3997116",
        "进行了考核",
        "kexie@yichun.gov.cn",
        "——",
        "……",
    ]
    texts = ["考核" + "".join(chance.choices(pieces, k=40)) for _ in range(40)]
    style = TextStyle(pitch=BODY.pitch)
    pdf, _ = print_story([GridParagraph(text, style) for text in texts])
    wanted = "".join(texts)
    poppler = run_tool("pdftotext", "PDF", "-", pdf=pdf, folder=tmp_path)
    assert " " not in poppler
    assert plain(poppler) == wanted
    pages = "".join(read_pages(pdf))
    assert " " not in pages
    assert plain(pages) == wanted


def test_only_subsets_with_a_map_to_characters_are_embedded(tmp_path: Path) -> None:
    story = [GridParagraph("各种字体2022 Abc“”——", TextStyle(slot=slot)) for slot in Slot]
    pdf, _ = print_story(story)
    lines = run_tool("pdffonts", "PDF", pdf=pdf, folder=tmp_path).splitlines()[2:]
    assert len(lines) >= 8
    for line in lines:
        assert line.split()[-5:-2] == ["yes", "yes", "yes"], line
        assert "Helvetica" not in line


def test_the_same_story_makes_the_same_bytes() -> None:
    story = [(HANZI + "2022年，") * 20, "䶮㛃𬭎"]
    assert print_story([GridParagraph(t) for t in story])[0] == print_story([GridParagraph(t) for t in story])[0]


def test_a_colour_is_used_and_does_not_stay() -> None:
    pdf, _ = print_story([GridParagraph("红", TextStyle(color="#ff0000")), GridParagraph("黑")])
    code = page_code(pdf)
    assert code.index("1 0 0 rg") < code.index("0 0 0 rg")


def test_typed_line_ends_and_centring_are_kept() -> None:
    pdf, _ = print_story([GridParagraph("第一行\n第二行的字", TextStyle(align=Align.CENTER, first_indent=0))])
    assert read_pages(pdf)[0].split() == ["第一行", "第二行的字"]
