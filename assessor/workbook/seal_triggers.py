"""The triggers that keep a sealed year as it is, whichever program writes to the file.

Two kinds of rows are frozen: those of a sealed year itself, and those of plan and registry that a sealed year's rows
name (``docs/sealing.md`` says which columns, and why the others are free).

RAISE takes a constant text only before SQLite 3.47, so the message cannot name the year: it is ``sealed:TABLE`` for a
row that is frozen, ``seal:kept`` for a seal that would be lost or altered. ``sealed_refusal.py`` finds the year.
"""

from __future__ import annotations

from dataclasses import dataclass

SEALED = "sealed:"
"""Start of the message; the table follows."""
SEAL_KEPT = "seal:kept"

YEAR_TABLES_OF_FORMAT_6 = (
    "year",
    "scheme",
    "role_factor",
    "category",
    "indicator",
    "grade",
    "entry_kind",
    "veto_kind",
    "figure",
    "assignment",
    "submission",
    "submission_figure",
    "evidence",
    "evidence_file",
    "reviewer",
    "mark",
    "award",
    "self_score",
    "not_applicable",
    "adjustment",
    "exemption",
    "event",
    "observation",
)
YEAR_TABLES_OF_FORMAT_7 = (
    "year_preference",
    "publicity",
    "annual_requirement",
    "mark_fact",
    "second_score",
    "appeal",
    "review_check",
    "scheme_version",
    "reviewer_unit",
    "reviewer_assignment",
)
YEAR_TABLES = (*YEAR_TABLES_OF_FORMAT_6, *YEAR_TABLES_OF_FORMAT_7)
"""Tables whose rows belong to one year each, in column ``year``; parents before children. ``note`` is none of them:
what is noted later of a sealed year changes nothing in it."""


@dataclass(frozen=True)
class SharedTable:
    """A table of plan or registry whose row is frozen while a sealed year names it."""

    table: str
    columns: tuple[str, ...]
    """That a sealed year's results and lists of work are read with; the other columns are free."""
    named: str
    """SQL: whether a sealed year names the row OLD."""


_OPEN = "unsealed_at IS NULL"

SHARED_TABLES = (
    SharedTable(
        "unit_group",
        ("code", "title"),
        f"EXISTS (SELECT 1 FROM seal JOIN scheme ON scheme.year = seal.year AND scheme.group_code = OLD.code"
        f" WHERE {_OPEN})",
    ),
    SharedTable(
        "section",
        ("code", "kind", "title"),
        f"EXISTS (SELECT 1 FROM seal JOIN assignment ON assignment.year = seal.year"
        f" JOIN task ON task.code = assignment.task WHERE {_OPEN} AND task.section = OLD.code)",
    ),
    SharedTable(
        "task",
        ("code", "section", "number", "title"),
        f"EXISTS (SELECT 1 FROM seal JOIN assignment ON assignment.year = seal.year AND assignment.task = OLD.code"
        f" WHERE {_OPEN})",
    ),
    SharedTable(
        "target",
        ("code", "title", "kind", "measure", "base", "stretch"),
        f"EXISTS (SELECT 1 FROM seal JOIN observation ON observation.year = seal.year"
        f" AND observation.target = OLD.code WHERE {_OPEN})",
    ),
)

UNIT_COLUMNS = ("code", "name", "short_name", "group_code")
"""Of a unit that is valid in a sealed year."""

_SEAL_COLUMNS = ("year", "number", "digest", "packed", "engine_version", "sealed_at", "sealed_by", "stage_before")


def guard_statements() -> tuple[str, ...]:
    """CREATE TRIGGER for every guard of format 6, the first that was released; nothing in any guard needs a trusted
    schema or more than SQLite 3.37."""
    return (
        *year_guard_statements(YEAR_TABLES_OF_FORMAT_6),
        *(statement for shared in SHARED_TABLES for statement in _shared_guards(shared)),
        *_unit_guards(),
        *_seal_guards(),
    )


def year_guard_statements(tables: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(statement for table in tables for statement in _year_guards(table))


def unit_name_guards() -> tuple[str, ...]:
    """A name is another from some year on: not from a sealed year on, nor from one before it."""

    def sealed(row: str) -> str:
        return f"EXISTS (SELECT 1 FROM seal WHERE seal.year >= {row}.from_year AND {_OPEN})"

    return (
        _guard("AFTER INSERT", "unit_name", sealed("NEW")),
        _guard("BEFORE UPDATE", "unit_name", f"{sealed('OLD')} OR {sealed('NEW')}"),
        _guard("BEFORE DELETE", "unit_name", sealed("OLD")),
    )


def _year_guards(table: str) -> tuple[str, ...]:
    def sealed(row: str) -> str:
        return f"EXISTS (SELECT 1 FROM seal WHERE seal.year = {row}.year AND {_OPEN})"

    return (
        _guard("BEFORE INSERT", table, sealed("NEW")),
        _guard("BEFORE UPDATE", table, f"{sealed('OLD')} OR {sealed('NEW')}"),
        _guard("BEFORE DELETE", table, sealed("OLD")),
    )


def _shared_guards(shared: SharedTable) -> tuple[str, ...]:
    return (
        _guard("BEFORE UPDATE", shared.table, f"({_differs(shared.columns)}) AND {shared.named}"),
        _guard("BEFORE DELETE", shared.table, shared.named),
    )


def _unit_guards() -> tuple[str, ...]:
    """A sealed year has the units that were valid in it: none may join or leave it, none may change its name."""

    def covers(row: str) -> str:
        return f"(seal.year BETWEEN coalesce({row}.valid_from, seal.year) AND coalesce({row}.valid_to, seal.year))"

    def sealed(condition: str) -> str:
        return f"EXISTS (SELECT 1 FROM seal WHERE {_OPEN} AND {condition})"

    moved = f"{covers('OLD')} <> {covers('NEW')}"
    renamed = f"{covers('OLD')} AND ({_differs(UNIT_COLUMNS)})"
    return (
        # AFTER: an upsert fires BEFORE INSERT also where it only updates.
        _guard("AFTER INSERT", "unit", sealed(covers("NEW"))),
        _guard("BEFORE UPDATE", "unit", sealed(f"({moved} OR {renamed})")),
        _guard("BEFORE DELETE", "unit", sealed(covers("OLD"))),
    )


def _seal_guards() -> tuple[str, ...]:
    """A seal is added after those before it, may be undone once, and stays."""
    follows = f"EXISTS (SELECT 1 FROM seal WHERE seal.year = NEW.year AND (seal.number >= NEW.number OR {_OPEN}))"
    undone = f"OLD.{_OPEN} AND NEW.unsealed_at IS NOT NULL AND NOT ({_differs(_SEAL_COLUMNS)})"
    return (
        _guard("BEFORE INSERT", "seal", follows, SEAL_KEPT),
        _guard("BEFORE UPDATE", "seal", f"NOT ({undone})", SEAL_KEPT),
        _guard("BEFORE DELETE", "seal", "1", SEAL_KEPT),
    )


def _differs(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)


def _guard(event: str, table: str, condition: str, message: str = "") -> str:
    name = f"guard_{event.split()[1].lower()}_{table}"
    return (
        f"CREATE TRIGGER {name} {event} ON {table} WHEN {condition}\n"
        f"BEGIN SELECT RAISE(ABORT, '{message or SEALED + table}'); END"
    )
