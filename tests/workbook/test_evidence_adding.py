from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assessor.errors import InputError
from assessor.work import Cancelled, Work
from assessor.workbook.evidence import EvidenceFacts, Owner
from assessor.workbook.evidence_adding import Content, Draft, add_drafts, attach_source
from assessor.workbook.evidence_list import list_evidence
from assessor.workbook.evidence_store import read_stored, store_of, stored_names
from assessor.workbook.settings import load_settings, save_settings
from assessor.workbook.submissions import save_submission
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import own_form, small_workbook

OWN = Owner("", 1)


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with small_workbook(tmp_path) as opened:
        with opened.edit("录入填报") as edit:
            save_submission(edit, 2023, own_form())
            save_submission(edit, 2023, own_form("nongye"))
        yield opened


def file(folder: Path, name: str, content: bytes = b"proof") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def draft(source: Path | Content | None, unit: str = "kexie", title: str = "总结") -> Draft:
    return Draft(unit, EvidenceFacts(title, OWN), source)


def edits(workbook: Workbook) -> list[str]:
    return [row["label"] for row in workbook.rows("SELECT label FROM edit ORDER BY id")]


def test_several_files_are_added_in_one_edit(workbook: Workbook, tmp_path: Path) -> None:
    drafts = [draft(file(tmp_path, "一.pdf", b"1")), draft(Content("图.png", b"2")), draft(None, title="待补")]
    before = edits(workbook)
    added = add_drafts(workbook, 2023, drafts, Work())
    assert edits(workbook) == [*before, "添加 3 件佐证材料"]
    items = list_evidence(workbook, 2023)
    assert [item.key for item in items] == list(added.keys)
    assert [item.file.name if item.file else None for item in items] == ["一.pdf", "图.png", None]
    contents = [read_stored(store_of(workbook), item.file) for item in items if item.file]
    assert contents == [b"1", b"2"]
    assert added.notes == ()


def test_a_file_that_is_used_elsewhere_is_pointed_out_with_both_places(workbook: Workbook, tmp_path: Path) -> None:
    add_drafts(workbook, 2023, [draft(file(tmp_path, "总结.pdf"))], Work())
    added = add_drafts(workbook, 2023, [draft(file(tmp_path, "我的.pdf"), "nongye", "我的总结")], Work())
    assert added.notes == ("“我的.pdf”与以下材料是同一个文件：2023 年度 市科协 年度填报表“总结”",)


def test_an_altered_file_is_mended_and_said_so(workbook: Workbook, tmp_path: Path) -> None:
    path = file(tmp_path, "总结.pdf")
    (key,) = add_drafts(workbook, 2023, [draft(path)], Work()).keys
    (name,) = stored_names(store_of(workbook))
    (store_of(workbook).folder / name).write_bytes(b"PROOF")
    added = attach_source(workbook, 2023, key, path, Work())
    assert "现已换回正确的内容" in added.notes[0]
    assert (store_of(workbook).folder / name).read_bytes() == b"proof"


def test_attaching_and_replacing_are_edits_of_their_own_names(workbook: Workbook, tmp_path: Path) -> None:
    (key,) = add_drafts(workbook, 2023, [draft(None)], Work()).keys
    attach_source(workbook, 2023, key, file(tmp_path, "一.pdf", b"1"), Work())
    attach_source(workbook, 2023, key, file(tmp_path, "二.pdf", b"2"), Work())
    assert edits(workbook)[-2:] == ["添加佐证文件", "替换佐证文件"]
    (item,) = list_evidence(workbook, 2023)
    assert [version.file.name for version in item.versions] == ["二.pdf", "一.pdf"]


@pytest.mark.parametrize("fault", ["missing source", "too large", "refused edit", "cancelled"])
def test_what_fails_leaves_neither_rows_nor_files(workbook: Workbook, tmp_path: Path, fault: str) -> None:
    add_drafts(workbook, 2023, [draft(file(tmp_path, "先.pdf", b"kept"))], Work())
    before, rows = stored_names(store_of(workbook)), workbook.rows("SELECT * FROM evidence")
    drafts, work = [draft(file(tmp_path, "好.pdf", b"good")), draft(file(tmp_path, "坏.pdf", b"bad file"))], Work()
    if fault == "missing source":
        (tmp_path / "坏.pdf").unlink()
    elif fault == "too large":
        with workbook.edit("设置") as edit:
            save_settings(edit, replace(load_settings(edit), evidence_limit=5))
    elif fault == "refused edit":
        drafts[1] = draft(tmp_path / "坏.pdf", title="  ")
    else:
        work.on_progress = lambda fraction, _text: work.cancel() if fraction > 0.4 else None
    with pytest.raises((InputError, Cancelled)):
        add_drafts(workbook, 2023, drafts, work)
    assert stored_names(store_of(workbook)) == before
    assert workbook.rows("SELECT * FROM evidence") == rows


def test_opening_for_writing_clears_what_a_killed_program_left(workbook: Workbook, tmp_path: Path) -> None:
    add_drafts(workbook, 2023, [draft(file(tmp_path, "总结.pdf"))], Work())
    left = file(store_of(workbook).folder, ".adding-abc.part", b"ha")
    workbook.close()
    Workbook.open(workbook.path, read_only=True).close()
    assert left.exists(), "somebody else may be writing it"
    Workbook.open(workbook.path).close()
    assert not left.exists()
    assert len(list(left.parent.iterdir())) == 1


def test_a_file_that_was_there_before_survives_a_refused_edit(workbook: Workbook, tmp_path: Path) -> None:
    path = file(tmp_path, "总结.pdf")
    add_drafts(workbook, 2023, [draft(path)], Work())
    with pytest.raises(InputError):
        add_drafts(workbook, 2023, [draft(path, title=" ")], Work())
    (item,) = list_evidence(workbook, 2023)
    assert item.file is not None
    assert read_stored(store_of(workbook), item.file) == b"proof"
