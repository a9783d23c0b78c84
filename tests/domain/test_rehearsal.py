"""A draft scheme tried on a year's facts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from assessor.domain.facts import Adjustment, AdjustmentKind, Award, Event, EventKind, Mark
from assessor.domain.rehearsal import Rehearsal, rehearse
from assessor.domain.rules.judgement import Judgement
from assessor.domain.rules.levels import Level, Levels
from assessor.domain.rules.panel import Panel
from assessor.domain.scheme import EntryKind, Scheme
from assessor.errors import InputError
from assessor.resources import SAMPLE_WORKBOOK
from assessor.workbook.facts import load_facts
from assessor.workbook.workbook import Workbook
from tests.domain.builders import IN_TIME, category, leaf, plain_scheme, scheme, unit, year_facts

PANEL = Judgement((Panel("expert", "评委组"),))
LEVELS = Levels((Level("好", Decimal(60), Decimal(100)), Level("差", Decimal(0), Decimal(60))))


def rehearsed(draft: Scheme, *units: object, present: Scheme | None = None) -> Rehearsal:
    return rehearse(year_facts(present or plain_scheme(), *units), draft)  # type: ignore[arg-type]


@pytest.mark.parametrize("year", [2022, 2024, 2025])
def test_the_present_scheme_moves_nothing_and_leaves_nothing_out(year: int) -> None:
    with Workbook.open(SAMPLE_WORKBOOK, read_only=True) as workbook:
        facts = load_facts(workbook, year)
    for group in facts.groups:
        found = rehearse(facts, group.scheme)
        assert found.after == found.before
        assert not any(unit.moves for unit in found.units)
        assert found.left_out == {}
        assert all(item.before == item.after for item in found.decisive)


def test_points_given_by_the_office_are_taken_over_as_shares() -> None:
    # 48/60 and 20/40 under 30 and 70 points: 24 + 35 = 59; 30/60 and 38/40: 15 + 66.5 = 81.5.
    draft = scheme(category("1", leaf("1.1", 30)), category("2", leaf("2.1", 70)))
    found = rehearsed(draft, unit("a", given={"1.1": 48, "2.1": 20}), unit("b", given={"1.1": 30, "2.1": 38}))
    assert [(move.unit.code, move.before.total, move.after.total, move.rank_move) for move in found.units] == [
        ("b", Decimal("68.00"), Decimal("81.50"), 0),
        ("a", Decimal("68.00"), Decimal("59.00"), -1),
    ]
    first, second = found.units
    assert (first.gain, first.changes_grade, second.gain, second.changes_grade) == (Decimal("13.50"), True, -9, True)
    assert [(move.code, move.before, move.after) for move in first.leaves] == [
        ("2.1", Decimal("38.00"), Decimal("66.50")),
        ("1.1", Decimal("30.00"), Decimal("15.00")),
    ]


def test_what_decides_are_the_shares_of_the_variance() -> None:
    # Totals 80 and 60: of the 20 between them 10 come from 1.1, 10 from 2.1; under the draft all come from 1.1.
    draft = scheme(category("1", leaf("1.1", 100)))
    found = rehearsed(draft, unit("a", given={"1.1": 50, "2.1": 30}), unit("b", given={"1.1": 40, "2.1": 20}))
    shares = {item.indicator.code: (item.before, item.after) for item in found.decisive}
    assert shares == {"1.1": (Fraction(1, 2), Fraction(1)), "2.1": (Fraction(1, 2), None)}
    assert found.left_out == {"考核办评分": 2}


def test_what_the_draft_has_no_place_for_is_left_out_and_counted() -> None:
    present = scheme(
        category("1", leaf("1.1", 60, PANEL)),
        category("2", leaf("2.1", 40, LEVELS)),
        bonuses=(EntryKind("prize", "表彰", Decimal(5)),),
    )
    draft = scheme(category("1", leaf("1.1", 60, Judgement((Panel("other", "别组"),)))), category("2", leaf("2.1", 40)))
    facts = unit(
        "a",
        marks=(Mark("1.1", "甲", "expert", Decimal(90)),),
        awards=(Award("2.1", "核定", level="好"),),
        events=(Event("1", EventKind.BONUS, "prize", IN_TIME, "科普日", "表彰", Decimal(2)),),
    )
    found = rehearsed(draft, facts, present=present)
    assert found.left_out == {"评委评分": 1, "考核办评分": 1, "加分": 1}
    assert found.units[0].after.provisional


def test_an_adjustment_and_a_self_score_keep_their_share() -> None:
    judged = Judgement((Panel("self", "自评"), Panel("expert", "评委组")))
    present = scheme(category("1", leaf("1.1", 50, judged)), category("2", leaf("2.1", 50)))
    halved = scheme(category("1", leaf("1.1", 25, judged)), category("2", leaf("2.1", 75)))
    decided = Adjustment("F1", "2.1", AdjustmentKind.REVIEW, Decimal(30), Decimal(40), "补证", "张三", IN_TIME)
    facts = unit(
        "a",
        given={"2.1": 30},
        marks=(Mark("1.1", "甲", "expert", Decimal(80)),),
        self_scores={"1.1": Decimal(45)},
        adjustments=(decided,),
    )
    (move,) = rehearsed(halved, facts, present=present).units
    assert [leaf.score for leaf in move.after.leaves] == [Decimal("21.25"), Decimal("60.00")]
    assert move.after.leaves[0].self_score == Decimal("22.5")


def test_a_group_that_the_year_does_not_have_is_refused() -> None:
    with pytest.raises(InputError, match="没有这份细则的考核组别"):
        rehearsed(replace(plain_scheme(), group="county"), unit("a", given={"1.1": 1, "2.1": 1}))
