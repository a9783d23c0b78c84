"""What deserved a look and was looked at (已核), with a note; and all that is known of a year's review."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from assessor.domain.review import Proofs, ReviewCheck, ReviewFacts, SecondScore
from assessor.domain.review_entry import ReviewWork
from assessor.workbook.appeals import load_appeals
from assessor.workbook.evidence import count_by_event
from assessor.workbook.known import require_unit
from assessor.workbook.publicity import load_publicity
from assessor.workbook.rows import Row, put_row, remove_row
from assessor.workbook.second_scores import load_second_scores, remove_second_score, save_second_score
from assessor.workbook.values import required_text
from assessor.workbook.workbook import Edit, Reading
from assessor.workbook.year_preferences import load_review_limits

REVIEW_TABLES = frozenset({"appeal", "publicity", "second_score", "review_check", "evidence"})
"""What ``load_review`` reads, its limits apart; rows of ``evidence`` are facts of their units, too."""


def save_checks(edit: Edit, year: int, checks: Iterable[ReviewCheck]) -> None:
    """Each in place of the one before it. Raises InputError where a unit is unknown."""
    for check in checks:
        known = require_unit(edit, year, check.unit)
        row: Row = {
            "year": year,
            "unit": check.unit,
            "topic": check.topic,
            "subject": check.subject,
            "note": check.note.strip(),
            "checked_by": required_text(check.checked_by, "核对人", known.place("复核")),
            "checked_on": check.checked_on.isoformat(),
        }
        put_row(edit, "review_check", row)


def remove_checks(edit: Edit, year: int, keys: Iterable[tuple[str, str, str]]) -> None:
    """By topic, unit and subject; nothing happens where there is none."""
    for topic, unit, subject in keys:
        remove_row(edit, "review_check", {"year": year, "unit": unit, "topic": topic, "subject": subject})


def save_review_work(edit: Edit, year: int, work: ReviewWork) -> None:
    """In the name of whom the edit is made. Raises InputError as the functions that save each."""
    day = edit.at.date()
    kept = [tick for tick in work.ticks if tick.note is not None]
    save_checks(
        edit,
        year,
        [ReviewCheck(tick.unit, tick.topic, tick.subject, tick.note or "", edit.operator, day) for tick in kept],
    )
    remove_checks(edit, year, [(tick.topic, tick.unit, tick.subject) for tick in work.ticks if tick.note is None])
    for given in work.seconds:
        if given.points is None:
            remove_second_score(edit, year, given.unit, given.indicator)
        else:
            save_second_score(edit, year, SecondScore(given.unit, given.indicator, given.points, edit.operator))


def load_checks(source: Reading, year: int) -> dict[tuple[str, str, str], ReviewCheck]:
    """By topic, unit and subject."""
    rows = source.rows("SELECT * FROM review_check WHERE year = ? ORDER BY unit, topic, subject", (year,))
    return {
        (row["topic"], row["unit"], row["subject"]): ReviewCheck(
            row["unit"],
            row["topic"],
            row["subject"],
            row["note"],
            row["checked_by"],
            date.fromisoformat(row["checked_on"]),
        )
        for row in rows
    }


def load_review(source: Reading, year: int) -> ReviewFacts:
    with source.snapshot():
        return ReviewFacts(
            publicity=load_publicity(source, year),
            appeals=load_appeals(source, year),
            second_scores=load_second_scores(source, year),
            checks=load_checks(source, year),
            proofs=_load_proofs(source, year),
            limits=load_review_limits(source, year),
        )


def _load_proofs(source: Reading, year: int) -> Proofs:
    own = source.rows(
        "SELECT unit, indicator, count(*) AS items FROM evidence"
        " WHERE year = ? AND form IS NULL AND indicator IS NOT NULL GROUP BY unit, indicator ORDER BY unit, indicator",
        (year,),
    )
    return Proofs(count_by_event(source, year), {(row["unit"], row["indicator"]): row["items"] for row in own})
