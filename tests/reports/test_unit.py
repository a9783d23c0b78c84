from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.bridge_table import bridge_of
from assessor.domain.results import UnitResult
from assessor.domain.scheme import EntryKind, NotApplicablePolicy, VetoKind
from assessor.errors import InputError
from assessor.reports.blocks import Body, Heading, Table
from assessor.reports.unit import compose
from tests.domain.builders import OPEN, adjustment, bonus, category, leaf, plain_scheme, scheme, unit, veto, year_facts
from tests.reports.printed import SIGNED_ON, Printed, print_report, squeezed
from tests.reports.views import member, sample_view, small_view


def _result() -> UnitResult:
    found = sample_view(2024).result.find("kexie")
    assert found is not None
    return found[1]


def test_total_rank_grade_and_coverage_lead_the_sheet(sheet: Printed) -> None:
    result = _result()
    first = sheet.texts[0]
    assert "宜春市科学技术协会：" in first
    assert f"{result.total:f}{result.rank}／27{result.grade}{result.coverage * 100:.2f}%" in first
    assert squeezed(result.grade_sentence) in sheet.text


def test_every_indicator_is_printed_with_its_points_scores_and_reason(sheet: Printed) -> None:
    for item in _result().leaves:
        assert item.score is not None
        own = f"{item.self_score:.2f}"
        cells = f"{item.indicator.points}{own}{item.score:f}{squeezed(item.sentence)}"
        assert cells in sheet.text
        assert squeezed(item.indicator.criterion) in sheet.text
        assert f"考核依据：{squeezed(item.indicator.proof)}" in sheet.text


def test_printed_indicator_scores_add_up_to_the_printed_categories_and_total() -> None:
    table = _score_sheet(compose(sample_view(2024), "kexie", SIGNED_ON).blocks)
    scores: dict[str, Decimal] = {}
    subtotals: dict[str, Decimal] = {}
    for category_title, indicator, _criterion, _points, _own, score, _why in table.rows[:-1]:
        if indicator == "小计":
            subtotals[category_title] = Decimal(score)
        else:
            scores[category_title] = scores.get(category_title, Decimal(0)) + Decimal(score)
    result = _result()
    assert scores == subtotals
    assert sum(subtotals.values()) + result.bonus - result.deduction == Decimal(table.rows[-1][5]) == result.total


def test_every_task_is_printed_with_what_came_of_it(sheet: Printed) -> None:
    task_leaves = [item for item in _result().leaves if item.tasks]
    assert len(task_leaves) == 3
    for item in task_leaves:
        assert len(item.tasks) == 29
        for task in item.tasks:
            assert squeezed(f"{task.task} {task.title}") in sheet.text
            assert squeezed(task.outcome.reasoning) in sheet.text


def test_the_score_sheet_is_landscape_and_the_letter_upright(sheet: Printed) -> None:
    shapes = [page.is_landscape for page in sheet.pages]
    assert shapes == sorted(shapes)
    assert not shapes[0]
    assert shapes[-1]


def test_the_receipt_can_be_signed(sheet: Printed) -> None:
    for words in ("签收回执", "填报人", "单位负责人", "联系电话", "签收日期", "单位（盖章）", "核对意见"):
        assert words in sheet.text


def test_bonus_veto_and_adjustment_are_said_with_their_sentences(tmp_path: Path) -> None:
    rules = plain_scheme(
        bonuses=(EntryKind("award", "表彰奖励", Decimal(5)),), vetoes=(VetoKind("false", "弄虚作假", "合格"),)
    )
    facts = member(
        "kexie", "54", "36", events=(bonus("award", 2), veto("false")), adjustments=(adjustment("1.1", 54, 57),)
    )
    view = small_view(facts, rules=rules)
    result = view.result.groups[0].units[0]
    printed = print_report("unit", view, tmp_path, unit="kexie")
    assert squeezed(result.entries[0].sentence) in printed.text
    assert squeezed(result.vetoes[0].sentence) in printed.text
    assert "“指标1.1”由54.00分调整为57.00分，理由是补交证明。" in printed.text
    assert result.leaves[0].score == Decimal("57.00")


