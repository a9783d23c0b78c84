"""The year 2026 of the sample plan, from its creation to the printed report, as the office does it in the window."""

from __future__ import annotations

import subprocess
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from assessor.domain.appeal import AppealState
from assessor.domain.assignment_table import Pick, PickKind
from assessor.domain.form_flow import RETURN_REASONS, FormKey
from assessor.domain.form_table import FormState
from assessor.domain.results import UnitResult
from assessor.domain.scoring import score_year
from assessor.domain.seal import grouped
from assessor.domain.year import Stage
from assessor.ui.dialogs.appeal import AppealDialog
from assessor.ui.dialogs.event import EventDialog
from assessor.ui.dialogs.forms import ClaimDialog, ReceiveDialog, ReturnDialog
from assessor.ui.dialogs.new_year import NewYearDialog
from assessor.ui.dialogs.picking import PickDialog
from assessor.ui.dialogs.ruling import RulingDialog
from assessor.ui.dialogs.scoring_settings import ScoringSettingsDialog
from assessor.ui.dialogs.seal import SealDialog, SealedDialog
from assessor.ui.dialogs.stage import AdvanceDialog
from assessor.ui.forms.layout import Look
from assessor.ui.pages.entries import EntriesPage
from assessor.ui.pages.forms import FormsPage
from assessor.ui.pages.report import ReportPage
from assessor.ui.pages.results import ResultsPage
from assessor.ui.pages.review import APPEALS, ITEMS, ReviewPage
from assessor.ui.pages.scoring import ScoringPage
from assessor.ui.pages.tasks import TasksPage
from assessor.workbook.facts import load_facts
from assessor.workbook.workbook import Workbook
from tests.journeys.conftest import Calendar
from tests.journeys.hands import CONTROL, Hands, Key
from tests.journeys.marks_of_a_spreadsheet import REVIEWERS, UNITS, clipboard_block, mark
from tests.journeys.member_scorer import score_members

YEAR = 2026
ORGANISERS, FINANCE, STATISTICS = "zuzhibu", "caizhengju", "tongjiju"
"""市委组织部, 市财政局, 市统计局: the three units whose forms come in."""
ENTERED = (ORGANISERS, FINANCE, STATISTICS)
NAMES = ("评委甲", "评委乙", "评委丙", "评委丁", "评委戊")
JUDGED, LEVELLED, DIRECT = "4.4", "4.6", "4.7"
OWN_FIGURES = {
    "leader_named": "1",
    "office_named": "1",
    "liaison_named": "0",
    "in_year_plan": "1",
    "in_department_plan": "0",
    "meetings": "1",
    "science_day": "1",
    "science_week": "1",
    "sector_day": "0",
    "activities": "4",
    "info_items": "3",
    "platform_used": "1",
    "articles": "2",
    "funding": "3.5",
    "staff": "120",
    "staff_trained": "100",
    "volunteers": "9",
}
"""Typed for 市委组织部, from top to bottom; 1 is 是, 0 is 否."""
MOST_MS = 250
"""Of the UI thread's own time for one handler: generous, for a machine that is busy. The bench prints what it takes."""


def test_a_whole_year(
    hands: Hands, sample: Path, calendar: Calendar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = tmp_path / "报告"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: str(papers))
    open_sample(hands, sample)
    create_the_year(hands)
    assign(hands)
    start_collection(hands)
    calendar.day = date(2026, 12, 8)
    type_a_form(hands)
    prefill_and_claim(hands)
    return_a_form_and_take_it_again(hands)
    calendar.day = date(2026, 12, 21)
    receive_late_forms(hands)
    accept_and_close(hands)
    paste_marks(hands)
    score_the_rest_and_correct_a_mistake(hands)
    add_a_bonus_and_a_veto(hands)
    look_at_the_results(hands)
    calendar.day = date(2026, 12, 28)
    review(hands)
    digest = seal(hands)
    shown = {unit: result_of(hands, unit) for unit in ENTERED}
    pdf = print_report(hands, papers)
    hands.begin("")
    hands.window.close()
    check_scores(sample, hands)
    check_paper(pdf, digest, shown)
    tell(hands)


