"""Ranks: ties share a rank and skip the next, tie-break codes in order, the registry's order among equals."""

from __future__ import annotations

from itertools import permutations

import pytest

from assessor.domain.facts import UnitFacts
from assessor.errors import SchemeError
from tests.domain.builders import category, dec, leaf, order_of, plain_scheme, ratio, scheme, score_group, unit


def with_scores(code: str, first: str, second: str) -> UnitFacts:
    return unit(code, given={"1.1": first, "2.1": second})


def test_equals_share_a_rank_and_the_next_is_skipped() -> None:
    units = [with_scores(code, points, "30") for code, points in (("a", "40"), ("b", "50"), ("c", "50"), ("d", "55"))]
    assert order_of(score_group(plain_scheme(), *units)) == [("d", 1), ("b", 2), ("c", 2), ("a", 4)]


def test_equals_are_printed_in_the_registrys_order() -> None:
    units = [with_scores(code, "50", "30") for code in ("c", "a", "b")]
    assert order_of(score_group(plain_scheme(), *units)) == [("c", 1), ("a", 1), ("b", 1)]


def test_only_printed_digits_rank() -> None:
    rules = scheme(category("1", leaf("1.1", 100, ratio("n", 30000))))
    units = [unit("a", figures={"n": 20000}), unit("b", figures={"n": 20001})]  # 66.6667 and 66.67
    assert order_of(score_group(rules, *units)) == [("a", 1), ("b", 1)]


def test_tie_break_codes_are_taken_in_order() -> None:
    units = (with_scores("a", "50", "30"), with_scores("b", "45", "35"), with_scores("c", "50", "30"))
    assert order_of(score_group(plain_scheme(tie_break=("2",)), *units)) == [("b", 1), ("a", 2), ("c", 2)]
    assert order_of(score_group(plain_scheme(tie_break=("1.1", "2")), *units)) == [("a", 1), ("c", 1), ("b", 3)]


def test_the_second_code_decides_where_the_first_is_equal() -> None:
    rules = scheme(
        category("1", leaf("1.1", 30), leaf("1.2", 30)), category("2", leaf("2.1", 40)), tie_break=("1", "1.2")
    )
    first = unit("a", given={"1.1": 30, "1.2": 20, "2.1": 30})
    second = unit("b", given={"1.1": 20, "1.2": 30, "2.1": 30})
    assert order_of(score_group(rules, first, second)) == [("b", 1), ("a", 2)]


def test_what_has_no_score_goes_below_any_number() -> None:
    rules = plain_scheme(tie_break=("2",))
    without = unit("without", given={"1.1": 0}, not_applicable={"2.1": "无此职能"})
    nothing = with_scores("nothing", "0", "0")
    assert order_of(score_group(rules, without, nothing)) == [("nothing", 1), ("without", 2)]


def test_a_tie_break_compares_what_enters_the_base_score() -> None:
    rules = scheme(
        category("1", leaf("1.1", 50)), category("2", leaf("2.1", 30)), category("3", leaf("3.1", 20)), tie_break=("1",)
    )
    rescaled = unit("rescaled", given={"1.1": 40, "2.1": 24}, not_applicable={"3.1": "无"})  # 50.00 + 30.00
    whole = unit("whole", given={"1.1": 45, "2.1": 30, "3.1": 5})
    assert order_of(score_group(rules, whole, rescaled)) == [("rescaled", 1), ("whole", 2)]


def test_provisional_units_are_ranked_among_the_others() -> None:
    pending = unit("pending", given={"1.1": 60})
    assert order_of(score_group(plain_scheme(), pending, with_scores("a", "50", "30"))) == [("a", 1), ("pending", 2)]


def test_the_unranked_come_after_the_ranked_and_the_exempt_last() -> None:
    units = (
        unit("exempt", exempt="当年新成立"),
        unit("little", given={"2.1": 40}, not_applicable={"1.1": "无此职能"}),
        with_scores("low", "1", "1"),
        unit("less", given={"2.1": 40}, not_applicable={"1.1": "无此职能"}),
    )
    assert order_of(score_group(plain_scheme(), *units)) == [
        ("low", 1),
        ("little", None),
        ("less", None),
        ("exempt", None),
    ]


def test_the_order_of_storage_changes_no_rank() -> None:
    units = [with_scores("a", "50", "30"), with_scores("b", "50", "30"), with_scores("c", "55", "30")]
    for order in permutations(units):
        assert dict(order_of(score_group(plain_scheme(), *order))) == {"c": 1, "a": 2, "b": 2}


def test_an_unknown_tie_break_code_is_a_fault_of_the_scheme() -> None:
    with pytest.raises(SchemeError, match="9"):
        score_group(plain_scheme(tie_break=("9",)), with_scores("a", "1", "1"))


def test_coverage_of_exactly_the_floor_is_enough() -> None:
    rules = plain_scheme(min_coverage=dec("0.6"))
    facts = unit("a", given={"1.1": 60}, not_applicable={"2.1": "无此职能"})
    assert order_of(score_group(rules, facts)) == [("a", 1)]