def test_what_does_not_apply_is_no_zero(tmp_path: Path) -> None:
    facts = unit("kexie", given={"1.1": "54"}, not_applicable={"2.1": "无此职责"})
    printed = print_report("unit", small_view(facts), tmp_path, unit="kexie")
    assert "40—不涉及不涉及：无此职责" in printed.text
    assert "整类缺项折算" in printed.text


def test_a_pending_indicator_says_so_beside_its_score(tmp_path: Path) -> None:
    printed = print_report("unit", small_view(unit("kexie", given={"1.1": "54"}), year=OPEN), tmp_path, unit="kexie")
    assert "（暂估，非正式结果）" in printed.text
    assert "总分（暂估）" in printed.text
    assert "40—待评待评：" in printed.text


def test_an_exempt_unit_gets_a_letter_without_scores(tmp_path: Path) -> None:
    facts = (member("kexie", "54", "36", exempt="机构改革"), member("jiaotiju", "48", "30"))
    printed = print_report("unit", small_view(*facts), tmp_path, unit="kexie")
    assert "你单位本年度不参评：机构改革。" in printed.text
    assert "评分表" not in printed.text
    assert printed.log.pages == 1


def test_a_long_criterion_is_printed_whole(tmp_path: Path) -> None:
    criterion = "\n".join(f"第{number}款按规定评分；" for number in range(300))
    rules = scheme(category("1", leaf("1.1", 100, criterion=criterion)))
    printed = print_report("unit", small_view(unit("kexie", given={"1.1": 90}), rules=rules), tmp_path, unit="kexie")
    for number in range(300):
        assert f"第{number}款" in printed.text


def test_rare_characters_of_names_are_printed(tmp_path: Path) -> None:
    facts = member("kexie", "54", "36", adjustments=(adjustment("1.1", 54, 57, reason="经䶮㛃𬭎核对"),))
    printed = print_report("unit", small_view(facts), tmp_path, unit="kexie")
    assert "经䶮㛃𬭎核对" in printed.text
    assert printed.log.missing == ()


def test_a_policy_of_full_marks_prints_the_points_given(tmp_path: Path) -> None:
    rules = plain_scheme(not_applicable=NotApplicablePolicy.FULL)
    facts = unit("kexie", given={"1.1": "54"}, not_applicable={"2.1": "无此职责"})
    view = small_view(facts, rules=rules)
    printed = print_report("unit", view, tmp_path, unit="kexie")
    assert view.result.groups[0].units[0].total == Decimal("94.00")
    assert "缺项得满分，得40.00分" in printed.text


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(InputError, match="没有“wuxu”这个单位"):
        compose(sample_view(2024), "wuxu", SIGNED_ON)


def _score_sheet(blocks: tuple[object, ...]) -> Table:
    return next(block for block in blocks if isinstance(block, Table) and "评分表" in block.caption)


def test_last_years_total_is_compared_in_parts_that_add_up(sheet: Printed) -> None:
    row = bridge_of(sample_view(2024), "kexie")
    assert row.bridge is not None
    assert "一、与上年相比" in sheet.text
    assert squeezed(row.bridge.sentence) in sheet.text


def test_a_unit_that_cannot_be_compared_says_why_and_a_first_year_says_nothing() -> None:
    before = year_facts(plain_scheme(), member("kexie", "40", "30"))
    view = small_view(member("kexie", "54", "36"), member("jiaotiju", "48", "30"), previous=before)
    texts = [block.text for block in compose(view, "jiaotiju", SIGNED_ON).blocks if isinstance(block, Body)]
    assert "上年没有参加考核，没有可比的得分，不与上年比较。" in texts
    first = compose(small_view(), "kexie", SIGNED_ON).blocks
    assert not any("上年" in block.text for block in first if isinstance(block, (Body, Heading)))
