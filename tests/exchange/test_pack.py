"""A workbook and its evidence into one file and back; whatever is done to the file, back whole or refused whole."""

from __future__ import annotations

import json
import random
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessor.errors import AssessorError, InputError, OutputError, WorkbookError
from assessor.exchange.pack import IncompleteError, default_pack_path, pack, unpack
from assessor.exchange.pack_manifest import EVIDENCE, MANIFEST, WORKBOOK
from assessor.work import Cancelled, Work
from assessor.workbook.evidence import EvidenceFacts, Owner, remove_evidence
from assessor.workbook.evidence_adding import Content, Draft, add_drafts
from assessor.workbook.evidence_check import evidence_findings
from assessor.workbook.evidence_list import list_evidence
from assessor.workbook.evidence_store import store_of, stored_names
from assessor.workbook.workbook import Workbook
from tests.exchange.packs import digest_of, manifest_of, write_zip
from tests.workbook.builders import small_workbook

PROOFS = {"总结.txt": b"summary " * 300, "照片.jpg": random.Random(7).randbytes(3000)}


def with_evidence(folder: Path) -> Workbook:
    workbook = small_workbook(folder)
    drafts = [Draft("kexie", EvidenceFacts(name, Owner()), Content(name, content)) for name, content in PROOFS.items()]
    add_drafts(workbook, 2023, drafts, Work())
    return workbook


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    (tmp_path / "原").mkdir()
    with with_evidence(tmp_path / "原") as opened:
        yield opened


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pack")
    with with_evidence(folder) as opened:
        return pack(opened, folder / "包.assess.zip", Work()).path


def contents_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def names(folder: Path) -> set[str]:
    return {item.name for item in folder.iterdir()}


def test_a_workbook_comes_back_with_its_evidence(workbook: Workbook, tmp_path: Path) -> None:
    out = default_pack_path(workbook.path)
    assert out.name == "考核.assess.zip"
    made = pack(workbook, out, Work())
    assert (made.files, made.missing) == (2, ())
    before = workbook.path.read_bytes()
    (tmp_path / "新").mkdir()
    unpacked = unpack(out, tmp_path / "新" / "宜春.assess", Work())
    assert (unpacked.files, unpacked.missing) == (2, 0)
    assert names(tmp_path / "新") == {"宜春.assess", "宜春.evidence"}
    with Workbook.open(unpacked.path) as copy:
        assert list_evidence(copy) == list_evidence(workbook)
        assert evidence_findings(copy, store_of(copy)) == ()
        assert copy.rows("SELECT * FROM unit") == workbook.rows("SELECT * FROM unit")
        with copy.edit("改") as edit:
            edit.execute("UPDATE settings SET title = '另一个'")
    assert workbook.path.read_bytes() == before
    assert names(tmp_path / "原") >= {"考核.assess", "考核.assess.zip", "考核.evidence"}
    assert not [name for name in names(tmp_path / "原") if name.startswith(".pack")]


def test_unsaved_log_and_all_the_pack_has_the_latest_state(workbook: Workbook, tmp_path: Path) -> None:
    with workbook.edit("改") as edit:
        edit.execute("UPDATE settings SET title = '刚改的'")
    unpack(pack(workbook, tmp_path / "包.zip", Work()).path, tmp_path / "新.assess", Work())
    with Workbook.open(tmp_path / "新.assess", read_only=True) as copy:
        assert copy.rows("SELECT title FROM settings")[0]["title"] == "刚改的"
    assert names(tmp_path) == {"原", "包.zip", "新.assess", "新.evidence"}


def test_the_same_workbook_and_time_give_the_same_bytes(workbook: Workbook, tmp_path: Path) -> None:
    first = pack(workbook, tmp_path / "一.zip", Work()).path
    second = pack(workbook, tmp_path / "二.zip", Work()).path
    assert first.read_bytes() == second.read_bytes()


def test_files_that_only_the_history_names_are_packed_and_orphans_are_not(workbook: Workbook, tmp_path: Path) -> None:
    removed = list_evidence(workbook, 2023)[0]
    with workbook.edit("删除佐证材料") as edit:
        remove_evidence(edit, 2023, [removed.key])
    (store_of(workbook).folder / ("0" * 64)).write_bytes(b"orphan")
    assert pack(workbook, tmp_path / "包.zip", Work()).files == 2


