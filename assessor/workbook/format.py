"""What makes a file a workbook: its header, read as bytes so that a file that is none is not even touched.

The three numbers are fields of the 100 bytes that open every SQLite file (https://www.sqlite.org/fileformat.html).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assessor.errors import DamagedWorkbookError, WorkbookError, os_reason
from assessor.open_files import read_start

SUFFIX = ".assess"
APPLICATION_ID = int.from_bytes(b"ASSE", "big")
FORMAT_VERSION = 6
"""Number of migrations in ``schema.MIGRATIONS``, stored as ``user_version``."""

SCHEMA_DIGESTS = {6: "d2006556c90bfdb7e4666e9f7a3c1434ff6c86296970cee1a6e12b59d3d0d411"}
"""Released format -> digest of its definitions (``integrity.schema_digest``); 6 was the first to be released."""

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100


@dataclass(frozen=True)
class Header:
    version: int
    application_id: int
    expected_bytes: int
    """Size that the header gives the file; 0 where it does not say."""


def check_header(path: Path) -> Header:
    """Raises WorkbookError where ``path`` is not a workbook that this program can open; never writes."""
    start, size = _read_start(path)
    if size == 0:
        raise DamagedWorkbookError(
            "这是一个空文件，不是考核工作簿", place=str(path), remedy="请改用备份，或新建一个工作簿"
        )
    if not start.startswith(_MAGIC) or len(start) < _HEADER_BYTES:
        remedy = f"请选择扩展名为 {SUFFIX} 的考核工作簿；若它原是工作簿，文件已损坏，请改用备份"
        raise WorkbookError("这不是考核工作簿", place=str(path), remedy=remedy)
    header = _parse(start)
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
    if size < header.expected_bytes and not has_unsaved_log(path):
        raise corrupt(path, f"应有 {header.expected_bytes} 字节，只有 {size} 字节")
    return header


def has_unsaved_log(path: Path) -> bool:
    """Whether changes wait in the write-ahead log beside the file (it is open elsewhere, or the program was killed)."""
    real = path.resolve()
    log = real.with_name(real.name + "-wal")
    return log.is_file() and log.stat().st_size > 0


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
        return read_start(path, _HEADER_BYTES), path.stat().st_size
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
