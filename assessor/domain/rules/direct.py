"""直接评分: points given by the office, with a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar

from assessor.domain.exact import quotient
from assessor.domain.rules.form_field import FormField
from assessor.domain.rules.formula import awaited_if
from assessor.domain.rules.reading import pending, refused, scored
from assessor.domain.rules.rule import FormulaCells, LeafFacts, LeafInput, OfficeInput, Outcome
from assessor.domain.table_reader import TableReader
from assessor.domain.wording import percent_text, plain


@dataclass(frozen=True)
class Direct:
    kind: ClassVar[str] = "direct"
    label: ClassVar[str] = "直接评分"
    form: ClassVar[tuple[FormField, ...]] = ()
    task_scope: ClassVar[bool] = True

    @classmethod
    def read(cls, table: TableReader) -> Direct:
        return cls()

    def params(self) -> dict[str, Any]:
        return {}

    def figures(self) -> tuple[str, ...]:
        return ()

    def office_inputs(self) -> frozenset[OfficeInput]:
        return frozenset({OfficeInput.AWARD})

    def formula(self, cells: FormulaCells) -> str:
        return awaited_if(f'{cells.award_points}=""', f"{cells.award_points}/{cells.points}")

    def trial(self, facts: LeafFacts, *, is_best: bool) -> LeafFacts:
        from assessor.domain.facts import Award

        return replace(facts, award=Award(facts.indicator, "", points=facts.points if is_best else Decimal(0)))

    def evaluate(self, facts: LeafFacts) -> Outcome:
        award = facts.award
        if award is None:
            return pending("待考核办评分", (LeafInput("考核办评分", "待评", "考核办"),))
        if award.points is None or not 0 <= award.points <= facts.points:
            given = "未填" if award.points is None else f"{plain(award.points)} 分"
            what = f"评分应在 0 到 {plain(facts.points)} 分之间，现为{given}"
            raise refused("考核办评分", what, "请更正评分")
        fraction = quotient(award.points, facts.points)
        source = f"考核办（{award.reason}）" if award.reason else "考核办"
        words = f"{source}评 {plain(award.points)} / {plain(facts.points)} = {percent_text(fraction)}"
        return scored(fraction, words, (LeafInput("考核办评分", f"{plain(award.points)} 分", source),))