def open_sample(hands: Hands, sample: Path) -> None:
    hands.begin("open")
    hands.window.open(sample)
    hands.settle()
    hands.see(Stage.COLLECT)
    assert hands.window.stage_bar.years.currentText() == "2025 年度"


def create_the_year(hands: Hands) -> None:
    hands.begin("create the year from 2025")
    hands.menu("年度", "新建年度")
    asked = hands.dialog(NewYearDialog)
    hands.until(asked.ok_button.isEnabled)
    assert asked.year.currentText() == "2026 年度"
    assert asked.source.currentText() == "复制 2025 年度"
    assert asked.dates.deadline.text() == "2026-12-15"
    hands.click(asked.dates.deadline)
    hands.retype("2026-12-18")
    hands.leave(asked, "新建")
    hands.until(lambda: hands.window.shown_year() == YEAR)
    hands.settle()
    hands.see(Stage.ASSIGN, "新建 2026 年度")
    assert hands.window.stage_bar.years.currentText() == "2026 年度"


def assign(hands: Hands) -> None:
    """A target is typed, a task dropped, and one added with its target."""
    hands.begin("assign")
    page = hands.page("任务", TasksPage)
    before = page.branches.index(0, 1).data()
    hands.click(page.grouping.button("unit"))
    pick(hands, page, Pick(PickKind.UNIT, ORGANISERS))
    hands.cell(page.grid, ("A5.1", ORGANISERS), "target")
    hands.write("8")
    hands.see(Stage.ASSIGN, "修改 市委组织部 A5.1 目标值")
    hands.cell(page.grid, ("P4.2", ORGANISERS), "task")
    hands.button("取消任务", page)
    hands.settle()
    hands.see(Stage.ASSIGN)
    assert [row.assignment.task for row in page.model.rows()] == ["A5.1", "A5.2"]
    hands.click(page.grouping.button("task"))
    pick(hands, page, Pick(PickKind.TASK, "P3.2"))
    hands.button("下达给单位", page)
    asked = hands.dialog(PickDialog)
    hands.type("统计")
    hands.tick(asked.list, "市统计局")
    hands.leave(asked, "下达给单位（1）")
    hands.cell(page.grid, ("P3.2", STATISTICS), "target")
    hands.write("5")
    hands.see(Stage.ASSIGN, "修改 市统计局 P3.2 目标值")
    assert page.branches.index(0, 1).data() == before


def pick(hands: Hands, page: TasksPage, wanted: Pick) -> None:
    index = page.branches.index_of(wanted)
    page.tree.scrollTo(index)
    hands.click(page.tree.viewport(), page.tree.visualRect(index).center())
    hands.settle()


def start_collection(hands: Hands) -> None:
    hands.begin("start the collection")
    hands.stage(Stage.COLLECT)
    hands.leave(hands.dialog(AdvanceDialog), "下达任务，开始收集")
    hands.see(Stage.COLLECT, "2026 年度下达任务，开始收集")


def type_a_form(hands: Hands) -> None:
    """市委组织部: its own form from the matrix, figure by figure; a task's form after it."""
    hands.begin("type a form")
    page = hands.page("填报", FormsPage)
    hands.open_cell(page.parts.grid(), ORGANISERS, "own")
    assert page.open_key == FormKey(ORGANISERS)
    for code, text in OWN_FIGURES.items():
        assert page.pane.model.row_at(page.pane.figures.current_index()).figure.code == code
        hands.write(text)
    hands.see(Stage.COLLECT, "修改填报数据 市委组织部 年度填报表")
    assert page.pane.state.text() == FormState.SUBMITTED.label
    hands.button("下一份", page)
    assert page.open_key == FormKey(ORGANISERS, "A5.1")
    for text in ("6", "1", "1"):
        hands.write(text)
    hands.button("返回", page)
    assert state_shown(hands, page, ORGANISERS, "A5.1") is FormState.SUBMITTED


