"""Set lines over random text in the shipped faces."""

from __future__ import annotations

import re

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessor.fonts import Slot
from assessor.reports.text.breaking import CLOSERS, OPENERS
from assessor.reports.text.line import set_text
from assessor.reports.text.style import CHARACTER_PITCH, Align, TextStyle
from tests.reports.text.printing import plain

TOKENS = st.one_of(
    st.text(
        "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三",
        min_size=1,
        max_size=6,
    ),
    st.sampled_from("，。、；：？！）》」』】”’"),
    st.sampled_from("（《「『【“‘"),
    st.sampled_from(
        ["——", "……", "2021—2025年", "95.36%", "8 分", "kexie@yichun.gov.cn", "3.2个", " ", "第12项", "A1.1"]
    ),
    st.integers(0, 10**9).map(str),
    st.sampled_from(["喆", "赟", "䶮", "㛃", "𬭎", "頔", "×", "～", "·", "％", "①", "Ⅲ"]),
)
TEXTS = st.lists(TOKENS, min_size=1, max_size=60).map("".join)
SLOTS = st.sampled_from([Slot.FANG, Slot.SONG, Slot.KAI, Slot.HEI, Slot.TITLE])
UNBREAKABLE = re.compile("[" + re.escape("".join(CLOSERS | OPENERS)) + "—…]{5,}")


@settings(max_examples=400, deadline=None)
@given(
    text=TEXTS,
    slot=SLOTS,
    characters=st.integers(10, 28),
    indent=st.sampled_from([0, 2]),
    align=st.sampled_from(list(Align)),
    pitched=st.booleans(),
)
def test_no_line_loses_text_or_is_too_wide_or_breaks_kinsoku(
    text: str, slot: Slot, characters: int, indent: int, align: Align, pitched: bool
) -> None:
    assume(not UNBREAKABLE.search(text))
    style = TextStyle(slot=slot, pitch=CHARACTER_PITCH if pitched else None, first_indent=indent, align=align)
    width = characters * style.character

    lines = set_text(text, style, width)

    assert plain("".join(line.text for line in lines)) == plain(text)
    for line in lines:
        assert line.x + line.width <= width + 0.05
    for line in lines[1:]:
        assert line.text[0] not in CLOSERS
    for line in lines[:-1]:
        assert line.text[-1] not in OPENERS


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=80), characters=st.integers(1, 12))
def test_any_text_at_all_is_set_within_its_width(text: str, characters: int) -> None:
    style = TextStyle(slot=Slot.SONG, size=12, leading=18, align=Align.LEFT)
    for line in set_text(text, style, characters * 12.0):
        assert line.width <= characters * 12.0 + 0.05 or len(line.glyphs) == 1


def test_full_lines_reach_both_margins() -> None:
    text = "为贯彻落实《全民科学素质行动规划纲要（2021—2035年）》，市科协等8个单位完成率达95.36%，特此报告。" * 5
    style = TextStyle(pitch=CHARACTER_PITCH)
    width = 28 * CHARACTER_PITCH
    lines = set_text(text, style, width)
    assert len(lines) > 5
    for line in lines[:-1]:
        assert abs(line.width - width) < 0.3
    assert lines[-1].width < width


def test_squeezing_takes_the_blank_at_the_line_end_first() -> None:
    style = TextStyle(slot=Slot.SONG, size=10, leading=15)
    line = set_text("一、二三四五六七。", style, 85.0)[0]
    assert line.text == "一、二三四五六七。"
    assert line.cuts[-1][1] > line.cuts[1][1]
    assert abs(line.width - 85.0) < 0.01


def test_digits_are_not_spread_when_a_line_is_justified() -> None:
    text = "完成1234567项任务" * 8
    lines = set_text(text, TextStyle(size=16), 160.0)
    assert any(line.spread > 0 for line in lines)
    for line in lines:
        solid = [glyph for glyph in line.glyphs if glyph.char.isdigit()]
        assert all(glyph.solid for glyph in solid)


def test_right_and_centred_lines_stand_where_they_should() -> None:
    right = set_text("三个字", TextStyle(size=10, align=Align.RIGHT), 100.0)[0]
    centred = set_text("三个字", TextStyle(size=10, align=Align.CENTER), 100.0)[0]
    assert right.x == 70.0
    assert centred.x == 35.0


def test_a_balanced_title_has_lines_of_about_one_length() -> None:
    title = "关于二〇二二年度全民科学素质工作考核结果的通报和下一步工作要求"
    style = TextStyle(slot=Slot.TITLE, size=22, leading=35, align=Align.CENTER, balanced=True)
    lines = set_text(title, style, 440.0)
    assert len(lines) == 2
    assert abs(len(lines[0].text) - len(lines[1].text)) <= 1
