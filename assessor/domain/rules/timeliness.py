"""时效: full marks on time, then ``per_day`` less for every calendar day late."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, ClassVar

from assessor.domain.rules.form_field import FieldKind, FormField
from assessor.domain.rules.formula import number, of_reading
from assessor.domain.rules.parameters import check_positive, check_share, decimal_text, placed_at
from assessor.domain.rules.reading import clip, counted_form, scored
from assessor.domain.rules.rule import FormulaCells, LeafFacts, LeafInput, OfficeInput, Outcome
from assessor.domain.rules.trial import with_form
from assessor.domain.submission import Submission
from assessor.domain.table_reader import TableReader
from assessor.domain.wording import percent_text, submission_source


class CountFrom(Enum):
    """Which hand-in counts where a form was returned and came again."""

    FIRST = "first"
    LAST = "last"

    @property
    def label(self) -> str:
        return {"first": "首次报送", "last": "最近报送"}[self.value]


@dataclass(frozen=True)
class Timeliness:
    kind: ClassVar[str] = "timeliness"
    label: ClassVar[str] = "时效"
    form: ClassVar[tuple[FormField, ...]] = (
        FormField("per_day", "每逾期一天扣", FieldKind.SHARE, "占分值的比例", start=(("5%",),)),
        FormField(
            "count_from",
            "报送日期",
            FieldKind.CHOICE,
            "退回后重报的，以哪一次为准",
            is_required=False,
            choices=tuple((choice.value, choice.label) for choice in CountFrom),
        ),
    )
    task_scope: ClassVar[bool] = True

    per_day: Decimal
    """Fraction of the points lost with every calendar day, in (0, 1]."""
    count_from: CountFrom = CountFrom.FIRST

    def __post_init__(self) -> None:
        check_positive(self.label, "per_day", self.per_day)
        check_share(self.label, "per_day", self.per_day)

    @classmethod
    def read(cls, table: TableReader) -> Timeliness:
        word = table.text("count_from", CountFrom.FIRST.value)
        if word not in [choice.value for choice in CountFrom]:
            remedy = "请写 first（按首次报送）或 last（按最近一次报送）"
            raise table.fail(f"不认识的报送日期取法“{word}”", remedy, key="count_from")
        with placed_at(table):
            return cls(table.decimal("per_day"), CountFrom(word))

    def params(self) -> dict[str, Any]:
        return {"per_day": decimal_text(self.per_day), "count_from": self.count_from.value}

    def figures(self) -> tuple[str, ...]:
        return ()

    def office_inputs(self) -> frozenset[OfficeInput]:
        return frozenset()

    def formula(self, cells: FormulaCells) -> str:
        day = cells.first_submitted if self.count_from is CountFrom.FIRST else cells.last_submitted
        late = f"({day}-{cells.deadline})"
        return of_reading(cells.form, f"IF({late}<=0,1,MAX(0,1-{late}*{number(self.per_day)}))")

    def trial(self, facts: LeafFacts, *, is_best: bool) -> LeafFacts:
        return with_form(facts, {}) if is_best else replace(facts, submission=None)

    def evaluate(self, facts: LeafFacts) -> Outcome:
        form = counted_form(facts)
        if isinstance(form, Outcome):
            return form
        handed_in = form.first_submitted_on if self.count_from is CountFrom.FIRST else form.submitted_on
        inputs = (
            LeafInput(f"{self.count_from.label}日期", handed_in.isoformat(), self._source(form)),
            LeafInput("截止日期", facts.deadline.isoformat(), "任务分解" if facts.assigned_deadline else "年度安排"),
        )
        dates = f"{self.count_from.label} {handed_in.isoformat()}，截止 {facts.deadline.isoformat()}"
        late = (handed_in - facts.deadline).days
        if late <= 0:
            return scored(Fraction(1), f"{dates}，按时 = 100.00%", inputs)
        loss = late * Fraction(self.per_day)
        fraction = clip(1 - loss)
        arithmetic = f"逾期 {late} 天 × 每天 {percent_text(self.per_day)} = 扣 {percent_text(loss)}"
        return scored(fraction, f"{dates}，{arithmetic}，计 {percent_text(fraction)}", inputs)

    def _source(self, form: Submission) -> str:
        if self.count_from is CountFrom.LAST:
            return submission_source(form)
        return f"填报表（第1次，{form.first_submitted_on.isoformat()}）"
