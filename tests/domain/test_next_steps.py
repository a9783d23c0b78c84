"""What comes next in a year, and what stands out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from assessor.domain.appeal import Appeal, AppealKind
from assessor.domain.facts import UnitFacts
from assessor.domain.next_steps import Finding, Topic, exceptions, next_steps, page_of
from assessor.domain.review import ReviewFacts
from assessor.domain.review_list import review_items
from assessor.domain.rules.direct import Direct
from assessor.domain.scheme import Scheme, VetoKind
from assessor.domain.scoring import score_year
from assessor.domain.submission import Blank, SubmissionState
from assessor.domain.year import Stage, Year
from assessor.domain.year_view import YearView
from tests.domain.builders import (
    CLOSED,
    OPEN,
    adjustment,
    assignment,
    category,
    form_of,
    leaf,
    ratio,
    scheme,
    task_leaf,
    tasked_unit,
    unit,
    veto,
    year_facts,
)
from tests.domain.plans import small_plan

BEFORE, AFTER = date(2024, 11, 18), date(2024, 12, 3)
DONE_FORM = form_of("kexie", {"meetings": 2})


def rules() -> Scheme:
    falsified = VetoKind("false", "弄虚作假", "不合格")
    meetings, completion, effect = (
        leaf("1.1", 30, ratio("meetings", 2)),
        task_leaf("1.2", 40),
        leaf("1.3", 30, Direct()),
    )
    return scheme(category("1", meetings, completion, effect), vetoes=(falsified,))


def view_of(*units: UnitFacts, year: Year = OPEN) -> YearView:
    facts = year_facts(rules(), *units, year=year)
    return YearView(small_plan(), facts, score_year(facts), (), ())


def complete(code: str = "kexie", **facts: object) -> UnitFacts:
    settings: dict[str, object] = {"given": {"1.3": 30}, "form": form_of(code, {"meetings": 2})}
    return tasked_unit(code, {"A1.1": 100}, **(settings | facts))


def titles(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.title for finding in findings]


def found(findings: tuple[Finding, ...], topic: Topic) -> Finding:
    return next(finding for finding in findings if finding.topic is topic)


def test_a_year_without_assignments_is_to_be_assigned_first() -> None:
    facts = year_facts(scheme(category("1", leaf("1.1", 100))), unit(), year=OPEN)
    view = YearView(small_plan(), facts, score_year(facts), (), ())
    assert titles(next_steps(view, BEFORE)) == ["下达 2024 年任务"]


def test_before_anything_is_collected_targets_are_set_and_nobody_is_chased() -> None:
    year = replace(OPEN, stage=Stage.ASSIGN)
    waiting = tasked_unit("tongjiju", {"A1.1": None}, given={"1.3": 30})
    assert titles(next_steps(view_of(waiting, year=year), AFTER)) == ["下达任务，开始收集"]
    assert exceptions(view_of(waiting, year=year)) == ()
    bare = replace(waiting, assignments=(assignment("A1.1", "tongjiju", target=None),))
    steps = next_steps(view_of(bare, year=year), AFTER)
    assert [step.topic for step in steps] == [Topic.TARGET, Topic.ASSIGN]


def test_units_with_missing_forms_are_chased_and_named_with_what_they_owe() -> None:
    late = tasked_unit("tongjiju", {f"A1.{number}": None for number in (1, 2)}, given={"1.3": 30})
    step = next_steps(view_of(complete(), late), BEFORE)[0]
    assert (step.topic, step.title, step.urgent) == (Topic.CHASE, "催报 1 个单位", False)
    assert step.concerns[0].unit.code == "tongjiju"
    assert step.concerns[0].reason == "未报 3 份：A1.1、A1.2、年度填报表"


def test_chasing_is_urgent_once_the_deadline_has_passed() -> None:
    steps = next_steps(view_of(tasked_unit("tongjiju", {"A1.1": None})), AFTER)
    assert steps[0].urgent
    assert steps[-1].title == "已过报送截止日，截止收集"


def test_nobody_is_chased_after_collection_has_closed() -> None:
    view = view_of(complete(), tasked_unit("tongjiju", {"A1.1": None}, given={"1.3": 30}), year=CLOSED)
    assert Topic.CHASE not in [step.topic for step in next_steps(view, AFTER)]
    assert found(exceptions(view), Topic.MISSING).title == "未报 1 个单位"


def test_a_returned_form_is_asked_for_again_and_counts_as_no_missing_one() -> None:
    returned = form_of("kexie", {"meetings": 2}, state=SubmissionState.RETURNED)
    view = view_of(complete(form=returned))
    assert titles(next_steps(view, BEFORE))[0] == "催改 1 个单位的退回件"
    assert found(exceptions(view), Topic.RETURNED).concerns[0].reason == "退回 1 份：年度填报表"


def test_forms_that_came_in_wait_to_be_checked() -> None:
    waiting = form_of("kexie", {"meetings": 2}, state=SubmissionState.SUBMITTED)
    assert "审核 1 份填报表（1 个单位）" in titles(next_steps(view_of(complete(form=waiting)), BEFORE))


def test_a_figure_answered_as_not_applicable_waits_for_the_office() -> None:
    claim = form_of("kexie", {"meetings": Blank.NOT_APPLICABLE})
    step = found(next_steps(view_of(complete(form=claim), year=CLOSED), AFTER), Topic.APPLICABILITY)
    assert step.concerns[0].reason == "填报不涉及：填报项meetings"
    ruled = complete(form=claim, not_applicable={"1.1": "无此职能"})
    assert Topic.APPLICABILITY not in [step.topic for step in next_steps(view_of(ruled, year=CLOSED), AFTER)]


def test_missing_marks_and_awards_of_the_office_are_to_be_given() -> None:
    view = view_of(complete(given={}), year=CLOSED)
    step = found(next_steps(view, AFTER), Topic.MARK)
    assert step.title == "补齐 1 个单位的评议和评分"
    assert (step.concerns[0].reason, step.concerns[0].indicator) == ("待评：指标1.3", "1.3")
    assert found(exceptions(view), Topic.PENDING).title == "得分暂估 1 个单位"


def test_a_target_that_nobody_set_is_to_be_set_before_anyone_is_chased() -> None:
    unset = complete(assignments=(assignment("A1.1", target=None), assignment("A1.2", target=None)))
    step = next_steps(view_of(unset), BEFORE)[0]
    assert (step.topic, step.title) == (Topic.TARGET, "下达 1 个单位的任务目标值")
    assert step.concerns[0].reason == "未定目标值 2 项：A1.1、A1.2"


def test_with_everything_in_collection_is_to_be_closed() -> None:
    assert titles(next_steps(view_of(complete()), BEFORE)) == ["填报已齐，截止收集"]


def test_with_everything_scored_the_year_is_reviewed_sealed_and_reported() -> None:
    changed = complete(adjustments=(adjustment("1.3", 30, 28),))
    scoring = next_steps(view_of(changed, year=replace(CLOSED, stage=Stage.SCORE)), AFTER)
    assert [step.topic for step in scoring] == [Topic.REVIEW, Topic.SEAL, Topic.REPORT]
    assert scoring[0].concerns[0].reason == "指标1.3：复核调整"
    assert next_steps(view_of(changed, year=CLOSED), AFTER)[0].topic is Topic.SEAL


def test_a_sealed_year_only_asks_for_its_report() -> None:
    view = view_of(tasked_unit("tongjiju", {"A1.1": None}), year=replace(CLOSED, stage=Stage.SEAL))
    assert [step.topic for step in next_steps(view, AFTER)] == [Topic.REPORT]


def test_vetoes_come_first_among_the_exceptions() -> None:
    vetoed = complete(events=(veto("false", matter="填报数据"),))
    late = complete("tongjiju", form=form_of("tongjiju", {"meetings": 2}, handed_in=AFTER))
    noticed = exceptions(view_of(vetoed, late, year=CLOSED))
    assert [finding.topic for finding in noticed] == [Topic.VETO, Topic.LATE]
    assert noticed[0].concerns[0].reason == "弄虚作假：填报数据，最高不合格"


def test_an_exempt_unit_is_listed_with_its_reason() -> None:
    noticed = exceptions(view_of(complete(), unit("away", exempt="机构撤销"), year=CLOSED))
    assert [(concern.unit.code, concern.reason) for concern in noticed[0].concerns] == [("away", "机构撤销")]


def test_a_year_in_order_has_no_exceptions() -> None:
    assert exceptions(view_of(complete(), year=CLOSED)) == ()


def test_a_unit_with_records_that_nothing_reads_stands_out_with_its_reason() -> None:
    facts = complete()
    stray = tasked_unit("kexie", {"A1.2": 100}).submissions
    view = view_of(replace(facts, submissions={**facts.submissions, **stray}), year=CLOSED)
    found = next(finding for finding in exceptions(view) if finding.topic is Topic.IGNORED)
    assert found.title == "有记录未计分 1 个单位"
    assert [concern.reason for concern in found.concerns] == ["任务 A1.2：没有分解给该单位，填报表不计分"]
    assert view.result.groups[0].warnings == (f"市kexie {found.concerns[0].reason}",)


def test_open_appeals_and_what_deserves_a_look_come_before_the_seal() -> None:
    over = complete(self_scores={"1.3": Decimal(30)}, given={"1.3": 10})
    view = view_of(over, year=CLOSED)
    appeal = Appeal("S1", "kexie", AppealKind.APPEAL, date(2025, 1, 10), "市科协", "漏计一次")
    view = replace(view, facts=replace(view.facts, review=ReviewFacts(appeals=(appeal,))))
    appeals, review, *rest = next_steps(view, AFTER)
    assert (appeals.title, appeals.concerns[0].reason) == ("处理 1 个单位的申诉和异议", "漏计一次")
    assert (review.title, review.concerns[0].reason) == ("复核 1 项待核事项（1 个单位）", "待核 1 项：自评偏高")
    assert [step.topic for step in rest] == [Topic.SEAL, Topic.REPORT]
    known = review_items(view)
    assert next_steps(view, AFTER, known)[1] == review
    assert next_steps(view, AFTER, known[:1]) == (appeals, *rest)  # the appeal has a step of its own
    assert page_of(Topic.APPEAL) == page_of(Topic.REVIEW) == "review"
    assert page_of(Topic.SEAL) == ""
