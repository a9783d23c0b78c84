"""The tables of a workbook, as migrations: small named functions, appended, never edited.

Rules that hold throughout: STRICT tables; natural keys; scores and quantities as decimal text; dates as ISO text; a
``position`` column wherever order is part of the fact; foreign keys refuse the deletion of what is in use and follow a
changed code. ``group_code`` stands beside ``unit`` wherever an indicator is named, so that the database itself knows
that the indicator is one of the unit's own scheme.

sqlite_utils takes long to import: only creation and migration import this module.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from assessor.workbook.format import APPLICATION_ID, FORMAT_VERSION
from assessor.workbook.integrity import definitions
from assessor.workbook.schema_format_7 import STATEMENTS as FORMAT_7
from assessor.workbook.seal_triggers import guard_statements

MIGRATIONS = Migrations("assessor")


def migrate(connection: sqlite3.Connection, at: str) -> None:
    """Brings a connection that nobody else uses to the present format; ``at``: the time to record."""
    database = Database(connection, strict=True, execute_plugins=False)
    pending = [migration.name for migration in MIGRATIONS.pending(database)]
    MIGRATIONS.apply(database)
    for name in pending:
        connection.execute("UPDATE _sqlite_migrations SET applied_at = ? WHERE name = ?", (at, name))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")


def expected_definitions() -> list[tuple[str, str, str]]:
    """What a workbook of the present format holds, to tell by name what does not belong in one."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(connection, "")
        return definitions(connection)
    finally:
        connection.close()


def _decimal(column: str) -> str:
    """A check that text looks like a plain decimal; Python has checked the rest."""
    return f"CHECK ({column} GLOB '[0-9-]*' AND {column} NOT GLOB '*[^0-9.-]*')"


def _run(database: Database, *statements: str) -> None:
    # Not executescript: it would commit the migration's transaction.
    for statement in statements:
        database.execute(statement)


