from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

import pytest

from assessor.errors import InputError, OutputError, WorkbookError
from assessor.work import Cancelled, Work
from assessor.workbook.evidence_store import (
    Condition,
    Store,
    StoredFile,
    add_content,
    add_file,
    clear_leftovers,
    condition,
    export_file,
    export_files,
    glance,
    open_copy,
    read_stored,
    remove_stored,
    store_beside,
    stored_names,
)

CONTENT = "2023年科普工作总结".encode()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return store_beside(tmp_path / "考核.assess")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "总结.pdf"
    path.write_bytes(CONTENT)
    return path


def names(folder: Path) -> set[str]:
    return {item.name for item in folder.iterdir()} if folder.exists() else set()


def test_a_file_lies_under_its_digest_beside_the_workbook(store: Store, source: Path, tmp_path: Path) -> None:
    file = add_file(store, source)
    digest = hashlib.sha256(CONTENT).hexdigest()
    assert file == StoredFile(digest, "总结.pdf", len(CONTENT))
    assert (tmp_path / "考核.evidence" / digest).read_bytes() == CONTENT
    assert names(store.folder) == {digest} == stored_names(store)
    assert read_stored(store, file) == CONTENT
    assert condition(store, file) is Condition.GOOD


def test_the_same_content_is_stored_once_under_two_names(store: Store, source: Path, tmp_path: Path) -> None:
    first = add_file(store, source)
    stored = store.path(first.digest).stat()
    twin = source.rename(tmp_path / "另名.pdf")
    second = add_file(store, twin)
    assert (second.digest, second.name, second.mended) == (first.digest, "另名.pdf", False)
    assert store.path(first.digest).stat() == stored


@pytest.mark.parametrize("altered", [b"x" * len(CONTENT), CONTENT + b"more", b""])
def test_an_altered_file_is_mended_by_adding_the_good_one(store: Store, source: Path, altered: bytes) -> None:
    file = add_file(store, source)
    store.path(file.digest).write_bytes(altered)
    assert condition(store, file) is Condition.ALTERED
    with pytest.raises(WorkbookError, match="内容被改动") as refusal:
        read_stored(store, file)
    assert refusal.value.remedy
    assert add_file(store, source).mended
    assert read_stored(store, file) == CONTENT


def test_a_missing_file_is_told_with_the_folder_to_bring_back(store: Store, source: Path) -> None:
    file = add_file(store, source)
    store.path(file.digest).unlink()
    assert condition(store, file) is glance(store, file) is Condition.MISSING
    with pytest.raises(WorkbookError, match="找不到佐证文件") as refusal:
        read_stored(store, file)
    assert "考核.evidence" in refusal.value.remedy


def test_a_file_may_be_as_large_as_the_limit_and_no_larger(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "录像.mp4"
    path.write_bytes(b"x" * 2048)
    assert add_file(store, path, 2048).size == 2048
    with path.open("ab") as stream:
        stream.truncate(50 * 1024 * 1024 + 1)  # sparse
    with pytest.raises(InputError, match=r"文件有 50 MB，超过每个文件 2 KB 的上限") as refusal:
        add_file(store, path, 2048)
    assert (refusal.value.place, "压缩" in refusal.value.remedy) == (str(path), True)
    with pytest.raises(InputError, match="超过每个文件 50 MB 的上限"):
        add_file(store, path)


def unusual_sources(folder: Path) -> dict[str, Path]:
    (folder / "夹").mkdir()
    (folder / "空.txt").touch()
    (folder / "实.txt").write_text("实")
    (folder / "链.txt").symlink_to(folder / "实.txt")
    (folder / "断链").symlink_to(folder / "没有")
    (folder / "快捷.lnk").write_bytes(b"L")
    os.mkfifo(folder / "管道")
    return {
        "文件夹": folder / "夹",
        "空文件": folder / "空.txt",
        "不存在": folder / "没有.pdf",
        "链接": folder / "链.txt",
        "是一个链接": folder / "断链",
        "快捷方式": folder / "快捷.lnk",
        "管道": folder / "管道",
        "设备": Path("/dev/zero"),
        "无法读取": Path("a\x00b"),
        "名称太长": folder / ("长" * 200),
        "不是文件夹": folder / "实.txt" / "下面",
    }


@pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")
def test_what_is_no_file_to_keep_is_refused_in_words(store: Store, tmp_path: Path) -> None:
    for word, path in unusual_sources(tmp_path).items():
        with pytest.raises(InputError) as refusal:
            add_file(store, path)
        assert word in refusal.value.what, path
        assert refusal.value.remedy
        assert refusal.value.place
    assert not store.folder.exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="an administrator reads everything")
def test_a_file_that_may_not_be_read_is_refused(store: Store, source: Path) -> None:
    source.chmod(0)
    with pytest.raises(InputError, match="没有权限"):
        add_file(store, source)


