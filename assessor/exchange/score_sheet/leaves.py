"""明细: every leaf of every unit of a group, and below it its tasks where it is scored task by task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from assessor.domain.assignment import Assignment
from assessor.domain.facts import Award, EventKind, GroupFacts, Mark
from assessor.domain.leaves import (
    GroupContext,
    IndexedUnit,
    counted_weight,
    inapplicable_reason,
    index_unit,
    leaf_facts,
)
from assessor.domain.results import GroupResult, LeafResult, UnitResult
from assessor.domain.rules.formula import AWAITED, quoted
from assessor.domain.rules.rule import LeafState, Outcome, PeerRule
from assessor.domain.scheme import Indicator, NotApplicablePolicy, Scheme, Scope
from assessor.domain.wording import plain
from assessor.exchange.score_sheet.events import CODE, KIND, TASK, TIMES, UNIT, EventTable
from assessor.exchange.score_sheet.forms import DEADLINE, FIRST, LAST, TARGET, FormTable
from assessor.exchange.score_sheet.tables import Table, Value, here, rounded

ABSENT, EXEMPT, SCORED = "不涉及", "不参评", "已评"
_HEADS = (
    "单位",
    "指标",
    "指标名称",
    "任务",
    "分值",
    "不涉及的理由",
    "自评分",
    "考核办评分",
    "等级",
    "档内%",
    "扣分次数",
)
_UNIT, _CODE, _TITLE, _TASK, _POINTS, _REASON, _SELF, _AWARD, _LEVEL, _PERCENTAGE, _TIMES = range(len(_HEADS))
_HEAD_ROW = 1
_FIRST = _HEAD_ROW + 1

LeafKey = tuple[str, str]
"""Unit and indicator."""


@dataclass(frozen=True)
class LeafTable:
    """Where a group's leaves stand."""

    table: Table
    scheme: Scheme
    forms: FormTable
    events: EventTable
    closed: str
    reviewers: Mapping[str, tuple[int, ...]]
    """Panel -> columns of its reviewers, which lie side by side."""
    reviewer_names: list[tuple[str, str]]
    """Panel and name, in the order of their columns."""
    peers: Mapping[str, str]
    """Indicator that compares units -> the range of readings that are compared."""
    rows: dict[LeafKey, int] = field(default_factory=dict)
    tasks: dict[LeafKey, range] = field(default_factory=dict)
    """Rows of the leaf's tasks."""

    def reason(self, unit: str, indicator: str) -> str:
        """The cell with the office's reason why the leaf does not apply."""
        return self.table.at(self.rows[unit, indicator], _REASON)

    @cached_property
    def adjusted(self) -> int:
        return len(_HEADS) + sum(len(columns) for columns in self.reviewers.values())

    @property
    def weight(self) -> int:
        return self.adjusted + 1

    @property
    def fraction(self) -> int:
        return self.adjusted + 2

    @property
    def gained(self) -> int:
        return self.adjusted + 3

    @property
    def state(self) -> int:
        return self.adjusted + 4

    @property
    def score(self) -> int:
        return self.adjusted + 5


@dataclass(frozen=True)
class RowCells:
    """The cells that a rule's formula reads in one row (see ``rules.rule.FormulaCells``)."""

    layout: LeafTable
    row: int
    leaf_row: int
    form_row: int | None
    """None: the unit does not have the form, which cannot be."""
    indicator: str

    @property
    def closed(self) -> str:
        return self.layout.closed

    @property
    def points(self) -> str:
        return here(self.row, _POINTS)

    @property
    def form(self) -> str:
        return self._of_form(self.layout.forms.form_reading)

    @property
    def first_submitted(self) -> str:
        return self._of_form(FIRST)

    @property
    def last_submitted(self) -> str:
        return self._of_form(LAST)

    @property
    def deadline(self) -> str:
        return self._of_form(DEADLINE)

    @property
    def target(self) -> str:
        return self._of_form(TARGET)

    @property
    def self_score(self) -> str:
        return here(self.leaf_row, _SELF)

    @property
    def award_points(self) -> str:
        return here(self.row, _AWARD)

    @property
    def award_level(self) -> str:
        return here(self.row, _LEVEL)

    @property
    def award_percentage(self) -> str:
        return here(self.row, _PERCENTAGE)

    @property
    def occurrences(self) -> str:
        return here(self.row, _TIMES)

    def reading(self, figure: str) -> str:
        return self._of_form(self.layout.forms.readings[figure])

    def marks(self, panel: str) -> str:
        columns = self.layout.reviewers.get(panel, ())
        return f"{here(self.row, columns[0])}:{here(self.row, columns[-1])}" if columns else ""

    def peers(self, figure: str) -> str:
        return self.layout.peers[self.indicator]

    def _of_form(self, column: int) -> str:
        assert self.form_row is not None
        return self.layout.forms.table.at(self.form_row, column)


