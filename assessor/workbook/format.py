"""What makes a file a workbook: its header, read as bytes so that a file that is none is not even touched.

The three numbers are fields of the 100 bytes that open every SQLite file (https://www.sqlite.org/fileformat.html).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log2
from pathlib import Path

from assessor.errors import DamagedWorkbookError, PasswordNeededError, WorkbookError, os_reason
from assessor.open_files import read_start

SUFFIX = ".assess"
APPLICATION_ID = int.from_bytes(b"ASSE", "big")
FORMAT_VERSION = 7
"""Number of migrations in ``schema.MIGRATIONS``, stored as ``user_version``."""

SCHEMA_DIGESTS = {
    6: "d2006556c90bfdb7e4666e9f7a3c1434ff6c86296970cee1a6e12b59d3d0d411",
    7: "4165ae3e6992eace7ff9087920ab34510770ebfea1098df907afba7bfcd460ba",
}
"""Released format -> digest of its definitions (``integrity.schema_digest``); 6 was the first to be released."""

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_PAGE_BYTES = 4096
"""Of a protected workbook's pages: SQLCipher's default."""
_LEAST_ENTROPY = 7.8
"""Bits a byte. A page of random bytes has 7.95, give or take 0.01; text and numbers have far less."""


@dataclass(frozen=True)
class Header:
    version: int
    application_id: int
    expected_bytes: int
    """Size that the header gives the file; 0 where it does not say."""
    is_protected: bool = False
    """It has a password, and all that can be said without it is this (see ``protected_header.py``)."""


def check_header(path: Path) -> Header:
    """Raises WorkbookError where ``path`` is not a workbook that this program can open; never writes."""
    start, size = _read_start(path)
    if size == 0:
        raise DamagedWorkbookError(
            "这是一个空文件，不是考核工作簿", place=str(path), remedy="请改用备份，或新建一个工作簿"
        )
    if looks_protected(start, size, is_named_workbook=path.suffix == SUFFIX):
        return Header(0, 0, 0, is_protected=True)
    if not start.startswith(_MAGIC) or len(start) < _HEADER_BYTES:
        remedy = f"请选择扩展名为 {SUFFIX} 的考核工作簿；若它原是工作簿，文件已损坏，请改用备份"
        kind = DamagedWorkbookError if path.suffix == SUFFIX else WorkbookError  # a name says what it was
        raise kind("这不是考核工作簿", place=str(path), remedy=remedy)
    header = _parse(start)
    require_ours(header, path)
    if size < header.expected_bytes and not has_unsaved_log(path):
        raise corrupt(path, f"应有 {header.expected_bytes} 字节，只有 {size} 字节")
    return header


def stated_version(path: Path) -> int | None:
    """The format that a file, which may be damaged, says it has; None where its beginning is lost or protected."""
    start, _size = _read_start(path)
    return _parse(start).version if start.startswith(_MAGIC) and len(start) >= _HEADER_BYTES else None


def require_ours(header: Header, path: Path) -> None:
    """Raises WorkbookError where the file is another program's, or of a format that this program does not know."""
    if header.application_id != APPLICATION_ID:
        raise WorkbookError(
            "这是别的程序的数据文件，不是考核工作簿",
            place=str(path),
            remedy=f"请选择本程序建立的 {SUFFIX} 文件",
        )
    if header.version > FORMAT_VERSION:
        raise WorkbookError(
            f"工作簿由更新版本的程序建立（文件格式 {header.version}，本程序支持到 {FORMAT_VERSION}）",
            place=str(path),
            remedy="请升级本程序后再打开",
        )
    if header.version < 1:
        raise corrupt(path, "没有格式版本")


def looks_protected(start: bytes, size: int, *, is_named_workbook: bool) -> bool:
    """Whether a file of ``size`` bytes that begins with the page ``start`` is an encrypted database, as far as can be
    told without its key: random bytes from the first on. Cut short, it is still known by its name."""
    if start.startswith(_MAGIC) or len(start) < _PAGE_BYTES:
        return False
    return (is_named_workbook or size % _PAGE_BYTES == 0) and _entropy(start) > _LEAST_ENTROPY


def is_protected_file(path: Path) -> bool:
    """False also where it cannot be read."""
    try:
        start, size = _read_start(path)
    except WorkbookError:
        return False
    return looks_protected(start, size, is_named_workbook=path.suffix == SUFFIX)


def _entropy(data: bytes) -> float:
    shares = [count / len(data) for count in Counter(data).values()]
    return -sum(share * log2(share) for share in shares)


def has_unsaved_log(path: Path) -> bool:
    """Whether changes wait in the write-ahead log beside the file (it is open elsewhere, or the program was killed)."""
    real = path.resolve()
    log = real.with_name(real.name + "-wal")
    return log.is_file() and log.stat().st_size > 0


def password_needed(path: Path) -> PasswordNeededError:
    return PasswordNeededError(
        "工作簿有密码",
        place=str(path),
        remedy="请输入密码后打开（命令行加 --password-stdin）；如果从没有设过密码，就是文件第一页已损坏，请改用备份",
    )


def corrupt(path: Path, detail: str) -> DamagedWorkbookError:
    what = f"工作簿已损坏（{detail}）" if detail else "工作簿已损坏"
    return DamagedWorkbookError(what, place=str(path), remedy="请保留此文件，改用最近的备份打开")


def _read_start(path: Path) -> tuple[bytes, int]:
    try:
        if not path.exists():
            raise WorkbookError("找不到工作簿", place=str(path), remedy="请检查文件名和所在文件夹，或新建一个工作簿")
        if path.is_dir():
            remedy = f"请选择其中的 {SUFFIX} 文件"
            raise WorkbookError("这是一个文件夹，不是工作簿", place=str(path), remedy=remedy)
        return read_start(path, _PAGE_BYTES), path.stat().st_size
    except OSError as problem:
        raise WorkbookError(
            f"无法读取（{os_reason(problem)}）", place=str(path), remedy="请检查文件的读取权限，或把它复制到别处再打开"
        ) from problem


def _parse(start: bytes) -> Header:
    def number(offset: int, length: int = 4) -> int:
        return int.from_bytes(start[offset : offset + length], "big")

    page_size = 65536 if number(16, 2) == 1 else number(16, 2)
    size_is_valid = number(24) == number(92)
    return Header(
        version=number(60),
        application_id=number(68),
        expected_bytes=page_size * number(28) if size_is_valid else 0,
    )