@pytest.mark.parametrize("harm", ["missing", "altered"])
def test_incomplete_evidence_is_named_and_packed_only_on_demand(workbook: Workbook, tmp_path: Path, harm: str) -> None:
    store = store_of(workbook)
    path = store.folder / digest_of(PROOFS["照片.jpg"])
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(bytes(3000))
    with pytest.raises(IncompleteError, match="缺失或被改动") as refusal:
        pack(workbook, tmp_path / "包.zip", Work())
    assert "照片.jpg" in refusal.value.place
    assert names(tmp_path) == {"原"}
    made = pack(workbook, tmp_path / "包.zip", Work(), allow_missing=True)
    assert [item.file.name for item in made.missing] == ["照片.jpg"]
    assert json.loads(contents_of(made.path)[MANIFEST])["missing"] == [path.name]
    unpacked = unpack(made.path, tmp_path / "新.assess", Work())
    assert (unpacked.files, unpacked.missing) == (1, 1)


def test_a_workbook_without_evidence_needs_no_folder(tmp_path: Path) -> None:
    with small_workbook(tmp_path) as plain:
        pack(plain, tmp_path / "包.zip", Work())
    unpack(tmp_path / "包.zip", tmp_path / "新.assess", Work())
    assert names(tmp_path) == {"考核.assess", "包.zip", "新.assess"}


@pytest.mark.parametrize("taken", ["新.assess", "新.evidence"])
def test_nothing_is_overwritten(packed: Path, tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).write_bytes(b"precious")
    with pytest.raises(InputError, match="已经存在，不会覆盖") as refusal:
        unpack(packed, tmp_path / "新.assess", Work())
    assert refusal.value.place == str(tmp_path / taken)
    assert (tmp_path / taken).read_bytes() == b"precious"
    assert names(tmp_path) == {taken}
    with pytest.raises(OutputError, match="文件夹不存在"):
        unpack(packed, tmp_path / "没有" / "新.assess", Work())


@pytest.mark.parametrize("is_half", [False, True])
def test_what_a_killed_unpacking_left_is_completed(packed: Path, tmp_path: Path, is_half: bool) -> None:
    """It was killed between the folder's name and the workbook's."""
    target = tmp_path / "新.assess"
    unpack(packed, target, Work())
    target.unlink()
    files = sorted((tmp_path / "新.evidence").iterdir())
    if is_half:
        files[0].unlink()
    unpack(packed, target, Work())
    assert sorted((tmp_path / "新.evidence").iterdir()) == files
    with Workbook.open(target) as workbook:
        assert evidence_findings(workbook, store_of(workbook)) == ()


@pytest.mark.parametrize("content", [b"", b"precious"])
@pytest.mark.parametrize("is_foreign", [False, True])
def test_another_s_folder_of_evidence_is_not_completed(
    packed: Path, tmp_path: Path, content: bytes, is_foreign: bool
) -> None:
    """An altered file of the pack's, or one that it does not have, beside its own."""
    target, folder = tmp_path / "新.assess", tmp_path / "新.evidence"
    unpack(packed, target, Work())
    target.unlink()
    first = sorted(folder.iterdir())[0]
    first.chmod(0o644)
    (folder / ("f" * 64) if is_foreign else first).write_bytes(content)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    with pytest.raises(InputError, match="已经存在，不会覆盖") as refusal:
        unpack(packed, target, Work())
    assert refusal.value.place == str(folder)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert names(tmp_path) == {"新.evidence"}


def test_a_pack_does_not_replace_a_workbook(workbook: Workbook) -> None:
    before = workbook.path.read_bytes()
    with pytest.raises(OutputError, match="不会覆盖"):
        pack(workbook, workbook.path, Work())
    assert workbook.path.read_bytes() == before


@pytest.mark.parametrize("stage", [0.1, 0.5, 0.8])
def test_cancelling_leaves_nothing(workbook: Workbook, packed: Path, tmp_path: Path, stage: float) -> None:
    work = Work()
    work.on_progress = lambda done, _text: work.cancel() if done >= stage else None
    with pytest.raises(Cancelled):
        pack(workbook, tmp_path / "包.zip", work)
    work = Work()
    work.on_progress = lambda done, _text: work.cancel() if done >= stage - 0.1 else None
    with pytest.raises(Cancelled):
        unpack(packed, tmp_path / "新.assess", work)
    assert names(tmp_path) == {"原"}


def repacked(packed: Path, out: Path, contents: dict[str, bytes]) -> Path:
    """With a manifest that fits: what is refused then is refused for what it is."""
    told = {name: content for name, content in contents.items() if name != MANIFEST}
    write_zip(out, {**told, MANIFEST: manifest_of(told)})
    return out