def prefill_and_claim(hands: Hands) -> None:
    """市财政局: last year's figures are proposed; one thing it does not do, and the office agrees."""
    hands.begin("prefill a form and settle a claim")
    page = hands.page("填报", FormsPage)
    hands.open_cell(page.parts.grid(), FINANCE, "own")
    hands.button("用上年数据预填", page)
    hands.settle()
    hands.cell(page.pane.figures, "articles", "value")
    hands.write("/")
    hands.button("认定不涉及", page)
    asked = hands.dialog(ClaimDialog)
    hands.type("没有宣传职能")
    hands.leave(asked, "确定")
    hands.see(Stage.COLLECT)
    hands.button("下一份", page)
    assert page.open_key == FormKey(FINANCE, "P3.2")
    for text in ("2", "1", "0"):
        hands.write(text)
    hands.button("返回", page)


def return_a_form_and_take_it_again(hands: Hands) -> None:
    """市统计局: a form in the table of figures, returned for its proof, handed in again with more."""
    hands.begin("return a form and take it again")
    page = hands.page("填报", FormsPage)
    hands.click(page.parts.looks.button(Look.FIGURES.value))
    hands.choose(page.parts.table, "P3.2")
    key = FormKey(STATISTICS, "P3.2")
    hands.cell(page.parts.grid(), key, "figure:done")
    hands.write("4", ends=Key.Key_Tab)
    hands.write("1", ends=Key.Key_Tab)
    hands.write("0")
    hands.see(Stage.COLLECT, "修改填报数据 市统计局 任务 P3.2")
    hands.cell(page.parts.grid(), key, "state")
    hands.button("退回", page)
    asked = hands.dialog(ReturnDialog)
    hands.click(asked.templates.viewport(), asked.templates.visualItemRect(asked.templates.item(0)).center())
    hands.leave(asked, "退回")
    assert hands.shown(page.parts.grid(), key, "state") == FormState.RETURNED.label
    hands.cell(page.parts.grid(), key, "unit")
    assert RETURN_REASONS[0] in page.parts.spot.text()
    hands.button("登记收到", page)
    hands.leave(hands.dialog(ReceiveDialog), "登记")
    hands.cell(page.parts.grid(), key, "figure:result_proof")
    hands.write("是")
    hands.see(Stage.COLLECT)
    assert hands.shown(page.parts.grid(), key, "figure:result_proof") == "是"
    assert hands.shown(page.parts.grid(), key, "state") == FormState.SUBMITTED.label


def receive_late_forms(hands: Hands) -> None:
    """After the deadline: two forms of 市委组织部 and 市统计局 with the day on which they came."""
    hands.begin("receive late forms")
    page = hands.page("填报", FormsPage)
    hands.press(Key.Key_F5)
    hands.settle()
    hands.click(page.parts.looks.button(Look.MATRIX.value))
    for unit, task, day, figures in (
        (ORGANISERS, "A5.2", "2026.12.20", ("9", "1", "1")),
        (STATISTICS, "P3.1", "2026-12-21", ("3", "1", "1")),
    ):
        hands.cell(page.parts.grid(), unit, task)
        hands.press(Key.Key_Insert)
        asked = hands.dialog(ReceiveDialog)
        hands.click(asked.day)
        hands.retype(day)
        hands.leave(asked, "登记")
        hands.open_cell(page.parts.grid(), unit, task)
        for text in figures:
            hands.write(text)
        assert "逾期" in page.pane.lateness.text()
        hands.button("返回", page)
    assert hands.shown(page.parts.grid(), ORGANISERS, "A5.2").endswith("+2")


