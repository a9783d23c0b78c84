"""Appeals and adjustments as tables: before and after, who moved; new scores and decisions as typed; the period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assessor.domain.adjusting import decision_words, needs_late_note, read_new_score
from assessor.domain.appeal import Appeal, AppealKind, AppealState, Publicity, publicity_text
from assessor.domain.appeal_table import adjustment_rows, appeal_rows, moved_units
from assessor.domain.review import ReviewFacts
from assessor.domain.year_view import YearView, view_year
from assessor.errors import InputError
from tests.domain.builders import adjustment, leaf_of, plain_scheme, unit, year_facts
from tests.domain.plans import small_plan

DAY = date(2025, 1, 10)
PERIOD = Publicity(DAY, date(2025, 1, 16))
UPHELD = Appeal("S1", "a", AppealKind.APPEAL, DAY, "市a", "漏计", "1.1", AppealState.UPHELD, "补计", "张三", DAY, "2")
OPEN = Appeal("S2", "b", AppealKind.OBJECTION, date(2025, 1, 20), "群众", "活动不实")


def view() -> YearView:
    made = (adjustment("2.1", 30, 28, key="1"), adjustment("1.1", 40, 50, key="2"))
    units = (unit("a", given={"1.1": 40, "2.1": 30}, adjustments=made), unit("b", given={"1.1": 45, "2.1": 30}))
    facts = year_facts(plain_scheme(), *units)
    return view_year(small_plan(), replace(facts, review=ReviewFacts(PERIOD, (UPHELD, OPEN))))


def test_an_appeal_shows_the_score_before_and_after() -> None:
    upheld, other = appeal_rows(view())
    assert (upheld.title, upheld.before, upheld.after, upheld.is_outside) == ("指标1.1", 40, 50, False)
    assert (other.title, other.before, other.after, other.is_outside) == ("考核结果", None, None, True)


def test_an_adjustment_knows_its_appeal_and_whether_it_counts() -> None:
    review, appeal = adjustment_rows(view())
    assert (review.adjustment.key, review.appeal, review.holds) == ("1", None, True)
    assert (appeal.adjustment.key, appeal.appeal, appeal.holds) == ("2", UPHELD, True)
    later = adjustment("1.1", 50, 55, key="3", decided_on=date(2025, 1, 5))
    both = (adjustment("1.1", 40, 50, key="2"), later)
    facts = year_facts(plain_scheme(), unit("a", given={"1.1": 40, "2.1": 30}, adjustments=both))
    rows = adjustment_rows(view_year(small_plan(), facts))
    assert [row.holds for row in rows] == [False, True]


def test_who_moved_by_the_adjustments() -> None:
    moved = {item.after.unit.code: item for item in moved_units(view())}
    assert (moved["a"].before.total, moved["a"].after.total) == (70, 78)
    assert (moved["a"].before.rank, moved["a"].after.rank) == (2, 1)
    assert (moved["b"].before.rank, moved["b"].after.rank) == (1, 2)
    still = year_facts(plain_scheme(), unit("a", given={"1.1": 40, "2.1": 30}))
    assert moved_units(view_year(small_plan(), still)) == ()


def test_a_new_score_is_within_the_points_and_another_one() -> None:
    found = leaf_of(view().assessed_unit("b")[1], "1.1")
    assert str(read_new_score(" 46.5 ", found, 2)) == "46.50"
    for text, words in (
        ("", "没有填写"),
        ("多", "不是分数"),
        ("61", "不在 0 到 60"),
        ("-1", "不在 0 到 60"),
        ("NaN", "不在 0 到 60"),
        ("46.555", "多于 2 位小数"),
        ("45", "就是现在的得分"),
    ):
        with pytest.raises(InputError, match=words):
            read_new_score(text, found, 2)
    pending = leaf_of(view_year(small_plan(), year_facts(plain_scheme(), unit("c"))).assessed_unit("c")[1], "1.1")
    with pytest.raises(InputError, match="还没有得分"):
        read_new_score("5", pending, 2)


def test_a_decision_after_the_period_says_why() -> None:
    late = date(2025, 1, 17)
    assert not needs_late_note(PERIOD, PERIOD.ends)
    assert needs_late_note(PERIOD, late)
    assert decision_words("予以采纳。", "", PERIOD, PERIOD.ends) == "予以采纳"
    assert decision_words("予以采纳", "材料迟到", PERIOD, late) == "予以采纳（公示期后处理：材料迟到）"
    assert decision_words("予以采纳", "", None, late) == "予以采纳"
    with pytest.raises(InputError, match="2025-01-16 结束"):
        decision_words("予以采纳", " ", PERIOD, late)
    with pytest.raises(InputError, match="没有填写处理意见"):
        decision_words("。", "", None, late)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 1, 8), "还有 2 天开始"),
        (date(2025, 1, 10), "第 1 天，还有 6 天"),
        (date(2025, 1, 16), "今天结束"),
        (date(2025, 1, 17), "已结束"),
    ],
)
def test_where_the_period_stands(day: date, words: str) -> None:
    assert publicity_text(PERIOD, day) == words
    assert publicity_text(None, day) == ""


def test_a_period_does_not_end_before_it_starts() -> None:
    assert PERIOD.words == "2025-01-10 至 2025-01-16（7 天）"
    with pytest.raises(InputError, match="早于起日"):
        Publicity(PERIOD.ends, PERIOD.starts)


def test_decimals_are_those_of_the_scheme() -> None:
    assert read_new_score("46", leaf_of(view().assessed_unit("b")[1], "1.1"), 1) == Decimal(46)
