"""The zip of a pack: written whole, read with distrust."""

from __future__ import annotations

import json
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assessor.errors import InputError, OutputError
from assessor.exchange.pack_manifest import EVIDENCE, MANIFEST, WORKBOOK, Manifest
from assessor.exchange.pack_reading import opened_pack, pieces_of
from assessor.exchange.pack_writing import Packing, write_pack
from assessor.work import Cancelled, Work
from tests.exchange.packs import MADE_AT, PROOFS, digest_of, manifest_of, stored, write_zip

DATA = b"SQLite format 3\x00" + bytes(5000)
PROOF = b"proof"
GOOD = {WORKBOOK: b"workbook", EVIDENCE + digest_of(PROOF): PROOF}


@pytest.fixture
def packing(tmp_path: Path) -> Packing:
    copy = tmp_path / "copy.assess"
    copy.write_bytes(DATA)
    return Packing(copy, "宜春", MADE_AT, stored(tmp_path / "store"))


def read_all(path: Path) -> dict[str, bytes]:
    with opened_pack(path) as pack:
        return {entry.name: b"".join(pieces_of(pack, entry)) for entry in pack.manifest.entries}


def test_what_was_packed_comes_out(packing: Packing, tmp_path: Path) -> None:
    manifest = write_pack(packing, tmp_path / "包.zip", Work())
    there = read_all(tmp_path / "包.zip")
    assert there == {WORKBOOK: DATA, **{EVIDENCE + digest_of(proof): proof for proof in PROOFS}}
    assert (manifest.workbook, manifest.made_at) == ("宜春", "2024-12-30T09:30:00+00:00")
    with zipfile.ZipFile(tmp_path / "包.zip") as archive:
        assert archive.testzip() is None
        assert json.loads(archive.read(MANIFEST))["format"] == "assess-pack"


def test_the_same_input_and_time_give_the_same_bytes(packing: Packing, tmp_path: Path) -> None:
    first, second = tmp_path / "一.zip", tmp_path / "二.zip"
    write_pack(packing, first, Work())
    for path in packing.evidence:
        path.touch()
    write_pack(Packing(packing.workbook, "宜春", MADE_AT, packing.evidence[::-1]), second, Work())
    assert first.read_bytes() == second.read_bytes()


def test_a_time_before_zips_is_no_trouble(packing: Packing, tmp_path: Path) -> None:
    old = Packing(packing.workbook, "宜春", datetime(1970, 1, 1, tzinfo=UTC))
    assert write_pack(old, tmp_path / "包.zip", Work()).made_at.startswith("1970")


def test_cancelling_or_a_missing_file_leaves_the_old_pack(packing: Packing, tmp_path: Path) -> None:
    out = tmp_path / "包.zip"
    out.write_bytes(b"older")
    work = Work()
    work.on_progress = lambda fraction, _text: work.cancel() if fraction > 0.3 else None
    with pytest.raises(Cancelled):
        write_pack(packing, out, work)
    packing.evidence[1].unlink()
    with pytest.raises(InputError, match="无法读取"):
        write_pack(packing, out, Work())
    assert out.read_bytes() == b"older"
    with pytest.raises(OutputError):
        write_pack(packing, tmp_path / "没有" / "包.zip", Work())
    assert {item.name for item in tmp_path.iterdir()} == {"copy.assess", "store", "包.zip"}


def refused(path: Path) -> str:
    before = set(path.parent.iterdir())
    with pytest.raises(InputError) as refusal:
        read_all(path)
    assert refusal.value.place == str(path)
    assert refusal.value.remedy
    assert set(path.parent.iterdir()) == before
    return refusal.value.what


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../越狱.txt", "越出文件夹的路径"),
        ("/etc/passwd", "越出文件夹的路径"),
        ("workbook.evidence/../../x", "越出文件夹的路径"),
        ("workbook.evidence\\" + "a" * 64, "越出文件夹的路径"),
        ("C:\\Windows\\x", "越出文件夹的路径"),
        ("C:x", "越出文件夹的路径"),
        ("workbook.evidence/", "不应有的条目"),
        ("workbook.evidence/CON", "不应有的条目"),
        ("workbook.evidence/" + "A" * 64, "不应有的条目"),
        ("Workbook.assess", "不应有的条目"),
        ("workbook.assess-wal", "不应有的条目"),
        ("说明.txt", "不应有的条目"),
    ],
)
def test_a_name_that_no_packer_writes_is_refused(tmp_path: Path, name: str, why: str) -> None:
    contents = {**GOOD, name: b"evil"}
    write_zip(tmp_path / "包.zip", {**contents, MANIFEST: manifest_of(contents)})
    assert why in refused(tmp_path / "包.zip")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"format": "docx"}, "不是完整工作簿包的清单"),
        ({"version": 2}, "包的格式是 2，本程序支持到 1"),
        ({"version": "1"}, "version 无效"),
        ({"version": True}, "version 无效"),
        ({"entries": {}}, "entries 无效"),
        ({"entries": [7]}, "条目无法识别"),
        ({"entries": []}, "没有工作簿"),
        ({"made_at": None}, "made_at 无效"),
        ({"workbook": "\ud800"}, "workbook 无效"),
        ({"missing": ["../x"]}, "缺失的佐证文件无效"),
        ({"missing": [digest_of(PROOF)]}, "缺失的佐证文件无效"),
        ({"entries": [{"name": "../x", "size": 1, "sha256": "0" * 64}]}, "不应有的条目"),
        ({"entries": [{"name": WORKBOOK, "size": -1, "sha256": "0" * 64}]}, "大小或校验码无效"),
        ({"entries": [{"name": WORKBOOK, "size": 8, "sha256": "zz"}]}, "大小或校验码无效"),
        ({"entries": [{"name": WORKBOOK, "size": 8, "sha256": digest_of(b"workbook")}] * 2}, "重复的条目"),
        ({"entries": [{"name": WORKBOOK, "size": 8, "sha256": digest_of(b"workbook")}]}, "不在清单中"),
    ],
)
def test_a_manifest_that_is_not_ours_is_refused(tmp_path: Path, changes: dict[str, Any], why: str) -> None:
    write_zip(tmp_path / "包.zip", {**GOOD, MANIFEST: manifest_of(GOOD, **changes)})
    assert why in refused(tmp_path / "包.zip")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b"[" * 100_000,
        b'{"format": NaN}',
        b'{"version": 1' + b"0" * 5000 + b"}",
        b'{"a":1,"a":2}',
    ],
)
def test_a_manifest_that_is_no_json_of_ours_is_refused(tmp_path: Path, content: bytes) -> None:
    write_zip(tmp_path / "包.zip", {**GOOD, MANIFEST: content}, method=zipfile.ZIP_STORED)
    assert "清单" in refused(tmp_path / "包.zip")