def accept_and_close(hands: Hands) -> None:
    """All that came in is accepted at once, and scoring begins; who sent nothing stays 未报."""
    hands.begin("accept and close")
    page = hands.page("填报", FormsPage)
    hands.click(page.parts.looks.button(Look.LIST.value))
    hands.click(page.parts.legend.button(FormState.SUBMITTED.value))
    rows = page.tables.list.shown_rows()
    assert len(rows) == 7
    hands.cell(page.parts.grid(), rows[0].key, "unit")
    hands.press(Key.Key_A, modifier=CONTROL)
    hands.press(Key.Key_Return, modifier=CONTROL)
    hands.settle()
    hands.see(Stage.COLLECT, "审核通过 7 份填报")
    hands.stage(Stage.SCORE)
    asked = hands.dialog(AdvanceDialog)
    hands.leave(asked, asked.ok_button.text())
    hands.see(Stage.SCORE)
    hands.click(page.parts.legend.button(FormState.SUBMITTED.value))
    states = {row.state for row in page.rows if row.key.unit not in ENTERED}
    assert states == {FormState.OVERDUE}, states


def paste_marks(hands: Hands) -> None:
    """Five reviewers are named; forty marks come from another program; five more are typed."""
    hands.begin("paste forty marks")
    page = hands.page("评分", ScoringPage)
    hands.click(page.settings)
    asked = hands.dialog(ScoringSettingsDialog)
    hands.click(asked.name)
    for name in NAMES:
        hands.type(name)
        hands.press(Key.Key_Return)
        hands.settle()
    hands.leave(asked, "关闭")
    assert page.subject.currentText().startswith(f"{JUDGED} ")
    columns = [f"mark:expert:{name}" for name in NAMES]
    units = [row.unit.unit.code for row in page.model.rows()][:UNITS]
    hands.cell(page.grid, (units[0], JUDGED, ""), columns[0])
    QApplication.clipboard().setMimeData(clipboard_block())
    hands.press(Key.Key_V, modifier=CONTROL)
    hands.settle()
    assert not page.grid.refusals.isVisible()
    hands.see(Stage.SCORE, "录入评分：4.4 工作成效评议")
    for line, unit in enumerate(units):
        shown = [Decimal(hands.shown(page.grid, (unit, JUDGED, ""), column)) for column in columns]
        assert shown == [mark(line, place) for place in range(REVIEWERS)]
    hands.drag_cells(page.grid, ((units[0], JUDGED, ""), columns[0]), ((units[-1], JUDGED, ""), columns[-1]))
    whole = sum(mark(line, place) for line in range(UNITS) for place in range(REVIEWERS))
    hands.until(lambda: f"求和 {whole:,}" in hands.window.status_bar.summary.text())
    hands.cell(page.grid, (STATISTICS, JUDGED, ""), columns[0])
    for text in ("88", "90", "79.5", "92", "85"):
        hands.write(text, ends=Key.Key_Tab)


def score_the_rest_and_correct_a_mistake(hands: Hands) -> None:
    """Levels and points; a slip of the finger is taken back, put back, taken back again, and typed right."""
    hands.begin("score the rest and correct a mistake")
    page = hands.page("评分", ScoringPage)
    for code in (LEVELLED, DIRECT):
        hands.choose(page.subject, f"{code} ")
        for unit, (value, reason) in zip(ENTERED, entries_of(code), strict=True):
            hands.cell(page.grid, (unit, code, ""), "percentage" if code == LEVELLED else "points")
            hands.write(value)
            hands.cell(page.grid, (unit, code, ""), "basis")
            hands.write(reason)
    key = (FINANCE, DIRECT, "")
    label = hands.undo_words()
    hands.cell(page.grid, key, "points")
    hands.write("0.2")
    total = hands.shown(page.grid, key, "total")
    hands.press(Key.Key_Z, modifier=CONTROL)
    hands.settle()
    assert (hands.shown(page.grid, key, "points"), hands.undo_words()) == ("1.2", label)
    hands.press(Key.Key_Y, modifier=CONTROL)
    hands.settle()
    assert (hands.shown(page.grid, key, "points"), hands.shown(page.grid, key, "total")) == ("0.2", total)
    hands.press(Key.Key_Z, modifier=CONTROL)
    hands.settle()
    hands.cell(page.grid, key, "points")
    hands.write("1.6")
    assert hands.shown(page.grid, key, "points") == "1.6"
    assert Decimal(hands.shown(page.grid, key, "total")) == Decimal(total) + Decimal("1.4")
    hands.see(Stage.SCORE, "录入评分：4.7 协同配合")


