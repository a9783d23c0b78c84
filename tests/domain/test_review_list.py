"""What deserves a look: every topic by itself, what does not reach its limit, and what was ticked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assessor.domain.appeal import Appeal, AppealKind, AppealState
from assessor.domain.facts import EventKind
from assessor.domain.review import Proofs, ReviewCheck, ReviewFacts, ReviewLimits, SecondScore, host_unit
from assessor.domain.review_item import ReviewItem, ReviewState, ReviewTopic, open_items, review_summary
from assessor.domain.review_list import review_items
from assessor.domain.scheme import EntryKind, Scheme, VetoKind
from assessor.domain.submission import Evidence
from assessor.domain.year import Year
from assessor.domain.year_view import YearView, view_year
from assessor.errors import InputError
from tests.domain.builders import (
    CLOSED,
    OPEN,
    award,
    bonus,
    category,
    deduction,
    form_of,
    leaf,
    mark,
    member,
    ratio,
    scheme,
    unit,
    veto,
    year_facts,
)
from tests.domain.mark_views import EXPERTS
from tests.domain.plans import small_plan

DAY = date(2024, 12, 20)
OTHERS = [unit(code, given={"2.1": 40}, figures={"n": 10}) for code in "abcd"]


def rules() -> Scheme:
    return scheme(
        category("1", leaf("1.1", 20, ratio("n", 10), proof="总结"), leaf("1.2", 20, EXPERTS)),
        category("2", leaf("2.1", 60, proof="工作记录")),
        bonuses=(EntryKind("zan", "表彰", Decimal(5)),),
        deductions=(EntryKind("tong", "通报", Decimal(5)),),
        vetoes=(VetoKind("jia", "弄虚作假", "合格"),),
    )


def view_of(*units: Any, review: ReviewFacts | None = None, previous: Any = None, year: Year = CLOSED) -> YearView:
    plan = replace(small_plan(), units=tuple(item.unit for item in units))
    earlier = previous and replace(previous, year=replace(previous.year, year=2023))
    facts = replace(year_facts(rules(), *units, year=year), review=review or ReviewFacts())
    return view_year(plan, facts, previous=earlier)


def of(topic: ReviewTopic, *units: Any, **more: Any) -> list[ReviewItem]:
    return [item for item in review_items(view_of(*units, **more)) if item.topic is topic]


def test_a_figure_that_scores_without_its_named_proof() -> None:
    (item,) = of(ReviewTopic.EVIDENCE, unit("a", given={"2.1": 50}, figures={"n": 10}))
    assert (item.indicator, item.amount_text) == ("1.1", "得 20 分")
    assert "总结" in item.why
    proven = unit("a", form=form_of("a", {"n": 10}, evidence=(Evidence("年度总结", indicator="1.1"),)))
    assert of(ReviewTopic.EVIDENCE, proven) == []
    other = unit("a", form=form_of("a", {"n": 10}, evidence=(Evidence("照片", indicator="1.2"),)))
    assert len(of(ReviewTopic.EVIDENCE, other)) == 1
    own = ReviewFacts(proofs=Proofs(indicators={("a", "1.1"): 1}))
    assert of(ReviewTopic.EVIDENCE, other, review=own) == []
    assert of(ReviewTopic.EVIDENCE, unit("a", figures={"n": 0})) == []


def test_a_score_far_from_the_groups_median() -> None:
    (item,) = of(ReviewTopic.MEDIAN, *OTHERS, unit("z", given={"2.1": 4}, figures={"n": 10}))
    assert (item.unit.unit.code, item.indicator, item.compared, item.difference) == ("z", "2.1", 40, -36)
    assert (item.amount, item.amount_text) == (60, "低 60%")
    assert of(ReviewTopic.MEDIAN, *OTHERS, unit("z", given={"2.1": "4.1"}, figures={"n": 10})) == []


def test_a_small_group_has_no_median_worth_the_name() -> None:
    assert of(ReviewTopic.MEDIAN, *OTHERS[:3], unit("z", given={"2.1": 4}, figures={"n": 10})) == []


def test_silence_is_no_outlier_and_makes_no_median() -> None:
    silent = [unit(code) for code in "mnopqrst"]
    reported = [*OTHERS, unit("z", figures={"n": 10})]
    assert of(ReviewTopic.MEDIAN, *reported, *silent) == []  # eight zeros of thirteen
    previous = year_facts(rules(), *reported, *(unit(code, figures={"n": 10}) for code in "mnopqrst"))
    assert of(ReviewTopic.PREVIOUS, *reported, *silent, previous=previous) == []
    (item,) = of(ReviewTopic.MEDIAN, *OTHERS, unit("z", figures={"n": 0}), *silent)
    assert (item.unit.unit.code, item.indicator, item.amount_text) == ("z", "1.1", "低 100%")  # a 0 that was handed in


def test_a_median_is_worth_the_name_once_half_of_the_group_is_scored_or_nothing_more_comes() -> None:
    scored = [*OTHERS, unit("z", given={"2.1": 4}, figures={"n": 10})]
    awaited = [unit(code) for code in "mnopqr"]
    for others, year, count in ((awaited[:5], OPEN, 1), (awaited, OPEN, 0), (awaited, CLOSED, 1)):
        assert len(of(ReviewTopic.MEDIAN, *scored, *others, year=year)) == count


def test_a_score_far_from_last_years() -> None:
    previous = year_facts(rules(), unit("a", given={"2.1": 10}))
    (item,) = of(ReviewTopic.PREVIOUS, unit("a", given={"2.1": 50}), previous=previous)
    assert (item.compared, item.amount_text) == (10, "高 66.7%")
    assert of(ReviewTopic.PREVIOUS, unit("a", given={"2.1": 40}), previous=previous) == []


def test_a_self_score_far_above_the_offices() -> None:
    one = unit("a", given={"2.1": 40}, self_scores={"2.1": Decimal(52)})
    (item,) = of(ReviewTopic.SELF, one)
    assert (item.compared, item.amount) == (52, 20)
    assert of(ReviewTopic.SELF, replace(one, self_scores={"2.1": Decimal("51.9")})) == []
    assert of(ReviewTopic.SELF, replace(one, self_scores={"2.1": Decimal(20)})) == []


def test_an_extreme_mark_or_award_without_facts() -> None:
    bare = unit("a", marks=(mark("1.2", "甲", 98), mark("1.2", "乙", 80)))
    (item,) = of(ReviewTopic.EXTREME, bare)
    assert "甲 98" in item.why
    founded = replace(bare.marks[0], fact="获全国表彰")
    assert of(ReviewTopic.EXTREME, replace(bare, marks=(founded,))) == []
    given = unit("a", awards=(replace(award("2.1", 60), reason=""),))
    (item,) = of(ReviewTopic.EXTREME, given)
    assert "考核办 100%" in item.why


def test_reviewers_who_differ_much() -> None:
    (item,) = of(ReviewTopic.SPREAD, unit("a", marks=(mark("1.2", "甲", 90), mark("1.2", "乙", 75))))
    assert (item.amount, item.why) == (15, "甲 90，乙 75")
    assert of(ReviewTopic.SPREAD, unit("a", marks=(mark("1.2", "甲", 90), mark("1.2", "乙", 76)))) == []
    assert of(ReviewTopic.SPREAD, unit("a", marks=(mark("1.2", "甲", 90),))) == []


def test_vetoes_and_deductions_without_evidence() -> None:
    events = (veto("jia", key="1"), deduction("tong", 2, key="2", evidence="通报"), bonus("zan", 2, key="3"))
    items = of(ReviewTopic.EVENT, unit("a", events=events))
    assert [(item.subject, item.amount_text) for item in items] == [("1", "一票否决"), ("2", "扣 2 分")]
    assert "“通报”" in items[1].why
    proven = ReviewFacts(proofs=Proofs(events={"1": 1, "2": 2}))
    assert of(ReviewTopic.EVENT, unit("a", events=events), review=proven) == []
    assert EventKind.BONUS not in {event.kind for event in events[:2]}


def test_forms_that_came_late_and_were_accepted() -> None:
    late = form_of("a", {"n": 10}, handed_in=date(2024, 12, 3))
    (item,) = of(ReviewTopic.LATE, unit("a", form=late))
    assert (item.amount, item.amount_text, item.title) == (3, "迟 3 天", "年度填报表")


def test_the_offices_own_unit_wants_a_second_score() -> None:
    limits = ReviewLimits(host="a")
    (item,) = of(ReviewTopic.HOST, unit("a", given={"2.1": 50}), unit("b", given={"2.1": 50}), review=_with(limits))
    assert (item.unit.unit.code, item.indicator, item.state) == ("a", "2.1", ReviewState.UNSCORED)
    for points, state in (("45", ReviewState.SETTLED), ("44", ReviewState.OPEN)):
        second = SecondScore("a", "2.1", Decimal(points), "李四")
        review = replace(_with(limits), second_scores={("a", "2.1"): second})
        (item,) = of(ReviewTopic.HOST, unit("a", given={"2.1": 50}), review=review)
        assert (item.state, item.second, item.difference) == (state, second, 50 - Decimal(points))


def test_the_office_is_the_association_where_nobody_says_otherwise() -> None:
    plan = replace(small_plan(), units=(member("b"), replace(member("a"), name="宜春市科学技术协会")))
    assert host_unit(plan, ReviewLimits()) == "a"
    assert host_unit(plan, ReviewLimits(host="b")) == "b"
    assert host_unit(replace(plan, units=()), ReviewLimits()) == ""


def test_open_appeals_come_first_and_decided_ones_not_at_all() -> None:
    appeal = Appeal("S1", "a", AppealKind.APPEAL, DAY, "市a", "漏计一次", "2.1")
    decided = replace(appeal, key="S2", state=AppealState.REJECTED, decision="属实", decided_on=DAY)
    view = view_of(unit("a", given={"2.1": 50}, figures={"n": 10}), review=ReviewFacts(appeals=(appeal, decided)))
    first = review_items(view)[0]
    assert (first.topic, first.subject, first.score) == (ReviewTopic.APPEAL, "S1", 50)
    assert sum(item.topic is ReviewTopic.APPEAL for item in review_items(view)) == 1


def test_what_was_looked_at_is_done() -> None:
    check = ReviewCheck("a", "evidence_missing", "1.1", "原件在科室", "张三", DAY)
    review = ReviewFacts(checks={("evidence_missing", "a", "1.1"): check})
    items = review_items(view_of(unit("a", figures={"n": 10}), unit("b", figures={"n": 10}), review=review))
    assert [(item.unit.unit.code, item.state) for item in items] == [
        ("a", ReviewState.CHECKED),
        ("b", ReviewState.OPEN),
    ]
    assert [item.unit.unit.code for item in open_items(items)] == ["b"]
    assert review_summary(items) == "待核 1 项，已核 1 项"
    assert review_summary(()) == ""


def test_exempt_units_deserve_no_look() -> None:
    assert review_items(view_of(unit("a", figures={"n": 10}, exempt="新设"))) == ()


def test_a_limit_is_a_percentage() -> None:
    with pytest.raises(InputError, match="“自评偏高”的界限 101 不对"):
        ReviewLimits(self_gap=Decimal(101))


def _with(limits: ReviewLimits) -> ReviewFacts:
    return ReviewFacts(limits=limits)