def test_false_contents_sizes_and_digests_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    stored_name = EVIDENCE + digest_of(PROOF)
    write_zip(path, {**GOOD, stored_name: b"PROOF", MANIFEST: manifest_of(GOOD)})
    assert "内容与清单不符" in refused(path)
    write_zip(path, {**GOOD, stored_name: b"longer proof", MANIFEST: manifest_of(GOOD)})
    assert "大小与清单不符" in refused(path)
    write_zip(path, {WORKBOOK: b"workbook", MANIFEST: manifest_of(GOOD)})
    assert "不在包里" in refused(path)
    write_zip(path, {MANIFEST: manifest_of({})})
    assert "没有工作簿" in refused(path)


def test_an_entry_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    with zipfile.ZipFile(path, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in [*GOOD.items(), *GOOD.items(), (MANIFEST, manifest_of(GOOD))]:
            archive.writestr(name, content)
    assert "有两个" in refused(path)


def with_info(change: Callable[[zipfile.ZipInfo], None]) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in {**GOOD, MANIFEST: manifest_of(GOOD)}.items():
                info = zipfile.ZipInfo(name)
                if name == WORKBOOK:
                    change(info)
                archive.writestr(info, content)

    return write


def symlink(info: zipfile.ZipInfo) -> None:
    info.external_attr = (stat.S_IFLNK | 0o777) << 16


def lzma(info: zipfile.ZipInfo) -> None:
    info.compress_type = zipfile.ZIP_LZMA


@pytest.mark.parametrize(
    ("write", "why"),
    [(with_info(symlink), "链接或设备"), (with_info(lzma), "压缩方法不能识别")],
    ids=["symlink", "lzma"],
)
def test_a_link_or_a_rare_compression_is_refused(tmp_path: Path, write: Callable[[Path], None], why: str) -> None:
    write(tmp_path / "包.zip")
    assert why in refused(tmp_path / "包.zip")


def central(path: Path, name: str, offset: int, value: bytes) -> None:
    """Overwrites a field of the entry's header in the central directory."""
    data = bytearray(path.read_bytes())
    place = data.rindex(name.encode()) - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    data[place + offset : place + offset + len(value)] = value
    path.write_bytes(data)


def test_an_encrypted_entry_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    write_zip(path, {**GOOD, MANIFEST: manifest_of(GOOD)})
    central(path, WORKBOOK, 8, struct.pack("<H", 1))
    assert "加密" in refused(path)


def test_a_bomb_is_refused_by_its_declared_and_by_its_real_size(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    bomb = {**GOOD, WORKBOOK: bytes(30 << 20)}
    write_zip(path, {**bomb, MANIFEST: manifest_of(bomb)})
    assert "异常庞大" in refused(path)
    small = {**GOOD, WORKBOOK: b"workbook"}
    write_zip(path, {**bomb, MANIFEST: manifest_of(small)})
    central(path, WORKBOOK, 24, struct.pack("<L", 8))  # declares 8 bytes, holds 30 MB
    assert "“workbook.assess” " in refused(path)
    write_zip(path, {**GOOD, MANIFEST: manifest_of(GOOD) + b" " * (33 << 20)})
    assert "异常庞大" in refused(path)


def test_overlapping_entries_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    write_zip(path, {**GOOD, MANIFEST: manifest_of(GOOD)})
    central(path, WORKBOOK, 20, struct.pack("<L", 100_000))
    assert "互相重叠" in refused(path)


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    write_zip(path, {**GOOD, MANIFEST: manifest_of(GOOD)})
    whole = path.read_bytes()
    for content in (b"", b"PK", b"text", whole[:-30], whole[: len(whole) // 2]):
        path.write_bytes(content)
        assert "不是 zip 文件，或没有传输完整" in refused(path)
    path.write_bytes(whole)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", b"<xml/>")
    assert "没有清单" in refused(path)
    for place in (tmp_path, tmp_path / "没有.zip", Path("a\x00.zip")):
        with pytest.raises(InputError):
            read_all(place)


def test_a_manifest_comes_back_as_it_was(packing: Packing, tmp_path: Path) -> None:
    absent = "f" * 64
    with_missing = Packing(packing.workbook, "宜春", MADE_AT, packing.evidence, (absent,))
    manifest = write_pack(with_missing, tmp_path / "包.zip", Work())
    with opened_pack(tmp_path / "包.zip") as pack:
        assert isinstance(pack.manifest, Manifest)
        assert pack.manifest == manifest
        assert pack.manifest.missing == (absent,)