def entries_of(code: str) -> tuple[tuple[str, str], ...]:
    """Percentage or points, and what they rest on; of each unit."""
    if code == LEVELLED:
        return ("92", "品牌活动全市推广"), ("75", "有特色"), ("65", "一般")
    return ("1.5", "配合良好"), ("1.2", "配合较好"), ("2", "配合积极")


def add_a_bonus_and_a_veto(hands: Hands) -> None:
    hands.begin("add a bonus and a veto")
    page = hands.page("加减分", EntriesPage)
    for unit, kind, reason, points in (
        ("市委组织部", "加分", "获国家级科普表彰", "2"),
        ("市统计局", "一票否决", "填报数据查实虚报", ""),
    ):
        hands.button("新增", page)
        asked = hands.dialog(EventDialog)
        for ticked in asked.chosen_units():
            hands.tick(asked.units, short_name(hands, ticked))
        hands.tick(asked.units, unit)
        hands.button(kind, asked)
        hands.click(asked.reason)
        hands.type(reason)
        if points:
            hands.click(asked.points)
            hands.type(points)
        hands.leave(asked, asked.ok_button.text())
        hands.see(Stage.SCORE, f"登记{kind}：{reason}")
    assert [row.counted_text for row in page.model.rows()] == ["+2.00", "限合格"]


def look_at_the_results(hands: Hands) -> None:
    """Totals, ranks and why: Enter on a total opens its trace."""
    hands.begin("look at the results")
    page = hands.page("结果", ResultsPage)
    for unit in ENTERED:
        assert hands.shown(page.grid, unit, "total") == str(result_of(hands, unit).total)
    hands.cell(page.grid, ORGANISERS, "total")
    hands.press(Key.Key_Return)
    detail = hands.window.detail()
    assert (detail.isVisible(), detail.unit) == (True, ORGANISERS)
    assert str(result_of(hands, ORGANISERS).total) in detail.text.toPlainText()


def review(hands: Hands) -> None:
    """One thing is ticked off; 市委组织部 appeals and gets a part of what it asks for."""
    hands.begin("review")
    hands.stage(Stage.REVIEW)
    asked = hands.dialog(AdvanceDialog)
    hands.leave(asked, asked.ok_button.text())
    hands.see(Stage.REVIEW)
    page = hands.page("复核", ReviewPage)
    waiting = page.items.model.row_total
    first = page.items.model.shown_rows()[0]
    hands.cell(page.items.grid, first.key, "checked")
    hands.press(Key.Key_Space)
    hands.settle()
    hands.see(Stage.REVIEW, "复核 1 项")
    assert page.tabs.button(ITEMS).text() == f"待核事项 {waiting - 1}"
    before = result_of(hands, ORGANISERS)
    hands.click(page.tabs.button(APPEALS))
    hands.button("登记", page)
    appeal = hands.dialog(AppealDialog)
    hands.choose(appeal.leaf.unit, "市委组织部")
    hands.choose(appeal.leaf.indicator, "1.3 ")
    hands.click(appeal.claim)
    hands.type("会议共 2 次，漏填 1 次")
    hands.leave(appeal, "登记")
    hands.button("处理", page)
    ruling = hands.dialog(RulingDialog)
    hands.click(ruling.new_score)
    hands.type("2.4")
    hands.click(ruling.decision)
    hands.type("补交的纪要可采信")
    hands.leave(ruling, "决定")
    hands.see(Stage.REVIEW)
    after = result_of(hands, ORGANISERS)
    assert after.total - before.total == Decimal("0.60")
    (row,) = page.appeals.model.rows()
    assert row.appeal.state is AppealState.UPHELD


