"""The shipped fonts print every name, and the office's own faces are used where they can be."""

from __future__ import annotations

import shutil
import struct
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from assessor.errors import MachineError
from assessor.fonts import Slot, bundled_font, font_chain, font_folders, read_face
from assessor.resources import FONTS, RESOURCES

RARE_NAME_CHARACTERS = "䶮㛃𬭎喆赟堃祎翀頔玥昇骉燚犇曌"
SIGNS = "、。〈〉《》「」『』【】〔〕—…“”‘’·〇①②③⑩⑳ⅠⅡⅫ㎡℃‰％（），：；！？×÷±≥≤→←↑↓■□▲△●○◆★"
ON_SCREEN = "✓✗×▶◀▲▼"
CHINESE_SLOTS = (Slot.SONG, Slot.TITLE, Slot.HEI, Slot.HEI_BOLD, Slot.KAI, Slot.FANG)


@cache
def opened(path: Path) -> TTFont:
    return TTFont(path, lazy=True)


def lacking(paths: list[Path], characters: str) -> str:
    cmaps = [opened(path).getBestCmap() for path in paths]
    return "".join(character for character in characters if not any(ord(character) in cmap for cmap in cmaps))


def bundled_chain(slot: Slot) -> list[Path]:
    return [face.path for face in font_chain(slot, folders=())]


@pytest.mark.parametrize("path", sorted(FONTS.glob("*.ttf")), ids=lambda path: path.stem)
def test_every_shipped_font_has_truetype_outlines_and_may_be_embedded(path: Path) -> None:
    assert read_face(path) is not None
    assert "CFF " not in opened(path)
    assert opened(path)["OS/2"].fsType == 0


@pytest.mark.parametrize("slot", CHINESE_SLOTS)
def test_every_chinese_face_and_its_fallbacks_cover_gbk(slot: Slot) -> None:
    hanzi = "".join(chr(point) for point in range(0x4E00, 0x9FA6))
    assert len(hanzi.encode("gbk")) == 2 * 20902
    assert lacking(bundled_chain(slot), hanzi) == ""


@pytest.mark.parametrize("slot", CHINESE_SLOTS)
def test_every_chinese_face_and_its_fallbacks_cover_rare_names_and_signs(slot: Slot) -> None:
    assert lacking(bundled_chain(slot), RARE_NAME_CHARACTERS + SIGNS) == ""


def test_the_faces_of_the_window_have_its_signs() -> None:
    assert lacking([*bundled_chain(Slot.HEI)], ON_SCREEN + SIGNS) == ""


def test_no_rare_character_is_an_empty_glyph() -> None:
    for slot in CHINESE_SLOTS:
        for path in bundled_chain(slot):
            font = opened(path)
            cmap = font.getBestCmap()
            for character in RARE_NAME_CHARACTERS:
                if ord(character) in cmap:
                    assert font["glyf"][cmap[ord(character)]].numberOfContours != 0, (path.name, character)


def test_fangsong_takes_rare_characters_from_a_light_face() -> None:
    first_fallback = bundled_chain(Slot.FANG)[1]
    assert first_fallback.name == "AssessorKai-Light.ttf"
    assert lacking([first_fallback], RARE_NAME_CHARACTERS[:11]) == ""


def test_postscript_names_are_unique_and_no_reserved_name_is_used() -> None:
    fonts = [opened(path) for path in FONTS.glob("*.ttf")]
    names = [font["name"].getDebugName(6) for font in fonts]
    assert len(set(names)) == len(names)
    shown = [str(record) for font in fonts for record in font["name"].names if record.nameID in (1, 4, 6, 16)]
    assert not [name for name in shown if "LXGW" in name or "霞鹜" in name or "Fandol" in name]


def test_resources_stay_below_60_megabytes() -> None:
    assert sum(path.stat().st_size for path in RESOURCES.rglob("*") if path.is_file()) < 60_000_000


