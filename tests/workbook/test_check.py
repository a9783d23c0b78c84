"""The whole check: clean for a sound workbook, and naming what is wrong in a damaged one, without touching it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.errors import WorkbookError
from assessor.workbook.backup import backup_workbook
from assessor.workbook.backup_names import Reason
from assessor.workbook.check import check_workbook
from assessor.workbook.diagnosis import Ailment, diagnose
from assessor.workbook.integrity import FindingKind
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import small_workbook
from tests.workbook.test_backup import change, overwrite
from tests.workbook.test_salvage import tamper


@pytest.fixture
def path(tmp_path: Path) -> Path:
    small_workbook(tmp_path).close()
    return tmp_path / "考核.assess"


def test_a_sound_workbook_has_no_findings_also_while_it_is_open(path: Path) -> None:
    with Workbook.open(path):
        report = check_workbook(path)
    assert report.findings == ()
    assert report.counts.rows > 50
    assert report.counts.edits == 1
    assert [item.name for item in path.parent.iterdir()] == [path.name]


def test_a_value_that_no_edit_wrote_is_named_with_its_row(path: Path) -> None:
    tamper(path, "UPDATE unit SET short_name = '假名' WHERE code = 'kexie'")
    found = check_workbook(path).findings
    assert [finding.kind for finding in found] == [FindingKind.STATE]
    assert "kexie" in found[0].place
    assert "假名" in found[0].what


@pytest.mark.parametrize(
    ("statement", "kind", "ailment"),
    [
        ("CREATE TRIGGER spy AFTER INSERT ON unit BEGIN DELETE FROM unit; END", FindingKind.SCHEMA, Ailment.FOREIGN),
        ("CREATE VIEW spy AS SELECT * FROM unit", FindingKind.SCHEMA, Ailment.FOREIGN),
        ("DELETE FROM unit_group WHERE code = 'county'", FindingKind.REFERENCE, Ailment.CONTENT),
        ("UPDATE plan SET city = '假市'", FindingKind.STATE, Ailment.CONTENT),
    ],
)
def test_what_others_did_to_the_file_is_found(path: Path, statement: str, kind: FindingKind, ailment: Ailment) -> None:
    made = backup_workbook(path, Reason.MANUAL)
    tamper(path, statement)
    before = path.read_bytes()
    assert check_workbook(path).findings[0].kind is kind
    diagnosis = diagnose(path)
    assert diagnosis.ailment is ailment
    assert diagnosis.can_salvage
    assert diagnosis.backup == made
    assert path.read_bytes() == before


def test_a_broken_page_is_found(path: Path) -> None:
    overwrite(path, 12)
    assert check_workbook(path).findings[0].kind is FindingKind.STRUCTURE
    assert diagnose(path).ailment is Ailment.PAGES


@pytest.mark.parametrize(
    ("content", "ailment"),
    [(b"", Ailment.EMPTY), (b"text" * 5000, Ailment.NO_WORKBOOK), (None, Ailment.TRUNCATED)],
)
def test_a_file_that_is_no_workbook_or_half_of_one(path: Path, content: bytes | None, ailment: Ailment) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if content is None else content)
    assert check_workbook(path).findings[0].kind is FindingKind.STRUCTURE
    diagnosis = diagnose(path)
    assert diagnosis.ailment is ailment
    assert diagnosis.can_salvage == (ailment is not Ailment.EMPTY)
    assert diagnosis.backup is None


def test_a_log_that_does_not_belong_is_told_apart(path: Path) -> None:
    change(path, "标题")
    log = path.with_name(path.name + "-wal")
    assert diagnose(path).ailment is Ailment.NONE
    log.write_bytes(b"no log" * 1000)  # SQLite sees that this is none
    assert diagnose(path).ailment is Ailment.NONE


def test_a_missing_file_is_said_to_be_missing(path: Path) -> None:
    for look in (check_workbook, diagnose):
        with pytest.raises(WorkbookError):
            look(path.with_name("没有.assess"))
