"""What format 7 adds: names by year, contacts and successions of units, annual requirements, facts behind marks, second
scores, appeals, what was looked at in review, versions and drafts of schemes, who reviews what, notes and preferences.

New tables only, so that what is sealed keeps its text and its digest.
"""

from __future__ import annotations

from assessor.workbook.seal_triggers import YEAR_TABLES_OF_FORMAT_7, unit_name_guards, year_guard_statements

_YEAR = "year INTEGER NOT NULL REFERENCES year (year) ON DELETE RESTRICT ON UPDATE CASCADE"
_UNIT = "unit TEXT NOT NULL REFERENCES unit (code) ON DELETE RESTRICT ON UPDATE CASCADE"
_OF_GROUP = (
    "FOREIGN KEY (unit, group_code) REFERENCES unit (code, group_code) ON DELETE RESTRICT ON UPDATE CASCADE,"
    " FOREIGN KEY (year, group_code, indicator) REFERENCES indicator (year, group_code, code)"
    " ON DELETE RESTRICT ON UPDATE CASCADE"
)
_DECIMAL = "CHECK ({0} GLOB '[0-9-]*' AND {0} NOT GLOB '*[^0-9.-]*')"

_REGISTRY = (
    # A unit's name from a year on; before the first of them it is the one in unit.
    """CREATE TABLE unit_name (
        unit TEXT NOT NULL REFERENCES unit (code) ON DELETE CASCADE ON UPDATE CASCADE,
        from_year INTEGER NOT NULL CHECK (from_year BETWEEN 1900 AND 2200),
        name TEXT NOT NULL CHECK (name <> ''), short_name TEXT NOT NULL CHECK (short_name <> ''),
        PRIMARY KEY (unit, from_year)
    ) STRICT""",
    """CREATE TABLE unit_contact (
        unit TEXT NOT NULL REFERENCES unit (code) ON DELETE CASCADE ON UPDATE CASCADE,
        position INTEGER NOT NULL, name TEXT NOT NULL, duty TEXT NOT NULL, phone TEXT NOT NULL, note TEXT NOT NULL,
        PRIMARY KEY (unit, position)
    ) STRICT""",
    # Which unit took over from which, from a year on; unit.successor is the one that carries the history.
    f"""CREATE TABLE succession (
        {_UNIT}, successor TEXT NOT NULL REFERENCES unit (code) ON DELETE RESTRICT ON UPDATE CASCADE,
        from_year INTEGER NOT NULL CHECK (from_year BETWEEN 1900 AND 2200),
        kind TEXT NOT NULL CHECK (kind IN ('merge', 'split')), note TEXT NOT NULL,
        PRIMARY KEY (unit, successor, from_year), CHECK (unit <> successor)
    ) STRICT, WITHOUT ROWID""",
    "CREATE TABLE preference (key TEXT PRIMARY KEY CHECK (key <> ''), value TEXT NOT NULL) STRICT, WITHOUT ROWID",
)

_YEARS = (
    f"CREATE TABLE year_preference ({_YEAR}, key TEXT NOT NULL CHECK (key <> ''), value TEXT NOT NULL,"
    " PRIMARY KEY (year, key)) STRICT, WITHOUT ROWID",
    # 公示期
    """CREATE TABLE publicity (
        year INTEGER PRIMARY KEY REFERENCES year (year) ON DELETE RESTRICT ON UPDATE CASCADE,
        starts TEXT NOT NULL, ends TEXT NOT NULL, CHECK (starts <= ends)
    ) STRICT""",
    f"""CREATE TABLE annual_requirement (
        {_YEAR}, task TEXT NOT NULL REFERENCES task (code) ON DELETE RESTRICT ON UPDATE CASCADE,
        text TEXT NOT NULL CHECK (text <> ''), PRIMARY KEY (year, task)
    ) STRICT""",
    # key: of the unit's notes in the year. indicator: empty where the note is on the unit at large.
    f"""CREATE TABLE note (
        {_YEAR}, {_UNIT}, key INTEGER NOT NULL CHECK (key >= 1), indicator TEXT NOT NULL,
        text TEXT NOT NULL CHECK (text <> ''), noted_on TEXT NOT NULL, noted_by TEXT NOT NULL,
        PRIMARY KEY (year, unit, key)
    ) STRICT""",
)