@MIGRATIONS()
def settings_and_edits(database: Database) -> None:
    _run(
        database,
        """CREATE TABLE settings (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            title TEXT NOT NULL,
            is_sample INTEGER NOT NULL CHECK (is_sample IN (0, 1)),
            backup_folder TEXT NOT NULL,
            evidence_limit INTEGER NOT NULL CHECK (evidence_limit >= 0),
            evidence_key TEXT
        ) STRICT""",
        """CREATE TABLE edit (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN (
                'start', 'edit', 'undo', 'redo', 'seal', 'unseal', 'restore', 'upgrade', 'salvage')),
            label TEXT NOT NULL CHECK (label <> ''),
            at TEXT NOT NULL,
            operator TEXT NOT NULL,
            reverses INTEGER REFERENCES edit (id),
            state TEXT NOT NULL,
            digest TEXT NOT NULL,
            CHECK ((kind IN ('undo', 'redo')) = (reverses IS NOT NULL))
        ) STRICT""",
        # The net change of a row by an edit. row_key: JSON array; before and after: JSON objects by column.
        """CREATE TABLE change (
            edit INTEGER NOT NULL REFERENCES edit (id),
            position INTEGER NOT NULL,
            data_table TEXT NOT NULL, row_key TEXT NOT NULL,
            year INTEGER, unit TEXT,
            before TEXT, after TEXT,
            PRIMARY KEY (edit, position),
            CHECK (before IS NOT NULL OR after IS NOT NULL)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX change_by_row ON change (data_table, row_key, edit)",
        *(
            f"CREATE TRIGGER {table}_never_{verb.lower()}s BEFORE {verb} ON {table}"
            " BEGIN SELECT RAISE(ABORT, 'history'); END"
            for table in ("edit", "change")
            for verb in ("UPDATE", "DELETE")
        ),
    )


@MIGRATIONS()
def plan_and_registry(database: Database) -> None:
    _run(
        database,
        """CREATE TABLE plan (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            code TEXT NOT NULL, title TEXT NOT NULL, document_number TEXT NOT NULL, issued TEXT NOT NULL,
            city TEXT NOT NULL, office TEXT NOT NULL, addressee TEXT NOT NULL,
            first_year INTEGER NOT NULL, last_year INTEGER NOT NULL,
            CHECK (first_year <= last_year)
        ) STRICT""",
        """CREATE TABLE unit_group (
            code TEXT PRIMARY KEY, position INTEGER NOT NULL, title TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE unit (
            code TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL, short_name TEXT NOT NULL,
            group_code TEXT NOT NULL REFERENCES unit_group (code) ON DELETE RESTRICT ON UPDATE CASCADE,
            valid_from INTEGER, valid_to INTEGER,
            successor TEXT REFERENCES unit (code) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
            UNIQUE (code, group_code)
        ) STRICT""",
        """CREATE TABLE unit_alias (
            unit TEXT NOT NULL REFERENCES unit (code) ON DELETE CASCADE ON UPDATE CASCADE,
            alias TEXT NOT NULL, position INTEGER NOT NULL,
            PRIMARY KEY (unit, alias)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE section (
            code TEXT PRIMARY KEY, position INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('action', 'project')), title TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE section_lead (
            section TEXT NOT NULL REFERENCES section (code) ON DELETE CASCADE ON UPDATE CASCADE,
            unit TEXT NOT NULL REFERENCES unit (code) ON DELETE RESTRICT ON UPDATE CASCADE,
            position INTEGER NOT NULL,
            PRIMARY KEY (section, unit)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE task (
            code TEXT PRIMARY KEY, position INTEGER NOT NULL,
            section TEXT NOT NULL REFERENCES section (code) ON DELETE RESTRICT ON UPDATE CASCADE,
            number INTEGER NOT NULL, title TEXT NOT NULL, summary TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE task_unit (
            task TEXT NOT NULL REFERENCES task (code) ON DELETE CASCADE ON UPDATE CASCADE,
            unit TEXT NOT NULL REFERENCES unit (code) ON DELETE RESTRICT ON UPDATE CASCADE,
            position INTEGER NOT NULL,
            PRIMARY KEY (task, unit)
        ) STRICT, WITHOUT ROWID""",
        f"""CREATE TABLE target (
            code TEXT PRIMARY KEY, position INTEGER NOT NULL, title TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('yearly', 'cumulative', 'by_end')), measure TEXT NOT NULL,
            base TEXT NOT NULL {_decimal("base")}, stretch TEXT {_decimal("stretch")},
            task TEXT REFERENCES task (code) ON DELETE RESTRICT ON UPDATE CASCADE, source TEXT NOT NULL
        ) STRICT""",
        f"""CREATE TABLE observation (
            target TEXT NOT NULL REFERENCES target (code) ON DELETE RESTRICT ON UPDATE CASCADE,
            year INTEGER NOT NULL, value TEXT NOT NULL {_decimal("value")}, source TEXT NOT NULL,
            is_sample INTEGER NOT NULL CHECK (is_sample IN (0, 1)),
            PRIMARY KEY (target, year)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE schedule_item (
            position INTEGER PRIMARY KEY, first_year INTEGER NOT NULL, last_year INTEGER NOT NULL,
            title TEXT NOT NULL, text TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE requirement (
            position INTEGER PRIMARY KEY,
            group_code TEXT NOT NULL REFERENCES unit_group (code) ON DELETE RESTRICT ON UPDATE CASCADE,
            title TEXT NOT NULL, text TEXT NOT NULL
        ) STRICT""",
    )


@MIGRATIONS()
def years_and_schemes(database: Database) -> None:
    columns = "year INTEGER NOT NULL, group_code TEXT NOT NULL"
    foreign_key = """FOREIGN KEY (year, group_code) REFERENCES scheme (year, group_code)
                ON DELETE RESTRICT ON UPDATE CASCADE"""
    _run(
        database,
        """CREATE TABLE year (
            year INTEGER PRIMARY KEY CHECK (year BETWEEN 1900 AND 2200),
            starts TEXT NOT NULL, ends TEXT NOT NULL, deadline TEXT NOT NULL,
            stage TEXT NOT NULL CHECK (stage IN ('assign', 'collect', 'score', 'review', 'seal')),
            collection_closed INTEGER NOT NULL CHECK (collection_closed IN (0, 1)),
            is_sample INTEGER NOT NULL CHECK (is_sample IN (0, 1)),
            CHECK (starts <= ends)
        ) STRICT""",
        f"""CREATE TABLE scheme (
            year INTEGER NOT NULL REFERENCES year (year) ON DELETE RESTRICT ON UPDATE CASCADE,
            group_code TEXT NOT NULL REFERENCES unit_group (code) ON DELETE RESTRICT ON UPDATE CASCADE,
            code TEXT NOT NULL, title TEXT NOT NULL,
            full_marks TEXT NOT NULL {_decimal("full_marks")},
            decimals INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 9),
            not_applicable TEXT NOT NULL CHECK (not_applicable IN ('rescale', 'full', 'zero')),
            min_coverage TEXT NOT NULL {_decimal("min_coverage")},
            ceiling TEXT NOT NULL CHECK (ceiling IN ('full_marks', 'with_bonus')),
            tie_break TEXT NOT NULL,
            quota_share TEXT {_decimal("quota_share")},
            quota_rounding TEXT CHECK (quota_rounding IN ('floor', 'ceil')),
            quota_tie TEXT CHECK (quota_tie IN ('exclude', 'include')),
            is_default INTEGER NOT NULL CHECK (is_default IN (0, 1)), note TEXT NOT NULL,
            PRIMARY KEY (year, group_code),
            CHECK ((quota_share IS NULL) = (quota_rounding IS NULL) AND (quota_share IS NULL) = (quota_tie IS NULL))
        ) STRICT""",
        f"""CREATE TABLE role_factor (
            {columns}, role TEXT NOT NULL CHECK (role IN ('lead', 'participant')),
            factor TEXT NOT NULL {_decimal("factor")},
            PRIMARY KEY (year, group_code, role), {foreign_key}
        ) STRICT, WITHOUT ROWID""",
        f"""CREATE TABLE category (
            {columns}, code TEXT NOT NULL, position INTEGER NOT NULL, title TEXT NOT NULL,
            PRIMARY KEY (year, group_code, code), {foreign_key}
        ) STRICT""",
        f"""CREATE TABLE indicator (
            year INTEGER NOT NULL, group_code TEXT NOT NULL, code TEXT NOT NULL, position INTEGER NOT NULL,
            category TEXT NOT NULL, title TEXT NOT NULL, points TEXT NOT NULL {_decimal("points")},
            scope TEXT NOT NULL CHECK (scope IN ('unit', 'task')),
            content TEXT NOT NULL, criterion TEXT NOT NULL, proof TEXT NOT NULL,
            rule TEXT NOT NULL,
            PRIMARY KEY (year, group_code, code),
            FOREIGN KEY (year, group_code, category) REFERENCES category (year, group_code, code)
                ON DELETE RESTRICT ON UPDATE CASCADE
        ) STRICT""",
        f"""CREATE TABLE grade (
            {columns}, title TEXT NOT NULL, position INTEGER NOT NULL,
            minimum TEXT NOT NULL {_decimal("minimum")}, category_share TEXT {_decimal("category_share")},
            PRIMARY KEY (year, group_code, title), {foreign_key}
        ) STRICT""",
        f"""CREATE TABLE entry_kind (
            {columns}, kind TEXT NOT NULL CHECK (kind IN ('bonus', 'deduction')), code TEXT NOT NULL,
            position INTEGER NOT NULL, title TEXT NOT NULL, cap TEXT NOT NULL {_decimal("cap")},
            criterion TEXT NOT NULL, proof TEXT NOT NULL,
            PRIMARY KEY (year, group_code, kind, code), {foreign_key}
        ) STRICT""",
        f"""CREATE TABLE veto_kind (
            {columns}, code TEXT NOT NULL, position INTEGER NOT NULL, title TEXT NOT NULL,
            limit_grade TEXT NOT NULL, criterion TEXT NOT NULL,
            PRIMARY KEY (year, group_code, code), {foreign_key}
        ) STRICT""",
        f"""CREATE TABLE figure (
            {columns}, code TEXT NOT NULL, position INTEGER NOT NULL, title TEXT NOT NULL, measure TEXT NOT NULL,
            scope TEXT NOT NULL CHECK (scope IN ('unit', 'task')),
            PRIMARY KEY (year, group_code, code), {foreign_key}
        ) STRICT""",
    )


_UNIT_OF_GROUP = (
    "FOREIGN KEY (unit, group_code) REFERENCES unit (code, group_code) ON DELETE RESTRICT ON UPDATE CASCADE"
)
_ASSIGNED_TASK = "FOREIGN KEY (year, assigned_task, unit) REFERENCES assignment (year, task, unit) ON DELETE RESTRICT"
_INDICATOR_OF_GROUP = (
    "FOREIGN KEY (year, group_code, indicator) REFERENCES indicator (year, group_code, code)"
    " ON DELETE RESTRICT ON UPDATE CASCADE"
)


@MIGRATIONS()
def assignments_and_submissions(database: Database) -> None:
    submission_key = """FOREIGN KEY (year, unit, form, revision)
                REFERENCES submission (year, unit, form, revision) ON DELETE CASCADE ON UPDATE CASCADE"""
    _run(
        database,
        f"""CREATE TABLE assignment (
            year INTEGER NOT NULL REFERENCES year (year) ON DELETE RESTRICT ON UPDATE CASCADE,
            task TEXT NOT NULL REFERENCES task (code) ON DELETE RESTRICT ON UPDATE CASCADE,
            unit TEXT NOT NULL REFERENCES unit (code) ON DELETE RESTRICT ON UPDATE CASCADE,
            role TEXT NOT NULL CHECK (role IN ('lead', 'participant')),
            weight TEXT NOT NULL {_decimal("weight")}, target TEXT {_decimal("target")}, measure TEXT NOT NULL,
            deadline TEXT, not_applicable TEXT NOT NULL,
            PRIMARY KEY (year, task, unit)
        ) STRICT""",
        # form: a task's code, or empty for the unit's own yearly form. task repeats it for the foreign key, which
        # must not see the empty one.
        """CREATE TABLE submission (
            year INTEGER NOT NULL REFERENCES year (year) ON DELETE RESTRICT ON UPDATE CASCADE,
            unit TEXT NOT NULL REFERENCES unit (code) ON DELETE RESTRICT ON UPDATE CASCADE,
            form TEXT NOT NULL,
            revision INTEGER NOT NULL CHECK (revision >= 1),
            task TEXT GENERATED ALWAYS AS (nullif(form, '')) STORED,
            state TEXT NOT NULL CHECK (state IN ('submitted', 'returned', 'accepted')),
            first_submitted_on TEXT NOT NULL, submitted_on TEXT NOT NULL,
            note TEXT NOT NULL, return_reason TEXT NOT NULL,
            PRIMARY KEY (year, unit, form, revision),
            FOREIGN KEY (year, task, unit) REFERENCES assignment (year, task, unit) ON DELETE RESTRICT
        ) STRICT""",
        f"""CREATE TABLE submission_figure (
            year INTEGER NOT NULL, unit TEXT NOT NULL, form TEXT NOT NULL, revision INTEGER NOT NULL,
            figure TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('number', 'empty', 'not_applicable', 'not_submitted')),
            value TEXT {_decimal("value")},
            PRIMARY KEY (year, unit, form, revision, figure),
            CHECK ((state = 'number') = (value IS NOT NULL)),
            {submission_key}
        ) STRICT, WITHOUT ROWID""",
    )


@MIGRATIONS()
def judgements_and_events(database: Database) -> None:
    judged = "year INTEGER NOT NULL, unit TEXT NOT NULL, group_code TEXT NOT NULL, indicator TEXT NOT NULL"
    foreign_keys = f"{_UNIT_OF_GROUP}, {_INDICATOR_OF_GROUP}"
    # task: of an indicator that is scored task by task, else empty. assigned_task repeats it for the foreign key, which
    # must not see the empty one.
    of_task = "task TEXT NOT NULL, assigned_task TEXT GENERATED ALWAYS AS (nullif(task, '')) STORED"
    _run(
        database,
        """CREATE TABLE reviewer (
            year INTEGER NOT NULL REFERENCES year (year) ON DELETE RESTRICT ON UPDATE CASCADE,
            panel TEXT NOT NULL, name TEXT NOT NULL CHECK (name <> ''),
            PRIMARY KEY (year, panel, name)
        ) STRICT, WITHOUT ROWID""",
        f"""CREATE TABLE mark (
            {judged}, {of_task},
            panel TEXT NOT NULL, reviewer TEXT NOT NULL, value TEXT NOT NULL {_decimal("value")},
            PRIMARY KEY (year, unit, indicator, task, panel, reviewer), {foreign_keys}, {_ASSIGNED_TASK},
            FOREIGN KEY (year, panel, reviewer) REFERENCES reviewer (year, panel, name)
                ON DELETE RESTRICT ON UPDATE CASCADE
        ) STRICT""",
        f"""CREATE TABLE award (
            {judged}, {of_task}, reason TEXT NOT NULL, points TEXT {_decimal("points")}, level TEXT,
            percentage TEXT {_decimal("percentage")},
            PRIMARY KEY (year, unit, indicator, task), {foreign_keys}, {_ASSIGNED_TASK},
            CHECK ((points IS NULL) <> (level IS NULL) AND (percentage IS NULL OR level IS NOT NULL))
        ) STRICT""",
        f"""CREATE TABLE self_score (
            {judged}, points TEXT NOT NULL {_decimal("points")},
            PRIMARY KEY (year, unit, indicator), {foreign_keys}
        ) STRICT""",
        f"""CREATE TABLE not_applicable (
            {judged}, reason TEXT NOT NULL CHECK (reason <> ''),
            PRIMARY KEY (year, unit, indicator), {foreign_keys}
        ) STRICT""",
        f"""CREATE TABLE adjustment (
            {judged}, key TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('review', 'appeal')),
            old_score TEXT NOT NULL {_decimal("old_score")}, new_score TEXT NOT NULL {_decimal("new_score")},
            reason TEXT NOT NULL CHECK (reason <> ''), decided_by TEXT NOT NULL, decided_on TEXT NOT NULL,
            PRIMARY KEY (year, key), {foreign_keys}
        ) STRICT""",
        """CREATE TABLE exemption (
            year INTEGER NOT NULL REFERENCES year (year) ON DELETE RESTRICT ON UPDATE CASCADE,
            unit TEXT NOT NULL REFERENCES unit (code) ON DELETE RESTRICT ON UPDATE CASCADE,
            reason TEXT NOT NULL CHECK (reason <> ''),
            PRIMARY KEY (year, unit)
        ) STRICT, WITHOUT ROWID""",
        # entry, veto and indicator repeat code for the foreign key that the kind asks for.
        f"""CREATE TABLE event (
            year INTEGER NOT NULL, key TEXT NOT NULL CHECK (key <> ''), unit TEXT NOT NULL, group_code TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('bonus', 'deduction', 'veto', 'occurrence')), code TEXT NOT NULL,
            entry TEXT GENERATED ALWAYS AS (CASE WHEN kind IN ('bonus', 'deduction') THEN code END) STORED,
            veto TEXT GENERATED ALWAYS AS (CASE WHEN kind = 'veto' THEN code END) STORED,
            indicator TEXT GENERATED ALWAYS AS (CASE WHEN kind = 'occurrence' THEN code END) STORED,
            happened_on TEXT NOT NULL, matter TEXT NOT NULL, reason TEXT NOT NULL CHECK (reason <> ''),
            points TEXT NOT NULL {_decimal("points")},
            shared_by INTEGER NOT NULL CHECK (shared_by >= 1), occurrences INTEGER NOT NULL CHECK (occurrences >= 1),
            evidence TEXT NOT NULL, task TEXT CHECK (task IS NULL OR kind = 'occurrence'),
            PRIMARY KEY (year, key), {_UNIT_OF_GROUP},
            FOREIGN KEY (year, task, unit) REFERENCES assignment (year, task, unit)
                ON DELETE RESTRICT ON UPDATE CASCADE,
            FOREIGN KEY (year, group_code, kind, entry) REFERENCES entry_kind (year, group_code, kind, code)
                ON DELETE RESTRICT,
            FOREIGN KEY (year, group_code, veto) REFERENCES veto_kind (year, group_code, code) ON DELETE RESTRICT,
            FOREIGN KEY (year, group_code, indicator) REFERENCES indicator (year, group_code, code) ON DELETE RESTRICT
        ) STRICT""",
        "CREATE INDEX event_by_unit ON event (year, unit)",
        "CREATE INDEX adjustment_by_unit ON adjustment (year, unit)",
    )


@MIGRATIONS()
def evidence_and_seals(database: Database) -> None:
    _run(
        database,
        # Handed in with a submission (form and revision) or for an event, else for the unit at large.
        f"""CREATE TABLE evidence (
            year INTEGER NOT NULL REFERENCES year (year) ON DELETE RESTRICT ON UPDATE CASCADE,
            key INTEGER NOT NULL CHECK (key >= 1),
            unit TEXT NOT NULL, group_code TEXT NOT NULL,
            form TEXT, revision INTEGER, event TEXT,
            position INTEGER NOT NULL, title TEXT NOT NULL CHECK (title <> ''), dated TEXT, received TEXT,
            description TEXT NOT NULL, indicator TEXT,
            PRIMARY KEY (year, key),
            CHECK ((form IS NULL) = (revision IS NULL) AND (form IS NULL OR event IS NULL)),
            FOREIGN KEY (year, unit, form, revision) REFERENCES submission (year, unit, form, revision)
                ON DELETE CASCADE ON UPDATE CASCADE,
            FOREIGN KEY (year, event) REFERENCES event (year, key) ON DELETE CASCADE ON UPDATE CASCADE,
            {_UNIT_OF_GROUP}, {_INDICATOR_OF_GROUP}
        ) STRICT""",
        "CREATE INDEX evidence_by_submission ON evidence (year, unit, form, revision)",
        "CREATE INDEX evidence_by_event ON evidence (year, event)",
        # Versions of one item's file; the highest counts. digest: SHA-256 of the content; size in bytes.
        """CREATE TABLE evidence_file (
            year INTEGER NOT NULL, key INTEGER NOT NULL,
            version INTEGER NOT NULL CHECK (version >= 1),
            digest TEXT NOT NULL CHECK (length(digest) = 64 AND digest NOT GLOB '*[^0-9a-f]*'),
            name TEXT NOT NULL CHECK (name <> ''), size INTEGER NOT NULL CHECK (size >= 0), added TEXT NOT NULL,
            PRIMARY KEY (year, key, version),
            FOREIGN KEY (year, key) REFERENCES evidence (year, key) ON DELETE CASCADE ON UPDATE CASCADE
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX evidence_file_by_digest ON evidence_file (digest)",
        # packed: the canonical text, zlib, base64. A year is sealed while it has a row that is not unsealed.
        """CREATE TABLE seal (
            year INTEGER NOT NULL REFERENCES year (year) ON DELETE RESTRICT,
            number INTEGER NOT NULL CHECK (number >= 1),
            digest TEXT NOT NULL CHECK (length(digest) = 64 AND digest NOT GLOB '*[^0-9a-f]*'),
            packed TEXT NOT NULL, engine_version TEXT NOT NULL,
            sealed_at TEXT NOT NULL, sealed_by TEXT NOT NULL, stage_before TEXT NOT NULL,
            unsealed_at TEXT, unsealed_by TEXT, unseal_reason TEXT CHECK (unseal_reason <> ''),
            PRIMARY KEY (year, number),
            CHECK ((unsealed_at IS NULL) = (unsealed_by IS NULL) AND (unsealed_at IS NULL) = (unseal_reason IS NULL))
        ) STRICT, WITHOUT ROWID""",
        *guard_statements(),
    )


@MIGRATIONS()
def registry_review_and_versions(database: Database) -> None:
    _run(database, *FORMAT_7)
