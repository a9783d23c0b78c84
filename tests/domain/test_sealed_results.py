"""A sealed year keeps its numbers, whatever the program computes today."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings

from assessor.domain.facts import YearFacts
from assessor.domain.result_lines import LEAF, UNIT, result_lines
from assessor.domain.scoring import score_year
from assessor.domain.seal import SealLine
from assessor.domain.sealed_results import with_sealed_results
from assessor.domain.year_view import SealState, view_year
from tests.domain.builders import leaf_of, order_of, plain_scheme, unit, year_facts
from tests.domain.plans import small_plan
from tests.domain.strategies import Case, cases


def facts_of(*points: int) -> YearFacts:
    units = [unit(code, given={"1.1": given, "2.1": 40}) for code, given in zip("abc", points, strict=False)]
    return year_facts(plain_scheme(), *units)


def lines_of(facts: YearFacts) -> tuple[SealLine, ...]:
    return result_lines(score_year(facts))


def test_every_printed_number_of_a_unit_is_a_line() -> None:
    found = {(line.kind, line.key): line.fields for line in lines_of(facts_of(55))}
    assert found[UNIT, ("a",)]["total"] == "95.00"
    assert found[UNIT, ("a",)]["rank"] == 1
    assert found[UNIT, ("a",)]["grade"] == "优秀"
    assert found[LEAF, ("a", "1.1")]["score"] == "55.00"
    assert len(found) == 1 + 2 + 2


def test_the_same_results_are_left_as_they_are() -> None:
    facts = facts_of(55, 50)
    result = score_year(facts)
    assert with_sealed_results(result, facts, result_lines(result)) is result


def test_sealed_numbers_ranks_and_order_stand_and_say_what_is_computed_now() -> None:
    now = facts_of(30, 50)
    shown = with_sealed_results(score_year(now), now, lines_of(facts_of(55, 50)))
    first = shown.groups[0].units[0]
    assert order_of(shown.groups[0]) == [("a", 1), ("b", 2)]
    assert (first.total, first.grade) == (Decimal("95.00"), "优秀")
    assert leaf_of(first, "1.1").score == Decimal("55.00")
    assert leaf_of(first, "1.1").sentence.startswith("定稿得分 55.00 分；现重算为 30.00 分：")
    assert first.grade_sentence == "定稿等次为优秀；现重算为合格。"


def test_equals_keep_the_registrys_order() -> None:
    now = facts_of(30, 50, 40)
    shown = with_sealed_results(score_year(now), now, lines_of(facts_of(50, 50, 50)))
    assert order_of(shown.groups[0]) == [("a", 1), ("b", 1), ("c", 1)]


@settings(max_examples=30)
@given(cases())
def test_whatever_is_computed_now_the_sealed_lines_are_shown(case: Case) -> None:
    facts = case.facts
    sealed = lines_of(facts)
    bare = tuple(
        replace(
            group, units=tuple(replace(item, awards=(), marks=(), form=None, submissions={}) for item in group.units)
        )
        for group in facts.groups
    )
    now = replace(facts, groups=bare)
    shown = with_sealed_results(score_year(now), now, sealed)
    assert set(map(str, result_lines(shown))) == set(map(str, sealed))


def test_a_view_shows_what_was_sealed_and_names_what_differs() -> None:
    view = view_year(small_plan(), facts_of(30), seal=SealState((), lines_of(facts_of(55))))
    assert view.result.groups[0].units[0].total == Decimal("95.00")
    assert {(item.kind, item.key) for item in view.recomputed} >= {(LEAF, ("a", "1.1")), (UNIT, ("a",))}
