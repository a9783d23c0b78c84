"""按排名赋分: examples by hand, every setting, every refusal."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.rules.rank import Rank
from assessor.domain.rules.rule import LeafInput, LeafState, PeerReading, PeerRule, Rule
from assessor.domain.submission import Blank
from assessor.errors import SchemeError
from tests.domain.rules.leaf import SECOND_FORM, check_awaits_the_form, facts, filled, form, read, refusal, score

BANDS = [{"to": 1, "fraction": 1}, {"to": 3, "fraction": "0.8"}, {"to": 4, "fraction": "0.5"}]
VOLUNTEERS = read(kind="rank", value="volunteers", bands=BANDS)
GROUP = (40, 30, 30, 20, 10)


def place(rule: Rule, own: int, group: tuple[int, ...] = GROUP, *, awaited: bool = False) -> Fraction:
    peers = tuple(Decimal(value) for value in group)
    return score(rule, facts(submission=form(volunteers=own), peers=peers, peers_awaited=awaited))


def test_the_fraction_of_the_units_place() -> None:
    assert place(VOLUNTEERS, 40) == 1
    assert place(VOLUNTEERS, 20) == Fraction(1, 2)
    assert place(VOLUNTEERS, 10) == 0


def test_equal_values_share_the_best_place_and_the_next_is_skipped() -> None:
    assert place(VOLUNTEERS, 30) == Fraction(4, 5)
    assert place(VOLUNTEERS, 40, (40, 40, 40, 30)) == 1
    assert place(VOLUNTEERS, 30, (40, 40, 40, 30)) == Fraction(1, 2)


def test_the_lower_the_better() -> None:
    rule = read(kind="rank", value="volunteers", bands=BANDS, direction="lower")
    assert place(rule, 10) == 1
    assert place(rule, 40) == 0


def test_the_place_in_words() -> None:
    peers = tuple(Decimal(value) for value in GROUP)
    outcome = VOLUNTEERS.evaluate(facts(submission=form(volunteers=30), peers=peers))
    assert outcome.reasoning == "数值 30，同组 5 个单位中第 2 名 = 80.00%"
    assert outcome.inputs == (
        LeafInput("volunteers", "30", SECOND_FORM),
        LeafInput("同组名次", "2", "同组 5 个单位的填报表"),
    )


def test_while_others_are_awaited_the_place_is_provisional() -> None:
    peers = (Decimal(30), Decimal(40))
    outcome = VOLUNTEERS.evaluate(facts(submission=form(volunteers=30), peers=peers, peers_awaited=True))
    assert outcome.state is LeafState.PENDING
    assert outcome.provisional
    assert outcome.fraction == Fraction(4, 5)
    assert outcome.reasoning == "数值 30，同组 2 个单位已知，暂列第 2 名，暂计 80.00%，其余单位待报"


def test_what_is_awaited_is_not_the_last_place() -> None:
    check_awaits_the_form(VOLUNTEERS, "volunteers")


def test_what_a_unit_tells_the_others() -> None:
    assert isinstance(VOLUNTEERS, PeerRule)
    assert not isinstance(read(kind="count", figure="n", per=1), PeerRule)
    assert VOLUNTEERS.peer_reading(filled(volunteers=7)) == PeerReading(Decimal(7))
    assert VOLUNTEERS.peer_reading(facts()) == PeerReading(None, awaited=True)
    assert VOLUNTEERS.peer_reading(facts(closed=True)) == PeerReading(None)
    assert VOLUNTEERS.peer_reading(filled(volunteers=Blank.NOT_APPLICABLE)) == PeerReading(None, awaited=True)


def test_refusals_of_parameters() -> None:
    def refused(*bands: tuple[object, object]) -> str:
        return refusal(kind="rank", value="n", bands=[{"to": to, "fraction": fraction} for to, fraction in bands])

    assert "to 应从小到大且大于 0，现 0 之后是 0" in refused((0, 1))
    assert "to 应从小到大且大于 0，现 3 之后是 3" in refused((3, 1), (3, "0.5"))
    assert "fraction 不应越往后越高" in refused((3, "0.5"), (5, 1))
    assert "fraction 应在 0 到 1 之间" in refused((3, "1.5"))
    assert "bands 一项也没有" in refused()
    assert "应为整数" in refused(("3", 1))
    assert "不认识的方向" in refusal(kind="rank", value="n", bands=BANDS, direction="up")
    with pytest.raises(SchemeError):
        Rank("n", ())


numbers = st.integers(0, 12)


@given(st.lists(numbers, max_size=8), numbers, numbers)
def test_raising_the_value_never_lowers_the_fraction(others: list[int], one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert place(VOLUNTEERS, low, (*others, low)) <= place(VOLUNTEERS, high, (*others, high))