def test_every_font_has_its_licence_beside_it() -> None:
    licences = {path.name.partition("-")[0] for path in (FONTS / "licences").glob("*.txt")}
    assert {path.name.partition("-")[0] for path in FONTS.glob("*.ttf")} == licences
    assert "SIL OPEN FONT LICENSE" in (FONTS / "licences" / "AssessorKai-OFL.txt").read_text("utf-8")
    assert "As a special exception" in (FONTS / "licences" / "AssessorFang-GPL.txt").read_text("utf-8")


def test_every_slot_has_a_bundled_face() -> None:
    for slot in Slot:
        assert font_chain(slot, folders=())[0].path == bundled_font(slot)


def test_an_installed_office_face_comes_first(tmp_path: Path) -> None:
    own = tmp_path / "truetype" / "SimFang.TTF"
    own.parent.mkdir()
    shutil.copyfile(bundled_font(Slot.LATIN), own)
    chain = font_chain(Slot.FANG, folders=[tmp_path])
    assert chain[0].path == own
    assert chain[0].name == "Liberation Serif"
    assert chain[1].path == bundled_font(Slot.FANG)


def test_the_usual_face_of_official_papers_wins_over_another_installed_one(tmp_path: Path) -> None:
    for name in ("simkai.ttf", "楷体_GB2312.ttf"):
        shutil.copyfile(bundled_font(Slot.LATIN), tmp_path / name)
    assert font_chain(Slot.KAI, folders=[tmp_path])[0].path.name == "楷体_GB2312.ttf"


def test_a_face_of_a_collection_is_used(tmp_path: Path) -> None:
    path = tmp_path / "simsun.ttc"
    path.write_bytes(as_collection(bundled_font(Slot.LATIN).read_bytes()))
    assert font_chain(Slot.SONG, folders=[tmp_path])[0].path == path
    assert read_face(path, 1) is None


def test_a_face_that_forbids_embedding_is_passed_over(tmp_path: Path) -> None:
    font = TTFont(bundled_font(Slot.LATIN))
    for permissions, usable in ((0x0002, False), (0x0100, False), (0x0200, False), (0x0008, True), (0x000A, True)):
        font["OS/2"].fsType = permissions
        font.save(tmp_path / "simhei.ttf")
        assert (font_chain(Slot.HEI, folders=[tmp_path])[0].path.parent == tmp_path) is usable


@pytest.mark.parametrize("content", [b"", b"OTTO" + bytes(200), b"\x00\x01\x00\x00\x00\x10", b"ttcf" + bytes(8)])
def test_a_broken_file_or_one_with_other_outlines_is_passed_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "simhei.ttf").write_bytes(content)
    assert font_chain(Slot.HEI, folders=[tmp_path])[0].path == bundled_font(Slot.HEI)


def test_a_missing_shipped_font_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessor.fonts.FONTS", tmp_path)
    with pytest.raises(MachineError, match=r"NotoSerifSC-Regular\.ttf"):
        font_chain(Slot.SONG, folders=())


def test_the_environment_can_ask_for_bundled_faces_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESSOR_FONTS", "bundled")
    assert font_chain(Slot.LATIN) == font_chain(Slot.LATIN, folders=())


def test_font_folders_of_the_user_come_before_those_of_the_system() -> None:
    linux = font_folders({"HOME": "/home/li"}, "linux")
    assert linux[:2] == (Path("/home/li/.local/share/fonts"), Path("/home/li/.fonts"))
    assert Path("/usr/share/fonts") in linux
    windows = font_folders({"LOCALAPPDATA": "L", "WINDIR": "W"}, "win32")
    assert windows == (Path("L", "Microsoft", "Windows", "Fonts"), Path("W", "Fonts"))


def as_collection(font: bytes) -> bytes:
    """A .ttc of one face: every offset of its table directory moves by the length of the collection's header."""
    header = b"ttcf" + struct.pack(">LLL", 0x00010000, 1, 16)
    (count,) = struct.unpack_from(">H", font, 4)
    moved = bytearray(font)
    for number in range(count):
        place = 12 + 16 * number + 8
        struct.pack_into(">L", moved, place, struct.unpack_from(">L", font, place)[0] + len(header))
    return header + bytes(moved)
