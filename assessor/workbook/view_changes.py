"""What edits touched since a year was read, as far as that year's view is concerned: the history says it.

Asked of the history and not of the edits themselves, so that it holds whoever made them: an undo, an import, another
window. A table that is not named here may mean anything to a view, so its rows are taken to touch all of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from assessor.workbook.changes import Value, row_values
from assessor.workbook.reading import Reading
from assessor.workbook.review_checks import REVIEW_TABLES

_OF_UNITS = frozenset(
    {
        "adjustment",
        "assignment",
        "award",
        "event",
        "evidence",
        "exemption",
        "mark",
        "mark_fact",
        "not_applicable",
        "reviewer_unit",
        "self_score",
        "submission",
        "submission_figure",
    }
)
"""What ``facts.reload_units`` reads."""
_OF_A_YEAR = frozenset(
    {
        "annual_requirement",
        "category",
        "entry_kind",
        "figure",
        "grade",
        "indicator",
        "role_factor",
        "scheme",
        "seal",
        "veto_kind",
        "year",
        "year_preference",
    }
)
_OF_REVIEW = frozenset({"appeal", "publicity", "review_check", "second_score"})
"""What of ``review_checks.load_review`` is no fact of a unit's score."""
_OF_TARGETS = "observation"
_OF_PANELS = frozenset({"reviewer", "reviewer_assignment"})
_BESIDE = frozenset(
    {
        "evidence_file",
        "note",
        "preference",
        "scheme_draft",
        "scheme_version",
        "settings",
        "unit_contact",
    }
)
"""Of no view: who shows them asks the workbook. A test watches that ``load_view`` reads none of them."""
_MOST = 5000
"""Rows after which asking for each is slower than reading everything."""


class Reach(IntEnum):
    """How much of a year's view must be made anew; each includes those before it."""

    NOTHING = 0
    UNITS = 1
    """Facts of ``Changed.units``, and the targets where observations were touched."""
    YEAR = 2
    """The whole year, the year before excepted."""
    ALL = 3


@dataclass(frozen=True)
class Moment:
    """Where the history stood when something was read."""

    edit: int = 0
    digest: str = ""


@dataclass(frozen=True)
class Changed:
    """What was touched between two moments."""

    tables: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    """Codes of the units whose facts of the year were touched."""
    reach: Reach = Reach.NOTHING

    @property
    def touches_targets(self) -> bool:
        return _OF_TARGETS in self.tables

    @property
    def touches_reviewers(self) -> bool:
        return bool(self.tables & (_OF_PANELS | {"reviewer_unit"}))

    @property
    def touches_review(self) -> bool:
        return bool(self.tables & REVIEW_TABLES)


def present_moment(source: Reading) -> Moment:
    rows = source.rows("SELECT id, digest FROM edit ORDER BY id DESC LIMIT 1")
    return Moment(rows[0]["id"], rows[0]["digest"]) if rows else Moment()


def changed_since(source: Reading, moment: Moment, year: int) -> Changed | None:
    """As far as ``year`` is concerned. None: the history does not go on from ``moment`` (the file is another one), or
    so much was touched that nothing is gained by knowing it."""
    known = source.rows("SELECT digest FROM edit WHERE id = ?", (moment.edit,))
    if not known or known[0]["digest"] != moment.digest:
        return None
    rows = source.rows(
        "SELECT data_table, year, before, after FROM change WHERE edit > ? LIMIT ?", (moment.edit, _MOST + 1)
    )
    if len(rows) > _MOST:
        return None
    units: set[str] = set()
    reach = Reach.NOTHING
    for row in rows:
        touched = reach_of(row["data_table"], row["year"], year)
        reach = max(reach, touched)
        if touched is Reach.UNITS and row["data_table"] in _OF_UNITS:
            units.update(_units(row["before"], row["after"]))
    return Changed(frozenset(row["data_table"] for row in rows), frozenset(units), reach)


def reach_of(table: str, of: int | None, year: int) -> Reach:
    """Of a row of ``table`` that belongs to the year ``of`` (None: to none), for the view of ``year``."""
    if table == _OF_TARGETS:
        return Reach.UNITS
    if table in _OF_PANELS or table in _OF_REVIEW:
        return Reach.UNITS if of == year else Reach.NOTHING
    if table in _BESIDE:
        return Reach.NOTHING
    if of is None or table not in _OF_UNITS | _OF_A_YEAR or of == year - 1:
        return Reach.ALL
    if of != year:
        return Reach.NOTHING
    return Reach.UNITS if table in _OF_UNITS else Reach.YEAR


def _units(*sides: str | None) -> Iterator[str]:
    """A row may have gone from one unit to another."""
    for text in sides:
        values = row_values(text)
        unit: Value = values.get("unit") if values else None
        if isinstance(unit, str):
            yield unit
