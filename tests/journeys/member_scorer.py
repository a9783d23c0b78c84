"""What the member units come to, written from the printed criteria of the default scheme alone.

Reads the rows of a workbook by plain SQL and knows nothing of the program: no loaders, no rules, no dataclasses of it.
For a year whose collection is closed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import floor
from pathlib import Path

NUMBER, EMPTY, NOT_APPLICABLE = "number", "empty", "not_applicable"
POINTS = {
    "1": {"1.1": 4, "1.2": 3, "1.3": 3, "1.4": 5},
    "2": {"2.1": 28, "2.2": 9, "2.3": 8},
    "3": {"3.1": 6, "3.2": 5, "3.3": 4, "3.4": 2, "3.5": 3},
    "4": {"4.1": 3, "4.2": 3, "4.3": 3, "4.4": 5, "4.5": 2, "4.6": 2, "4.7": 2},
}
LEVELS = {"优秀": 95, "良好": 80, "一般": 55, "无特色": 20}
"""Percent that a level alone stands for."""
CAPS = {("bonus", "award"): 3, ("bonus", "experience"): 2, ("deduction", "criticism"): 3}
LIMITS = {"falsified": "合格", "incident": "不合格"}
GRADES = (("优秀", 90), ("良好", 80), ("合格", 60), ("不合格", 0))
TITLES = [title for title, _minimum in GRADES]
LEAD_FACTOR = Fraction(12, 10)
TIES = ("2", "2.1", "3")
Row = Mapping[str, str]


@dataclass(frozen=True)
class Form:
    first_submitted_on: date
    figures: Mapping[str, tuple[str, Fraction]]
    """State and value."""

    def number(self, code: str) -> Fraction:
        """0 where it is not there: collection is closed."""
        state, value = self.figures.get(code, (EMPTY, Fraction(0)))
        return value if state == NUMBER else Fraction(0)

    def share(self, **shares: int) -> Fraction:
        return sum((share * self.number(code) for code, share in shares.items()), Fraction(0)) / sum(shares.values())


@dataclass
class Score:
    leaves: dict[str, Fraction | None]
    """None: not applicable. What is awaited counts 0."""
    awaited: set[str]
    parts: dict[str, Fraction]
    bonus: Fraction
    deduction: Fraction
    total: Fraction
    veto: str = ""
    """Grade that a veto leaves at best."""
    rank: int = 0
    grade: str | None = None


@dataclass
class Office:
    """The rows of one year."""

    deadline: date
    own: dict[str, Form] = field(default_factory=dict)
    tasks: dict[tuple[str, str], Form] = field(default_factory=dict)


def score_members(path: Path, year: int) -> dict[str, Score]:
    """By unit code."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        scores = _Reader(connection, year).scores()
    connection.close()
    _rank(scores)
    return scores


def half_up(number: Fraction) -> Fraction:
    return Fraction(floor(number * 100 + Fraction(1, 2)), 100)


