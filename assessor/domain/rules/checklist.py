"""清单: the shares of the items met, out of all shares."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from assessor.domain.exact import quotient
from assessor.domain.rules.form_field import FieldKind, FormField
from assessor.domain.rules.formula import awaited_if, is_awaited, number
from assessor.domain.rules.parameters import (
    check_distinct,
    check_figure,
    check_not_empty,
    check_positive,
    decimal_text,
    placed_at,
)
from assessor.domain.rules.reading import Reading, first_awaited, read_figure, refused, scored
from assessor.domain.rules.rule import FormulaCells, LeafFacts, LeafInput, LeafState, OfficeInput, Outcome
from assessor.domain.rules.trial import with_form
from assessor.domain.table_reader import TableReader
from assessor.domain.wording import percent_text, plain


@dataclass(frozen=True)
class ChecklistItem:
    figure: str
    """Answered 1 (met) or 0 (not met)."""
    title: str
    share: Decimal = Decimal(1)


@dataclass(frozen=True)
class Checklist:
    """An item left empty is awaited; after closing it counts as not met, and all of them empty make the leaf EMPTY."""

    kind: ClassVar[str] = "checklist"
    label: ClassVar[str] = "清单"
    form: ClassVar[tuple[FormField, ...]] = (
        FormField(
            "items",
            "项",
            FieldKind.ROWS,
            "满足的项得它的份额",
            columns=(
                FormField("figure", "填报项", FieldKind.FIGURE),
                FormField("share", "份额", FieldKind.NUMBER),
                FormField("title", "名称", FieldKind.TEXT),
            ),
        ),
    )
    task_scope: ClassVar[bool] = True

    items: tuple[ChecklistItem, ...]

    def __post_init__(self) -> None:
        check_not_empty(self.label, "items", self.items)
        check_distinct(self.label, "items 的 figure", [item.figure for item in self.items])
        for item in self.items:
            check_figure(self.label, "items 的 figure", item.figure)
            check_positive(self.label, "items 的 share", item.share)

    @classmethod
    def read(cls, table: TableReader) -> Checklist:
        items = tuple(_read_item(item) for item in table.tables("items"))
        with placed_at(table):
            return cls(items)

    def params(self) -> dict[str, Any]:
        return {
            "items": [
                {"figure": item.figure, "title": item.title, "share": decimal_text(item.share)} for item in self.items
            ]
        }

    def figures(self) -> tuple[str, ...]:
        return tuple(item.figure for item in self.items)

    def office_inputs(self) -> frozenset[OfficeInput]:
        return frozenset()

    def formula(self, cells: FormulaCells) -> str:
        answers = [cells.reading(item.figure) for item in self.items]
        met = "+".join(f"({cell}=1)*{number(item.share)}" for cell, item in zip(answers, self.items, strict=True))
        whole = number(sum((item.share for item in self.items), Decimal(0)))
        return awaited_if(f"OR({','.join(map(is_awaited, answers))})", f"({met})/{whole}")

    def trial(self, facts: LeafFacts, *, is_best: bool) -> LeafFacts:
        return with_form(facts, {item.figure: Decimal(is_best) for item in self.items})

    def evaluate(self, facts: LeafFacts) -> Outcome:
        answers = [read_figure(facts, item.figure) for item in self.items]
        deciding = first_awaited(*answers)
        all_blank = all(isinstance(answer, Outcome) for answer in answers)
        if deciding and (deciding.state is LeafState.PENDING or all_blank):
            return deciding
        inputs = tuple(self._input(item, answer) for item, answer in zip(self.items, answers, strict=True))
        met = [item for item, answer in zip(self.items, answers, strict=True) if _is_met(answer)]
        return self._total(met, inputs)

    def _total(self, met: list[ChecklistItem], inputs: tuple[LeafInput, ...]) -> Outcome:
        got = sum((item.share for item in met), Decimal(0))
        whole = sum((item.share for item in self.items), Decimal(0))
        fraction = quotient(got, whole)
        missed = "、".join(item.title for item in self.items if item not in met)
        words = f"（未满足：{missed}）" if missed else ""
        head = f"满足 {len(met)}/{len(self.items)} 项{words}"
        return scored(fraction, f"{head}，份额 {plain(got)} / {plain(whole)} = {percent_text(fraction)}", inputs)

    def _input(self, item: ChecklistItem, answer: Reading | Outcome) -> LeafInput:
        if isinstance(answer, Outcome):
            return LeafInput(item.title, answer.inputs[0].value, answer.inputs[0].source)
        if answer.value not in (0, 1):
            what = f"应填 1（满足）或 0（不满足），现为 {answer.used.value}"
            raise refused(item.title, what, "请更正填报数")
        return LeafInput(item.title, "满足" if answer.value == 1 else "不满足", answer.used.source)


def _is_met(answer: Reading | Outcome) -> bool:
    return isinstance(answer, Reading) and answer.value == 1


def _read_item(table: TableReader) -> ChecklistItem:
    item = ChecklistItem(table.text("figure"), table.text("title"), table.decimal("share", Decimal(1)))
    table.finish()
    return item
