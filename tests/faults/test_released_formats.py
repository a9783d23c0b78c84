"""Every format that was ever released opens, with its data, its history and its way back. The files in ``released/``
were written by the program of their time and are never written anew."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.workbook.format import FORMAT_VERSION, SCHEMA_DIGESTS
from assessor.workbook.history import list_edits
from assessor.workbook.marks import load_marks
from assessor.workbook.salvage import salvage
from assessor.workbook.submissions import load_submissions
from assessor.workbook.undo import next_redo, next_undo, redo, undo
from assessor.workbook.workbook import Check, Workbook

RELEASED = Path(__file__).parent / "released"


def test_there_is_a_file_of_every_released_format() -> None:
    assert sorted(SCHEMA_DIGESTS) == sorted(int(file.stem.split("-")[1]) for file in RELEASED.glob("*.assess"))
    assert max(SCHEMA_DIGESTS) == FORMAT_VERSION


@pytest.mark.parametrize("version", sorted(SCHEMA_DIGESTS))
def test_a_released_format_opens_with_its_data_and_its_history(tmp_path: Path, version: int) -> None:
    path = tmp_path / "考核.assess"
    shutil.copyfile(RELEASED / f"format-{version}.assess", path)
    with Workbook.open(path, operator="张三", check=Check.FULL) as workbook:
        submission = load_submissions(workbook, 2023)[0]
        assert (submission.unit, submission.figures) == ("kexie", {"articles": Decimal("12.50")})
        assert [item.title for item in submission.evidence] == ["工作总结"]
        assert {unit: [mark.value for mark in marks] for unit, marks in load_marks(workbook, 2023).items()} == {
            "kexie": [Decimal("87.5")]
        }
        labels = [record.label for record in list_edits(workbook)]
        assert labels[-5:] == ["撤销 录入评分", "录入评分", "录入评分", "录入填报", "新建工作簿"]


def test_the_way_back_of_the_present_format_is_still_there(tmp_path: Path) -> None:
    path = tmp_path / "考核.assess"
    shutil.copyfile(RELEASED / f"format-{FORMAT_VERSION}.assess", path)
    with Workbook.open(path, operator="张三") as workbook:
        redo(workbook)
        assert set(load_marks(workbook, 2023)) == {"kexie", "nongye"}
        assert next_redo(workbook) is None
        while next_undo(workbook) is not None:
            undo(workbook)
        assert load_submissions(workbook, 2023) == ()


@pytest.mark.parametrize("page", [3, 20, 60, 91])
def test_an_older_format_is_salvaged_page_by_page(tmp_path: Path, page: int) -> None:
    """Damaged before it could be upgraded; wherever the page lies."""
    path, new = tmp_path / "考核.assess", tmp_path / "抢救.assess"
    content = bytearray((RELEASED / f"format-{FORMAT_VERSION - 1}.assess").read_bytes())
    content[page * 4096 : (page + 1) * 4096] = b"U" * 4096
    path.write_bytes(content)
    salvaged = salvage(path, new)
    assert salvaged.is_complete
    assert len(salvaged.items) <= 2
    with Workbook.open(new, check=Check.FULL) as workbook:
        assert load_submissions(workbook, 2023)[0].figures == {"articles": Decimal("12.50")}
