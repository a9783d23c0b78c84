"""A full disk: the message names the file, the old state stands, and the work goes on once there is room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.facts import Mark
from assessor.domain.year import Stage
from assessor.errors import AssessorError
from assessor.workbook.backup import backup_workbook
from assessor.workbook.backup_names import Reason
from assessor.workbook.marks import save_mark
from assessor.workbook.seal import seal_with_backup, seal_year
from assessor.workbook.settings import load_settings, save_settings
from assessor.workbook.workbook import Check, Workbook
from assessor.workbook.years import load_year, save_year
from tests.workbook.builders import small_workbook
from tests.workbook.dump import canonical_dump

resource = pytest.importorskip("resource", reason="limits of POSIX")

YEAR = 2023


@contextmanager
def full_disk(largest_file: int) -> Iterator[None]:
    """No file grows beyond ``largest_file`` bytes: writing fails as it does on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def edit_title(workbook: Workbook) -> None:
    with workbook.edit("改标题") as edit:
        save_settings(edit, replace(load_settings(edit), title="长" * 20_000))


def import_marks(workbook: Workbook) -> None:
    with workbook.edit("导入评分") as edit:
        for row in range(300):
            save_mark(edit, YEAR, "kexie", Mark("2.1", f"评委{row}", "office", Decimal(90)))


def back_up(workbook: Workbook) -> None:
    assert backup_workbook(workbook.path, Reason.MANUAL) is not None


def seal(workbook: Workbook) -> None:
    seal_year(workbook, YEAR, accept_pending=True)


def seal_after_backup(workbook: Workbook) -> None:
    seal_with_backup(workbook, YEAR, accept_pending=True)


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with small_workbook(tmp_path, (YEAR,)) as opened:
        with opened.edit("收齐") as edit:
            save_year(edit, replace(load_year(edit, YEAR), stage=Stage.REVIEW, collection_closed=True))
        yield opened


@pytest.mark.parametrize("step", [edit_title, import_marks, back_up, seal, seal_after_backup])
@pytest.mark.parametrize("room", [0, 4096, 20_000])
def test_a_full_disk_changes_nothing_and_the_work_goes_on(
    workbook: Workbook, step: Callable[[Workbook], None], room: int
) -> None:
    path = workbook.path
    before, files = canonical_dump(path), {item.name for item in path.parent.rglob("*")}
    log = path.with_name(path.name + "-wal").stat().st_size
    is_copying = step in (back_up, seal_after_backup)
    with full_disk(room if is_copying else log + room), pytest.raises(AssessorError) as refusal:
        step(workbook)
    assert str(path.parent) in refusal.value.place
    assert refusal.value.remedy
    assert canonical_dump(path) == before
    assert {item.name for item in path.parent.rglob("*")} - files <= {"考核.backups"}
    step(workbook)
    workbook.close()
    with Workbook.open(path, check=Check.FULL) as after:
        assert not after.was_unclean