def seal(hands: Hands) -> str:
    """The digest."""
    hands.begin("seal")
    hands.stage(Stage.SEAL)
    asked = hands.dialog(SealDialog)
    assert not asked.ok_button.isEnabled()
    hands.click(asked.accept_pending)
    hands.leave(asked, "定稿")
    done = hands.dialog(SealedDialog)
    hands.button("复制校验码", done)
    hands.leave(done, "知道了")
    view = hands.window.session.view
    assert view is not None and view.seal is not None
    assert QApplication.clipboard().text() == grouped(view.seal.digest)
    described = hands.window.stage_bar.track.accessibleDescription()
    assert "已定稿" in described
    hands.press(Key.Key_Z, modifier=CONTROL)
    hands.settle()
    said = hands.window.message_bar
    assert said.isVisible()
    assert "2026 年度已定稿" in said.text.text(), said.text.text()
    hands.press(Key.Key_Escape)
    assert not said.isVisible()
    return view.seal.digest


def print_report(hands: Hands, folder: Path) -> Path:
    hands.begin("print")
    page = hands.page("报告", ReportPage)
    hands.button("更改", page)
    assert page.folder_shown == folder
    assert page.signed_on.text() == "2026-12-28"
    hands.button("生成 PDF", page)
    hands.until(page.make_button.isEnabled, 60)
    assert "已生成" in page.state.text()
    (path,) = folder.glob("*.pdf")
    return path


def check_scores(path: Path, hands: Hands) -> None:
    """The file scored anew is what was shown; and all of it is what a scorer finds that knows only the printed criteria
    and the rows."""
    expected = score_members(path, YEAR)
    with Workbook.open(path, read_only=True) as workbook:
        result = score_year(load_facts(workbook, YEAR))
    found = {unit.unit.code: unit for group in result.groups for unit in group.units}
    assert found == results(hands)
    assert set(expected) == {code for code, unit in found.items() if unit.unit.group == "member"}
    for code, score in expected.items():
        unit = found[code]
        parts = {item.category.code: Fraction(item.contribution or 0) for item in unit.categories}
        leaves = {leaf.indicator.code: None if leaf.score is None else Fraction(leaf.score) for leaf in unit.leaves}
        known = {key: value for key, value in score.leaves.items() if key not in score.awaited}
        assert {key: leaves[key] for key in known} == known, code
        assert parts == score.parts, code
        assert (Fraction(unit.total), Fraction(unit.bonus)) == (score.total, score.bonus), code
        assert unit.provisional is bool(score.awaited), code
        assert (unit.rank, unit.grade) == (score.rank, score.grade), code
    assert {code for code, score in expected.items() if not score.awaited} == set(ENTERED)
    assert expected[STATISTICS].grade in ("合格", "不合格")


def check_paper(path: Path, digest: str, shown: dict[str, UnitResult]) -> None:
    command = ["pdftotext", "-layout", str(path), "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    text = done.stdout.replace(" ", "")
    assert digest[:16] in text.replace("\n", "")
    for unit in shown.values():
        assert any(unit.unit.short_name in line and str(unit.total) in line for line in text.splitlines()), unit.unit


def tell(hands: Hands) -> None:
    print(f"\nwhole year: {sum(hands.took.values()):.1f} s")
    for doing, seconds in hands.took.items():
        print(f"    {seconds:5.1f} s {doing}")
    beats = len(hands.heartbeat.delays)
    print(f"    longest that the window did not react, of {beats} beats (aim: no handler over 50 ms):")
    for delay in hands.heartbeat.longest(10):
        print(f"    {delay}")
    worst = max(hands.heartbeat.delays, key=lambda delay: delay.own_seconds)
    assert worst.own_seconds * 1000 < MOST_MS, str(worst)


def results(hands: Hands) -> dict[str, UnitResult]:
    view = hands.window.session.view
    assert view is not None
    return {unit.unit.code: unit for group in view.result.groups for unit in group.units}


def result_of(hands: Hands, unit: str) -> UnitResult:
    return results(hands)[unit]


def short_name(hands: Hands, unit: str) -> str:
    return result_of(hands, unit).unit.short_name


def state_shown(hands: Hands, page: FormsPage, unit: str, task: str) -> FormState:
    return next(row for row in page.rows if row.key == FormKey(unit, task)).state
