"""清单: examples by hand, every setting, every refusal."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.rules.checklist import Checklist
from assessor.domain.rules.rule import LeafInput, LeafState
from assessor.domain.submission import Blank
from assessor.errors import InputError, SchemeError
from tests.domain.rules.leaf import SECOND_FORM, check_awaits_the_form, filled, read, refusal, score

ITEMS = [
    {"figure": "leader", "title": "分管领导", "share": 2},
    {"figure": "office", "title": "责任科室"},
    {"figure": "liaison", "title": "联络员", "share": "1"},
]
STAFF = read(kind="checklist", items=ITEMS)


def test_shares_met_over_all_shares() -> None:
    outcome = STAFF.evaluate(filled(leader=1, office=0, liaison=1))
    assert outcome.fraction == Fraction(3, 4)
    assert outcome.reasoning == "满足 2/3 项（未满足：责任科室），份额 3 / 4 = 75.00%"
    assert outcome.inputs == (
        LeafInput("分管领导", "满足", SECOND_FORM),
        LeafInput("责任科室", "不满足", SECOND_FORM),
        LeafInput("联络员", "满足", SECOND_FORM),
    )


def test_all_and_nothing() -> None:
    assert score(STAFF, filled(leader=1, office=1, liaison=1)) == 1
    assert score(STAFF, filled(leader=0, office=0, liaison=0)) == 0
    assert STAFF.evaluate(filled(leader=1, office=1, liaison=1)).reasoning == "满足 3/3 项，份额 4 / 4 = 100.00%"


@pytest.mark.parametrize("answer", ["0.5", 2, -1])
def test_an_answer_is_met_or_not_met(answer: str | int) -> None:
    with pytest.raises(InputError, match=r"联络员：应填 1（满足）或 0（不满足），现为"):
        STAFF.evaluate(filled(leader=1, office=1, liaison=answer))


def test_an_empty_item_is_awaited_and_after_closing_not_met() -> None:
    assert STAFF.evaluate(filled(leader=1, office=1)).state is LeafState.PENDING
    closed = STAFF.evaluate(filled(leader=1, office=1, closed=True))
    assert (closed.state, closed.fraction) == (LeafState.SCORED, Fraction(3, 4))
    assert closed.inputs[2] == LeafInput("联络员", "未填", SECOND_FORM)


def test_an_item_not_applicable_waits_for_the_office() -> None:
    given_facts = filled(leader=1, office=Blank.NOT_APPLICABLE, closed=True)
    assert STAFF.evaluate(given_facts).state is LeafState.PENDING


def test_what_is_awaited_is_not_zero() -> None:
    check_awaits_the_form(read(kind="checklist", items=ITEMS[:1]), "leader")


def test_refusals_of_parameters() -> None:
    assert "items 一项也没有" in refusal(kind="checklist", items=[])
    assert "share 应大于 0，现为 0" in refusal(kind="checklist", items=[{"figure": "a", "title": "甲", "share": 0}])
    assert "“a”出现了不止一次" in refusal(kind="checklist", items=[{"figure": "a", "title": "甲"}] * 2)
    assert "缺少“title”" in refusal(kind="checklist", items=[{"figure": "a"}])
    assert "不认识的项目“weight”" in refusal(kind="checklist", items=[{"figure": "a", "title": "甲", "weight": 1}])
    with pytest.raises(SchemeError):
        Checklist(())


@given(st.lists(st.booleans(), min_size=3, max_size=3), st.integers(0, 2))
def test_meeting_one_more_item_never_lowers_the_fraction(met: list[bool], item: int) -> None:
    codes = ("leader", "office", "liaison")
    before = {code: Decimal(int(answer)) for code, answer in zip(codes, met, strict=True)}
    after = before | {codes[item]: Decimal(1)}
    assert score(STAFF, filled(**before)) <= score(STAFF, filled(**after))
