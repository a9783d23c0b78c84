"""分档: the first band whose bound the value reaches, bounds inclusive from below; or joined linearly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, ClassVar

from assessor.domain.exact import quotient
from assessor.domain.rules.form_field import FieldKind, FormField
from assessor.domain.rules.formula import compared, number, of_reading, of_target, stepped
from assessor.domain.rules.parameters import (
    check_falling,
    check_figure,
    check_not_empty,
    check_share,
    decimal_text,
    placed_at,
)
from assessor.domain.rules.reading import Reading, read_figure, scored
from assessor.domain.rules.rule import FormulaCells, LeafFacts, OfficeInput, Outcome
from assessor.domain.rules.target_source import TARGET_FIELD, TargetSource, has_target, read_target
from assessor.domain.rules.trial import target_of, with_form, with_target
from assessor.domain.table_reader import TableReader
from assessor.domain.wording import percent_text, plain


@dataclass(frozen=True)
class Band:
    bound: Decimal
    """Reached from this value on; with a target, a fraction of the target (0.9 for 90 %)."""
    fraction: Decimal
    """Of the points, in [0, 1]."""


@dataclass(frozen=True)
class Bands:
    kind: ClassVar[str] = "bands"
    label: ClassVar[str] = "分档"
    form: ClassVar[tuple[FormField, ...]] = (
        FormField("value", "数值", FieldKind.FIGURE),
        replace(
            TARGET_FIELD, label="相比的目标", hint="填了目标，各档写占目标的比例，如 0.9；可不填", is_required=False
        ),
        FormField(
            "bands",
            "档",
            FieldKind.ROWS,
            "从高到低，含本数",
            columns=(
                FormField("bound", "达到", FieldKind.NUMBER),
                FormField("fraction", "得分比例", FieldKind.SHARE),
            ),
            start=(("3", "100%"), ("2", "70%"), ("1", "40%")),
        ),
        FormField("interpolate", "两档之间按比例", FieldKind.CHECK, is_required=False),
    )
    task_scope: ClassVar[bool] = True

    value: str
    """Figure code."""
    bands: tuple[Band, ...]
    """Highest bound first. Below the last bound nothing is given."""
    target: TargetSource | None = None
    """Where there is one, value / target is compared with the bounds."""
    interpolate: bool = False

    def __post_init__(self) -> None:
        check_figure(self.label, "value", self.value)
        check_not_empty(self.label, "bands", self.bands)
        check_falling(self.label, "bands 的 bound", [band.bound for band in self.bands], strictly=True)
        check_falling(self.label, "bands 的 fraction", [band.fraction for band in self.bands], strictly=False)
        for band in self.bands:
            check_share(self.label, "bands 的 fraction", band.fraction)

    @classmethod
    def read(cls, table: TableReader) -> Bands:
        bands = tuple(_read_band(item) for item in table.tables("bands"))
        with placed_at(table):
            target = read_target(table) if has_target(table) else None
            return cls(table.text("value"), bands, target, table.boolean("interpolate", False))

    def params(self) -> dict[str, Any]:
        bands = [{"bound": decimal_text(band.bound), "fraction": decimal_text(band.fraction)} for band in self.bands]
        target = self.target.params() if self.target else {}
        return {"value": self.value, **target, "bands": bands, "interpolate": self.interpolate}

    def figures(self) -> tuple[str, ...]:
        return (self.value, *(self.target.figures() if self.target else ()))

    def office_inputs(self) -> frozenset[OfficeInput]:
        return frozenset({OfficeInput.TARGET}) if self.target is not None and self.target.assigned else frozenset()

    def formula(self, cells: FormulaCells) -> str:
        value = cells.reading(self.value)
        if self.target is None:
            return of_reading(value, self._band_formula(value))
        return of_target(cells, value, self.target, lambda target: self._band_formula(compared(f"({value}/{target})")))

    def _band_formula(self, value: str) -> str:
        steps = [(number(band.bound), number(band.fraction)) for band in self.bands]
        if self.interpolate:
            joined = zip(steps[1:], pairwise(self.bands), strict=True)
            steps[1:] = [(bound, self._line_formula(value, *ends)) for (bound, _), ends in joined]
        return stepped(value, steps)

    def _line_formula(self, value: str, upper: Band, lower: Band) -> str:
        slope = f"({number(upper.fraction)}-{number(lower.fraction)})/({number(upper.bound)}-({number(lower.bound)}))"
        return f"{number(lower.fraction)}+({value}-({number(lower.bound)}))*{slope}"

    def trial(self, facts: LeafFacts, *, is_best: bool) -> LeafFacts:
        lowest = self.bands[-1].bound
        least = lowest - 1 if lowest < 0 else Decimal(0)
        bound = self.bands[0].bound if is_best else least
        if self.target is None:
            return with_form(facts, {self.value: bound})
        return with_target(facts, self.target, {self.value: bound * target_of(self.target)})

    def evaluate(self, facts: LeafFacts) -> Outcome:
        value = read_figure(facts, self.value)
        if self.target is None:
            return self._of_value(value) if isinstance(value, Reading) else value
        target = self.target.resolve(facts)
        if not isinstance(value, Reading) or not isinstance(target, Reading):
            awaited = self.target.deciding(value, target)
            assert awaited is not None
            return awaited
        ratio = quotient(value.value, target.value)
        fraction, words = self._find(ratio)
        division = f"实际 {value.used.value} / 目标 {target.used.value} = {percent_text(ratio)}"
        return scored(fraction, f"{division}，{words}", (value.used, target.used))

    def _of_value(self, value: Reading) -> Outcome:
        fraction, words = self._find(Fraction(value.value))
        return scored(fraction, f"实际 {value.used.value}，{words}", (value.used,))

    def _find(self, reached: Fraction) -> tuple[Fraction, str]:
        """The fraction for a value, and the words for the band."""
        if reached >= Fraction(self.bands[0].bound):
            return self._at(self.bands[0])
        for upper, lower in pairwise(self.bands):
            if reached == Fraction(lower.bound) or (reached > Fraction(lower.bound) and not self.interpolate):
                return self._at(lower)
            if reached > Fraction(lower.bound):
                return self._between(upper, lower, reached)
        return Fraction(0), f"未达到最低档 {self._bound(self.bands[-1])}，计 0.00%"

    def _at(self, band: Band) -> tuple[Fraction, str]:
        return Fraction(band.fraction), f"达到 {self._bound(band)} 档 = {percent_text(band.fraction)}"

    def _between(self, upper: Band, lower: Band, reached: Fraction) -> tuple[Fraction, str]:
        part = (reached - Fraction(lower.bound)) / (Fraction(upper.bound) - Fraction(lower.bound))
        fraction = Fraction(lower.fraction) + part * (Fraction(upper.fraction) - Fraction(lower.fraction))
        ends = "与 ".join(f"{self._bound(band)} 档（{percent_text(band.fraction)}）" for band in (lower, upper))
        return fraction, f"在 {ends}之间，按比例 = {percent_text(fraction)}"

    def _bound(self, band: Band) -> str:
        return percent_text(band.bound) if self.target else plain(band.bound)


def _read_band(table: TableReader) -> Band:
    band = Band(table.decimal("bound"), table.decimal("fraction"))
    table.finish()
    return band
