"""Grades: thresholds, minimum shares, quotas with ties, vetoes, and who is not graded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from assessor.domain.facts import UnitFacts
from assessor.domain.grading import quota_places
from assessor.domain.results import GroupResult
from assessor.domain.scheme import Grade, Quota, QuotaRounding, QuotaTie, VetoKind
from tests.domain.builders import (
    OPEN,
    category,
    dec,
    leaf,
    plain_scheme,
    ratio,
    scheme,
    score_group,
    score_one,
    unit,
    veto,
)

VETOES = (VetoKind("V1", "弄虚作假", "合格"), VetoKind("V2", "重大事故", "不合格"))


def total_of(code: str, total: str, **facts: Any) -> UnitFacts:
    """A unit of ``plain_scheme`` with that total, spread evenly over both categories."""
    return unit(code, given={"1.1": dec(total) * dec("0.6"), "2.1": dec(total) * dec("0.4")}, **facts)


def grades_of(group: GroupResult) -> dict[str, str | None]:
    return {item.unit.code: item.grade for item in group.units}


def graded(totals: Sequence[str], **settings: Any) -> list[str | None]:
    """Grades of units a, b, c, ... with these totals."""
    units = [total_of(f"u{place}", total) for place, total in enumerate(totals)]
    grades = grades_of(score_group(plain_scheme(**settings), *units))
    return [grades[f"u{place}"] for place in range(len(totals))]


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", "优秀"),
        ("90", "优秀"),
        ("89.95", "良好"),
        ("80", "良好"),
        ("79.95", "合格"),
        ("60", "合格"),
        ("59.95", "不合格"),
        ("0", "不合格"),
    ],
)
def test_bounds_are_inclusive_from_below(total: str, grade: str) -> None:
    assert graded([total]) == [grade]


def test_the_printed_total_is_graded() -> None:
    rules = scheme(category("1", leaf("1.1", 100, ratio("n", 100000))))
    assert score_one(rules, unit(figures={"n": 89995})).grade == "优秀"  # 89.995 is printed 90.00


class TestCompoundGrades:
    rules = plain_scheme(
        grades=(Grade("优秀", dec(90)), Grade("合格", dec(60), category_share=dec("0.6")), Grade("不合格", dec(0)))
    )

    def test_every_category_must_reach_its_share(self) -> None:
        exact = score_one(self.rules, unit(given={"1.1": 40, "2.1": 24}))
        below = score_one(self.rules, unit(given={"1.1": 60, "2.1": "23.99"}))
        assert (exact.grade, below.grade) == ("合格", "不合格")
        assert below.grade_sentence == (
            "总分 83.99 分，“类别2”得 23.99 分，不足 40 分的 60.00%，不能评为合格，评为不合格"
        )

    def test_a_better_grade_that_asks_for_no_share_is_not_hindered(self) -> None:
        rules = plain_scheme(
            grades=(Grade("优秀", dec(70)), Grade("合格", dec(60), dec("0.6")), Grade("不合格", dec(0)))
        )
        assert score_one(rules, unit(given={"1.1": 60, "2.1": 20})).grade == "优秀"

    def test_a_category_that_was_left_out_is_skipped(self) -> None:
        assert score_one(self.rules, unit(given={"1.1": 42}, not_applicable={"2.1": "无"})).grade == "合格"

    def test_a_rescaled_subtotal_is_what_is_compared(self) -> None:
        rules = scheme(
            category("1", leaf("1.1", 30), leaf("1.2", 30)), category("2", leaf("2.1", 40)), grades=self.rules.grades
        )
        facts = unit(given={"1.1": 18, "2.1": 30}, not_applicable={"1.2": "无"})
        assert score_one(rules, facts).grade == "合格"  # 18 of 30 is 36 of 60


class TestQuota:
    @pytest.mark.parametrize(
        ("share", "ranked", "rounding", "places"),
        [
            ("0.3", 10, QuotaRounding.FLOOR, 3),
            ("0.3", 11, QuotaRounding.FLOOR, 3),
            ("0.3", 11, QuotaRounding.CEIL, 4),
            ("0.3", 10, QuotaRounding.CEIL, 3),
            ("0", 10, QuotaRounding.CEIL, 0),
            ("0.2", 3, QuotaRounding.FLOOR, 0),
            ("2", 3, QuotaRounding.FLOOR, 3),
        ],
    )
    def test_places(self, share: str, ranked: int, rounding: QuotaRounding, places: int) -> None:
        assert quota_places(Quota(dec(share), rounding), ranked) == places

    def test_units_past_it_take_the_next_grade(self) -> None:
        assert graded(["95", "94", "93", "70", "50"], quota=Quota(dec("0.4"))) == [
            "优秀",
            "优秀",
            "良好",
            "合格",
            "不合格",
        ]

    def test_places_that_nobody_reaches_stay_empty(self) -> None:
        assert graded(["95", "85", "84", "83"], quota=Quota(dec("0.5"))) == ["优秀", "良好", "良好", "良好"]

    def test_a_tie_at_the_boundary_is_excluded_whole(self) -> None:
        assert graded(["95", "93", "93", "92", "50"], quota=Quota(dec("0.4"))) == [
            "优秀",
            "良好",
            "良好",
            "良好",
            "不合格",
        ]

    def test_or_included_whole(self) -> None:
        quota = Quota(dec("0.4"), tie=QuotaTie.INCLUDE)
        assert graded(["95", "93", "93", "92", "50"], quota=quota) == ["优秀", "优秀", "优秀", "良好", "不合格"]

    @pytest.mark.parametrize("tie", list(QuotaTie))
    def test_a_tie_that_fits_is_no_matter(self, tie: QuotaTie) -> None:
        assert graded(["95", "95", "93", "92", "50"], quota=Quota(dec("0.4"), tie=tie)) == [
            "优秀",
            "优秀",
            "良好",
            "良好",
            "不合格",
        ]

    def test_a_tie_break_resolves_a_tie_at_the_boundary(self) -> None:
        rules = plain_scheme(quota=Quota(dec("0.5")), tie_break=("1",))
        units = (unit("a", given={"1.1": 53, "2.1": 40}), unit("b", given={"1.1": 55, "2.1": 38}))
        assert grades_of(score_group(rules, *units)) == {"b": "优秀", "a": "良好"}

    def test_past_it_a_unit_takes_the_next_grade_that_it_fulfils(self) -> None:
        grades = (
            Grade("优秀", dec(90)),
            Grade("良好", dec(80), dec("0.9")),
            Grade("合格", dec(60)),
            Grade("不合格", dec(0)),
        )
        rules = plain_scheme(grades=grades, quota=Quota(dec("0.5")))
        units = (total_of("first", "95"), unit("second", given={"1.1": 60, "2.1": 32}))
        assert grades_of(score_group(rules, *units)) == {"first": "优秀", "second": "合格"}

    def test_the_sentences_say_what_happened(self) -> None:
        group = score_group(plain_scheme(quota=Quota(dec("0.5"))), *(total_of(code, "95") for code in "abc"))
        assert group.units[0].grade_sentence == (
            "总分 95.00 分，达到优秀的分数，但在优秀名额 1 个（参与排名 3 个单位的 50.00%）的边界上并列，"
            "并列的单位都不占名额，评为良好"
        )
        group = score_group(plain_scheme(quota=Quota(dec("0.5"))), total_of("a", "95"), total_of("b", "94"))
        assert group.units[1].grade_sentence == (
            "总分 94.00 分，达到优秀的分数，但超出优秀名额 1 个（参与排名 2 个单位的 50.00%），评为良好"
        )


class TestUnrankedUnits:
    few = unit("few", given={"2.1": 40}, not_applicable={"1.1": "无此职能"})

    def test_they_are_graded_by_thresholds(self) -> None:
        assert score_one(plain_scheme(), self.few).grade == "优秀"

    def test_but_cannot_take_a_top_grade_that_has_a_quota(self) -> None:
        result = score_one(plain_scheme(quota=Quota(dec(1))), self.few)
        assert result.grade == "良好"
        assert "不参与排名" in result.grade_sentence

    def test_nor_do_they_count_for_its_size(self) -> None:
        rules = plain_scheme(quota=Quota(dec("0.5")))
        assert grades_of(score_group(rules, self.few, total_of("a", "95"))) == {"a": "良好", "few": "良好"}


class TestVetoes:
    def test_a_veto_limits_the_grade_and_keeps_score_and_rank(self) -> None:
        group = score_group(plain_scheme(vetoes=VETOES), total_of("a", "95", events=(veto("V1"),)), total_of("b", "85"))
        assert grades_of(group) == {"a": "合格", "b": "良好"}
        assert (group.units[0].rank, group.units[0].total) == (1, dec("95.00"))
        assert group.units[0].grade_sentence == "总分 95.00 分，因一票否决（弄虚作假）不高于合格，评为合格"

    def test_a_grade_below_the_limit_stays(self) -> None:
        result = score_one(plain_scheme(vetoes=VETOES), total_of("a", "50", events=(veto("V1"),)))
        assert result.grade == "不合格"
        assert "一票否决" not in result.grade_sentence

    def test_of_several_the_worst_limit_holds(self) -> None:
        events = (veto("V2", key="1"), veto("V1", key="2"))
        assert score_one(plain_scheme(vetoes=VETOES), total_of("a", "95", events=events)).grade == "不合格"

    def test_a_vetoed_unit_takes_no_place_of_the_quota_but_counts_for_its_size(self) -> None:
        rules = plain_scheme(vetoes=VETOES, quota=Quota(dec("0.5")))
        group = score_group(rules, total_of("a", "99", events=(veto("V1"),)), total_of("b", "95"))
        assert grades_of(group) == {"a": "合格", "b": "优秀"}

    def test_even_one_whose_limit_is_the_top_grade(self) -> None:
        rules = plain_scheme(vetoes=(VetoKind("V1", "提醒", "优秀"),), quota=Quota(dec("0.5")))
        group = score_group(rules, total_of("a", "99", events=(veto("V1"),)), total_of("b", "95"))
        assert grades_of(group) == {"a": "良好", "b": "优秀"}
        reason = "达到优秀的分数，但有一票否决，不占优秀名额"
        assert group.units[0].grade_sentence == f"总分 99.00 分，{reason}，评为良好"


class TestProvisionalUnits:
    rules = scheme(
        category("1", leaf("1.1", 95)), category("2", leaf("2.1", 5, ratio("n", 100))), quota=Quota(dec("0.5"))
    )

    def test_they_are_not_graded(self) -> None:
        result = score_one(plain_scheme(), unit(given={"1.1": 60}))
        assert (result.grade, result.grade_sentence) == (None, "1 项指标待评，暂不定等次")

    def test_one_that_reaches_the_top_grade_holds_its_place(self) -> None:
        holder = unit("holder", given={"1.1": 93})
        second = unit("second", given={"1.1": 91}, figures={"n": 0})
        assert grades_of(score_group(self.rules, holder, second, year=OPEN)) == {"holder": None, "second": "良好"}

    def test_one_that_does_not_yet_reach_it_holds_none(self) -> None:
        waiting = unit("waiting", given={"1.1": 89})
        second = unit("second", given={"1.1": 91}, figures={"n": 0})
        assert grades_of(score_group(self.rules, waiting, second, year=OPEN)) == {"waiting": None, "second": "优秀"}

    def test_closing_collection_grades_it(self) -> None:
        holder = unit("holder", given={"1.1": 93})
        second = unit("second", given={"1.1": 91}, figures={"n": 0})
        assert grades_of(score_group(self.rules, holder, second)) == {"holder": "优秀", "second": "良好"}


def test_a_scheme_of_one_grade_gives_it_to_all() -> None:
    assert graded(["95", "5"], grades=(Grade("参评", dec(0)),), quota=Quota(dec("0.5"))) == ["参评", "参评"]
