"""The files of evidence, beside the workbook in ``NAME.evidence/``, each named by the SHA-256 of its content.

A file is written under a temporary name, synced, read again and hashed before it takes its name; rows name it only
then. So a row never names a file that is not there, and a killed program leaves at most a file that no row names.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assessor.errors import OutputError, WorkbookError, os_reason
from assessor.output import write_file
from assessor.work import Work
from assessor.workbook.evidence_names import folded, kept_name, numbered_name, safe_name
from assessor.workbook.evidence_source import read_source, require_size

if TYPE_CHECKING:
    from assessor.workbook.workbook import Workbook

FOLDER_SUFFIX = ".evidence"
DEFAULT_LIMIT = 50 * 1024 * 1024
"""Bytes of one file, unless the workbook's settings say otherwise."""

ALTERED_REMEDY = "请从以前的备份或工作簿包中取回这个文件，或用原来的文件重新添加"

_LEFTOVER_PREFIX, _LEFTOVER_SUFFIX = ".adding-", ".part"
_STORED_NAME = re.compile(r"[0-9a-f]{64}")


class Cipher(Protocol):
    """How content lies on disk. Digests and sizes are always those of the content itself."""

    @property
    def overhead(self) -> int:
        """Bytes that ``encrypt`` adds to any content."""

    def encrypt(self, content: bytes) -> bytes: ...

    def decrypt(self, stored: bytes) -> bytes:
        """Raises ValueError where it is not what ``encrypt`` made."""

    def stored_name(self, digest: str) -> str:
        """64 hex digits; the same for the same digest."""


@dataclass(frozen=True)
class Plain:
    """Content lies as it is, under its own digest."""

    overhead: int = 0

    def encrypt(self, content: bytes) -> bytes:
        return content

    def decrypt(self, stored: bytes) -> bytes:
        return stored

    def stored_name(self, digest: str) -> str:
        return digest


@dataclass(frozen=True)
class Store:
    """A workbook's folder of evidence, which need not be there yet."""

    folder: Path
    cipher: Cipher = Plain()

    def path(self, digest: str) -> Path:
        return self.folder / self.cipher.stored_name(digest)


@dataclass(frozen=True)
class StoredFile:
    digest: str
    name: str
    """As the user's file had it; no path (see ``evidence_names``)."""
    size: int
    """Bytes of the content."""
    mended: bool = False
    """On adding: the same content was there already but altered, and is good again."""


class Condition(Enum):
    GOOD = "good"
    MISSING = "missing"
    ALTERED = "altered"


def store_beside(workbook: Path, cipher: Cipher | None = None) -> Store:
    real = workbook.resolve()
    return Store(real.with_name(real.stem + FOLDER_SUFFIX), cipher or Plain())


def store_of(workbook: Workbook) -> Store:
    """An open workbook's folder of evidence. Raises WorkbookError where it cannot be encrypted as it should be."""
    if workbook.password is None:
        return store_beside(workbook.path)
    from assessor.workbook.evidence_cipher import cipher_for
    from assessor.workbook.settings import load_settings

    key = load_settings(workbook).evidence_key
    if key is None:  # of a workbook that was rescued without its settings; nothing may be stored plainly
        raise WorkbookError("佐证文件的密钥丢失了", place=str(workbook.path), remedy="请解除密码，再重新设置密码")
    return store_beside(workbook.path, cipher_for(key))


def add_file(store: Store, source: Path, limit: int = DEFAULT_LIMIT, work: Work | None = None) -> StoredFile:
    """Stores a file that the user chose, of at most ``limit`` bytes; the same content is stored once.

    Raises InputError where ``source`` cannot be taken (see ``read_source``), OutputError where it cannot be stored,
    Cancelled; then the store is as it was.
    """
    return add_content(store, source.name, read_source(source, limit, work or Work()), limit)


def add_content(store: Store, name: str, content: bytes, limit: int = DEFAULT_LIMIT) -> StoredFile:
    """As ``add_file``, for content that is no file, such as a picture from the clipboard."""
    require_size(len(content), limit, kept_name(name))
    file = StoredFile(hashlib.sha256(content).hexdigest(), kept_name(name), len(content))
    there = condition(store, file)
    if there is Condition.GOOD:
        return file
    write_checked(store, file, content)
    return replace(file, mended=there is Condition.ALTERED)


def glance(store: Store, file: StoredFile) -> Condition:
    """Whether the file is there and of the right size; its content is not read."""
    try:
        found = store.path(file.digest).stat()
    except OSError:
        return Condition.MISSING
    return Condition.GOOD if found.st_size == file.size + store.cipher.overhead else Condition.ALTERED


def condition(store: Store, file: StoredFile) -> Condition:
    """As ``glance``, and the content has its digest."""
    return _examine(store, file)[0]


def read_stored(store: Store, file: StoredFile) -> bytes:
    """The content, verified. Raises WorkbookError where the file is missing or altered."""
    found, content = _examine(store, file)
    place = str(store.path(file.digest))
    if found is Condition.MISSING:
        raise WorkbookError(f"找不到佐证文件“{file.name}”", place=place, remedy=missing_remedy(store))
    if found is Condition.ALTERED:
        raise WorkbookError(f"佐证文件“{file.name}”的内容被改动或损坏", place=place, remedy=ALTERED_REMEDY)
    return content