def refused(path: Path, kind: type[AssessorError]) -> AssessorError:
    target = path.parent / "出" / "新.assess"
    target.parent.mkdir(exist_ok=True)
    with pytest.raises(kind) as refusal:
        unpack(path, target, Work())
    assert refusal.value.place == str(path)
    assert refusal.value.remedy
    assert names(target.parent) == set()
    return refusal.value


@pytest.mark.parametrize("page", [1, 2, 5])
def test_a_damaged_workbook_within_is_refused(packed: Path, tmp_path: Path, page: int) -> None:
    contents = contents_of(packed)
    damaged = bytearray(contents[WORKBOOK])
    damaged[page * 4096 : (page + 1) * 4096] = b"\xa5" * 4096
    refused(repacked(packed, tmp_path / "包.zip", {**contents, WORKBOOK: bytes(damaged)}), WorkbookError)


def test_a_workbook_that_was_changed_by_hand_is_refused(packed: Path, tmp_path: Path) -> None:
    contents = contents_of(packed)
    changed = contents[WORKBOOK].replace("某市农业农村局".encode(), "某市农业农民局".encode())
    assert changed != contents[WORKBOOK]
    refused(repacked(packed, tmp_path / "包.zip", {**contents, WORKBOOK: changed}), WorkbookError)


@pytest.mark.parametrize("content", [b"", b"text", b"SQLite format 3\x00"])
def test_what_is_no_workbook_within_is_refused(packed: Path, tmp_path: Path, content: bytes) -> None:
    refused(repacked(packed, tmp_path / "包.zip", {**contents_of(packed), WORKBOOK: content}), WorkbookError)


def test_evidence_that_is_not_the_workbook_s_own_is_refused(packed: Path, tmp_path: Path) -> None:
    contents = contents_of(packed)
    photo = EVIDENCE + digest_of(PROOFS["照片.jpg"])
    foreign = {**contents, EVIDENCE + digest_of(b"foreign"): b"foreign"}
    assert "没有用到的佐证文件" in refused(repacked(packed, tmp_path / "一.zip", foreign), InputError).what
    forged = {**contents, photo: bytes(3000)}
    assert "与工作簿的记录不符" in refused(repacked(packed, tmp_path / "二.zip", forged), InputError).what
    short = {name: content for name, content in contents.items() if name != photo}
    assert "与工作簿的记录不符" in refused(repacked(packed, tmp_path / "三.zip", short), InputError).what


def test_a_pack_that_was_unzipped_by_hand_opens(packed: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(packed, tmp_path, "zip")
    with Workbook.open(tmp_path / WORKBOOK) as opened:
        assert len(stored_names(store_of(opened))) == 2
        assert evidence_findings(opened, store_of(opened)) == ()


@st.composite
def mutations(draw: st.DrawFn) -> list[tuple[str, float, bytes]]:
    kinds = st.sampled_from(["overwrite", "insert", "delete", "truncate", "double"])
    where = st.floats(0, 1, exclude_max=True)
    return draw(st.lists(st.tuples(kinds, where, st.binary(min_size=1, max_size=8)), min_size=1, max_size=4))


def mutated(data: bytes, steps: list[tuple[str, float, bytes]]) -> bytes:
    for kind, where, content in steps:
        place = int(where * len(data))
        if kind == "overwrite":
            data = data[:place] + content + data[place + len(content) :]
        elif kind == "insert":
            data = data[:place] + content + data[place:]
        elif kind == "delete":
            data = data[:place] + data[place + len(content) :]
        elif kind == "truncate":
            data = data[:place]
        else:
            data = data + data[place:]
    return data


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=mutations(), near_end=st.booleans())
def test_a_mutated_pack_is_unpacked_as_it_was_or_refused_whole(
    packed: Path, tmp_path: Path, steps: list[tuple[str, float, bytes]], near_end: bool
) -> None:
    data = packed.read_bytes()
    cut = len(data) - 800 if near_end else 0  # the directory and the manifest, where names and sizes are
    folder = tmp_path / "out"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    path = tmp_path / "包.zip"
    path.write_bytes(data[:cut] + mutated(data[cut:], steps))
    outside = names(tmp_path)
    try:
        unpack(path, folder / "新.assess", Work())
    except AssessorError as problem:
        assert problem.what
        assert names(folder) == set()
    else:
        same = contents_of(packed)
        assert (folder / "新.assess").read_bytes() == same[WORKBOOK]
        evidence = {EVIDENCE + item.name: item.read_bytes() for item in (folder / "新.evidence").iterdir()}
        assert evidence == {name: content for name, content in same.items() if name.startswith(EVIDENCE)}
    assert names(tmp_path) == outside