def reviewers_of(group: GroupFacts) -> list[tuple[str, str]]:
    """Panel and name of everybody who marked, by panel."""
    return sorted({(mark.panel, mark.reviewer) for unit in group.units for mark in unit.marks})


def _mark_value(mark: Mark) -> Value:
    """One that does not count stands there as text, which COUNT, AVERAGE and their like leave out."""
    return f"{plain(mark.value)}（回避）" if mark.is_recused else mark.value


def leaf_layout(
    table: Table, group: GroupFacts, forms: FormTable, events: EventTable, closed: str, peers: Mapping[str, str]
) -> LeafTable:
    names = reviewers_of(group)
    columns: dict[str, tuple[int, ...]] = {}
    for place, (panel, _name) in enumerate(names, start=len(_HEADS)):
        columns[panel] = (*columns.get(panel, ()), place)
    layout = LeafTable(table, group.scheme, forms, events, closed, columns, names, peers)
    row = _FIRST
    for unit in group.units:
        tasks = len(unit.assignments)
        for indicator in group.scheme.indicators:
            key = (unit.unit.code, indicator.code)
            count = tasks if indicator.scope is Scope.TASK else 0
            layout.rows[key], layout.tasks[key] = row, range(row + 1, row + 1 + count)
            row += 1 + count
    return layout


def write_leaves(
    layout: LeafTable,
    group: GroupFacts,
    result: GroupResult,
    context: GroupContext,
    exempt: Mapping[str, tuple[str, str]],
) -> None:
    """``exempt``: unit -> the cells of its reason for 不参评 and of whether it is 不参评."""
    _write_heads(layout, group)
    found = {unit.unit.code: unit for unit in result.units}
    for unit in group.units:
        indexed, scored = index_unit(unit), found[unit.unit.code]
        for indicator, leaf in zip(group.scheme.indicators, scored.leaves, strict=True):
            _Writer(layout, indexed, indicator, leaf, scored, context, exempt[unit.unit.code]).write()


def _write_heads(layout: LeafTable, group: GroupFacts) -> None:
    table = layout.table
    table.put(0, 0, f"{group.group.title}得分明细（黄色单元格可以改）", "title")
    panels = {panel.code: panel.title for item in group.scheme.indicators for panel in getattr(item.rule, "panels", ())}
    names = [f"{panels.get(panel, panel)}：{name}" for panel, name in reviewers_of(group)]
    table.heads(_HEAD_ROW, [*_HEADS, *names, "复核调整后", "任务权重", "得分率", "权重×得分率", "状态", "得分"])
    table.sheet.freeze_panes(_FIRST, 4)
    table.sheet.set_row(_HEAD_ROW, 45)
    table.sheet.set_column(0, layout.score, 10)
    table.sheet.set_column(_TITLE, _TITLE, 20)


