"""Where a rule's target comes from: a number of the scheme, a figure of the form, or the assignment (下达的目标值)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessor.domain.rules.form_field import FieldKind, FormField
from assessor.domain.rules.parameters import check_figure, check_positive, decimal_text, fault
from assessor.domain.rules.reading import SCHEME, Reading, first_awaited, pending, read_figure, refused
from assessor.domain.rules.rule import LeafFacts, LeafInput, Outcome
from assessor.domain.table_reader import TableReader
from assessor.domain.wording import plain

_LABEL = "目标值"
TARGET_FIELD = FormField("target", "目标", FieldKind.TARGET, "数字、填报项，或下达的目标值")
_ASSIGNMENT = "assignment"
_CHOICE = '请只写一项：target = 数字，或 target_figure = "填报项代码"，或 target_source = "assignment"'


@dataclass(frozen=True)
class TargetSource:
    """Exactly one of ``number`` (> 0), ``figure`` (its code), ``assigned`` (the assignment's target)."""

    number: Decimal | None = None
    figure: str | None = None
    assigned: bool = False

    def __post_init__(self) -> None:
        if [self.number is not None, self.figure is not None, self.assigned].count(True) != 1:
            raise fault(_LABEL, "目标值应有且只有一个来源", _CHOICE)
        if self.number is not None:
            check_positive(_LABEL, "target", self.number)
        if self.figure is not None:
            check_figure(_LABEL, "target_figure", self.figure)

    def params(self) -> dict[str, Any]:
        if self.number is not None:
            return {"target": decimal_text(self.number)}
        return {"target_figure": self.figure} if self.figure is not None else {"target_source": _ASSIGNMENT}

    def figures(self) -> tuple[str, ...]:
        return (self.figure,) if self.figure is not None else ()

    def resolve(self, facts: LeafFacts) -> Reading | Outcome:
        """The target, above 0. One that a unit's form gives and that is not is awaited anew: a unit's slip must not
        stop the year's scoring, and divides nothing. Raises InputError where the office's assignment gives one."""
        reading = self._reading(facts)
        if not isinstance(reading, Reading) or reading.value > 0:
            return reading
        what = f"目标值应大于 0，现为 {reading.used.value}"
        if self.figure is not None:
            return pending(f"“{reading.used.name}”作{what}，待更正", (reading.used,))
        raise refused(
            reading.used.name, f"{what}（{reading.used.source}）", "请更正目标值；确无任务的，请由考核办认定为不涉及"
        )

    def deciding(self, value: Reading | Outcome, target: Reading | Outcome) -> Outcome | None:
        """Of a value and the target it is compared with, the outcome that decides for the leaf; None: both are known.

        What was not handed in by closing is 0 (docs/scoring.md) whatever target the office may still set; a target that
        the form itself owes is awaited before a value left empty counts 0.
        """
        if isinstance(value, Outcome) and self.figure is None:
            return value
        return first_awaited(value, target)

    def _reading(self, facts: LeafFacts) -> Reading | Outcome:
        if self.number is not None:
            return Reading(self.number, LeafInput(_LABEL, plain(self.number), SCHEME))
        if self.figure is not None:
            return read_figure(facts, self.figure)
        if facts.assigned_target is None:
            return pending("未下达目标值，待下达", (LeafInput(_LABEL, "未下达", "任务分解"),))
        return Reading(facts.assigned_target, LeafInput(_LABEL, plain(facts.assigned_target), "任务分解"))


def read_target(table: TableReader) -> TargetSource:
    """From the keys ``target``, ``target_figure`` or ``target_source``, of which there must be one."""
    source = table.text("target_source", "")
    if source not in ("", _ASSIGNMENT):
        raise table.fail(f"不认识的目标来源“{source}”", _CHOICE, key="target_source")
    figure = table.text("target_figure", "")
    return TargetSource(table.optional_decimal("target"), figure or None, bool(source))


def has_target(table: TableReader) -> bool:
    return any(table.has(key) for key in ("target", "target_figure", "target_source"))
