"""Which face draws which character."""

from __future__ import annotations

from assessor.fonts import Slot
from assessor.reports.text.faces import SUBSTITUTE
from assessor.reports.text.runs import shape


def faces(text: str, slot: Slot) -> list[str]:
    return [glyph.face.name for glyph in shape(text, slot) if glyph.face is not None]


def test_digits_and_letters_beside_body_text_are_latin() -> None:
    assert faces("第3项A", Slot.FANG) == [
        "AssessorFang-Regular",
        "LiberationSerif",
        "AssessorFang-Regular",
        "LiberationSerif",
    ]


def test_digits_in_a_bold_title_are_bold_latin() -> None:
    assert faces("22", Slot.TITLE) == ["LiberationSerif-Bold"] * 2


def test_sans_text_keeps_its_own_digits() -> None:
    assert set(faces("表1", Slot.HEI)) == {"NotoSansSC-Regular"}


def test_quotes_are_full_width_in_every_chinese_face() -> None:
    for slot in (Slot.SONG, Slot.TITLE, Slot.HEI, Slot.HEI_BOLD, Slot.KAI, Slot.FANG):
        assert all(glyph.width == 1.0 for glyph in shape("“”‘’·", slot)), slot


def test_dashes_meet_in_every_chinese_face() -> None:
    for slot in (Slot.SONG, Slot.TITLE, Slot.HEI, Slot.HEI_BOLD, Slot.KAI, Slot.FANG):
        assert all(glyph.width == 1.0 for glyph in shape("——", slot)), slot


def test_an_apostrophe_between_letters_is_latin() -> None:
    assert set(faces("don’t", Slot.FANG)) == {"LiberationSerif"}


def test_a_rare_character_of_a_name_comes_from_another_face_and_is_itself() -> None:
    glyphs = shape("王䶮㛃𬭎喆", Slot.FANG)
    assert [glyph.drawn for glyph in glyphs] == list("王䶮㛃𬭎喆")
    assert len({glyph.face for glyph in glyphs}) > 1


def test_a_character_that_no_face_has_is_drawn_as_the_substitute() -> None:
    (glyph,) = shape("\U0001f600", Slot.FANG)
    assert glyph.char == "\U0001f600"
    assert glyph.drawn == SUBSTITUTE


def test_control_characters_are_dropped_and_tabs_become_blanks() -> None:
    assert [glyph.drawn for glyph in shape("甲\u200b\r\t乙\ufeff", Slot.SONG)] == ["甲", " ", "乙"]


def test_segments_keep_their_slots() -> None:
    names = [glyph.face.name for glyph in shape([(Slot.HEI, "甲"), (Slot.KAI, "乙")], Slot.FANG) if glyph.face]
    assert names == ["NotoSansSC-Regular", "AssessorKai-Regular"]
