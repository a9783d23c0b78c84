from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.workbook.evidence_names import NAMELESS, folded, kept_name, numbered_name, safe_name

_TEXT = st.text(alphabet=st.characters(), max_size=300)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("2023年工作总结.pdf", "2023年工作总结.pdf"),
        ("䶮㛃 名单.xlsx", "䶮㛃 名单.xlsx"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("COM1 .tar.gz", "_COM1 .tar.gz"),
        ("LPT².doc", "_LPT².doc"),
        ("console.txt", "console.txt"),
        ("总结.", "总结"),
        ("总结. . ", "总结"),
        ("..", NAMELESS),
        ("", NAMELESS),
        (" . ", NAMELESS),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("C:\\资料\\表.xls", "C__资料_表.xls"),
        ('问?"*<>|.txt', "问______.txt"),
        ("一\n二\x00三\x7f.txt", "一_二_三_.txt"),
        ("照片\u202egpj.exe", "照片_gpj.exe"),
        ("坏\udcff字节.pdf", "坏_字节.pdf"),
        (".gitignore", ".gitignore"),
    ],
)
def test_a_name_is_made_safe_and_stays_recognisable(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("CON", "CON"),
        ("总结. ", "总结. "),
        ("甲/乙\\丙.pdf", "甲/乙\\丙.pdf"),
        ("一\n二\x00.txt", "一_二_.txt"),
        ("照片\u202egpj.exe", "照片_gpj.exe"),
        ("\udcff.pdf", "_.pdf"),
        ("", NAMELESS),
        (" .\u200f", NAMELESS),
    ],
)
def test_a_name_is_kept_for_display_but_for_what_would_show_it_falsely(name: str, kept: str) -> None:
    assert kept_name(name) == kept


def test_a_name_of_255_bytes_stays_and_a_longer_one_is_cut_between_characters_before_its_ending() -> None:
    longest = "长" * 83 + "ab.pdf"
    assert len(longest.encode()) == 255
    assert safe_name(longest) == longest
    cut = safe_name("长" * 100 + ".pdf")
    assert cut == "长" * 83 + ".pdf"
    assert numbered_name(longest, {folded(longest)}).endswith(" (2).pdf")
    assert len(numbered_name(longest, {folded(longest)}).encode()) <= 255


def test_names_that_are_one_on_windows_are_numbered() -> None:
    assert numbered_name("A.PDF", {folded("a.pdf"), folded("A (2).pdf")}) == "A (3).PDF"
    assert numbered_name("é.pdf", {folded("é.pdf")}) == "é (2).pdf"
    assert numbered_name("无后缀", {folded("无后缀")}) == "无后缀 (2)"


@given(_TEXT)
def test_whatever_a_name_is_the_safe_one_names_one_file_in_its_folder(name: str) -> None:
    safe = safe_name(name)
    assert safe_name(safe) == safe
    assert 0 < len(safe.encode()) <= 255
    assert not set(safe) & set('\\/:*?"<>|\x00\n\r')
    assert safe not in (".", "..")
    assert safe == safe.strip(" ").rstrip(".")
    assert safe.partition(".")[0].strip().upper() not in ("CON", "NUL", "AUX", "PRN", "COM1")
    kept_name(name).encode()