@pytest.mark.parametrize("change", ["grow", "shrink", "rewrite", "vanish"])
def test_a_file_that_changes_while_it_is_read_is_refused(store: Store, tmp_path: Path, change: str) -> None:
    path = tmp_path / "正在写.docx"
    path.write_bytes(b"a" * (3 << 20))

    def meddle(fraction: float, _text: str) -> None:
        if fraction > 0.5:
            return
        if change == "grow":
            with path.open("ab") as stream:
                stream.write(b"b" * (2 << 20))
        elif change == "shrink":
            os.truncate(path, 1 << 20)
        elif change == "rewrite":
            path.write_bytes(b"c" * (3 << 20))
            os.utime(path, (1, 1))
        else:
            path.unlink()

    if change == "vanish" and os.name == "posix":  # what was opened is read to its end
        assert add_file(store, path, work=Work(meddle)).size == 3 << 20
        return
    with pytest.raises(InputError, match="正在被修改"):
        add_file(store, path, work=Work(meddle))
    assert names(store.folder) == set()


def test_cancelling_leaves_nothing(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "大.zip"
    path.write_bytes(b"a" * (3 << 20))
    work = Work()
    work.on_progress = lambda _fraction, _text: work.cancel()
    with pytest.raises(Cancelled):
        add_file(store, path, work=work)
    assert names(store.folder) == set()


def test_a_folder_that_is_in_the_way_is_told(store: Store, source: Path) -> None:
    store.folder.write_text("a file of that name")
    with pytest.raises(OutputError, match="无法保存佐证文件") as refusal:
        add_file(store, source)
    assert str(store.folder) == refusal.value.place


def test_leftovers_of_a_killed_program_go_and_nothing_else_does(store: Store, source: Path) -> None:
    file = add_file(store, source)
    (store.folder / ".adding-x1.part").write_bytes(b"half")
    (store.folder / "自己放的.txt").write_bytes(b"mine")
    clear_leftovers(store)
    assert names(store.folder) == {file.digest, "自己放的.txt"}
    assert stored_names(store) == {file.digest}
    clear_leftovers(store_beside(store.folder / "没有.assess"))


def test_a_copy_to_open_is_read_only_under_its_own_name_and_made_once(
    store: Store, source: Path, tmp_path: Path
) -> None:
    file = add_file(store, source)
    folder = tmp_path / "临时"
    copy = open_copy(store, file, folder)
    assert (copy.name, copy.read_bytes()) == ("总结.pdf", CONTENT)
    assert not copy.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    made = copy.stat().st_mtime_ns
    assert open_copy(store, file, folder) == copy
    assert copy.stat().st_mtime_ns == made
    copy.chmod(0o644)
    copy.write_bytes(b"scribbled")
    assert open_copy(store, file, folder).read_bytes() == CONTENT


def test_nothing_bad_is_opened_or_exported(store: Store, source: Path, tmp_path: Path) -> None:
    file = add_file(store, source)
    store.path(file.digest).write_bytes(b"y" * len(CONTENT))
    for export in (lambda: open_copy(store, file, tmp_path / "临时"), lambda: export_file(store, file, tmp_path / "a")):
        with pytest.raises(WorkbookError, match="被改动"):
            export()
    assert not (tmp_path / "a").exists()


def test_exported_files_get_safe_names_and_replace_nothing(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "导出"
    out.mkdir()
    (out / "总结.pdf").write_bytes(b"older")
    files = [add_content(store, name, name.encode()) for name in ("总结.pdf", "CON.txt", "../总结.pdf", "con.TXT")]
    written = export_files(store, files, out, Work())
    assert [path.name for path in written] == ["总结 (2).pdf", "_CON.txt", ".._总结.pdf", "_con (2).TXT"]
    assert [path.read_bytes() for path in written] == [file.name.encode() for file in files]
    assert (out / "总结.pdf").read_bytes() == b"older"
    with pytest.raises(OutputError):
        export_files(store, files, tmp_path / "没有", Work())


def test_only_stored_files_are_removed(store: Store, source: Path) -> None:
    file = add_file(store, source)
    with pytest.raises(ValueError, match="no stored file"):
        remove_stored(store, ["../考核.assess"])
    remove_stored(store, [file.digest])
    assert names(store.folder) == set()


@dataclass(frozen=True)
class Mirror:
    """Turns content round and signs it: enough of a cipher to tell stored bytes from content."""

    overhead: int = 4

    def encrypt(self, content: bytes) -> bytes:
        return b"SIGN" + content[::-1]

    def decrypt(self, stored: bytes) -> bytes:
        if not stored.startswith(b"SIGN"):
            raise ValueError("not signed")
        return stored[4:][::-1]

    def stored_name(self, digest: str) -> str:
        return digest[::-1]


def test_a_cipher_stands_between_content_and_disk(tmp_path: Path, source: Path) -> None:
    store = store_beside(tmp_path / "考核.assess", Mirror())
    file = add_file(store, source)
    assert store.path(file.digest).name == file.digest[::-1]
    assert CONTENT not in store.path(file.digest).read_bytes()
    assert read_stored(store, file) == CONTENT
    store.path(file.digest).write_bytes(b"XXXX" + CONTENT[::-1])
    assert condition(store, file) is Condition.ALTERED
