"""逐次扣分: every occurrence costs ``per`` points, until nothing is left (扣完为止)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from assessor.domain.exact import quotient
from assessor.domain.rules.form_field import FieldKind, FormField
from assessor.domain.rules.formula import number, of_reading
from assessor.domain.rules.parameters import check_figure, check_positive, decimal_text, placed_at
from assessor.domain.rules.reading import Reading, read_count, refused, scored
from assessor.domain.rules.rule import FormulaCells, LeafFacts, LeafInput, OfficeInput, Outcome
from assessor.domain.rules.trial import times_to, with_form
from assessor.domain.table_reader import TableReader
from assessor.domain.wording import percent_text, plain

if TYPE_CHECKING:
    from assessor.domain.facts import Event


@dataclass(frozen=True)
class Deduct:
    """Counts the office's recorded occurrences; with ``figure``, what the form says instead."""

    kind: ClassVar[str] = "deduct"
    label: ClassVar[str] = "逐次扣分"
    form: ClassVar[tuple[FormField, ...]] = (
        FormField("per", "每次扣分", FieldKind.NUMBER, start=(("1",),)),
        FormField("figure", "次数", FieldKind.FIGURE, "不填则由考核办登记扣分情形", is_required=False),
    )
    task_scope: ClassVar[bool] = True

    per: Decimal
    """Points for each occurrence."""
    figure: str | None = None

    def __post_init__(self) -> None:
        check_positive(self.label, "per", self.per)
        if self.figure is not None:
            check_figure(self.label, "figure", self.figure)

    @classmethod
    def read(cls, table: TableReader) -> Deduct:
        with placed_at(table):
            return cls(table.decimal("per"), table.text("figure") if table.has("figure") else None)

    def params(self) -> dict[str, Any]:
        return {"per": decimal_text(self.per)} | ({"figure": self.figure} if self.figure is not None else {})

    def figures(self) -> tuple[str, ...]:
        return (self.figure,) if self.figure is not None else ()

    def office_inputs(self) -> frozenset[OfficeInput]:
        return frozenset({OfficeInput.OCCURRENCES}) if self.figure is None else frozenset()

    def formula(self, cells: FormulaCells) -> str:
        times = cells.occurrences if self.figure is None else cells.reading(self.figure)
        fraction = f"MAX(0,{cells.points}-{times}*{number(self.per)})/{cells.points}"
        return fraction if self.figure is None else of_reading(times, fraction)

    def trial(self, facts: LeafFacts, *, is_best: bool) -> LeafFacts:
        times = 0 if is_best else times_to(facts.points, self.per)
        if self.figure is not None:
            return with_form(facts, {self.figure: Decimal(times)})
        return replace(facts, occurrences=(_trial_event(facts, times),) if times else ())

    def evaluate(self, facts: LeafFacts) -> Outcome:
        if self.figure is None:
            events = sorted(facts.occurrences, key=lambda event: (event.happened_on, event.key))
            inputs = tuple(_event_input(event) for event in events)
            return self._outcome(facts, Decimal(sum(event.occurrences for event in events)), inputs)
        number = read_count(facts, self.figure)
        if not isinstance(number, Reading):
            return number
        return self._outcome(facts, number.value, (number.used,))

    def _outcome(self, facts: LeafFacts, number: Decimal, inputs: tuple[LeafInput, ...]) -> Outcome:
        if number == 0:
            return scored(Fraction(1), "扣分情形 0 次，不扣分 = 100.00%", inputs)
        lost = number * self.per
        left = max(facts.points - lost, Decimal(0))
        fraction = quotient(left, facts.points)
        head = f"扣分情形 {plain(number)} 次 × 每次 {plain(self.per)} 分 = 扣 {plain(lost)} 分"
        rest = "扣完为止，余" if lost > facts.points else "余"
        return scored(
            fraction, f"{head}，{rest} {plain(left)} / {plain(facts.points)} = {percent_text(fraction)}", inputs
        )


def _event_input(event: Event) -> LeafInput:
    if event.occurrences < 0:
        raise refused(event.reason, f"扣分情形的次数 {event.occurrences} 小于 0", "请更正次数")
    return LeafInput(event.reason, f"{event.occurrences} 次", f"扣分情形（{event.happened_on.isoformat()}）")


def _trial_event(facts: LeafFacts, times: int) -> Event:
    from assessor.domain.facts import Event, EventKind

    return Event("1", EventKind.OCCURRENCE, facts.indicator, facts.deadline, "", "", occurrences=times)
