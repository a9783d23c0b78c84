"""达标: all the points from a bound on, else none. The rule that docs/adding-a-rule.md adds, word for word."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from assessor.domain.rules.form_field import FieldKind, FormField
from assessor.domain.rules.formula import number, of_reading
from assessor.domain.rules.parameters import check_figure, check_positive, decimal_text, placed_at
from assessor.domain.rules.reading import Reading, read_count, scored
from assessor.domain.rules.rule import FormulaCells, LeafFacts, OfficeInput, Outcome
from assessor.domain.rules.trial import with_form
from assessor.domain.table_reader import TableReader
from assessor.domain.wording import plain


@dataclass(frozen=True)
class PassMark:
    kind: ClassVar[str] = "pass_mark"
    label: ClassVar[str] = "达标"
    form: ClassVar[tuple[FormField, ...]] = (
        FormField("figure", "数量", FieldKind.FIGURE),
        FormField("bound", "达标线", FieldKind.NUMBER, "达到即得满分，含本数"),
    )
    task_scope: ClassVar[bool] = True

    figure: str
    bound: Decimal

    def __post_init__(self) -> None:
        check_figure(self.label, "figure", self.figure)
        check_positive(self.label, "bound", self.bound)

    @classmethod
    def read(cls, table: TableReader) -> PassMark:
        with placed_at(table):
            return cls(table.text("figure"), table.decimal("bound"))

    def params(self) -> dict[str, Any]:
        return {"figure": self.figure, "bound": decimal_text(self.bound)}

    def figures(self) -> tuple[str, ...]:
        return (self.figure,)

    def office_inputs(self) -> frozenset[OfficeInput]:
        return frozenset()

    def evaluate(self, facts: LeafFacts) -> Outcome:
        reading = read_count(facts, self.figure)
        if not isinstance(reading, Reading):
            return reading  # awaited, not submitted, empty or 不涉及: never 0 by mistake
        has_passed = reading.value >= self.bound
        sign, words = ("≥", "达标，得 100.00%") if has_passed else ("<", "未达标，得 0.00%")
        reasoning = f"数量 {reading.used.value} {sign} 达标线 {plain(self.bound)}，{words}"
        return scored(Fraction(int(has_passed)), reasoning, (reading.used,))

    def formula(self, cells: FormulaCells) -> str:
        value = cells.reading(self.figure)
        return of_reading(value, f"IF({value}>={number(self.bound)},1,0)")

    def trial(self, facts: LeafFacts, *, is_best: bool) -> LeafFacts:
        return with_form(facts, {self.figure: self.bound if is_best else Decimal(0)})