class _Reader:
    def __init__(self, connection: sqlite3.Connection, year: int) -> None:
        self._connection, self._year = connection, year
        (header,) = self._rows("SELECT * FROM year WHERE year = ?")
        assert header["collection_closed"]
        self._deadline = date.fromisoformat(header["deadline"])

    def scores(self) -> dict[str, Score]:
        units = self._connection.execute(
            "SELECT code FROM unit WHERE group_code = 'member' AND coalesce(valid_to, 9999) >= ? ORDER BY position",
            (self._year,),
        )
        return {unit["code"]: self._score(unit["code"]) for unit in units.fetchall()}

    def _rows(self, sql: str, *arguments: object) -> list[sqlite3.Row]:
        return self._connection.execute(sql, (self._year, *arguments)).fetchall()

    def _form(self, unit: str, task: str = "") -> Form | None:
        """The last revision; None where there is none, or where it was returned."""
        found = self._rows(
            "SELECT * FROM submission WHERE year = ? AND unit = ? AND form = ? ORDER BY revision DESC", unit, task
        )
        if not found or found[0]["state"] == "returned":
            return None
        figures = self._rows(
            "SELECT * FROM submission_figure WHERE year = ? AND unit = ? AND form = ? AND revision = ?",
            unit,
            task,
            found[0]["revision"],
        )
        values = {row["figure"]: (row["state"], Fraction(row["value"] or 0)) for row in figures}
        return Form(date.fromisoformat(found[0]["first_submitted_on"]), values)

    def _score(self, unit: str) -> Score:
        fractions = self._computed(unit)
        awaited: set[str] = set()
        for code, given in (("4.4", self._judged(unit)), ("4.6", self._level(unit)), ("4.7", self._given(unit))):
            fractions[code] = given or Fraction(0)
            if given is None:
                awaited.add(code)
        ruled = self._rows("SELECT indicator FROM not_applicable WHERE year = ? AND unit = ?", unit)
        left_out = {row["indicator"] for row in ruled}
        if not self._assignments(unit):
            left_out |= set(POINTS["2"])
        leaves: dict[str, Fraction | None] = {}
        parts: dict[str, Fraction] = {}
        for category, points in POINTS.items():
            for code, full in points.items():
                leaves[code] = None if code in left_out else half_up(full * fractions[code])
            left = sum(full for code, full in points.items() if code not in left_out)
            known = sum((leaves[code] or Fraction(0) for code in points), Fraction(0))
            assert left, "a whole category that does not apply is beyond this scorer"
            parts[category] = half_up(known * sum(points.values()) / left)
        self._adjust(unit, leaves, parts, left_out)
        bonus, deduction, veto = self._entries(unit)
        total = min(max(sum(parts.values(), Fraction(0)) + bonus - deduction, Fraction(0)), Fraction(100))
        return Score(leaves, awaited - left_out, parts, bonus, deduction, total, veto)

    def _adjust(
        self, unit: str, leaves: dict[str, Fraction | None], parts: dict[str, Fraction], left_out: set[str]
    ) -> None:
        """A decision of the review or of an appeal takes the place of what was computed."""
        decided = self._rows("SELECT * FROM adjustment WHERE year = ? AND unit = ? ORDER BY decided_on, key", unit)
        for row in decided:
            leaves[row["indicator"]] = Fraction(row["new_score"])
        for category in {row["indicator"].split(".")[0] for row in decided}:
            points = POINTS[category]
            left = sum(full for code, full in points.items() if code not in left_out)
            known = sum((leaves[code] or Fraction(0) for code in points), Fraction(0))
            parts[category] = half_up(known * sum(points.values()) / left)

    def _computed(self, unit: str) -> dict[str, Fraction]:
        nothing = Form(date.max, {})
        form = self._form(unit) or nothing
        late = max(0, (form.first_submitted_on - self._deadline).days) if form is not nothing else 10**6
        staff = form.number("staff")
        trained = form.number("staff_trained") / staff if staff else Fraction(0)
        volunteers = form.number("volunteers") / staff if staff else Fraction(0)
        slips = self._rows("SELECT * FROM event WHERE year = ? AND unit = ? AND kind = 'occurrence'", unit)
        return {
            "1.1": form.share(leader_named=2, office_named=1, liaison_named=1),
            "1.2": form.share(in_year_plan=2, in_department_plan=1),
            "1.3": _banded(form.number("meetings"), (2, "1"), (1, "0.6")),
            "1.4": max(Fraction(0), 1 - Fraction(late, 10)),
            "2.1": self._over_tasks(unit, self._done),
            "2.2": self._over_tasks(unit, self._in_time),
            "2.3": self._over_tasks(unit, lambda form, _row: form.share(process_proof=4, result_proof=6)),
            "3.1": form.share(science_day=2, science_week=2, sector_day=2),
            "3.2": min(form.number("activities"), Fraction(5)) / 5,
            "3.3": min(form.number("info_items") / 4, Fraction(1)),
            "3.4": form.share(platform_used=1),
            "3.5": min(form.number("articles"), Fraction(3)) / 3,
            "4.1": _banded(form.number("funding"), (5, "1"), (2, "0.8"), ("0.5", "0.5")),
            "4.2": _banded(volunteers, ("0.1", "1"), ("0.05", "0.6")),
            "4.3": Fraction(0) if trained < Fraction(3, 10) else min(trained, Fraction(1)),
            "4.5": max(Fraction(0), 2 - Fraction(1, 2) * sum(row["occurrences"] for row in slips)) / 2,
        }

    def _assignments(self, unit: str) -> list[sqlite3.Row]:
        return self._rows("SELECT * FROM assignment WHERE year = ? AND unit = ? AND not_applicable = ''", unit)

    def _over_tasks(self, unit: str, fraction: Callable[[Form, sqlite3.Row], Fraction]) -> Fraction:
        whole = weights = Fraction(0)
        for row in self._assignments(unit):
            weight = Fraction(row["weight"]) * (LEAD_FACTOR if row["role"] == "lead" else 1)
            form = self._form(unit, row["task"])
            whole += weight * fraction(form, row) if form else 0
            weights += weight
        return whole / weights if weights else Fraction(0)

    @staticmethod
    def _done(form: Form, row: sqlite3.Row) -> Fraction:
        return min(form.number("done") / Fraction(row["target"]), Fraction(1))

    def _in_time(self, form: Form, row: sqlite3.Row) -> Fraction:
        due = date.fromisoformat(row["deadline"]) if row["deadline"] else self._deadline
        return max(Fraction(0), 1 - Fraction(max(0, (form.first_submitted_on - due).days), 10))

    def _judged(self, unit: str) -> Fraction | None:
        rows = self._rows("SELECT value FROM mark WHERE year = ? AND unit = ? AND indicator = '4.4'", unit)
        marks = sorted(Fraction(row["value"]) for row in rows)
        if len(marks) >= 5:
            marks = marks[1:-1]
        return sum(marks, Fraction(0)) / len(marks) / 100 if marks else None

    def _level(self, unit: str) -> Fraction | None:
        rows = self._rows("SELECT * FROM award WHERE year = ? AND unit = ? AND indicator = '4.6'", unit)
        if not rows:
            return None
        return Fraction(rows[0]["percentage"] or LEVELS[rows[0]["level"]]) / 100

    def _given(self, unit: str) -> Fraction | None:
        rows = self._rows("SELECT * FROM award WHERE year = ? AND unit = ? AND indicator = '4.7'", unit)
        return Fraction(rows[0]["points"]) / 2 if rows else None

    def _entries(self, unit: str) -> tuple[Fraction, Fraction, str]:
        """Bonus, deduction, and the best grade that a veto leaves. The same matter counts once, at its highest."""
        highest: dict[tuple[str, str], tuple[Fraction, str]] = {}
        veto = ""
        for row in self._rows("SELECT * FROM event WHERE year = ? AND unit = ? ORDER BY happened_on, key", unit):
            if row["kind"] == "veto":
                veto = max(veto, LIMITS[row["code"]], key=lambda limit: TITLES.index(limit or TITLES[0]))
            share = half_up(Fraction(row["points"]) / row["shared_by"])
            matter = row["kind"], row["matter"] or f"#{row['key']}"
            if matter not in highest or share > highest[matter][0]:
                highest[matter] = share, row["code"]
        sums = {key: Fraction(0) for key in CAPS}
        for (kind, _matter), (share, code) in highest.items():
            if (kind, code) in sums:
                sums[kind, code] += share
        counted = {key: min(got, Fraction(CAPS[key])) for key, got in sums.items()}
        bonus, deduction = (
            sum((got for (of, _code), got in counted.items() if of == side), Fraction(0))
            for side in ("bonus", "deduction")
        )
        return bonus, deduction, veto


def _banded(value: Fraction, *bands: tuple[int | str, str]) -> Fraction:
    return next((Fraction(given) for low, given in bands if value >= Fraction(low)), Fraction(0))


def _rank(scores: dict[str, Score]) -> None:
    """All are ranked: none of them has less than half of the points to be had."""

    def key(score: Score) -> list[Fraction]:
        known = {**score.parts, **{code: got or Fraction(0) for code, got in score.leaves.items()}}
        return [score.total, *(known[code] for code in TIES)]

    for score in scores.values():
        score.rank = 1 + sum(key(other) > key(score) for other in scores.values())
    places = floor(Fraction(3, 10) * len(scores))
    rivals = [score.rank for score in scores.values() if score.total >= GRADES[0][1] and not score.veto]
    for score in scores.values():
        if score.awaited:
            continue
        fits = sum(rank < score.rank for rank in rivals) + rivals.count(score.rank) <= places
        first = TITLES.index(score.veto) if score.veto else 0
        if first == 0 and not (score.rank in rivals and fits):
            first = 1
        score.grade = next(title for title, minimum in GRADES[first:] if score.total >= minimum)
