"""导出完整工作簿 and back: a workbook and its evidence in one zip (see docs/evidence-and-packs.md).

Unpacking trusts nothing: all is checked in a temporary folder beside the target before anything gets its name there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assessor.errors import InputError, OutputError, WorkbookError, os_reason
from assessor.exchange.pack_manifest import EVIDENCE, WORKBOOK, Manifest
from assessor.exchange.pack_reading import OpenPack, opened_pack, pieces_of, refusal
from assessor.exchange.pack_writing import Packing, write_pack
from assessor.output import check_target
from assessor.work import Work
from assessor.workbook.evidence_check import NamedFile, named_files
from assessor.workbook.evidence_source import size_text
from assessor.workbook.evidence_store import Condition, Store, condition, store_beside, store_of, sync_folder
from assessor.workbook.format import FORMAT_VERSION, check_header
from assessor.workbook.workbook import Check, Workbook

SUFFIX = ".assess.zip"
_SPARE_BYTES = 16 << 20
"""Room that a disk must have beyond what is unpacked."""
_LISTED = 5


class IncompleteError(InputError):
    """Evidence that belongs in a pack is missing or altered."""


@dataclass(frozen=True)
class Packed:
    path: Path
    files: int
    """Of evidence."""
    missing: tuple[NamedFile, ...]


@dataclass(frozen=True)
class Unpacked:
    path: Path
    files: int
    missing: int
    """Evidence that was not there when the pack was made."""


def default_pack_path(workbook: Path) -> Path:
    return workbook.with_name(workbook.stem + SUFFIX)


def pack(workbook: Workbook, out: Path, work: Work, *, allow_missing: bool = False) -> Packed:
    """Writes the workbook, as it is saved now, and every file that its rows or history name, to ``out``.

    Raises IncompleteError naming the evidence that is missing or altered, unless ``allow_missing``: then the manifest
    lists it; OutputError, WorkbookError, Cancelled. In each case ``out`` is as it was.
    """
    check_target(out)
    store = store_of(workbook)
    with tempfile.TemporaryDirectory(prefix=".pack-", dir=out.absolute().parent) as scratch:
        copy = Path(scratch) / WORKBOOK
        workbook.backup_to(copy, _part(work, 0.0, 0.2))
        good, bad = _sorted_out(named_files(workbook), store, _part(work, 0.2, 0.4))
        if bad and not allow_missing:
            raise _incomplete(bad)
        packing = Packing(
            workbook=copy,
            name=workbook.path.stem,
            made_at=workbook.clock(),
            evidence=[store.path(item.file.digest) for item in good],
            missing=[store.cipher.stored_name(item.file.digest) for item in bad],
        )
        write_pack(packing, out, _part(work, 0.4, 1.0))
    return Packed(out, len(good), tuple(bad))


def unpack(source: Path, target: Path, work: Work, *, password: str | None = None) -> Unpacked:
    """Makes the workbook ``target`` and its folder of evidence out of a pack, or nothing.

    Raises InputError where the pack is not sound or ``target`` is taken, OutputError, WorkbookError (a wrong password
    among them), Cancelled.
    """
    _refuse_taken(target)
    with opened_pack(source) as opened:
        _refuse_others_evidence(target, opened.manifest)
        _require_room(opened.manifest, target.absolute().parent)
        try:
            with tempfile.TemporaryDirectory(prefix=".unpack-", dir=target.absolute().parent) as scratch:
                folder = Path(scratch)
                _extract(opened, folder, _part(work, 0.0, 0.6))
                _examine(opened, folder / WORKBOOK, password, _part(work, 0.6, 0.95))
                work.step(1.0, "已核对")
                _place(folder / WORKBOOK, target)
        except OSError as problem:
            what = f"无法在这里解开（{os_reason(problem)}）"
            raise OutputError(what, place=str(target), remedy="请检查磁盘空间和文件夹权限，或换一个文件夹") from problem
        return Unpacked(target, len(opened.manifest.evidence), len(opened.manifest.missing))


def _part(work: Work, start: float, end: float) -> Work:
    """The progress of one step as a part of the whole; cancelling the whole cancels it."""
    return Work(lambda fraction, text: work.step(start + fraction * (end - start), text))


def _sorted_out(named: Sequence[NamedFile], store: Store, work: Work) -> tuple[list[NamedFile], list[NamedFile]]:
    """Those that are good, and those that are missing or altered."""
    good: list[NamedFile] = []
    bad: list[NamedFile] = []
    for number, item in enumerate(named):
        work.step(number / len(named), f"正在核对佐证文件 {item.file.name}")
        (good if condition(store, item.file) is Condition.GOOD else bad).append(item)
    return good, bad


def _incomplete(bad: Sequence[NamedFile]) -> IncompleteError:
    listed = "；".join(f"{item.place}的“{item.file.name}”" for item in bad[:_LISTED])
    more = f"等 {len(bad)} 个" if len(bad) > _LISTED else ""
    return IncompleteError(
        "有佐证文件缺失或被改动，导出的包不会完整",
        place=listed + more,
        remedy="请先找回或重新添加这些文件；确认不要它们时，选择“缺少也导出”（命令行加 --allow-missing）",
    )


def _refuse_taken(target: Path) -> None:
    folder = target.absolute().parent
    if not folder.is_dir():
        raise OutputError("文件夹不存在", place=str(folder), remedy="请先新建这个文件夹，或换一个已有的文件夹")
    if os.path.lexists(target):
        raise _taken(target)


def _taken(place: Path) -> InputError:
    return InputError("文件或文件夹已经存在，不会覆盖", place=str(place), remedy="请换一个文件名或文件夹")


def _refuse_others_evidence(target: Path, manifest: Manifest) -> None:
    """A folder that holds nothing but files of this very pack is what unpacking left when it was killed before the
    workbook had its name; it is completed. Any other is somebody else's."""
    folder = store_beside(target).folder
    if not os.path.lexists(folder):
        return
    digests = {entry.name.removeprefix(EVIDENCE): entry.sha256 for entry in manifest.evidence}
    if folder.is_symlink() or not folder.is_dir() or not any(folder.iterdir()):
        raise _taken(folder)
    for file in folder.iterdir():
        if file.is_symlink() or not file.is_file() or _digest(file) != digests.get(file.name):
            raise _taken(folder)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _require_room(manifest: Manifest, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if manifest.total_size + _SPARE_BYTES > free:
        what = f"磁盘空间不够：解开后有 {size_text(manifest.total_size)}，只剩 {size_text(free)}"
        raise OutputError(what, place=str(folder), remedy="请清理磁盘，或换一个磁盘再解开")


def _extract(opened: OpenPack, folder: Path, work: Work) -> None:
    (folder / EVIDENCE).mkdir()
    total, done = opened.manifest.total_size or 1, 0
    for entry in opened.manifest.entries:
        with (folder / entry.name).open("wb") as stream:
            for piece in pieces_of(opened, entry):
                stream.write(piece)
                done += len(piece)
                work.step(done / total, "正在解开并核对")
            stream.flush()
            os.fsync(stream.fileno())


def _examine(opened: OpenPack, copy: Path, password: str | None, work: Work) -> None:
    """The workbook is whole, and the files are those that it names."""
    try:
        is_present = check_header(copy).version == FORMAT_VERSION  # an older one is upgraded here, the pack being kept
        with Workbook.open(copy, read_only=is_present, check=Check.FULL, password=password) as workbook:
            store, named = store_of(workbook), named_files(workbook)
            _good, bad = _sorted_out(named, store, work)
    except WorkbookError as problem:
        problem.place = str(opened.path)
        raise
    unnamed = {entry.name.removeprefix(EVIDENCE) for entry in opened.manifest.evidence}
    unnamed -= {store.cipher.stored_name(item.file.digest) for item in named}
    if unnamed:
        raise refusal(opened.path, "含有工作簿没有用到的佐证文件")
    if {store.cipher.stored_name(item.file.digest) for item in bad} != set(opened.manifest.missing):
        raise refusal(opened.path, "佐证文件与工作簿的记录不符")


def _place(copy: Path, target: Path) -> None:
    """The folder first: the workbook's name is what makes it all count."""
    made, wanted = store_beside(copy).folder, store_beside(target).folder
    has_evidence, is_begun = any(made.iterdir()), wanted.exists()
    _refuse_taken(target)
    if is_begun:
        for file in made.iterdir():
            file.replace(wanted / file.name)
        sync_folder(wanted)
    elif has_evidence:
        sync_folder(made)
        made.rename(wanted)
    try:
        copy.rename(target)
    except OSError:
        if has_evidence and not is_begun:
            wanted.rename(made)
        raise
    sync_folder(target.absolute().parent)
