"""The page 细则 by real clicks and keys, on a workbook of its own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

import pytest
from PySide6.QtCore import QModelIndex, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from assessor.domain.scheme_edit import Spot
from assessor.domain.scheme_outline import PANELS
from assessor.domain.scheme_soundness import Part
from assessor.domain.year import Stage
from assessor.ui.dialogs.new_figure import NewFigureDialog
from assessor.ui.dialogs.scheme_comparison import ComparisonDialog
from assessor.ui.dialogs.scheme_copy import CopySchemeDialog
from assessor.ui.dialogs.scheme_revision import RevisionDialog
from assessor.ui.dialogs.stage import AdvanceDialog
from assessor.ui.main_window import MainWindow
from assessor.ui.pages.scheme import SchemePage
from assessor.work import Work
from assessor.workbook.seal import seal_year
from assessor.workbook.stages import advance_stage
from assessor.workbook.workbook import Edit, Workbook
from assessor.workbook.years import load_year, save_year
from tests.ui.builders import FIRST, SECOND

D = TypeVar("D", bound=QWidget)
KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton
FIRST_LEAF = Spot(Part.INDICATOR, "1.1")


@pytest.fixture
def page(own_window: MainWindow) -> SchemePage:
    """Showing the second year, which has only been set up."""
    found = opened(own_window)
    assert found.view is not None
    assert found.view.year.year == SECOND
    return found


def opened(window: MainWindow) -> SchemePage:
    window.go("scheme")
    found = window.page("scheme")
    assert isinstance(found, SchemePage)
    return found


def changed(page: SchemePage, qtbot: QtBot):  # type: ignore[no-untyped-def]
    return qtbot.waitSignal(page.surroundings.session.loaded, timeout=5000)


def label(page: SchemePage) -> str | None:
    assert page.surroundings.session.current is not None
    return page.surroundings.session.current.undo_label


def codes(page: SchemePage, category: str) -> list[str]:
    return [item.code for item in page.scheme.category_by_code[category].indicators]


def type_into(field: QWidget, qtbot: QtBot, text: str) -> None:
    field.setFocus()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, KEY.Key_Return)


def double_click(view: QAbstractItemView, index: QModelIndex, qtbot: QtBot) -> None:
    place = view.visualRect(index).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=place)
    qtbot.mouseDClick(view.viewport(), LEFT, pos=place)


def tree_editor(page: SchemePage) -> QLineEdit:
    found = page.tree.viewport().findChild(QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


def dialog_of(page: SchemePage, kind: type[D], qtbot: QtBot) -> D:
    qtbot.waitUntil(lambda: page.findChild(kind) is not None)
    found = page.findChild(kind)
    assert found is not None
    return found


def frozen(page: SchemePage, window: MainWindow, qtbot: QtBot) -> None:
    """The first year, with scoring begun."""
    with changed(page, qtbot):
        window.session.select_year(FIRST)

    def start(edit: Edit) -> None:
        save_year(edit, replace(load_year(edit, FIRST), stage=Stage.COLLECT))
        advance_stage(edit, FIRST)

    with changed(page, qtbot):
        window.session.change("开始评分", start)
    qtbot.waitUntil(lambda: "第 1 版" in page.notice.words.text())


def test_the_tree_has_every_part_with_its_points(page: SchemePage) -> None:
    tops = [page.tree.nodes.index(row, 0).data() for row in range(page.tree.nodes.rowCount())]
    assert tops[0] == "总则"
    assert tops[1].startswith("1 ")
    assert tops[-6:] == ["等次", "加分", "扣分", "一票否决", "填报项", "评委组"]
    assert page.tree.nodes.index(0, 1).data() == "100 / 100"
    assert page.findings.counts.text() == "没有发现错误"
    assert "全部满分" in page.findings.trials.text()


def test_points_typed_in_the_tree_are_stored_and_the_sum_is_checked_at_once(page: SchemePage, qtbot: QtBot) -> None:
    points = page.scheme.indicator_by_code["1.1"].points
    index = page.tree.nodes.index_of(FIRST_LEAF).siblingAtColumn(1)
    page.tree.scrollTo(index)
    double_click(page.tree, index, qtbot)
    editor = tree_editor(page)
    qtbot.keyClicks(editor, "0")
    qtbot.keyClick(editor, KEY.Key_Return)
    assert tree_editor(page).isVisible(), "refused points keep their editor"
    editor.selectAll()
    qtbot.keyClicks(editor, str(points + 2))
    with changed(page, qtbot):
        qtbot.keyClick(editor, KEY.Key_Return)
    assert page.scheme.indicator_by_code["1.1"].points == points + 2
    assert label(page) == f"细则 1.1 分值 {points} → {points + 2}"
    assert page.tree.nodes.index(0, 1).data() == "102 / 100"
    assert page.findings.counts.text().startswith("错误 1")
    with changed(page, qtbot):
        page.surroundings.session.undo()
    assert page.findings.counts.text() == "没有发现错误"


def test_a_title_is_edited_without_its_code(page: SchemePage, qtbot: QtBot) -> None:
    page.show_spot(FIRST_LEAF)
    page.tree.setFocus()
    qtbot.keyClick(page.tree, KEY.Key_F2)
    editor = tree_editor(page)
    assert editor.text() == page.scheme.indicator_by_code["1.1"].title
    qtbot.keyClicks(editor, "staff")
    with changed(page, qtbot):
        qtbot.keyClick(editor, KEY.Key_Return)
    assert page.scheme.indicator_by_code["1.1"].title == "staff"
    assert page.indicator.name.text() == "staff"


def test_indicators_move_by_keys_within_and_across_categories(page: SchemePage, qtbot: QtBot) -> None:
    before = codes(page, "1")
    page.show_spot(Spot(Part.INDICATOR, before[0]))
    with changed(page, qtbot):
        qtbot.keyClick(page.tree, KEY.Key_Down, ALT)
    assert codes(page, "1")[:2] == [before[1], before[0]]
    assert page.tree.current_spot() == Spot(Part.INDICATOR, before[0])
    page.show_spot(Spot(Part.INDICATOR, before[-1]))
    with changed(page, qtbot):
        qtbot.keyClick(page.tree, KEY.Key_Down, ALT)
    assert codes(page, "2")[0] == before[-1]


def test_an_indicator_is_dropped_before_another_one(page: SchemePage, qtbot: QtBot) -> None:
    page.show_spot(FIRST_LEAF)
    target = codes(page, "2")[1]
    index = page.tree.nodes.index_of(Spot(Part.INDICATOR, target))
    page.tree.scrollTo(index)
    at = page.tree.visualRect(index).topLeft()
    dragged = page.tree.nodes.mimeData([page.tree.currentIndex()])
    place = QPointF(at.x() + 5, at.y() + 2)
    event = QDropEvent(place, Qt.DropAction.MoveAction, dragged, LEFT, Qt.KeyboardModifier.NoModifier)
    with changed(page, qtbot):
        page.tree.dropEvent(event)
    assert codes(page, "2")[1] == "1.1"


def test_items_are_added_named_duplicated_and_removed(page: SchemePage, qtbot: QtBot) -> None:
    page.show_spot(FIRST_LEAF)
    count = len(codes(page, "1"))
    with changed(page, qtbot):
        qtbot.mouseClick(page.add_indicator, LEFT)
    new = codes(page, "1")[1]
    assert page.tree.current_spot() == Spot(Part.INDICATOR, new)
    editor = tree_editor(page)
    qtbot.keyClicks(editor, "new one")
    with changed(page, qtbot):
        qtbot.keyClick(editor, KEY.Key_Return)
    assert page.scheme.indicator_by_code[new].title == "new one"
    page.tree.setFocus()
    with changed(page, qtbot):
        qtbot.keyClick(page.tree, KEY.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert len(codes(page, "1")) == count + 2
    page.tree.setFocus()
    with changed(page, qtbot):
        qtbot.keyClick(page.tree, KEY.Key_Delete)
    assert len(codes(page, "1")) == count + 1
    with changed(page, qtbot):
        qtbot.mouseClick(page.add_category, LEFT)
    assert len(page.scheme.categories) == 5


def test_what_facts_hang_on_is_not_removed_and_the_window_says_why(
    page: SchemePage, own_window: MainWindow, qtbot: QtBot
) -> None:
    with changed(page, qtbot):
        own_window.session.select_year(FIRST)
    judged = next(item.code for item in page.scheme.indicators if item.rule.kind == "judgement")
    page.show_spot(Spot(Part.INDICATOR, judged))
    with changed(page, qtbot):
        qtbot.mouseClick(page.remove, LEFT)
    assert judged in page.scheme.indicator_by_code
    assert own_window.message_bar.isVisible()


def test_a_refused_value_stays_in_its_field_and_keeps_the_page_there(page: SchemePage, qtbot: QtBot) -> None:
    page.show_spot(FIRST_LEAF)
    field = page.indicator.points
    type_into(field.line, qtbot, "many")
    assert (field.line.text(), field.note.isVisible()) == ("many", True)
    index = page.tree.nodes.index_of(Spot(Part.GRADE))
    page.tree.setCurrentIndex(index)
    qtbot.waitUntil(lambda: page.tree.current_spot() == FIRST_LEAF)
    assert field.line.text() == "many"
    qtbot.keyClick(field.line, KEY.Key_Escape)
    assert (field.line.text(), field.note.isVisible()) == ("4", False)


def test_a_rule_is_changed_by_its_own_form_and_tried_at_once(page: SchemePage, qtbot: QtBot) -> None:
    counted = next(item for item in page.scheme.indicators if item.rule.kind == "count")
    page.show_spot(Spot(Part.INDICATOR, counted.code))
    per = page.indicator.rule.parts["per"]
    with changed(page, qtbot):
        type_into(per.focusProxy(), qtbot, "0.5")
    assert page.scheme.indicator_by_code[counted.code].rule.params()["per"] == "0.5"
    tried = next(iter(page.indicator.trial.inputs.values()))
    assert isinstance(tried, QLineEdit)
    tried.selectAll()
    qtbot.keyClicks(tried, "2")
    assert page.indicator.trial.score.text() == "1.00 分"
    assert "2 × 每个 0.5 分" in page.indicator.trial.sentence.text()
    tried.selectAll()
    qtbot.keyClicks(tried, "x")
    assert "不是数字" in page.indicator.trial.sentence.text()


def test_another_kind_of_rule_waits_until_it_is_complete(page: SchemePage, qtbot: QtBot) -> None:
    page.show_spot(FIRST_LEAF)
    choice = page.indicator.rule.kind.choice
    place = choice.findText("完成率")
    choice.setCurrentIndex(place)
    choice.activated.emit(place)
    form = page.indicator.rule
    assert form.is_open
    assert "没有填写“目标”" in form.problem.text()
    assert page.scheme.indicator_by_code["1.1"].rule.kind == "checklist"
    target = form.parts["target"]
    source = target.focusProxy().focusProxy()
    source.setCurrentIndex(0)
    with changed(page, qtbot):
        source.activated.emit(0)
    assert page.scheme.indicator_by_code["1.1"].rule.kind == "ratio"
    assert not form.is_open


def test_a_figure_is_made_where_a_rule_needs_it(page: SchemePage, qtbot: QtBot) -> None:
    counted = next(item for item in page.scheme.indicators if item.rule.kind == "count")
    page.show_spot(Spot(Part.INDICATOR, counted.code))
    choice = page.indicator.rule.parts["figure"].focusProxy()
    choice.activated.emit(choice.count() - 1)
    dialog = dialog_of(page, NewFigureDialog, qtbot)
    qtbot.keyClicks(dialog.name, "lectures")
    with changed(page, qtbot):
        qtbot.mouseClick(dialog.ok_button, LEFT)
    (code,) = page.scheme.indicator_by_code[counted.code].rule.figures()
    assert next(item.title for item in page.scheme.figures if item.code == code) == "lectures"


def test_rows_of_a_rule_are_edited_in_the_grid(page: SchemePage, qtbot: QtBot) -> None:
    page.show_spot(FIRST_LEAF)
    table = page.indicator.rule.parts["items"]
    table.grid.go_to(table.model.index_of(0, "share"))
    table.grid.table.setFocus()
    qtbot.keyClicks(table.grid.table, "3")
    with changed(page, qtbot):
        qtbot.keyClick(table.grid.editing.editor.input, KEY.Key_Return)
    assert page.scheme.indicator_by_code["1.1"].rule.params()["items"][0]["share"] == "3"


def test_settings_grades_and_panels_are_edited(page: SchemePage, qtbot: QtBot) -> None:
    page.show_spot(Spot(Part.SCHEME))
    with changed(page, qtbot):
        type_into(page.settings.quota.line, qtbot, "25%")
    assert page.scheme.quota is not None
    assert page.scheme.quota.share == Decimal("0.25")
    type_into(page.settings.tie_break.line, qtbot, "9.9")
    assert "没有代码为“9.9”" in page.settings.tie_break.note.text()
    qtbot.keyClick(page.settings.tie_break.line, KEY.Key_Escape)
    page.show_spot(Spot(Part.GRADE))
    page.list.grid.go_to(page.list.model.index_of("优秀", "minimum"))
    page.list.grid.table.setFocus()
    qtbot.keyClicks(page.list.grid.table, "9")
    editor = page.list.grid.editing.editor
    assert editor is not None
    qtbot.keyClicks(editor.input, "2")
    with changed(page, qtbot):
        qtbot.keyClick(editor.input, KEY.Key_Return)
    assert page.scheme.grades[0].minimum == 92
    page.show_spot(PANELS)
    assert page.panels.model.rowCount() == 2


def test_a_finding_leads_to_its_place(page: SchemePage, qtbot: QtBot) -> None:
    page.show_spot(FIRST_LEAF)
    page.indicator.proof.box.setFocus()
    page.indicator.proof.box.clear()
    with changed(page, qtbot):
        qtbot.keyClick(page.indicator.proof.box, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.show_spot(Spot(Part.SCHEME))
    assert page.findings.counts.text() == "提醒 1"
    double_click(page.findings.table, page.findings.model.index(0, 1), qtbot)
    assert page.tree.current_spot() == FIRST_LEAF


def test_faults_block_the_start_of_scoring_and_the_dialog_leads_here(
    page: SchemePage, own_window: MainWindow, qtbot: QtBot
) -> None:
    with changed(page, qtbot):
        own_window.session.select_year(FIRST)
    page.show_spot(Spot(Part.SCHEME))
    with changed(page, qtbot):
        type_into(page.settings.full_marks.line, qtbot, "120")
    own_window.go("overview")
    own_window.menu.actions["stage.advance"].trigger()
    qtbot.waitUntil(lambda: own_window.findChild(AdvanceDialog) is not None)
    dialog = own_window.findChild(AdvanceDialog)
    assert dialog is not None
    assert not dialog.ok_button.isEnabled()
    qtbot.mouseClick(dialog.way_button, LEFT)
    assert page.isVisible()


def test_a_frozen_scheme_is_changed_as_a_new_version_with_a_reason(
    page: SchemePage, own_window: MainWindow, qtbot: QtBot
) -> None:
    frozen(page, own_window, qtbot)
    page.show_spot(FIRST_LEAF)
    assert page.indicator.points.line.isReadOnly()
    assert not page.add_indicator.isEnabled()
    qtbot.mouseClick(page.notice.begin, LEFT)
    kept = page.scheme.indicator_by_code
    second = page.scheme.categories[0].indicators[1].code
    type_into(page.indicator.points.line, qtbot, str(kept["1.1"].points + 1))
    qtbot.waitUntil(lambda: "已改 1 处" in page.notice.words.text())
    qtbot.mouseClick(page.notice.complete, LEFT)
    assert own_window.message_bar.isVisible(), "points that do not sum are no version"
    page.show_spot(Spot(Part.INDICATOR, second))
    type_into(page.indicator.points.line, qtbot, str(kept[second].points - 1))
    qtbot.waitUntil(lambda: "已改 2 处" in page.notice.words.text())
    assert not page.finish(), "the window does not close over a change that is not stored"
    qtbot.mouseClick(page.notice.complete, LEFT)
    dialog = dialog_of(page, RevisionDialog, qtbot)
    assert "总分有变的" in dialog.summary.text()
    assert dialog.model.rowCount() > 0
    assert not dialog.ok_button.isEnabled()
    qtbot.keyClicks(dialog.reason, "meeting 3")
    with changed(page, qtbot):
        qtbot.mouseClick(dialog.ok_button, LEFT)
    qtbot.waitUntil(lambda: "第 2 版" in page.notice.words.text())
    assert "meeting 3" in page.notice.words.text()
    assert page.scheme.indicator_by_code["1.1"].points == kept["1.1"].points + 1
    assert page.finish()


def test_a_change_of_a_frozen_scheme_is_taken_back_or_given_up(
    page: SchemePage, own_window: MainWindow, qtbot: QtBot
) -> None:
    frozen(page, own_window, qtbot)
    before = page.scheme
    qtbot.mouseClick(page.notice.begin, LEFT)
    page.show_spot(FIRST_LEAF)
    qtbot.mouseClick(page.remove, LEFT)
    qtbot.waitUntil(page.notice.take_back.isEnabled)
    assert "1.1" not in page.scheme.indicator_by_code
    qtbot.mouseClick(page.notice.take_back, LEFT)
    assert page.scheme == before
    qtbot.mouseClick(page.notice.give_up, LEFT)
    assert page.notice.begin.isVisible()


def test_two_schemes_are_compared_side_by_side(page: SchemePage, qtbot: QtBot) -> None:
    page.show_spot(FIRST_LEAF)
    with changed(page, qtbot):
        type_into(page.indicator.points.line, qtbot, "6")
    qtbot.mouseClick(page.compare_button, LEFT)
    dialog = dialog_of(page, ComparisonDialog, qtbot)
    assert dialog.before.currentText().startswith(f"{FIRST} 年度")
    assert dialog.after.currentText().startswith(f"{SECOND} 年度")
    texts = {dialog.model.index(row, 3).data() for row in range(dialog.model.rowCount())}
    assert texts == {"分值"}
    dialog.before.setCurrentIndex(dialog.after.currentIndex())
    assert dialog.summary.text() == "两份细则完全相同"
    dialog.reject()


def test_a_scheme_is_copied_from_another_year(page: SchemePage, qtbot: QtBot) -> None:
    page.show_spot(FIRST_LEAF)
    with changed(page, qtbot):
        type_into(page.indicator.points.line, qtbot, "6")
    qtbot.mouseClick(page.copy_button, LEFT)
    dialog = dialog_of(page, CopySchemeDialog, qtbot)
    assert "修改 2 项" in dialog.words.text()
    with changed(page, qtbot):
        qtbot.mouseClick(dialog.ok_button, LEFT)
    assert page.scheme.indicator_by_code["1.1"].points == 4
    assert label(page) == f"细则 复制自{FIRST} 年度 成员单位"


def test_back_leads_to_the_indicator_that_was_looked_at(page: SchemePage) -> None:
    page.show_spot(FIRST_LEAF)
    place = page.place()
    page.show_spot(Spot(Part.GRADE))
    page.go_to(place)
    assert page.tree.current_spot() == FIRST_LEAF
    page.go_to(replace(place, code="2"))
    assert page.pane is page.category


def test_a_sealed_year_says_why_nothing_can_be_changed(page: SchemePage, own_window: MainWindow, qtbot: QtBot) -> None:
    frozen(page, own_window, qtbot)

    def seal(workbook: Workbook, _work: Work) -> None:
        with workbook.edit("开始复核") as edit:
            advance_stage(edit, FIRST)
        seal_year(workbook, FIRST, accept_pending=True)

    with changed(page, qtbot):
        own_window.session.change_by("定稿", seal)
    assert page.notice.words.text() == f"{FIRST} 年度已定稿，不能修改"
    assert not page.notice.begin.isVisible()
    assert not page.add_category.isEnabled()
    page.show_spot(FIRST_LEAF)
    assert page.indicator.points.line.isReadOnly()


def test_looking_at_every_part_changes_nothing(page: SchemePage, qtbot: QtBot) -> None:
    before = label(page)
    for group in ("member", "county"):
        qtbot.mouseClick(page.groups.button(group), LEFT)
        indicators = [Spot(Part.INDICATOR, item.code) for item in page.scheme.indicators]
        categories = [Spot(Part.CATEGORY, item.code) for item in page.scheme.categories]
        lists = [Spot(part) for part in (Part.GRADE, Part.BONUS, Part.DEDUCTION, Part.VETO, Part.FIGURE)]
        for spot in (*indicators, *categories, *lists, PANELS):
            page.show_spot(spot)
            assert page.tree.current_spot() == spot
            assert page.pane.isVisible()
            assert page.pane.finish()
    assert label(page) == before
    assert not page.surroundings.session.is_changing