def missing_remedy(store: Store) -> str:
    return f"请把原来的 {store.folder.name} 文件夹放回工作簿旁边（与工作簿同名），或用原来的文件重新添加"


def open_copy(store: Store, file: StoredFile, folder: Path) -> Path:
    """A verified, read-only copy under the file's own name, somewhere in ``folder``, for the system's program to open.

    Raises WorkbookError for the stored file, OutputError for the copy.
    """
    content = read_stored(store, file)
    target = folder / file.digest[:16] / safe_name(file.name)
    with contextlib.suppress(OSError):
        if target.read_bytes() == content:  # shown already, and maybe held open by the program that shows it
            return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            target.chmod(0o600)  # Windows deletes no read-only file
            target.unlink()
    except OSError as problem:
        what = f"无法写入临时文件（{os_reason(problem)}）"
        raise OutputError(what, place=str(target), remedy="请关闭正在打开的同名文件，并检查磁盘空间") from problem
    write_file(target, content)
    with contextlib.suppress(OSError):
        target.chmod(0o444)
    return target


def export_file(store: Store, file: StoredFile, target: Path) -> None:
    """Writes the verified content to ``target``, whole or not at all. Raises WorkbookError, OutputError."""
    write_file(target, read_stored(store, file))


def export_files(store: Store, files: Sequence[StoredFile], folder: Path, work: Work) -> tuple[Path, ...]:
    """Writes each under its own name, made safe, numbered where the folder has that name; nothing is replaced.

    Raises WorkbookError, OutputError, Cancelled; what was written before stays.
    """
    try:
        taken = {folded(item.name) for item in folder.iterdir()}
    except OSError as problem:
        what = f"无法打开文件夹（{os_reason(problem)}）"
        raise OutputError(what, place=str(folder), remedy="请换一个可以写入的文件夹") from problem
    written: list[Path] = []
    for number, file in enumerate(files):
        work.step(number / len(files), f"正在导出 {file.name}")
        name = numbered_name(file.name, taken)
        taken.add(folded(name))
        export_file(store, file, folder / name)
        written.append(folder / name)
    return tuple(written)


def stored_names(store: Store) -> frozenset[str]:
    """Of every file that was stored, wanted or not; empty where there is no folder."""
    try:
        return frozenset(item.name for item in store.folder.iterdir() if _STORED_NAME.fullmatch(item.name))
    except FileNotFoundError:
        return frozenset()
    except OSError as problem:
        what = f"无法打开佐证文件夹（{os_reason(problem)}）"
        raise WorkbookError(what, place=str(store.folder), remedy="请检查文件夹的读取权限") from problem


def is_stored_name(name: str) -> bool:
    return _STORED_NAME.fullmatch(name) is not None


def remove_stored(store: Store, names: Iterable[str]) -> None:
    """Deletes files by their stored names. Raises OutputError."""
    for name in names:
        if not is_stored_name(name):
            raise ValueError(f"{name!r} is no stored file")
        try:
            (store.folder / name).unlink(missing_ok=True)
        except OSError as problem:
            what = f"无法删除（{os_reason(problem)}）"
            raise OutputError(what, place=str(store.folder / name), remedy="请检查文件夹是否只读") from problem


def clear_leftovers(store: Store) -> None:
    """Takes away what a killed program was about to store. Only for the one who holds the workbook's lock."""
    with contextlib.suppress(OSError):  # a folder that cannot be written is told where something is added
        for item in store.folder.glob(f"{_LEFTOVER_PREFIX}*{_LEFTOVER_SUFFIX}"):
            item.unlink(missing_ok=True)


def _examine(store: Store, file: StoredFile) -> tuple[Condition, bytes]:
    """With the content where it is good."""
    seen = glance(store, file)
    if seen is not Condition.GOOD:
        return seen, b""
    try:
        content = store.cipher.decrypt(store.path(file.digest).read_bytes())
    except (OSError, ValueError):  # what the disk cannot read back is as good as altered
        return Condition.ALTERED, b""
    if hashlib.sha256(content).hexdigest() != file.digest:
        return Condition.ALTERED, b""
    return Condition.GOOD, content


def write_checked(store: Store, file: StoredFile, content: bytes) -> None:
    """Writes what is to lie under the file's digest, and reads it again. Raises OutputError, with nothing written."""
    temporary: Path | None = None
    try:
        store.folder.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_LEFTOVER_PREFIX, suffix=_LEFTOVER_SUFFIX, dir=store.folder)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(store.cipher.encrypt(content))
            stream.flush()
            os.fsync(stream.fileno())
        if store.cipher.decrypt(temporary.read_bytes()) != content:
            raise OSError(None, "写入后读回的内容不一致")
        temporary.replace(store.path(file.digest))
        temporary = None
        sync_folder(store.folder)
        sync_folder(store.folder.parent)
    except (OSError, ValueError) as problem:
        remedy = "请检查磁盘空间、文件夹是否只读、移动盘是否已断开；工作簿没有改动"
        what = f"无法保存佐证文件“{file.name}”（{os_reason(problem)}）"
        raise OutputError(what, place=str(store.folder), remedy=remedy) from problem
    finally:
        if temporary is not None:  # also when the user interrupts
            temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Makes a new name in a folder last through a power cut; Windows has no such call, and needs none."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
