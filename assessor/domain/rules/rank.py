"""按排名赋分: the unit's place in its group by one value; the one rule that looks at other units."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from assessor.domain.rules.direction import DIRECTION_FIELD, Direction, read_direction
from assessor.domain.rules.form_field import FieldKind, FormField
from assessor.domain.rules.formula import AWAITED, number, of_reading
from assessor.domain.rules.parameters import (
    check_falling,
    check_figure,
    check_not_empty,
    check_share,
    decimal_text,
    fault,
    placed_at,
)
from assessor.domain.rules.reading import Reading, read_figure, scored
from assessor.domain.rules.rule import FormulaCells, LeafFacts, LeafInput, LeafState, OfficeInput, Outcome, PeerReading
from assessor.domain.rules.trial import with_form
from assessor.domain.table_reader import TableReader
from assessor.domain.wording import percent_text


@dataclass(frozen=True)
class RankBand:
    to: int
    """Last rank of the band."""
    fraction: Decimal
    """Of the points, in [0, 1]."""


@dataclass(frozen=True)
class Rank:
    """Equal values share the best rank. A unit below the last band gets nothing."""

    kind: ClassVar[str] = "rank"
    label: ClassVar[str] = "按排名赋分"
    form: ClassVar[tuple[FormField, ...]] = (
        FormField("value", "数值", FieldKind.FIGURE),
        DIRECTION_FIELD,
        FormField(
            "bands",
            "名次档",
            FieldKind.ROWS,
            "从前到后；其后的不得分",
            columns=(
                FormField("to", "至第几名", FieldKind.INTEGER),
                FormField("fraction", "得分比例", FieldKind.SHARE),
            ),
            start=(("3", "100%"), ("10", "80%"), ("20", "60%")),
        ),
    )
    task_scope: ClassVar[bool] = False

    value: str
    """Figure code."""
    bands: tuple[RankBand, ...]
    """From the first ranks down."""
    direction: Direction = Direction.HIGHER

    def __post_init__(self) -> None:
        check_figure(self.label, "value", self.value)
        check_not_empty(self.label, "bands", self.bands)
        check_falling(self.label, "bands 的 fraction", [band.fraction for band in self.bands], strictly=False)
        last = 0
        for band in self.bands:
            if band.to <= last:
                what = f"bands 的 to 应从小到大且大于 0，现 {last} 之后是 {band.to}"
                raise fault(self.label, what, "请按名次从前到后排列，to 写该档的最后一名")
            last = band.to
            check_share(self.label, "bands 的 fraction", band.fraction)

    @classmethod
    def read(cls, table: TableReader) -> Rank:
        bands = tuple(_read_band(item) for item in table.tables("bands"))
        with placed_at(table):
            return cls(table.text("value"), bands, read_direction(table))

    def params(self) -> dict[str, Any]:
        bands = [{"to": band.to, "fraction": decimal_text(band.fraction)} for band in self.bands]
        return {"value": self.value, "direction": self.direction.value, "bands": bands}

    def figures(self) -> tuple[str, ...]:
        return (self.value,)

    def office_inputs(self) -> frozenset[OfficeInput]:
        return frozenset()

    def peer_reading(self, facts: LeafFacts) -> PeerReading:
        own = read_figure(facts, self.value)
        if isinstance(own, Reading):
            return PeerReading(own.value)
        return PeerReading(None, awaited=own.state is LeafState.PENDING)

    def formula(self, cells: FormulaCells) -> str:
        own, peers = cells.reading(self.value), cells.peers(self.value)
        better = ">" if self.direction is Direction.HIGHER else "<"
        place = f"(1+SUMPRODUCT(ISNUMBER({peers})*({peers}{better}{own})))"
        fraction = "0"
        for band in reversed(self.bands):
            fraction = f"IF({place}<={band.to},{number(band.fraction)},{fraction})"
        return of_reading(own, fraction)

    def provisional_formula(self, cells: FormulaCells) -> str:
        own, peers = cells.reading(self.value), cells.peers(self.value)
        return f'AND(ISNUMBER({own}),COUNTIF({peers},"{AWAITED}")>0)'

    def trial(self, facts: LeafFacts, *, is_best: bool) -> LeafFacts:
        own, better = (Decimal(1), Decimal(2)) if self.direction is Direction.HIGHER else (Decimal(2), Decimal(1))
        rivals = () if is_best else (better,) * self.bands[-1].to
        return with_form(replace(facts, peers=(own, *rivals)), {self.value: own})

    def evaluate(self, facts: LeafFacts) -> Outcome:
        own = read_figure(facts, self.value)
        if not isinstance(own, Reading):
            return own
        place = 1 + sum(self._is_better(peer, own.value) for peer in facts.peers)
        fraction = self._fraction(place)
        inputs = (own.used, LeafInput("同组名次", str(place), f"同组 {len(facts.peers)} 个单位的填报表"))
        field = f"数值 {own.used.value}，同组 {len(facts.peers)} 个单位"
        if facts.peers_awaited:
            words = f"{field}已知，暂列第 {place} 名，暂计 {percent_text(fraction)}，其余单位待报"
            return Outcome(LeafState.PENDING, fraction, words, inputs, provisional=True)
        words = f"{field}中第 {place} 名 = {percent_text(fraction)}"
        return scored(fraction, words, inputs)

    def _is_better(self, peer: Decimal, own: Decimal) -> bool:
        return peer > own if self.direction is Direction.HIGHER else peer < own

    def _fraction(self, place: int) -> Fraction:
        return next((Fraction(band.fraction) for band in self.bands if place <= band.to), Fraction(0))


def _read_band(table: TableReader) -> RankBand:
    band = RankBand(table.integer("to"), table.decimal("fraction"))
    table.finish()
    return band
