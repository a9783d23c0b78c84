"""The sentences, whole: what screens, unit reports and exports print as 得分依据."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from assessor.domain import trace
from assessor.domain.facts import AdjustmentKind, UnitFacts
from assessor.domain.results import UnitResult
from assessor.domain.scheme import EntryKind, NotApplicablePolicy
from assessor.domain.submission import DONE, Blank, SubmissionState
from assessor.domain.year import Year
from tests.domain.builders import (
    CLOSED,
    OPEN,
    adjustment,
    assignment,
    bonus,
    category,
    dec,
    deduction,
    form_of,
    leaf,
    leaf_of,
    plain_scheme,
    ratio,
    scheme,
    score_one,
    task_leaf,
    tasked_unit,
    unit,
)

RULES = scheme(category("1", leaf("1.1", 8, ratio("n", 300))), category("2", task_leaf("2.1", 25), leaf("2.2", 67)))


def sentence(code: str, facts: UnitFacts, year: Year = CLOSED) -> str:
    return leaf_of(score_one(RULES, facts, year), code).sentence


class TestUnitLeaf:
    def test_scored(self) -> None:
        assert sentence("1.1", unit(figures={"n": 285})) == "实际 285 / 目标 300 = 95.00%，8 分 × 95.00% = 7.60 分"

    def test_pending(self) -> None:
        assert sentence("1.1", unit(), OPEN) == "待评：未报填报表，待报"

    def test_not_submitted(self) -> None:
        assert sentence("1.1", unit()) == "未报填报表，收集已截止，按未报计 0.00%，8 分 × 0.00% = 0.00 分"

    def test_returned_and_never_handed_in_again(self) -> None:
        returned = form_of("kexie", {"n": 285}, state=SubmissionState.RETURNED)
        facts = unit(form=replace(returned, return_reason="缺名册"))
        assert sentence("1.1", facts) == ("填报表已退回：缺名册，收集已截止，按未报计 0.00%，8 分 × 0.00% = 0.00 分")

    def test_empty(self) -> None:
        facts = unit(figures={"n": Blank.EMPTY})
        assert sentence("1.1", facts) == "“填报项n”未填，收集已截止，计 0.00%，8 分 × 0.00% = 0.00 分"

    @pytest.mark.parametrize(
        ("policy", "end"),
        [
            (NotApplicablePolicy.RESCALE, "缺项折算"),
            (NotApplicablePolicy.FULL, "缺项得满分，得 60.00 分"),
            (NotApplicablePolicy.ZERO, "缺项得零分，得 0.00 分"),
        ],
    )
    def test_not_applicable(self, policy: NotApplicablePolicy, end: str) -> None:
        result = score_one(plain_scheme(not_applicable=policy), unit(not_applicable={"1.1": "无此职能"}))
        assert leaf_of(result, "1.1").sentence == f"不涉及：无此职能，{end}"

    def test_adjusted(self) -> None:
        facts = unit(figures={"n": 285}, adjustments=(adjustment("1.1", "7.6", 8),))
        assert sentence("1.1", facts) == (
            "实际 285 / 目标 300 = 95.00%，8 分 × 95.00% = 7.60 分"
            "；复核调整：7.60 → 8.00 分（补交证明，张三，2024-12-20）"
        )

    def test_every_adjustment_is_shown_and_the_last_counts(self) -> None:
        appeal = adjustment(
            "1.1", 8, 5, kind=AdjustmentKind.APPEAL, reason="证明有误", decided_on=date(2025, 1, 3), key="2"
        )
        facts = unit(figures={"n": 285}, adjustments=(appeal, adjustment("1.1", "7.6", 8)))
        assert sentence("1.1", facts).endswith(
            "；复核调整：7.60 → 8.00 分（补交证明，张三，2024-12-20）"
            "；申诉调整：8.00 → 5.00 分（证明有误，张三，2025-01-03）"
        )

    def test_an_adjustment_of_what_was_another_score_says_so(self) -> None:
        facts = unit(figures={"n": 150}, adjustments=(adjustment("1.1", "7.6", 8),))
        assert sentence("1.1", facts).endswith(
            "复核调整：7.60 → 8.00 分（补交证明，张三，2024-12-20；调整时原得分 7.60，现为 4.00）"
        )


class TestTaskLeaf:
    def test_scored(self) -> None:
        facts = tasked_unit("kexie", {"A1.1": 100, "A1.2": 92, "A1.3": 90, "A1.4": 90, "A1.5": 90})
        assert sentence("2.1", facts) == "5 项任务加权平均 92.40%（满权 5），25 分 × 92.40% = 23.10 分"

    def test_what_was_not_handed_in_or_does_not_apply_is_counted(self) -> None:
        tasks = tuple(assignment(f"A1.{n}", not_applicable="不开展" if n == 4 else "") for n in range(1, 5))
        facts = tasked_unit("kexie", {"A1.1": 100, "A1.2": None, "A1.3": Blank.EMPTY}, assignments=tasks)
        assert sentence("2.1", facts) == (
            "3 项任务加权平均 33.33%（满权 3，其中 1 项未报、1 项未填，另有 1 项不涉及），25 分 × 33.33% = 8.33 分"
        )

    def test_the_remarks_are_on_the_tasks_that_count(self) -> None:
        tasks = (assignment("A1.1"), assignment("A1.2", weight=dec(0)))
        facts = tasked_unit("kexie", {"A1.1": 100, "A1.2": None}, assignments=tasks)
        assert sentence("2.1", facts) == "1 项任务加权平均 100.00%（满权 1），25 分 × 100.00% = 25.00 分"

    def test_partly_pending(self) -> None:
        facts = tasked_unit("kexie", {"A1.1": 100, "A1.2": None})
        assert sentence("2.1", facts, OPEN) == (
            "待评：2 项任务中 1 项待评（暂不计分），加权平均 50.00%（满权 2），暂按 25 分 × 50.00% = 12.50 分"
        )

    def test_wholly_pending(self) -> None:
        assert sentence("2.1", tasked_unit("kexie", {"A1.1": None, "A1.2": None}), OPEN) == "待评：2 项任务均待评"

    def test_nothing_handed_in(self) -> None:
        assert sentence("2.1", tasked_unit("kexie", {"A1.1": None, "A1.2": None})) == "2 项任务均未报，按 0 分计"

    def test_of_a_single_task_nothing_is_said_of_all(self) -> None:
        assert sentence("2.1", tasked_unit("kexie", {"A1.1": None})) == "1 项任务未报，按 0 分计"
        assert sentence("2.1", tasked_unit("kexie", {"A1.1": None}), OPEN) == "待评：1 项任务待评"

    def test_nothing_filled_in(self) -> None:
        facts = tasked_unit("kexie", {"A1.1": Blank.EMPTY, "A1.2": Blank.EMPTY})
        assert sentence("2.1", facts) == "2 项任务均未填，按 0 分计"

    def test_a_returned_form(self) -> None:
        returned = form_of("kexie", {DONE: 1}, task="A1.1", state=SubmissionState.RETURNED)
        facts = tasked_unit("kexie", {"A1.1": 1}, submissions={"A1.1": returned})
        assert (
            score_one(RULES, facts, OPEN).categories[1].leaves[0].tasks[0].outcome.reasoning.startswith("填报表已退回")
        )

    def test_no_tasks(self) -> None:
        assert sentence("2.1", unit(figures={"n": 1})) == "不涉及：本年度没有分解任务，缺项折算"


class TestCategories:
    rules = scheme(
        category("1", leaf("1.1", 20), leaf("1.2", 10)), category("2", leaf("2.1", 30)), category("3", leaf("3.1", 40))
    )

    def sentences(self, facts: UnitFacts) -> list[str]:
        return [item.sentence for item in score_one(self.rules, facts).categories]

    def test_sums(self) -> None:
        assert self.sentences(unit(given={"1.1": "18.5", "1.2": 7, "2.1": 30})) == [
            "18.50 + 7.00 = 25.50 分",
            "30.00 = 30.00 分",
            "待评",
        ]

    def test_both_rescalings(self) -> None:
        facts = unit(given={"1.1": 18, "3.1": 40}, not_applicable={"1.2": "无", "2.1": "无"})
        assert self.sentences(facts) == [
            "18.00 = 18.00 分；缺项折算：18.00 × 30 / 20 = 27.00 分；整类缺项折算：27.00 × 100 / 70 = 38.57 分",
            "各项指标均不涉及，不计入",
            "40.00 = 40.00 分；整类缺项折算：40.00 × 100 / 70 = 57.14 分",
        ]


class TestTotals:
    rules = plain_scheme(
        bonuses=(EntryKind("B1", "表彰", dec(50)),), deductions=(EntryKind("D1", "通报批评", dec(50)),)
    )

    def result(self, first: str, second: str, plus: str = "0", minus: str = "0", **facts: object) -> UnitResult:
        events = (bonus("B1", plus), deduction("D1", minus))
        return score_one(self.rules, unit(given={"1.1": first, "2.1": second}, events=events, **facts))

    def test_base_bonus_and_deduction(self) -> None:
        assert self.result("50", "38.1", "2", "1").sentence == "基础分 88.10 + 加分 2.00 - 扣分 1.00 = 89.10 分"

    def test_above_the_ceiling(self) -> None:
        assert self.result("60", "40", "2").sentence == (
            "基础分 100.00 + 加分 2.00 - 扣分 0.00 = 102.00 分，超过上限，按 100.00 分计"
        )

    def test_below_zero(self) -> None:
        assert (
            self.result("1", "1", "0", "5").sentence == "基础分 2.00 + 加分 0.00 - 扣分 5.00 = -3.00 分，按 0.00 分计"
        )

    def test_coverage_and_provisional(self) -> None:
        result = score_one(self.rules, unit(not_applicable={"2.1": "无"}))
        assert result.sentence == "基础分 0.00 + 加分 0.00 - 扣分 0.00 = 0.00 分，覆盖率 60.00%（暂估，1 项指标待评）"

    def test_grade(self) -> None:
        assert self.result("55", "40").grade_sentence == "总分 95.00 分，达到优秀（90 分及以上），评为优秀"
        assert self.result("5", "40").grade_sentence == "总分 45.00 分，未达到合格（60 分及以上），评为不合格"

    def test_exempt(self) -> None:
        result = score_one(self.rules, unit(exempt="当年新成立"))
        assert (result.sentence, result.grade_sentence) == ("不参评：当年新成立", "不参评：当年新成立，不定等次")


def test_shared_bonus() -> None:
    entry = bonus("B1", 6, shared_by=4)
    assert trace.entry(entry, "表彰", Decimal("1.50")) == "表彰：示例事由，6 分由 4 个单位均享，6 / 4 = 1.50 分"
    assert trace.entry(deduction("D1", 1), "通报批评", Decimal("1.00")) == "通报批评：示例事由，扣 1.00 分"


def test_points_lose_trailing_zeros_and_scores_keep_theirs() -> None:
    assert trace.product(Decimal("0.240"), Fraction(1, 3), Decimal("0.08")) == "0.24 分 × 33.33% = 0.08 分"


class TestProduct:
    def test_the_printed_percentage_gives_the_printed_score(self) -> None:
        fraction = Fraction(7270, 7300)  # 27.8849...: 28 x 99.59% would be 27.89
        assert trace.product(Decimal(28), fraction, Decimal("27.88")) == "28 分 × 99.589% = 27.88 分"

    def test_where_no_percentage_can_the_fraction_itself_is_printed(self) -> None:
        """3 x 51/72 is 2.125 and rounds to 2.13, 3 x 70.8333% to 2.12."""
        assert trace.product(Decimal(3), Fraction(51, 72), Decimal("2.13")) == "3 分 × 17 / 24 = 2.13 分"
