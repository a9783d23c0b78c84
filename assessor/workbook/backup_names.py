"""Where backups lie and what they are called: ``宜春.backups/宜春-20261124-103200-手动-初评后.assess``.

All that the list of backups shows is in the names, so that it needs no index that could be lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from assessor.workbook.evidence_names import kept_name, safe_name
from assessor.workbook.format import SUFFIX

FOLDER_SUFFIX = ".backups"
DAMAGED = "恢复前-损坏原件"
"""Stands in the name of a damaged workbook that a restore has put aside; it is no backup."""
LONGEST_LABEL = 30
"""Characters; the rest is cut off."""

_MOST_BYTES = 255
_MOST_STEM_BYTES = 100  # of 255: time, reason, the longest label, a number and the ending need the rest
_TIME = "%Y%m%d-%H%M%S"


class Reason(Enum):
    """Why a backup was made; the value stands in its file name."""

    AUTOMATIC = "自动"
    MANUAL = "手动"
    IMPORT = "导入前"
    UPGRADE = "升级前"
    SEAL = "定稿前"
    UNSEAL = "解除定稿前"
    RESTORE = "恢复前"


@dataclass(frozen=True)
class Backup:
    path: Path
    at: datetime
    """Local wall-clock time, without a zone, to the second."""
    reason: Reason
    label: str
    """The user's words, as a file name can hold them; mostly empty."""
    size: int
    """Bytes."""
    is_readable: bool = True
    """Whether its header and size are those of a workbook; its content is verified when it is made and restored."""
    note: str = ""
    """Of one just made: why it does not lie in the folder that was chosen."""


_NAME = re.compile(
    rf"(?P<stem>.+)-(?P<at>\d{{8}}-\d{{6}})-(?P<reason>{'|'.join(reason.value for reason in Reason)})"
    rf"(?:-(?P<label>.+?))?(?: \(\d+\))?{re.escape(SUFFIX)}",
    re.DOTALL,
)
_DAMAGED_NAME = re.compile(rf".+-\d{{8}}-\d{{6}}-{DAMAGED}(?: \(\d+\))?{re.escape(SUFFIX)}", re.DOTALL)


def folder_beside(workbook: Path) -> Path:
    """Where the backups of a workbook lie unless another folder was chosen."""
    real = workbook.resolve()
    return real.with_name(_folder_name(real))


def folder_within(chosen: Path, workbook: Path) -> Path:
    """In a folder that the user chose, each workbook has one of its own."""
    return chosen / _folder_name(workbook.resolve())


def backup_name(workbook: Path, at: datetime, reason: Reason, label: str = "", number: int = 1) -> str:
    """A file name that Windows and Linux take. ``number``: above 1 where the folder has that name already."""
    words = safe_label(label)
    parts = [
        cut(workbook.resolve().stem, _MOST_STEM_BYTES),
        at.strftime(_TIME),
        reason.value,
        *([words] if words else []),
    ]
    return safe_name("-".join(parts) + _number(number) + SUFFIX)


def kept_original(workbook: Path, version: int) -> Path:
    """Where an upgrade keeps the file of format ``version`` that it replaces."""
    return workbook.with_name(f"{workbook.stem}.格式{version}{workbook.suffix}")


def damaged_name(workbook: Path, at: datetime, number: int = 1) -> str:
    """Of a damaged workbook that is put aside."""
    stem = cut(workbook.resolve().stem, _MOST_STEM_BYTES)
    return safe_name(f"{stem}-{at.strftime(_TIME)}-{DAMAGED}{_number(number)}{SUFFIX}")


def safe_label(label: str) -> str:
    """A label as it can stand in a file name; empty for one that says nothing."""
    words = " ".join(label.split())[:LONGEST_LABEL]
    return safe_name(kept_name(words)).strip("-. ") if words.strip(" ._-") else ""


def read_name(name: str) -> tuple[datetime, Reason, str] | None:
    """Time, reason and label; None for a file that is no backup."""
    found = _NAME.fullmatch(name)
    if found is None or _DAMAGED_NAME.fullmatch(name):
        return None
    try:
        at = datetime.strptime(found["at"], _TIME)  # noqa: DTZ007 - wall-clock time
    except ValueError:
        return None
    return at, Reason(found["reason"]), found["label"] or ""


def cut(text: str, most_bytes: int) -> str:
    """``text`` cut between characters to so many bytes of UTF-8."""
    return text.encode(errors="surrogateescape")[:most_bytes].decode("utf-8", "ignore")


def _folder_name(real: Path) -> str:
    return cut(real.stem, _MOST_BYTES - len(FOLDER_SUFFIX)) + FOLDER_SUFFIX


def _number(number: int) -> str:
    return f" ({number})" if number > 1 else ""
