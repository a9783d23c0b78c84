"""细则: the schemes of a year, written, tried and checked; once scoring has begun, changed as a new version."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from assessor.domain.place import Place
from assessor.domain.rehearsal import Rehearsal, rehearse
from assessor.domain.scheme import Scheme
from assessor.domain.scheme_check import check_scheme
from assessor.domain.scheme_comparison import compare_schemes
from assessor.domain.scheme_edit import (
    WHOLE,
    SchemeChange,
    Spot,
    add_category,
    add_indicator,
    category_of,
    change_indicator,
    duplicate,
    move,
    put_category,
    put_indicator,
    remove,
    rename,
)
from assessor.domain.scheme_entry import read_points, read_title
from assessor.domain.scheme_outline import PANELS, OutlineNode, outline
from assessor.domain.scheme_place import office_words
from assessor.domain.scheme_soundness import Part, require_computable
from assessor.domain.wording import plain
from assessor.domain.year import Stage
from assessor.errors import AssessorError, WorkbookError
from assessor.ui import theme
from assessor.ui.dialogs.layout import show_dialog
from assessor.ui.dialogs.scheme_comparison import ComparisonDialog
from assessor.ui.dialogs.scheme_copy import CopySchemeDialog
from assessor.ui.dialogs.scheme_revision import RevisionDialog
from assessor.ui.pages.page import Page, Surroundings
from assessor.ui.scheme import storing
from assessor.ui.scheme.dropping import SchemeDrop
from assessor.ui.scheme.edits import SchemeEdit
from assessor.ui.scheme.fields import tool_button
from assessor.ui.scheme.findings_panel import FindingsPanel
from assessor.ui.scheme.indicator_pane import IndicatorPane
from assessor.ui.scheme.list_pane import CategoryPane, ListPane, PanelsPane
from assessor.ui.scheme.notice import FrozenNotice
from assessor.ui.scheme.outline_tree import OutlineTree, TreeDeed
from assessor.ui.scheme.pane import SchemePane
from assessor.ui.scheme.revision import Revision
from assessor.ui.scheme.settings_pane import SettingsPane
from assessor.ui.scheme.takeover import SchemeTakeover
from assessor.ui.segments import Segments

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView
    from assessor.ui.background import Job
    from assessor.workbook.scheme_sources import SchemeSource
    from assessor.workbook.scheme_versions import SchemeVersion

P = TypeVar("P", bound=SchemePane)
_TREE_WIDTH = 320


class SchemePage(Page):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__("细则", surroundings)
        self._spot = WHOLE
        self._wanted: Spot | None = None
        """To go to once the scheme that has it is shown."""
        self._names_new = False
        """Whether its title is to be typed then."""
        self._versions: Mapping[str, Sequence[SchemeVersion]] = {}
        self._revisions: dict[Hashable, Revision] = {}
        self.groups = Segments("考核组别")
        self.groups.chosen.connect(lambda _key: self._show_group())
        self._panes = QStackedWidget()
        self.notice = FrozenNotice()
        self.tree = OutlineTree()
        self.findings = FindingsPanel()
        self.add_category = tool_button("+ 一级", self._add_category)
        self.add_indicator = tool_button("+ 二级", self._add_indicator)
        self.duplicate = tool_button("复制", self._duplicate)
        self.remove = tool_button("删除", self._remove)
        self.up = tool_button("↑", lambda: self._step(self._spot, -1))
        self.down = tool_button("↓", lambda: self._step(self._spot, 1))
        self.compare_button = QPushButton("版本与比较…")
        self.copy_button = QPushButton("从别处复制…")
        self.rehearsal_button = QPushButton("草稿与试算…")
        self.rehearsal_button.setToolTip("先改一份草稿，用已有的数据试算，再采用；也在那里导入、导出细则")
        self.rehearsal_button.clicked.connect(lambda: surroundings.go("rehearsal"))
        for button in (self.compare_button, self.copy_button, self.rehearsal_button):
            self.tools.addWidget(button)
        self.takeover = SchemeTakeover(self, surroundings)
        self._file_drop = SchemeDrop(self, self.takeover.take, self.takeover.refusal)
        self._connect()
        self._lay_out_body()

    # What is shown

    @property
    def scheme(self) -> Scheme:
        """The one that is looked at: the year's, or what is being made of it."""
        revision = self._revision
        return revision.scheme if revision is not None else self._stored

    @property
    def pane(self) -> SchemePane:
        return self._pane_of(self._spot)

    @cached_property
    def settings(self) -> SettingsPane:
        return self._place(SettingsPane())

    @cached_property
    def indicator(self) -> IndicatorPane:
        return self._place(IndicatorPane())

    @cached_property
    def category(self) -> CategoryPane:
        pane = self._place(CategoryPane())
        pane.opened.connect(self.show_spot)
        return pane

    @cached_property
    def list(self) -> ListPane:
        return self._place(ListPane())

    @cached_property
    def panels(self) -> PanelsPane:
        return self._place(PanelsPane())

    def fill(self, view: YearView) -> None:
        groups = [(group.group.code, group.group.title) for group in view.facts.groups]
        self.groups.show_choices(groups)
        self.groups.setVisible(len(groups) > 1)
        self._show_group()
        job = storing.read_versions(self.surroundings.session, view.year.year)
        job.done.connect(partial(self._take_versions, view.year.year))
        job.failed.connect(self.surroundings.show_problem)

    def take_focus(self) -> None:
        self.tree.setFocus()

    def go_to(self, place: Place) -> None:
        """``code``: of an indicator or a category; without one, the settings of the scheme."""
        if place.group and place.group != self._group:
            self.groups.button(place.group).setChecked(True)
        code = place.code
        if self.view is not None and not self.empty_text():
            is_leaf = code in self.scheme.indicator_by_code
            spot = Spot(Part.INDICATOR if is_leaf else Part.CATEGORY, code) if code else WHOLE
            self.show_spot(spot)

    def place(self) -> Place:
        is_item = self._spot.part in (Part.CATEGORY, Part.INDICATOR)
        return Place(self.objectName(), group=self._group, code=self._spot.code if is_item else "")

    def show_spot(self, spot: Spot, code: str = "") -> None:
        """Goes to a place of the scheme; ``code``: of the item in a list."""
        if not self._may_leave():
            return
        self._spot = spot
        self._show_scheme()
        if code and self.pane is self.list:
            self.list.go_to(code)

    def finish(self) -> bool:
        if self.view is None or self.empty_text():
            return True
        if not self.pane.finish():
            self.surroundings.go("scheme")
            return False
        if any(revision.is_changed for revision in self._revisions.values()):
            what = "细则改过，还没有存为新版"
            self.surroundings.show_problem(WorkbookError(what, remedy="请在“细则”页点“完成修改…”，或点“放弃修改”"))
            self.surroundings.go("scheme")
            return False
        return True

    @property
    def _group(self) -> str:
        return self.groups.key or ""

    @property
    def _stored(self) -> Scheme:
        assert self.view is not None
        return next(item.scheme for item in self.view.facts.groups if item.group.code == self._group)

    @property
    def _context(self) -> Hashable:
        current = self.surroundings.session.current
        year = self.view.year.year if self.view is not None else None
        return (current.path if current is not None else None, year, self._group)

    @property
    def _revision(self) -> Revision | None:
        return self._revisions.get(self._context)

    def _refusal(self) -> str:
        """Why the scheme can never be changed here; empty: it can, frozen or not."""
        current, view = self.surroundings.session.current, self.view
        if current is not None and current.is_read_only:
            return f"工作簿不能修改：{current.read_only_reason}"
        return f"{view.year.year} 年度已定稿，不能修改" if view is not None and view.seal is not None else ""

    def _is_frozen(self) -> bool:
        return self.view is not None and self.view.year.stage.position >= Stage.SCORE.position

    def _locked(self) -> str:
        refusal = self._refusal()
        if refusal:
            return refusal
        if self._is_frozen() and self._revision is None:
            return "评分已经开始，细则已固定；要改请点“修改细则…”"
        return ""

    def _show_group(self) -> None:
        if self.view is not None:
            self._drop_outdated()
            self._show_scheme()

    def _show_scheme(self) -> None:
        view, scheme, locked = self.view, self.scheme, self._locked()
        if view is None:
            return
        is_there = self._wanted is not None and _has(scheme, self._wanted)
        if self._wanted is not None and is_there:
            self._spot, self._wanted = self._wanted, None
        if not _has(scheme, self._spot):
            self._spot = WHOLE
        check = check_scheme(scheme)
        self.tree.locked = locked
        self.tree.show_nodes(outline(scheme, check), self._spot)
        self.findings.show_check(scheme, check)
        pane = self._pane_of(self._spot)
        pane.show_spot(scheme, self._spot, view.year, locked)
        self._panes.setCurrentWidget(pane)
        self.set_subtitle(f"{view.year.year} 年度　{scheme.title}")
        self._show_notice()
        self._allow()
        if is_there and self._names_new:
            self._names_new = False
            self.tree.setFocus()
            self.tree.edit_title(self._spot)

    def _show_notice(self) -> None:
        versions = self._versions.get(self._group, ())
        refusal, revision = self._refusal(), self._revision
        if refusal:
            self.notice.show_reason(refusal)
        elif not self._is_frozen():
            self.notice.hide()
        elif revision is None:
            self.notice.show_frozen(versions[-1] if versions else None)
        else:
            self.notice.show_revision(len(versions) + 1, [label for label, _scheme in revision.steps])

    def _allow(self) -> None:
        locked, spot = self._locked(), self._spot
        is_item = spot.part in (Part.CATEGORY, Part.INDICATOR) and bool(spot.code)
        for button, fits, hint in (
            (self.add_category, True, "在选中的之后增加一级指标"),
            (self.add_indicator, is_item, "在选中的之后增加二级指标（Insert）"),
            (self.duplicate, is_item, "复制选中的指标（Ctrl+D）"),
            (self.remove, is_item, "删除选中的指标（Delete）；已有评分、填报的不能删"),
            (self.up, is_item, "上移（Alt+↑）；也可以拖动"),
            (self.down, is_item, "下移（Alt+↓）；也可以拖动"),
        ):
            button.setEnabled(fits and not locked)
            button.setToolTip(locked or hint)
        self.copy_button.setEnabled(not locked)
        self.copy_button.setToolTip(locked or "用别的年度、版本、草稿或默认细则替换这一份")

    def _pane_of(self, spot: Spot) -> SchemePane:
        """Each is made when it is first shown."""
        if spot == PANELS:
            return self.panels
        if spot.part is Part.SCHEME:
            return self.settings
        if spot.part is Part.CATEGORY:
            return self.category
        return self.indicator if spot.part is Part.INDICATOR else self.list

    def _place(self, pane: P) -> P:
        pane.make = self.make
        self._panes.addWidget(pane)
        return pane

    def _take_versions(self, year: int, versions: Mapping[str, Sequence[SchemeVersion]]) -> None:
        if self.view is not None and self.view.year.year == year:
            self._versions = versions
            self._show_notice()

    # What is changed

    def make(self, edit: SchemeEdit) -> Job | None:
        """One change: stored at once, or a step of the revision."""
        view = self.view
        locked = self._locked()
        if view is None or locked:
            self._refuse(edit, WorkbookError(locked or "没有可改的细则"))
            return None
        self.surroundings.clear_problem()
        before = self.scheme
        try:
            after = edit.change(before)
            require_computable(after, f"《{after.title}》")
        except AssessorError as problem:
            self._refuse(edit, problem)
            return None
        if after == before:
            return None
        self._wanted = self._wanted or _new_spot(before, after)
        revision = self._revision
        if revision is not None:
            revision.steps.append((edit.label, after))
            QTimer.singleShot(0, self._show_scheme)  # the field that asked has not ended its own work yet
            return None
        job = storing.store(self.surroundings.session, view.year.year, self._group, edit)
        job.failed.connect(partial(self._refuse, edit))
        return job

    def _refuse(self, edit: SchemeEdit, problem: AssessorError) -> None:
        self._wanted, self._names_new = None, False
        problem.what, problem.remedy = office_words(problem.what), office_words(problem.remedy)
        if edit.refused is not None:
            edit.refused(problem)
        else:
            self.surroundings.show_problem(problem)

    def _drop_outdated(self) -> None:
        """What was made of a scheme that has been changed since, or of a year that is no longer frozen."""
        revision = self._revision
        if revision is not None and (not self._is_frozen() or revision.base != self._stored):
            del self._revisions[self._context]

    def _add_category(self) -> None:
        after = self._spot.code if self._spot.part is Part.CATEGORY else ""
        if self._spot.part is Part.INDICATOR and self._spot.code:
            after = category_of(self.scheme, self._spot.code)
        self._make("增加一级指标", partial(add_category, after=after), edits_title=True)

    def _add_indicator(self) -> None:
        spot = self._spot
        is_indicator = spot.part is Part.INDICATOR
        category = category_of(self.scheme, spot.code) if is_indicator else spot.code
        after = spot.code if is_indicator else ""
        self._make("增加二级指标", partial(add_indicator, category=category, after=after), edits_title=True)

    def _duplicate(self) -> None:
        self._make(f"复制 {self._spot.code}", partial(duplicate, spot=self._spot))

    def _remove(self) -> None:
        self._make(f"删除 {self._spot.code}", partial(remove, spot=self._spot))

    def _step(self, spot: Spot, step: int) -> None:
        self._make(f"移动 {spot.code}", partial(move, spot=spot, step=step))

    def _drop(self, dragged: Spot, target: Spot, is_below: bool) -> None:
        scheme = self.scheme
        if dragged.part is Part.CATEGORY:
            other = target.code if target.part is Part.CATEGORY else category_of(scheme, target.code)
            place = [item.code for item in scheme.categories].index(other)
            is_after = is_below or target.part is Part.INDICATOR
            self._make(f"移动 {dragged.code}", partial(put_category, code=dragged.code, place=place + is_after))
            return
        category, place = target.code, 0
        if target.part is Part.INDICATOR:
            category = category_of(scheme, target.code)
            own = [item.code for item in scheme.category_by_code[category].indicators]
            place = own.index(target.code) + is_below
        self._make(f"移动 {dragged.code}", partial(put_indicator, code=dragged.code, category=category, place=place))

    def _make(self, label: str, change: SchemeChange, *, edits_title: bool = False) -> None:
        if not self._may_leave():
            return
        self._names_new = edits_title
        self.make(SchemeEdit(label, change))

    def _type_title(self, spot: Spot, text: str) -> None:
        self._make(f"{spot.code} 名称", partial(rename, spot=spot, title=text))

    def _type_points(self, spot: Spot, text: str) -> None:
        before = plain(self.scheme.indicator_by_code[spot.code].points)
        points = read_points(text)

        def change(scheme: Scheme) -> Scheme:
            return change_indicator(scheme, spot.code, points=points)

        self._make(f"{spot.code} 分值 {before} → {plain(points)}", change)

    # A frozen scheme

    def begin_revision(self) -> None:
        self._revisions[self._context] = Revision(self._context, self._stored)
        self._show_scheme()

    def give_up(self) -> None:
        self._revisions.pop(self._context, None)
        self.indicator.drop()
        self._show_scheme()

    def take_back(self) -> None:
        """The last step of the revision."""
        revision = self._revision
        if revision is not None and revision.steps:
            revision.steps.pop()
            self.indicator.drop()
            self._show_scheme()

    def ask_version(self) -> None:
        """Previews whose scores move, and takes the reason."""
        view, revision = self.view, self._revision
        if view is None or revision is None or not self.pane.finish():
            return
        self.surroundings.clear_problem()
        if not revision.is_changed:
            self.give_up()
            return
        faults = check_scheme(revision.scheme).faults
        if faults:
            what = f"改后的细则有 {len(faults)} 处错误：{office_words(faults[0].what)}"
            self.surroundings.show_problem(WorkbookError(what, remedy=office_words(faults[0].remedy)))
            return
        draft, facts = revision.scheme, view.facts
        job = self.surroundings.session.run("正在试算", lambda _workbook, _work: rehearse(facts, draft))
        job.done.connect(partial(self._show_moves, revision))
        job.failed.connect(self.surroundings.show_problem)

    def _show_moves(self, revision: Revision, rehearsal: Rehearsal) -> None:
        if self._revision is not revision:
            return
        number = len(self._versions.get(self._group, ())) + 1
        items = compare_schemes(revision.base, revision.scheme)
        dialog = RevisionDialog(revision.scheme.title, number, items, rehearsal, self)
        dialog.accepted.connect(lambda: self._store_version(revision, dialog.text))
        show_dialog(dialog)

    def _store_version(self, revision: Revision, reason: str) -> None:
        if self.view is not None:
            job = storing.store_version(self.surroundings.session, self.view.year.year, revision.scheme, reason)
            job.done.connect(lambda _version: self._revisions.pop(revision.context, None))
            job.failed.connect(self.surroundings.show_problem)

    # Other schemes

    def ask_comparison(self) -> None:
        self._with_sources(self._compare)

    def ask_copy(self) -> None:
        if self._may_leave():
            self._with_sources(self._copy)

    def _with_sources(self, show: Callable[[Sequence[SchemeSource]], None]) -> None:
        job = storing.read_sources(self.surroundings.session)
        job.done.connect(show)
        job.failed.connect(self.surroundings.show_problem)

    def _compare(self, sources: Sequence[SchemeSource]) -> None:
        if self.view is None:
            return
        year, versions = self.view.year.year, self._versions.get(self._group, ())
        own = f"{year} {self._group}"
        notes = [_version_words(item) for item in versions]
        dialog = ComparisonDialog(sources, _compared_first(sources, own, self._group), own, notes, self)
        show_dialog(dialog)

    def _copy(self, sources: Sequence[SchemeSource]) -> None:
        if self.view is None:
            return
        own = f"{self.view.year.year} {self._group}"
        offered = [item for item in sources if item.scheme.group == self._group and item.key != own]
        dialog = CopySchemeDialog(self.scheme, offered, self)
        dialog.accepted.connect(lambda: self._take_over(dialog.chosen))
        show_dialog(dialog)

    def _take_over(self, source: SchemeSource) -> None:
        self._make(f"复制自{source.title}", lambda _scheme: source.scheme)

    # Where the user is

    def _may_leave(self) -> bool:
        """False: something that was typed is refused, and says why; it stays in sight."""
        return self.pane.finish()

    def _choose(self, spot: Spot) -> None:
        if spot == self._spot:
            return
        if not self._may_leave():
            QTimer.singleShot(0, lambda: self.tree.go_to(self._spot))
            return
        self._spot = spot
        self._wanted = None
        self._show_scheme()

    def _read(self, node: OutlineNode, is_points: bool, text: str) -> object:
        return read_points(text) if is_points else read_title(text)

    def _connect(self) -> None:
        self.tree.chosen.connect(self._choose)
        self.tree.title_typed.connect(self._type_title)
        self.tree.points_typed.connect(self._type_points)
        self.tree.moved.connect(self._drop)
        self.tree.stepped.connect(self._step)
        self.tree.asked.connect(lambda deed: self._buttons()[deed].click())
        self.tree.read = self._read
        self.findings.jumped.connect(self.show_spot)
        self.notice.begin.clicked.connect(self.begin_revision)
        self.notice.give_up.clicked.connect(self.give_up)
        self.notice.take_back.clicked.connect(self.take_back)
        self.notice.complete.clicked.connect(self.ask_version)
        self.compare_button.clicked.connect(self.ask_comparison)
        self.copy_button.clicked.connect(self.ask_copy)

    def _buttons(self) -> dict[TreeDeed, QToolButton]:
        return {
            TreeDeed.ADD: self.add_indicator,
            TreeDeed.DUPLICATE: self.duplicate,
            TreeDeed.REMOVE: self.remove,
        }

    def _lay_out_body(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(theme.SPACE, 0, 0, 0)
        column.addWidget(self._panes)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._tree_card())
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([_TREE_WIDTH, 3 * _TREE_WIDTH])
        layout = QVBoxLayout(self.body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.notice)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.findings)

    def _tree_card(self) -> QFrame:
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        for button in (self.add_category, self.add_indicator, self.duplicate, self.remove, self.up, self.down):
            buttons.addWidget(button)
        buttons.addStretch(1)
        card = QFrame()
        theme.dress(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE // 2)
        inside.setSpacing(theme.SPACE // 2)
        inside.addWidget(self.groups, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self.tree, 1)
        inside.addLayout(buttons)
        return card


def _version_words(version: SchemeVersion) -> str:
    return f"第 {version.number} 版　{version.frozen_at:%Y-%m-%d %H:%M}　{version.frozen_by}　{version.reason}"


def _has(scheme: Scheme, spot: Spot) -> bool:
    if spot.part is Part.INDICATOR and spot.code:
        return spot.code in scheme.indicator_by_code
    return spot.part is not Part.CATEGORY or spot.code in scheme.category_by_code


def _new_spot(before: Scheme, after: Scheme) -> Spot | None:
    """A category or an indicator that was not there before."""
    for code in after.category_by_code:
        if code not in before.category_by_code:
            return Spot(Part.CATEGORY, code)
    for code in after.indicator_by_code:
        if code not in before.indicator_by_code:
            return Spot(Part.INDICATOR, code)
    return None


def _compared_first(sources: Sequence[SchemeSource], own: str, group: str) -> str:
    """The latest version that reads otherwise, else another year's or the default one of the same group."""
    present = next((item.scheme for item in sources if item.key == own), None)
    others = [item for item in sources if item.key != own and item.scheme.group == group]
    versions = [item for item in others if item.key.startswith(f"{own} ")]
    of_version = [item for item in versions if item.scheme != present]
    elsewhere = [item for item in others if item not in versions]
    return (of_version[-1:] or elsewhere[:1] or list(sources))[0].key
