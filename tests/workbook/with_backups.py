"""A small workbook with a file of evidence and two backups, all of whose texts are easily found on the disk."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache, partial
from pathlib import Path

from assessor.work import Work
from assessor.workbook.backup import backup_workbook
from assessor.workbook.backup_names import Reason
from assessor.workbook.evidence import EvidenceFacts, Owner
from assessor.workbook.evidence_adding import Content, Draft, add_drafts
from assessor.workbook.password import set_password
from assessor.workbook.settings import load_settings, save_settings
from assessor.workbook.submissions import save_submission
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import clock, own_form, small_workbook

PROOF = "绝密证明材料".encode() * 40
ALTERED, ORPHAN = b"altered proof " * 20, b"orphaned proof " * 20
TEXTS = ("标题甲机密".encode(), "标题乙机密".encode(), "总结机密".encode(), b"SQLite format 3", PROOF[:60], ORPHAN[:60])
"""Of the workbook, its history, its backups and its evidence."""


def workbook_with_backups(folder: Path) -> Path:
    """A copy of one that is made once."""
    shutil.copytree(_template().name, folder, dirs_exist_ok=True)
    return folder / "考核.assess"


def put_protected(path: Path, password: str) -> None:
    """What ``set_password`` makes of ``workbook_with_backups``, made once, in the place of all that is beside it."""
    shutil.rmtree(path.parent)
    shutil.copytree(_protected_template(password).name, path.parent)


@lru_cache(maxsize=4)
def _protected_template(password: str) -> tempfile.TemporaryDirectory[str]:
    place = tempfile.TemporaryDirectory(prefix="assess-template-")
    set_password(workbook_with_backups(Path(place.name)), password, clock=clock)
    return place


@lru_cache(maxsize=1)
def _template() -> tempfile.TemporaryDirectory[str]:
    place = tempfile.TemporaryDirectory(prefix="assess-template-")
    _make(Path(place.name))
    return place


def _make(folder: Path) -> None:
    with small_workbook(folder) as workbook:
        path = workbook.path
        with workbook.edit("录入填报") as edit:
            save_submission(edit, 2023, own_form())
        drafts = [Draft("kexie", EvidenceFacts("总结机密", Owner("", 1)), Content("总结.pdf", PROOF))]
        add_drafts(workbook, 2023, drafts, Work())
    for hours, title in enumerate(("标题甲机密", "标题乙机密")):
        rename(path, title)
        backup_workbook(path, Reason.MANUAL, clock=partial(_hours_on, hours))


def _hours_on(hours: int) -> datetime:
    return clock() + timedelta(hours=hours)


def rename(path: Path, title: str, password: str | None = None) -> None:
    with Workbook.open(path, password=password, operator="张三") as workbook, workbook.edit("改标题") as edit:
        save_settings(edit, replace(load_settings(edit), title=title))


def plain_texts(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file that shows what a protected workbook keeps, and what it shows."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            content = file.read_bytes()
            yield from ((file, text) for text in TEXTS if text in content)
