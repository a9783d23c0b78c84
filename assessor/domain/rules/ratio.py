"""完成率: actual / target, clipped to [0, 1]; below ``floor`` nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from assessor.domain.exact import quotient
from assessor.domain.rules.direction import DIRECTION_FIELD, Direction, read_direction
from assessor.domain.rules.form_field import FieldKind, FormField
from assessor.domain.rules.formula import clipped, compared, number, of_target
from assessor.domain.rules.parameters import check_figure, check_share, decimal_text, placed_at
from assessor.domain.rules.reading import Reading, clip, read_figure, scored
from assessor.domain.rules.rule import FormulaCells, LeafFacts, OfficeInput, Outcome
from assessor.domain.rules.target_source import TARGET_FIELD, TargetSource, read_target
from assessor.domain.rules.trial import UNBOUNDED, target_of, with_target
from assessor.domain.table_reader import TableReader
from assessor.domain.wording import percent_text


@dataclass(frozen=True)
class Ratio:
    kind: ClassVar[str] = "ratio"
    label: ClassVar[str] = "完成率"
    form: ClassVar[tuple[FormField, ...]] = (
        FormField("actual", "完成数", FieldKind.FIGURE),
        TARGET_FIELD,
        FormField("floor", "不得分线", FieldKind.SHARE, "低于目标的这个比例不得分；可不填", is_required=False),
        DIRECTION_FIELD,
    )
    task_scope: ClassVar[bool] = True

    actual: str
    """Figure code."""
    target: TargetSource
    floor: Decimal | None = None
    """A fraction; a ratio below it counts 0."""
    direction: Direction = Direction.HIGHER
    """``LOWER``: target / actual."""

    def __post_init__(self) -> None:
        check_figure(self.label, "actual", self.actual)
        if self.floor is not None:
            check_share(self.label, "floor", self.floor)

    @classmethod
    def read(cls, table: TableReader) -> Ratio:
        with placed_at(table):
            return cls(table.text("actual"), read_target(table), table.optional_decimal("floor"), read_direction(table))

    def params(self) -> dict[str, Any]:
        params: dict[str, Any] = {"actual": self.actual, **self.target.params()}
        if self.floor is not None:
            params["floor"] = decimal_text(self.floor)
        return params | {"direction": self.direction.value}

    def figures(self) -> tuple[str, ...]:
        return (self.actual, *self.target.figures())

    def office_inputs(self) -> frozenset[OfficeInput]:
        return frozenset({OfficeInput.TARGET}) if self.target.assigned else frozenset()

    def formula(self, cells: FormulaCells) -> str:
        actual = cells.reading(self.actual)
        return of_target(cells, actual, self.target, lambda target: self._quotient_formula(actual, target))

    def _quotient_formula(self, actual: str, target: str) -> str:
        is_higher = self.direction is Direction.HIGHER
        quotient = f"({actual}/{target})" if is_higher else f"({target}/{actual})"
        fraction = clipped(quotient)
        if self.floor is not None:
            fraction = f"IF({compared(quotient)}<{number(self.floor)},0,{fraction})"
        return fraction if is_higher else f"IF({actual}<=0,1,{fraction})"

    def trial(self, facts: LeafFacts, *, is_best: bool) -> LeafFacts:
        least = Decimal(0) if self.direction is Direction.HIGHER else UNBOUNDED
        actual = target_of(self.target) if is_best else least
        return with_target(facts, self.target, {self.actual: actual})

    def evaluate(self, facts: LeafFacts) -> Outcome:
        actual, target = read_figure(facts, self.actual), self.target.resolve(facts)
        if not isinstance(actual, Reading) or not isinstance(target, Reading):
            awaited = self.target.deciding(actual, target)
            assert awaited is not None
            return awaited
        fraction, reasoning = self._fraction(actual, target)
        return scored(fraction, reasoning, (actual.used, target.used))

    def _fraction(self, actual: Reading, target: Reading) -> tuple[Fraction, str]:
        if self.direction is Direction.HIGHER:
            ratio = quotient(actual.value, target.value)
            reasoning = f"实际 {actual.used.value} / 目标 {target.used.value} = {percent_text(ratio)}"
        elif actual.value <= 0:
            # Nothing of what should be low is the best there is; the quotient grows without bound towards it.
            return Fraction(1), f"实际 {actual.used.value}，目标 {target.used.value}（越低越好）= 100.00%"
        else:
            ratio = quotient(target.value, actual.value)
            reasoning = f"目标 {target.used.value} / 实际 {actual.used.value} = {percent_text(ratio)}"
        if self.floor is not None and ratio < Fraction(self.floor):
            return Fraction(0), f"{reasoning}，低于 {percent_text(self.floor)} 不得分，计 0.00%"
        fraction = clip(ratio)
        return fraction, reasoning if fraction == ratio else f"{reasoning}，按 {percent_text(fraction)} 计"
