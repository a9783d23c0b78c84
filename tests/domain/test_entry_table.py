"""The events of a year as a table: what each counts for and why, and how much of every cap is used up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assessor.domain.entry_table import Effect, items_of, unit_entries
from assessor.domain.facts import EventKind
from tests.domain.builders import (
    bonus,
    deduction,
    occurrence,
    unit,
    veto,
)
from tests.domain.event_views import rows_of, rules, view_of


def test_events_stand_by_date_then_key_with_their_evidence() -> None:
    early = bonus("zan", 1, key="3", happened_on=date(2024, 3, 1))
    rows = rows_of(bonus("zan", 1, key="2"), early, deduction("tong", 1, key="1"))
    assert [(row.event.key, row.files) for row in rows] == [("3", 0), ("1", 0), ("2", 3)]


def test_what_a_cap_cuts_and_what_repeats_is_told_from_what_counts_whole() -> None:
    rows = rows_of(
        bonus("zan", 2, key="1", matter="甲"),
        bonus("zan", 1, key="2", matter="甲"),
        bonus("zan", 2, key="3"),
        bonus("zan2", 1, key="4", shared_by=2),
    )
    assert [row.effect for row in rows] == [Effect.WHOLE, Effect.REPEATED, Effect.CUT, Effect.WHOLE]
    assert [row.counted_text for row in rows] == ["+2.00", "0.00", "+1.00", "+0.50"]
    assert "就高计入另一条" in rows[1].sentence
    assert "上限 3 分" in rows[2].sentence
    assert "由 2 个单位均享" in rows[3].sentence


def test_deductions_vetoes_and_occurrences_say_what_came_of_them() -> None:
    rows = rows_of(
        deduction("tong", 3, key="1"),
        veto("jia", key="2"),
        occurrence("1.2", 4, key="3"),
        occurrence("1.3", 1, key="4", task="A1.1"),
    )
    assert [row.counted_text for row in rows] == ["-2.00", "限合格", "4 次", "1 次"]
    assert [row.effect for row in rows] == [Effect.CUT, Effect.LIMITS, Effect.OCCURS, Effect.OCCURS]
    assert "等次不高于合格" in rows[1].sentence
    assert "4 次 × 每次 0.5 分" in rows[2].sentence
    assert "1 次 × 每次 1 分" in rows[3].sentence


def test_events_of_a_unit_that_is_not_assessed_count_for_nothing() -> None:
    (row,) = rows_of(bonus("zan", 2), exempt="机构改革")
    assert (row.effect, row.counted_text) == (Effect.NONE, "—")


def test_the_scheme_says_what_an_event_can_be() -> None:
    assert [item.words for item in items_of(rules(), EventKind.BONUS)] == ["表彰（zan）", "表彰（zan2）"]
    assert [(item.words, item.note) for item in items_of(rules(), EventKind.DEDUCTION)] == [("通报", "上限 2 分")]
    assert [(item.words, item.note) for item in items_of(rules(), EventKind.VETO)] == [("弄虚作假", "等次不高于合格")]
    occurring = items_of(rules(), EventKind.OCCURRENCE)
    assert [(item.words, item.takes_task) for item in occurring] == [("1.2 指标1.2", False), ("1.3 指标1.3", True)]


def test_a_units_events_come_to_a_sum_and_show_the_caps_they_reach() -> None:
    events = (
        bonus("zan", 4, key="1"),
        bonus("zan2", 1, key="2"),
        deduction("tong", "0.5", key="3"),
        veto("jia", key="4"),
        occurrence("1.2", 2, key="5"),
    )
    (sums,) = unit_entries(view_of(unit("a", given={"1.1": 60}, events=events), unit("b", given={"1.1": 60})))
    assert (sums.events, sums.occurrences) == (5, 2)
    assert sums.uses_text == "表彰 3 / 3（已到上限）；表彰 1 / 2；通报 0.5 / 2"
    assert sums.full_caps == ("表彰",)
    assert sums.vetoes_text == "弄虚作假（限合格）"
    assert (str(sums.unit.bonus), str(sums.unit.deduction)) == ("4.00", "0.50")


def test_a_row_of_a_code_that_the_scheme_has_dropped_has_no_item() -> None:
    (row,) = rows_of(bonus("zan", 2))
    assert row.item is not None
    assert replace(row, event=replace(row.event, code="gone")).item is None
