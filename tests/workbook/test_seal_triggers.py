"""Nothing of a sealed year can be changed: by no save function, by no statement of an edit, by no other program; and
what does not belong to it stays free."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.facts import Adjustment, AdjustmentKind, Award, Event, EventKind, Mark
from assessor.domain.plan import Role
from assessor.domain.target import Observation
from assessor.domain.unit import Unit
from assessor.domain.year import Stage
from assessor.errors import WorkbookError
from assessor.workbook.assignments import load_assignments, save_assignment
from assessor.workbook.events import save_adjustment, save_event, save_exemption, save_not_applicable
from assessor.workbook.evidence import (
    EvidenceFacts,
    Owner,
    add_evidence,
    attach_file,
    remove_evidence,
    update_evidence,
)
from assessor.workbook.evidence_store import StoredFile
from assessor.workbook.marks import save_award, save_mark, save_self_score
from assessor.workbook.observations import save_observation
from assessor.workbook.plans import load_plan, save_plan
from assessor.workbook.schemes import load_scheme, save_scheme
from assessor.workbook.seal import seal_year
from assessor.workbook.seal_triggers import YEAR_TABLES, guard_statements
from assessor.workbook.submissions import save_submission
from assessor.workbook.workbook import Edit, Workbook
from assessor.workbook.years import load_year, save_year
from tests.workbook.sealed import FREE, REVIEWER, YEAR, ready_workbook, submission_of

DAY = date(YEAR, 6, 2)
FACTS = EvidenceFacts("新材料", Owner(form="", revision=1))
FILE = StoredFile("cd" * 32, "新.docx", 1)

SAVES: dict[str, Callable[[Edit], object]] = {
    "save_year": lambda edit: save_year(edit, replace(load_year(edit, YEAR), deadline=DAY)),
    "save_scheme": lambda edit: save_scheme(edit, YEAR, replace(load_scheme(edit, YEAR, "member"), title="别的")),
    "save_assignment": lambda edit: save_assignment(
        edit, YEAR, replace(load_assignments(edit, YEAR)[0], role=Role.PARTICIPANT, target=Decimal(1))
    ),
    "save_submission": lambda edit: save_submission(edit, YEAR, submission_of("nongye", 2)),
    "save_mark": lambda edit: save_mark(edit, YEAR, "kexie", Mark("2.1", REVIEWER, "office", Decimal(1))),
    "save_award": lambda edit: save_award(edit, YEAR, "kexie", Award("2.2", "改", points=Decimal(1))),
    "save_self_score": lambda edit: save_self_score(edit, YEAR, "kexie", "2.2", Decimal(1)),
    "save_event": lambda edit: save_event(
        edit, YEAR, "kexie", Event("9", EventKind.BONUS, "zan", DAY, "别的", "表彰", Decimal(1))
    ),
    "save_adjustment": lambda edit: save_adjustment(
        edit, YEAR, "kexie", Adjustment("F9", "2.2", AdjustmentKind.APPEAL, Decimal(9), Decimal(1), "改", "李四", DAY)
    ),
    "save_not_applicable": lambda edit: save_not_applicable(edit, YEAR, "kexie", "1.2", "不涉及"),
    "take back not applicable": lambda edit: save_not_applicable(edit, YEAR, "nongye", "1.2", ""),
    "save_exemption": lambda edit: save_exemption(edit, YEAR, "kexie", "不参评"),
    "take back exemption": lambda edit: save_exemption(edit, YEAR, "dongqu", ""),
    "save_observation": lambda edit: save_observation(edit, Observation("suzhi", YEAR, Decimal(1), "改")),
    "add_evidence": lambda edit: add_evidence(edit, YEAR, "kexie", FACTS, FILE),
    "update_evidence": lambda edit: update_evidence(edit, YEAR, 1, FACTS),
    "attach_file": lambda edit: attach_file(edit, YEAR, 1, FILE),
    "remove_evidence": lambda edit: remove_evidence(edit, YEAR, [1]),
}


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbook]:
    with ready_workbook(tmp_path_factory.mktemp("sealed")) as workbook:
        seal_year(workbook, YEAR)
        yield workbook


@pytest.mark.parametrize("name", SAVES)
def test_every_save_function_is_refused_and_names_the_year(name: str, sealed: Workbook) -> None:
    with pytest.raises(WorkbookError, match=f"^{YEAR} 年度.*{YEAR} 年度已定稿，不能修改"), sealed.edit("改") as edit:
        SAVES[name](edit)


@pytest.mark.parametrize("table", YEAR_TABLES)
def test_every_statement_on_a_row_of_the_year_is_refused(table: str, sealed: Workbook) -> None:
    columns = sealed.rows("SELECT name, pk FROM pragma_table_info(?)", (table,))
    names = ", ".join(row["name"] for row in columns)
    value = next(row["name"] for row in columns if row["name"] != "year") if len(columns) > 1 else "year"
    for statement in (
        f"UPDATE {table} SET {value} = {value} WHERE year = ?",
        f"UPDATE {table} SET year = {FREE} WHERE year = ?",
        f"DELETE FROM {table} WHERE year = ?",
        f"INSERT INTO {table} ({names}) SELECT {names} FROM {table} WHERE year = ?",
        f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM {table} WHERE year = ?",
    ):
        with pytest.raises(WorkbookError, match=f"{YEAR} 年度已定稿"), sealed.edit("改") as edit:
            edit.execute(statement, (YEAR,))


def test_a_row_of_another_year_does_not_move_into_it(sealed: Workbook) -> None:
    with pytest.raises(WorkbookError, match=f"{YEAR} 年度已定稿"), sealed.edit("改") as edit:
        edit.execute("UPDATE assignment SET year = ? WHERE year = ?", (YEAR, FREE))


@pytest.mark.parametrize("statement", [
    "UPDATE unit SET name = '改名' WHERE code = 'kexie'",
    "UPDATE unit SET code = 'gai' WHERE code = 'kexie'",
    "UPDATE unit SET group_code = 'county' WHERE code = 'kexie'",
    "UPDATE unit SET short_name = '改' WHERE code = 'xiangcun'",
    "UPDATE unit SET valid_to = 2022 WHERE code = 'kexie'",
    "UPDATE unit SET valid_from = 2024 WHERE code = 'kexie'",
    "DELETE FROM unit WHERE code = 'kexie'",
    "INSERT INTO unit VALUES ('xin', 9, '新', '新', 'member', NULL, NULL, NULL)",
    "INSERT INTO unit VALUES ('xin', 9, '新', '新', 'member', 2023, 2023, NULL)",
    "UPDATE unit_group SET title = '改'",
    "UPDATE section SET title = '改' WHERE code = 'A1'",
    "DELETE FROM section WHERE code = 'A1'",
    "UPDATE task SET title = '改' WHERE code = 'A1.1'",
    "UPDATE task SET section = 'P1' WHERE code = 'A1.1'",
    "UPDATE target SET base = '1' WHERE code = 'suzhi'",
    "DELETE FROM target WHERE code = 'suzhi'",
])  # fmt: skip
def test_what_the_year_names_is_frozen(statement: str, sealed: Workbook) -> None:
    with pytest.raises(WorkbookError, match=f"{YEAR} 年度已定稿，其中用到的.*不能修改"), sealed.edit("改") as edit:
        edit.execute(statement)


@pytest.mark.parametrize("statement", [
    "DELETE FROM seal",
    "UPDATE seal SET digest = replace(digest, '0', '1')",
    "UPDATE seal SET unsealed_at = '2024', unsealed_by = '某', unseal_reason = '改', sealed_by = '别人'",
    "INSERT INTO seal SELECT year, 2, digest, packed, '1', '2024', '某', 'review', NULL, NULL, NULL FROM seal",
])  # fmt: skip
def test_a_seal_stays(statement: str, sealed: Workbook) -> None:
    with pytest.raises(WorkbookError, match="定稿记录不能删除或改动"), sealed.edit("改") as edit:
        edit.execute(statement)


def test_what_does_not_belong_to_the_year_stays_free(tmp_path: Path) -> None:
    with ready_workbook(tmp_path) as workbook:
        seal_year(workbook, YEAR)
        with workbook.edit("机构改革") as edit:
            plan = load_plan(edit)
            units = [
                replace(unit, valid_to=YEAR, successor="kexie") if unit.code == "nongye" else unit
                for unit in plan.units
            ]
            new = Unit("xin", "某市新局", "市新局", "member", valid_from=FREE)
            named = [replace(unit, aliases=(*unit.aliases, "别名")) if unit.code == "kexie" else unit for unit in units]
            save_plan(edit, replace(plan, units=(new, *named), office="改了名的办公室"))
            save_year(edit, replace(load_year(edit, FREE), stage=Stage.COLLECT))
            save_observation(edit, Observation("suzhi", FREE, Decimal(15), "调查"))
            edit.execute("UPDATE target SET base = '2000' WHERE code = 'peixun'")
            edit.execute("UPDATE task SET summary = '改' WHERE code = 'A1.1'")


def test_another_program_is_refused_too(tmp_path: Path) -> None:
    with ready_workbook(tmp_path) as workbook:
        seal_year(workbook, YEAR)
        path = workbook.path
    with closing(sqlite3.connect(path)) as connection:
        for trusted in ("ON", "OFF"):
            connection.execute(f"PRAGMA trusted_schema = {trusted}")
            for table in YEAR_TABLES:
                with pytest.raises(sqlite3.IntegrityError, match=f"^sealed:{table}$"):
                    connection.execute(f"DELETE FROM {table} WHERE year = ?", (YEAR,))


def test_guards_use_nothing_newer_than_the_oldest_sqlite_we_meet() -> None:
    for statement in guard_statements():
        assert "RAISE(ABORT, '" in statement
        assert "||" not in statement.split("RAISE")[1]
