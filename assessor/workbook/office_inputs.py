"""Whether an indicator takes what the office gives on it: its own rule and scope say, no rule kind is named here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from assessor.domain.fact_check import check_office_input
from assessor.domain.facts import Award, Mark
from assessor.domain.rules.rule import LeafFacts, OfficeInput, Rule
from assessor.errors import InputError
from assessor.workbook.known import KnownUnit
from assessor.workbook.schemes import load_indicator
from assessor.workbook.workbook import Reading


@dataclass(frozen=True)
class KnownLeaf:
    """An indicator for one unit and, where it is scored task by task, for one of the unit's tasks."""

    rule: Rule
    facts: LeafFacts
    """With nothing given yet."""
    place: str

    def check_mark(self, mark: Mark) -> None:
        """Raises InputError where the rule refuses it."""
        self._evaluate(replace(self.facts, marks=(mark,)))

    def check_award(self, award: Award) -> None:
        """Raises InputError where the rule refuses it."""
        self._evaluate(replace(self.facts, award=award))

    def _evaluate(self, facts: LeafFacts) -> None:
        try:
            self.rule.evaluate(facts)
        except InputError as problem:
            problem.place = problem.place or self.place
            raise


def require_leaf(source: Reading, unit: KnownUnit, given: OfficeInput, code: str, task: str | None) -> KnownLeaf:
    """What is ``given`` is for this indicator and ``task``. Raises InputError where the unit's scheme has no such
    indicator, its rule takes nothing of the kind, or the task does not fit."""
    indicator = load_indicator(source, unit, code)
    place = unit.place(code, *((f"任务 {task}",) if task is not None else ()))
    rows = source.rows("SELECT task FROM assignment WHERE year = ? AND unit = ?", (unit.year, unit.code))
    check_office_input(given, indicator, task, {row["task"] for row in rows}, place)
    header = source.rows(
        "SELECT decimals, deadline FROM scheme JOIN year USING (year) WHERE year = ? AND group_code = ?",
        (unit.year, unit.group),
    )[0]
    facts = LeafFacts(
        indicator=code,
        points=indicator.points,
        decimals=header["decimals"],
        collection_closed=False,
        deadline=date.fromisoformat(header["deadline"]),
    )
    return KnownLeaf(indicator.rule, facts, place)