@dataclass(frozen=True)
class _Writer:
    """One leaf of one unit: its row, and the rows of its tasks."""

    layout: LeafTable
    unit: IndexedUnit
    indicator: Indicator
    leaf: LeafResult
    result: UnitResult
    context: GroupContext
    exempt: tuple[str, str]

    @property
    def row(self) -> int:
        return self.layout.rows[self.unit.facts.unit.code, self.indicator.code]

    @property
    def tasks(self) -> range:
        return self.layout.tasks[self.unit.facts.unit.code, self.indicator.code]

    def write(self) -> None:
        facts, code = self.unit.facts, self.indicator.code
        self._labels(self.row, None)
        table = self.layout.table
        table.put(self.row, _REASON, facts.not_applicable.get(code), "input")
        table.put(self.row, _SELF, facts.self_scores.get(code), "input")
        table.put(self.row, self.layout.adjusted, self._adjustment(), "input")
        if self.indicator.scope is Scope.TASK:
            for row, assignment in zip(self.tasks, self.unit.assignments, strict=True):
                self._task(row, assignment)
            self._joined()
        else:
            self._inputs(self.row, None)
            outcome = self._outcome(None)
            shown = self._shown(outcome)
            table.compute(self.row, self.layout.fraction, self._rule_formula(self.row, None), shown, "share")
            self._state(f'{here(self.row, self.layout.fraction)}="{AWAITED}"', self._provisional())
        self._score()

    def _labels(self, row: int, task: Assignment | None) -> None:
        table = self.layout.table
        table.put(row, _UNIT, self.unit.name)
        table.put(row, _CODE, self.indicator.code, "label" if task else "strong")
        table.put(row, _TITLE, self.context.task_titles.get(task.task, "") if task else self.indicator.title)
        table.put(row, _TASK, task.task if task else None)
        table.put(row, _POINTS, self.indicator.points)

    def _inputs(self, row: int, task: str | None) -> None:
        """What the office gives: on the leaf's row, or on its tasks'."""
        table, key = self.layout.table, (self.indicator.code, task)
        award: Award | None = self.unit.awards.get(key)
        table.put(row, _AWARD, award.points if award else None, "input")
        table.put(row, _LEVEL, award.level if award else None, "input")
        table.put(row, _PERCENTAGE, award.percentage if award else None, "input")
        self._occurrences(row, task)
        marks: Sequence[Mark] = self.unit.marks.get(key, ())
        given = {(mark.panel, mark.reviewer): _mark_value(mark) for mark in marks}
        for place, reviewer in enumerate(self.layout.reviewer_names, start=len(_HEADS)):
            table.put(row, place, given.get(reviewer), "input")

    def _occurrences(self, row: int, task: str | None) -> None:
        events = self.layout.events
        happened = self.unit.occurrences.get((self.indicator.code, task), ())
        conditions = [
            (UNIT, here(row, _UNIT)),
            (KIND, quoted(EventKind.OCCURRENCE.label)),
            (CODE, here(row, _CODE)),
            *([(TASK, here(row, _TASK))] if task else []),
        ]
        terms = "*".join(f"({events.span(column)}={wanted})" for column, wanted in conditions)
        expression = f"SUMPRODUCT({terms}*{events.span(TIMES)})"
        self.layout.table.compute(row, _TIMES, expression, sum(event.occurrences for event in happened))

    def _adjustment(self) -> Decimal | None:
        adjustments = self.unit.adjustments.get(self.indicator.code)
        return adjustments[-1].new if adjustments else None

    def _task(self, row: int, task: Assignment) -> None:
        layout, table = self.layout, self.layout.table
        self._labels(row, task)
        self._inputs(row, task.task)
        weight = counted_weight(task, self.context)
        form_row = layout.forms.rows[self.unit.facts.unit.code, task.task]
        table.compute(row, layout.weight, layout.forms.table.at(form_row, layout.forms.counted_weight), weight)
        outcome = self._outcome(task) if weight else None
        shown = self._shown(outcome) if weight else ABSENT
        held, fraction = here(row, layout.weight), here(row, layout.fraction)
        expression = f'IF({held}=0,"{ABSENT}",{self._rule_formula(row, task)})'
        table.compute(row, layout.fraction, expression, shown, "share")
        gained = Fraction(weight) * shown if isinstance(shown, Fraction) else 0
        table.compute(row, layout.gained, f"IF(ISNUMBER({fraction}),{held}*{fraction},0)", gained, "score")
        words = f'IF(ISNUMBER({fraction}),"{SCORED}",{fraction})'
        table.compute(row, layout.state, words, shown if isinstance(shown, str) else SCORED)

    def _joined(self) -> None:
        """The leaf of its tasks: the weighted mean over those that are known."""
        layout, table = self.layout, self.layout.table
        if not self.tasks:
            table.put(self.row, layout.weight, 0)
            table.put(self.row, layout.fraction, ABSENT)
            self._state("FALSE", "FALSE")
            return
        weight, gained, state = (self._task_span(column) for column in (layout.weight, layout.gained, layout.state))
        weights = sum((counted_weight(task, self.context) for task in self.unit.assignments), Decimal(0))
        table.compute(self.row, layout.weight, f"SUM({weight})", weights)
        known = f'COUNTIF({state},"{SCORED}")'
        mean = f"SUM({gained})/{here(self.row, layout.weight)}"
        expression = f'IF({here(self.row, layout.weight)}=0,"{ABSENT}",IF({known}=0,"{AWAITED}",{mean}))'
        table.compute(self.row, layout.fraction, expression, self._joint_fraction(weights), "share")
        self._state(f'COUNTIF({state},"{AWAITED}")>0', "FALSE")

    def _joint_fraction(self, weights: Decimal) -> Value:
        if not weights:
            return ABSENT
        outcomes = [(counted_weight(task, self.context), task) for task in self.unit.assignments]
        shown = [(weight, self._shown(self._outcome(task))) for weight, task in outcomes if weight]
        known = [Fraction(weight) * share for weight, share in shown if isinstance(share, Fraction)]
        return sum(known, Fraction(0)) / Fraction(weights) if known else AWAITED

    def _task_span(self, column: int) -> str:
        return f"{here(self.tasks[0], column)}:{here(self.tasks[-1], column)}"

    def _outcome(self, task: Assignment | None) -> Outcome | None:
        """None: the unit is not assessed."""
        if self.unit.facts.exempt:
            return None
        return self.indicator.rule.evaluate(leaf_facts(self.unit, self.indicator, self.context, task))

    def _shown(self, outcome: Outcome | None) -> Fraction | str:
        if outcome is None:
            return EXEMPT
        is_known = outcome.state is not LeafState.PENDING or outcome.provisional
        return outcome.fraction if is_known else AWAITED

    def _rule_formula(self, row: int, task: Assignment | None) -> str:
        return f'IF({self.exempt[0]}<>"","{EXEMPT}",{self.indicator.rule.formula(self._cells(row, task))})'

    def _cells(self, row: int, task: Assignment | None) -> RowCells:
        form_row = self.layout.forms.rows.get((self.unit.facts.unit.code, task.task if task else None))
        return RowCells(self.layout, row, self.row, form_row, self.indicator.code)

    def _provisional(self) -> str:
        rule = self.indicator.rule
        return rule.provisional_formula(self._cells(self.row, None)) if isinstance(rule, PeerRule) else "FALSE"

    def _state(self, awaited: str, provisional: str) -> None:
        layout, row = self.layout, self.row
        absent = f'OR({here(row, _REASON)}<>"",{here(row, layout.fraction)}="{ABSENT}")'
        pending = f'IF(OR({awaited},{provisional}),"{AWAITED}","{SCORED}")'
        adjusted = f'IF({here(row, layout.adjusted)}<>"","{SCORED}",{pending})'
        expression = f'IF({self.exempt[0]}<>"","{EXEMPT}",IF({absent},"{ABSENT}",{adjusted}))'
        layout.table.compute(row, layout.state, expression, self._state_now())

    def _state_now(self) -> str:
        if self.unit.facts.exempt:
            return EXEMPT
        if inapplicable_reason(self.unit, self.indicator, self.context):
            return ABSENT
        return AWAITED if self.leaf.state is LeafState.PENDING else SCORED

    def _score(self) -> None:
        layout, row, decimals = self.layout, self.row, self.layout.scheme.decimals
        policy = {
            NotApplicablePolicy.RESCALE: f'"{ABSENT}"',
            NotApplicablePolicy.FULL: rounded(here(row, _POINTS), decimals),
            NotApplicablePolicy.ZERO: "0",
        }[layout.scheme.not_applicable]
        fraction = here(row, layout.fraction)
        score = rounded(f"{here(row, _POINTS)}*{fraction}", decimals)
        known = f'IF({fraction}="{AWAITED}","{AWAITED}",{score})'
        adjusted = f'IF({here(row, layout.adjusted)}<>"",{here(row, layout.adjusted)},{known})'
        applies = f'IF({here(row, layout.state)}="{ABSENT}",{policy},{adjusted})'
        layout.table.compute(
            row, layout.score, f'IF({self.exempt[1]}=1,"{EXEMPT}",{applies})', self._score_now(), "strong"
        )

    def _score_now(self) -> Value:
        if self.result.exempt:
            return EXEMPT
        if self.leaf.score is not None:
            return self.leaf.score
        return ABSENT if self.leaf.state is LeafState.NOT_APPLICABLE else AWAITED
