"""Tables as files: read back by other means, text for text; nothing becomes a formula."""

from __future__ import annotations

import csv
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assessor.errors import OutputError
from assessor.exchange.table_file import write_table
from assessor.work import Work

HEAD = ("项目", "值")
NASTY = ["=1+1", "+1", "-5", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "http://x", "00123", "1.50", "甲\n乙", ""]
ROWS = [("a", text) for text in NASTY]


def test_a_sheet_holds_every_text_as_text(tmp_path: Path) -> None:
    path = tmp_path / "历史.xlsx"
    write_table(path, "修改历史", HEAD, ROWS, Work())
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        shared = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    types = set(re.findall(r'<c [^>]*?t="(\w+)"', sheet))
    assert types == {"s"}
    texts = {item.text or "" for item in shared.iter() if item.tag.endswith("}t")}
    assert {text for text in NASTY if text} <= texts


def test_a_csv_is_read_by_excel_in_chinese_and_never_calculates(tmp_path: Path) -> None:
    path = tmp_path / "历史.csv"
    write_table(path, "修改历史", HEAD, ROWS, Work())
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = csv.reader(stream)
    assert tuple(head) == HEAD
    for (_name, text), (_first, cell) in zip(ROWS, rows, strict=True):
        assert cell in (text, f"'{text}")
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("name", ["历史.txt", "历史", "没有/历史.xlsx"])
def test_another_name_or_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError):
        write_table(tmp_path / name, "修改历史", HEAD, ROWS, Work())
    assert list(tmp_path.iterdir()) == []


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "长.xlsx"
    write_table(path, "长", HEAD, [("a", "长" * 40_000)], Work())
    with zipfile.ZipFile(path) as archive:
        assert "已截断" in archive.read("xl/sharedStrings.xml").decode()
