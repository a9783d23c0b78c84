"""What must hold after a program was killed at its work, scenario by scenario."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from assessor.domain.year import Stage
from assessor.errors import WrongPasswordError
from assessor.work import Work
from assessor.workbook.backup import backup_workbook
from assessor.workbook.backup_list import list_backups
from assessor.workbook.backup_names import Reason
from assessor.workbook.evidence import EvidenceFacts, Owner
from assessor.workbook.evidence_adding import Content, Draft, add_drafts
from assessor.workbook.evidence_check import check_files
from assessor.workbook.evidence_store import Condition, store_of
from assessor.workbook.format import FORMAT_VERSION, is_protected_file
from assessor.workbook.history import EditKind, list_edits
from assessor.workbook.password import remove_password, set_password
from assessor.workbook.protected_header import read_header
from assessor.workbook.restore import restore
from assessor.workbook.seal import seal_year, unseal_year
from assessor.workbook.seal_verify import examine_seals
from assessor.workbook.seals import load_seals, open_seal
from assessor.workbook.settings import load_settings
from assessor.workbook.submissions import save_submission
from assessor.workbook.workbook import Check, Reading, Workbook
from assessor.workbook.years import load_year, save_year
from tests.faults.killing import IMPORTED, NAME, PASSWORDS, YEAR, write_number
from tests.workbook.builders import own_form, small_workbook
from tests.workbook.with_backups import PROOF, plain_texts

_NEXT = 1_000_000
_RELEASED = Path(__file__).parent / "released"
_TEMPLATES = {"upgrade": "upgrade", "rename": "upgrade", "password": "password"}
_MARK = Decimal("87.5")
"""Of the one mark in the older file."""


def prepare(templates: Path) -> None:
    """Makes what the victims work on: ``common`` with one backup, ``upgrade``, an older file, and ``password``, with
    evidence and two backups."""
    common, older, evident = templates / "common", templates / "upgrade", templates / "password"
    common.mkdir()
    older.mkdir()
    with small_workbook(common, (YEAR,)) as workbook:
        with workbook.edit("写数") as edit:
            write_number(edit, 0)
            save_year(edit, replace(load_year(edit, YEAR), stage=Stage.REVIEW, collection_closed=True))
        backup_workbook(workbook.path, Reason.MANUAL, "0")
    shutil.copytree(common, evident)
    with Workbook.open(evident / NAME) as workbook:
        with workbook.edit("录入填报") as edit:
            save_submission(edit, YEAR, own_form())
        drafts = [
            Draft(
                "kexie",
                EvidenceFacts(f"证明 {number}", Owner("", 1)),
                Content(f"{number}.pdf", PROOF + bytes([number])),
            )
            for number in range(3)
        ]
        add_drafts(workbook, YEAR, drafts, Work())
        backup_workbook(workbook.path, Reason.MANUAL, "0")
    shutil.copyfile(_RELEASED / f"format-{FORMAT_VERSION - 1}.assess", older / NAME)


def copy_template(templates: Path, scenario: str, folder: Path) -> Path:
    source = templates / _TEMPLATES.get(scenario, "common")
    shutil.copytree(source, folder)
    return folder / NAME


def check(scenario: str, path: Path, said: tuple[str, ...]) -> None:
    """Raises AssertionError, or what the workbook raises, where something was lost or stands in the way."""
    password = password_of(path)
    with Workbook.open(path, check=Check.FULL, password=password) as workbook:
        assert not workbook.read_only, workbook.read_only_reason
        _CHECKS[scenario](workbook, said)
        if open_seal(workbook, YEAR) is None:
            with workbook.edit("接着写") as edit:
                write_number(edit, _NEXT)
            assert number_in(workbook) == _NEXT
    if scenario in _AGAIN:
        _AGAIN[scenario](path)
    with Workbook.open(path, check=Check.FULL, password=password_of(path)) as workbook:
        assert not workbook.was_unclean
    assert not path.with_name(path.name + "-wal").exists()


def password_of(path: Path) -> str | None:
    """Whichever of those that the victim had; None where there is none."""
    if not is_protected_file(path):
        return None
    for word in PASSWORDS:
        with suppress(WrongPasswordError):
            read_header(path, word)
            return word
    raise AssertionError("no password opens it")


def number_in(source: Reading) -> int:
    """The one number that every place bears."""
    rows = source.rows(
        "SELECT title AS number FROM settings UNION SELECT title FROM unit_group UNION SELECT value FROM observation"
    )
    numbers = {int(row["number"]) for row in rows}
    assert len(numbers) == 1, f"half an edit: {numbers}"
    return numbers.pop()


def _check_edits(workbook: Workbook, said: tuple[str, ...]) -> None:
    last = int(said[-1]) if said else 0
    assert number_in(workbook) in (last, last + 1)


def _check_upgraded(workbook: Workbook, said: tuple[str, ...]) -> None:
    """Its rows and history have come along, the original is kept, and nothing unfinished lies about."""
    [mark] = workbook.rows("SELECT value FROM mark")
    assert Decimal(mark["value"]) == _MARK
    kinds = [record.kind for record in list_edits(workbook)]
    assert kinds.count(EditKind.UPGRADE) == kinds.count(EditKind.START) == 1
    assert [backup.reason for backup in list_backups(workbook.path)] == [Reason.UPGRADE]
    assert not list(workbook.path.parent.glob("*升级中*"))
    if said or load_settings(workbook).title.isdigit():
        _check_edits(workbook, said)


def _check_import(workbook: Workbook, said: tuple[str, ...]) -> None:
    sql = "SELECT substr(reviewer, 1, instr(reviewer, '-') - 1) AS number, count(*) AS rows FROM mark GROUP BY 1"
    counts = {row["number"]: row["rows"] for row in workbook.rows(sql)}
    assert set(counts.values()) <= {IMPORTED}
    assert set(said) <= set(counts)
    assert len(counts) <= len(said) + 1


def _check_seals(workbook: Workbook, said: tuple[str, ...]) -> None:
    """Steps done are said or one more; of two steps the first seals and the second undoes it."""
    seals = load_seals(workbook, YEAR)
    done = sum(1 + (seal.unsealed_at is not None) for seal in seals)
    assert done in (len(said), len(said) + 1)
    is_sealed = open_seal(workbook, YEAR) is not None
    assert is_sealed == bool(done % 2)
    assert (load_year(workbook, YEAR).stage is Stage.SEAL) == is_sealed
    assert len(examine_seals(workbook)) == len(seals)
    if is_sealed:
        unseal_year(workbook, YEAR, "试验")


def _check_backups(workbook: Workbook, said: tuple[str, ...]) -> None:
    wrote = [word.split()[1] for word in said if word.startswith("wrote")]
    _check_edits(workbook, tuple(wrote))
    backups = {backup.label: backup for backup in list_backups(workbook.path)}
    newest = [word.split()[1] for word in said if word.startswith("backed-up")]
    assert set(newest[-1:]) <= set(backups)
    _check_files(workbook.path)


def _check_restored(workbook: Workbook, said: tuple[str, ...]) -> None:
    number = number_in(workbook)
    kept = _check_files(workbook.path)
    verb, last = said[-1].split() if said else ("restored", "0")
    assert number in ((int(last), 0) if verb == "wrote" else (0, int(last) + 1))
    assert int(last) in {number, *kept}, "neither in the workbook nor in what was kept of it"


def _check_password(workbook: Workbook, said: tuple[str, ...]) -> None:
    """Steps done are said or one more. One password, or none, is that of all; what it covers lies nowhere plainly."""
    states = [_password_state(len(said) + more) for more in (0, 1)]
    assert (workbook.password, number_in(workbook)) in states
    backups = list_backups(workbook.path)
    assert len(backups) == 2
    assert all(is_protected_file(backup.path) == (workbook.password is not None) for backup in backups)
    _check_files(workbook.path, workbook.password)
    found = check_files(workbook, store_of(workbook), Work())
    assert list(found.conditions.values()) == [Condition.GOOD] * 3 and found.orphans == ()
    folder = workbook.path.parent
    assert workbook.password is None or list(plain_texts(folder)) == []
    assert {item.name for item in folder.iterdir() if item.is_dir()} == {"考核.backups", "考核.evidence"}
    assert all(item.is_file() for item in folder.glob("*/*"))


def _password_state(steps: int) -> tuple[str | None, int]:
    """The password and the number after so many steps: of four the first sets it, the second writes, and so on."""
    rounds, step = divmod(steps, 4)
    return (None, PASSWORDS[0], PASSWORDS[0], PASSWORDS[1])[step], rounds + (step > 1)


def _check_files(path: Path, password: str | None = None) -> set[int]:
    """Every file with a backup's name is a whole one: the numbers in them."""
    numbers = set()
    for backup in list_backups(path):
        with Workbook.open(backup.path, read_only=True, check=Check.FULL, password=password) as opened:
            numbers.add(number_in(opened))
            assert backup.label in ("", str(number_in(opened)))
    return numbers


def _back_up_again(path: Path) -> None:
    made = backup_workbook(path, Reason.MANUAL, str(_NEXT))
    assert made is not None


def _restore_again(path: Path) -> None:
    backup = next(backup for backup in list_backups(path) if backup.label == "0")
    restore(path, backup.path)
    with Workbook.open(path) as workbook:
        assert number_in(workbook) == 0


def _convert_again(path: Path) -> None:
    present = password_of(path)
    if present is None:
        set_password(path, PASSWORDS[1])
    else:
        remove_password(path, present)


def _seal_again(path: Path) -> None:
    with Workbook.open(path) as workbook:
        seal_year(workbook, YEAR, accept_pending=True)


_CHECKS: dict[str, Callable[[Workbook, tuple[str, ...]], None]] = {
    "edits": _check_edits,
    "import": _check_import,
    "score": _check_edits,
    "seal": _check_seals,
    "backup": _check_backups,
    "restore": _check_restored,
    "upgrade": _check_upgraded,
    "rename": _check_upgraded,
    "password": _check_password,
}
_AGAIN: dict[str, Callable[[Path], None]] = {
    "backup": _back_up_again,
    "password": _convert_again,
    "restore": _restore_again,
    "seal": _seal_again,
}
