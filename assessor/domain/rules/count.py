"""计数: n times ``per`` points each, up to the leaf's points."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from assessor.domain.exact import quotient
from assessor.domain.rules.form_field import FieldKind, FormField
from assessor.domain.rules.formula import number, of_reading
from assessor.domain.rules.parameters import check_figure, check_positive, decimal_text, placed_at
from assessor.domain.rules.reading import Reading, read_count, scored
from assessor.domain.rules.rule import FormulaCells, LeafFacts, OfficeInput, Outcome
from assessor.domain.rules.trial import times_to, with_form
from assessor.domain.table_reader import TableReader
from assessor.domain.wording import percent_text, plain


@dataclass(frozen=True)
class Count:
    kind: ClassVar[str] = "count"
    label: ClassVar[str] = "计数"
    form: ClassVar[tuple[FormField, ...]] = (
        FormField("figure", "数量", FieldKind.FIGURE),
        FormField("per", "每个得分", FieldKind.NUMBER, start=(("1",),)),
    )
    task_scope: ClassVar[bool] = True

    figure: str
    per: Decimal
    """Points for each."""

    def __post_init__(self) -> None:
        check_figure(self.label, "figure", self.figure)
        check_positive(self.label, "per", self.per)

    @classmethod
    def read(cls, table: TableReader) -> Count:
        with placed_at(table):
            return cls(table.text("figure"), table.decimal("per"))

    def params(self) -> dict[str, Any]:
        return {"figure": self.figure, "per": decimal_text(self.per)}

    def figures(self) -> tuple[str, ...]:
        return (self.figure,)

    def office_inputs(self) -> frozenset[OfficeInput]:
        return frozenset()

    def formula(self, cells: FormulaCells) -> str:
        times = cells.reading(self.figure)
        return of_reading(times, f"MIN({times}*{number(self.per)},{cells.points})/{cells.points}")

    def trial(self, facts: LeafFacts, *, is_best: bool) -> LeafFacts:
        return with_form(facts, {self.figure: Decimal(times_to(facts.points, self.per) if is_best else 0)})

    def evaluate(self, facts: LeafFacts) -> Outcome:
        number = read_count(facts, self.figure)
        if not isinstance(number, Reading):
            return number
        earned = number.value * self.per
        given = min(earned, facts.points)
        fraction = quotient(given, facts.points)
        head = f"数量 {number.used.value} × 每个 {plain(self.per)} 分 = {plain(earned)} 分"
        cap = f"，最多计 {plain(given)} 分" if earned > given else ""
        tail = f"{plain(given)} / {plain(facts.points)} = {percent_text(fraction)}"
        return scored(fraction, f"{head}{cap}，{tail}", (number.used,))