_REVIEW = (
    # The facts that an extreme mark rests on.
    """CREATE TABLE mark_fact (
        year INTEGER NOT NULL, unit TEXT NOT NULL, indicator TEXT NOT NULL, task TEXT NOT NULL, panel TEXT NOT NULL,
        reviewer TEXT NOT NULL, text TEXT NOT NULL CHECK (text <> ''),
        PRIMARY KEY (year, unit, indicator, task, panel, reviewer),
        FOREIGN KEY (year, unit, indicator, task, panel, reviewer)
            REFERENCES mark (year, unit, indicator, task, panel, reviewer) ON DELETE CASCADE ON UPDATE CASCADE
    ) STRICT""",
    # What a second reviewer gives where the office scores its own unit, or where a sample is marked twice.
    f"""CREATE TABLE second_score (
        year INTEGER NOT NULL, unit TEXT NOT NULL, group_code TEXT NOT NULL, indicator TEXT NOT NULL,
        points TEXT NOT NULL {_DECIMAL.format("points")}, scorer TEXT NOT NULL CHECK (scorer <> ''),
        note TEXT NOT NULL, PRIMARY KEY (year, unit, indicator), {_OF_GROUP}
    ) STRICT""",
    f"""CREATE TABLE appeal (
        year INTEGER NOT NULL, key TEXT NOT NULL CHECK (key <> ''), unit TEXT NOT NULL, group_code TEXT NOT NULL,
        indicator TEXT, kind TEXT NOT NULL CHECK (kind IN ('appeal', 'objection')),
        filed_on TEXT NOT NULL, filed_by TEXT NOT NULL, claim TEXT NOT NULL CHECK (claim <> ''),
        state TEXT NOT NULL CHECK (state IN ('open', 'upheld', 'rejected')), decision TEXT NOT NULL,
        decided_by TEXT NOT NULL, decided_on TEXT, adjustment TEXT,
        PRIMARY KEY (year, key), {_OF_GROUP},
        FOREIGN KEY (year, adjustment) REFERENCES adjustment (year, key) ON DELETE RESTRICT ON UPDATE CASCADE,
        CHECK ((state = 'open') = (decided_on IS NULL) AND (state <> 'open' OR adjustment IS NULL))
    ) STRICT""",
    "CREATE INDEX appeal_by_unit ON appeal (year, unit)",
    # What deserved a look and got it. subject: indicator, task or key of what the topic is about; may be empty.
    f"""CREATE TABLE review_check (
        {_YEAR}, {_UNIT}, topic TEXT NOT NULL CHECK (topic <> ''), subject TEXT NOT NULL,
        note TEXT NOT NULL, checked_by TEXT NOT NULL, checked_on TEXT NOT NULL,
        PRIMARY KEY (year, unit, topic, subject)
    ) STRICT, WITHOUT ROWID""",
)

_SCHEMES = (
    # content: the scheme as TOML. Version 1 is what scoring began with.
    """CREATE TABLE scheme_version (
        year INTEGER NOT NULL, group_code TEXT NOT NULL, number INTEGER NOT NULL CHECK (number >= 1),
        frozen_at TEXT NOT NULL, frozen_by TEXT NOT NULL, reason TEXT NOT NULL CHECK (reason <> ''),
        content TEXT NOT NULL,
        PRIMARY KEY (year, group_code, number),
        FOREIGN KEY (year, group_code) REFERENCES scheme (year, group_code) ON DELETE RESTRICT ON UPDATE CASCADE
    ) STRICT""",
    """CREATE TABLE scheme_draft (
        key TEXT PRIMARY KEY CHECK (key <> ''),
        group_code TEXT NOT NULL REFERENCES unit_group (code) ON DELETE RESTRICT ON UPDATE CASCADE,
        title TEXT NOT NULL CHECK (title <> ''), note TEXT NOT NULL, content TEXT NOT NULL
    ) STRICT""",
    # The unit a reviewer comes from: marks on it do not count.
    f"""CREATE TABLE reviewer_unit (
        year INTEGER NOT NULL, panel TEXT NOT NULL, reviewer TEXT NOT NULL, {_UNIT},
        PRIMARY KEY (year, panel, reviewer),
        FOREIGN KEY (year, panel, reviewer) REFERENCES reviewer (year, panel, name)
            ON DELETE CASCADE ON UPDATE CASCADE
    ) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE reviewer_assignment (
        year INTEGER NOT NULL, panel TEXT NOT NULL, reviewer TEXT NOT NULL, unit TEXT NOT NULL,
        group_code TEXT NOT NULL, indicator TEXT NOT NULL,
        PRIMARY KEY (year, panel, reviewer, unit, indicator), {_OF_GROUP},
        FOREIGN KEY (year, panel, reviewer) REFERENCES reviewer (year, panel, name)
            ON DELETE CASCADE ON UPDATE CASCADE
    ) STRICT""",
)

STATEMENTS = (
    *_REGISTRY,
    *_YEARS,
    *_REVIEW,
    *_SCHEMES,
    *year_guard_statements(YEAR_TABLES_OF_FORMAT_7),
    *unit_name_guards(),
)
