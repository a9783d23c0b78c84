"""A scheme with bonuses, deductions, a veto and counted occurrences, and the events of a unit under it."""

from __future__ import annotations

from typing import Any

from assessor.domain.entry_table import EntryRow, entry_rows
from assessor.domain.rules.deduct import Deduct
from assessor.domain.scheme import EntryKind, Scheme, VetoKind
from assessor.domain.year_view import YearView, view_year
from tests.domain.builders import category, dec, leaf, scheme, task_leaf, tasked_unit, year_facts
from tests.domain.plans import small_plan


def rules() -> Scheme:
    return scheme(
        category("1", leaf("1.1", 60), leaf("1.2", 30, Deduct(dec("0.5"))), task_leaf("1.3", 10, Deduct(dec(1)))),
        bonuses=(EntryKind("zan", "表彰", dec(3)), EntryKind("zan2", "表彰", dec(2))),
        deductions=(EntryKind("tong", "通报", dec(2)),),
        vetoes=(VetoKind("jia", "弄虚作假", "合格"),),
    )


def view_of(*units: Any) -> YearView:
    return view_year(small_plan(), year_facts(rules(), *units))


def rows_of(*events: Any, **facts: Any) -> tuple[EntryRow, ...]:
    given = facts.pop("given", {"1.1": 60})
    return entry_rows(view_of(tasked_unit("a", {"A1.1": 1}, given=given, events=events, **facts)), {"2": 3})
