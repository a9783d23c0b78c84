"""What is under way when a workbook gets, changes or loses its password, so that a killed program leaves nothing half.

The new files are made in hidden folders named ``.converting``; the workbook's own holds a log of names. The moment
that counts is one rename: the converted workbook takes the old one's name. Killed before, everything is taken back;
killed after, the rest is done at the next opening. Neither takes the password.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from assessor.errors import OutputError
from assessor.open_files import read_start
from assessor.output import write_file
from assessor.workbook.backup_list import backup_folders, list_backups
from assessor.workbook.backup_names import cut
from assessor.workbook.driver import SALT_BYTES
from assessor.workbook.evidence_store import is_stored_name, remove_stored, store_beside, sync_folder

_FOLDER = ".converting"
_LOG = "log.json"
_LONGEST = 200
"""Bytes of a name that one more ending fits to."""


@dataclass(frozen=True)
class ConversionLog:
    head: str
    """First bytes of the converted workbook, hexadecimal: whether it has taken its place is known by them."""
    made: Sequence[str]
    """Stored names of evidence that were not there before."""
    gone: Sequence[str]
    """Stored names of evidence that are not wanted any longer once the workbook is converted."""


def workshop(real: Path) -> Path:
    """The hidden folder beside a workbook in which its successor is made."""
    return real.with_name(f".{cut(real.name, _LONGEST)}{_FOLDER}")


def backup_workshop(folder: Path) -> Path:
    """The hidden folder in a folder of backups. Only a finished backup bears its final name there."""
    return folder / _FOLDER


def head_of_file(path: Path) -> str:
    return read_start(path, SALT_BYTES).hex()


def write_log(real: Path, log: ConversionLog) -> None:
    """Raises OutputError."""
    write_file(workshop(real) / _LOG, json.dumps(asdict(log)).encode())


def finish_conversion(path: Path) -> None:
    """Does the rest of a conversion, or takes it back, as far as the disk allows. Only for the holder of the workbook's
    lock. What cannot be done now is done the next time."""
    real = path.resolve()
    if not workshop(real).is_dir():
        return
    with suppress(OSError, OutputError):
        log = _read(real)
        is_done = log is not None and head_of_file(real) == log.head
        if log is not None:
            unwanted = log.gone if is_done else log.made
            remove_stored(store_beside(real), unwanted)
        folders = [folder for folder in backup_folders(real) if backup_workshop(folder).is_dir()]
        if is_done:
            _place_backups(real)
        for folder in folders:
            remove_tree(backup_workshop(folder))
        remove_tree(workshop(real))


def _place_backups(real: Path) -> None:
    for backup in list_backups(real):
        fresh = backup_workshop(backup.path.parent) / backup.path.name
        if fresh.is_file():
            replace_file(fresh, backup.path)


def remove_tree(folder: Path) -> None:
    """With the write-protected files in it, which Windows would not remove. Raises OSError."""
    if os.name == "nt":
        for item in folder.rglob("*"):
            item.chmod(0o700)
    shutil.rmtree(folder)


def sync_file(path: Path) -> None:
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def replace_file(fresh: Path, target: Path) -> None:
    """Whether or not ``target`` is write-protected. Raises OSError."""
    if os.name == "nt":
        target.chmod(0o644)  # Windows replaces no write-protected file
    fresh.replace(target)
    sync_folder(target.parent)


def _read(real: Path) -> ConversionLog | None:
    """None where there is none yet, or it was not written whole; then nothing was made but in the hidden folders."""
    try:
        fields = json.loads((workshop(real) / _LOG).read_bytes())
        made, gone = ([str(name) for name in fields[part] if is_stored_name(str(name))] for part in ("made", "gone"))
        return ConversionLog(str(fields["head"]), made, gone)
    except (OSError, ValueError, KeyError, TypeError):
        return None
