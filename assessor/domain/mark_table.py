"""The scoring tables: one indicator over the units of a group, or one unit over its indicators. A row is where the
office could give marks or points, with what these are compared with.

Rows hold the results themselves, and what has not changed is the same object after an edit, so that comparing two
states of a table is cheap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from assessor.domain.assignment import Assignment
from assessor.domain.exact import quotient
from assessor.domain.extremes import Extremes
from assessor.domain.facts import Award, GroupFacts, Mark, UnitFacts, YearFacts
from assessor.domain.name_order import name_key
from assessor.domain.results import LeafResult, TaskOutcome, UnitResult
from assessor.domain.reviewing import ReviewerKey, Reviewing
from assessor.domain.rules.panel import Panel
from assessor.domain.rules.rule import LeafState, LevelRule, OfficeInput, Rule
from assessor.domain.scheme import Indicator, Scope
from assessor.domain.statistics import leaf_medians
from assessor.domain.wording import percent_text, plain
from assessor.domain.year_view import YearView

RowKey = tuple[str, str, str]
"""Unit, indicator and task (empty: the unit as a whole)."""
GIVEN = frozenset({OfficeInput.MARKS, OfficeInput.AWARD})
"""What the office scores by; occurrences and targets are entered elsewhere."""
NOTHING: frozenset[OfficeInput] = frozenset()


@dataclass(frozen=True)
class MarkRow:
    """One leaf of one unit, or one of its tasks."""

    unit: UnitResult
    leaf: LeafResult
    inputs: frozenset[OfficeInput] = NOTHING
    """What is entered in this row, of what the office scores by."""
    task: TaskOutcome | None = None
    assignment: Assignment | None = None
    """Of the task."""
    marks: tuple[Mark, ...] = ()
    award: Award | None = None
    panels: frozenset[str] = frozenset()
    """Codes of the panels that mark."""
    levels: tuple[str, ...] = ()
    """What an award chooses from; empty: it is in points."""
    expected: int = 0
    """Marks that the row has once every reviewer who is to mark it has."""
    recused: frozenset[ReviewerKey] = frozenset()
    """Reviewers who come from the unit itself: their marks do not count."""
    unassigned: frozenset[ReviewerKey] = frozenset()
    """Reviewers to whom the indicator of this unit was not given."""
    median: Decimal | None = None
    """Of the leaf's scores in the group."""
    previous: Decimal | None = None
    """The leaf's score of the year before; None where there is none to compare with."""
    ruling: str = ""
    """Why the office says that the leaf does not apply to the unit; empty: it has not said so."""
    extremes: Extremes = field(default_factory=Extremes)

    @property
    def key(self) -> RowKey:
        return self.unit.unit.code, self.indicator.code, self.task.task if self.task else ""

    @property
    def indicator(self) -> Indicator:
        return self.leaf.indicator

    @property
    def state(self) -> LeafState:
        return self.task.outcome.state if self.task else self.leaf.state

    @property
    def from_median(self) -> Decimal | None:
        return _difference(self.leaf.score, self.median)

    @property
    def from_previous(self) -> Decimal | None:
        return _difference(self.leaf.score, self.previous)

    @property
    def from_self(self) -> Decimal | None:
        return _difference(self.leaf.score, self.leaf.self_score)

    @property
    def is_scored_here(self) -> bool:
        """Whether the office gives marks or points in this row."""
        return bool(self.inputs) and self.state is not LeafState.NOT_APPLICABLE

    @property
    def is_awaited(self) -> bool:
        """Whether the office has still to give them."""
        return self.is_scored_here and self.state is LeafState.PENDING

    @cached_property
    def unfounded(self) -> tuple[str, ...]:
        """What lacks its fact or reason, in words: extreme marks, and the award."""
        if not self.is_scored_here:
            return ()
        lacking = [f"{mark.reviewer} {mark.value:f}" for mark in self.marks if self.lacks_fact(mark)]
        if self.award is not None and not self.award.reason:
            lacking.append("极端分" if self.has_extreme_award else "理由")
        return tuple(lacking)

    @property
    def counted(self) -> int:
        """Marks that count."""
        return sum(not mark.is_recused for mark in self.marks)

    def lacks_fact(self, mark: Mark) -> bool:
        return not mark.fact and not mark.is_recused and self.extremes.holds(mark.value)

    @property
    def has_extreme_award(self) -> bool:
        percentage = award_percentage(self.award, self.indicator) if self.award else None
        return percentage is not None and self.extremes.holds(percentage)

    def mark_of(self, panel: str, reviewer: str) -> Mark | None:
        return next((mark for mark in self.marks if mark.panel == panel and mark.reviewer == reviewer), None)


@dataclass(frozen=True)
class ScoringProgress:
    """How far the office is with some rows."""

    rows: int
    """That the office scores."""
    awaited: int
    marks: int
    expected: int
    """Marks, once every reviewer has marked."""
    unfounded: int
    """Rows with a mark or award that lacks its fact or reason."""

    @property
    def words(self) -> str:
        """As it stands beside the table; empty where the office scores nothing here."""
        if not self.rows:
            return ""
        parts = [f"已评 {self.rows - self.awaited} / {self.rows}"]
        if self.expected:
            parts.append(f"评委评分 {self.marks} / {self.expected}")
        if self.awaited:
            parts.append(f"待评 {self.awaited}")
        if self.unfounded:
            parts.append(f"缺依据 {self.unfounded}")
        return "　".join(parts)


def comparison_words(row: MarkRow) -> str:
    """What a score is to be looked at with: out of what, against the group's median and the year before, the total."""
    leaf = row.leaf
    if leaf.score is None:
        parts = [leaf.state.label]
    else:
        points = leaf.indicator.points
        parts = [f"得 {leaf.score:f} / {plain(points)} 分（{percent_text(quotient(leaf.score, points))}）"]
    parts += [
        f"{name} {value:f}{_above(difference)}"
        for name, value, difference in (
            ("自评", leaf.self_score, row.from_self),
            ("组中位数", row.median, row.from_median),
            ("上年", row.previous, row.from_previous),
        )
        if value is not None
    ]
    if not row.unit.exempt:
        rank = "" if row.unit.rank is None else f"，名次 {row.unit.rank_text}"
        parts.append(f"总分 {row.unit.total:f}{rank}")
    return "；".join(parts)


def _above(difference: Decimal | None) -> str:
    if difference is None:
        return ""
    return "，持平" if not difference else f"，{'高' if difference > 0 else '低'} {abs(difference):f}"


def earlier_results(view: YearView) -> dict[str, UnitResult]:
    """Unit -> what it is compared with of the year before; the same for every edit of the year."""
    found = ((unit.unit.code, view.previous_of(unit.unit.code)) for unit in _all_units(view))
    return {code: earlier[1] for code, earlier in found if earlier is not None}


def indicator_rows(
    view: YearView, group: str, code: str, earlier: Mapping[str, UnitResult], task: str = ""
) -> tuple[MarkRow, ...]:
    """One indicator over the group's units in the registry's order; where it is scored task by task, a row for every
    task of every unit, or for ``task`` alone. ``earlier``: as ``earlier_results``."""
    facts = _group(view, group)
    result = next(item for item in view.result.groups if item.group.code == group)
    place = [indicator.code for indicator in facts.scheme.indicators].index(code)
    results = {unit.unit.code: unit for unit in result.units}
    common = _common(facts.scheme.indicators[place], leaf_medians(result)[code], view)
    rows: list[MarkRow] = []
    for unit in facts.units:
        scored = results[unit.unit.code]
        rows.extend(_rows(unit, scored, scored.leaves[place], common, earlier.get(unit.unit.code)))
    return tuple(row for row in rows if not task or row.key[2] == task)


def unit_rows(view: YearView, code: str, earlier: Mapping[str, UnitResult]) -> tuple[MarkRow, ...]:
    """One unit over its indicators in the scheme's order. Under an indicator that the office scores task by task stand
    the unit's tasks."""
    result, scored = view.assessed_unit(code)
    unit = next(unit for unit in _group(view, result.group.code).units if unit.unit.code == code)
    medians = leaf_medians(result)
    rows: list[MarkRow] = []
    for leaf in scored.leaves:
        common = _common(leaf.indicator, medians[leaf.indicator.code], view)
        own = list(_rows(unit, scored, leaf, common, earlier.get(code)))
        if own[0].task is not None:
            first = own[0]
            rows.append(MarkRow(scored, leaf, median=first.median, previous=first.previous, ruling=first.ruling))
            own = own if common.inputs else []
        rows.extend(own)
    return tuple(rows)


def progress_of(rows: Iterable[MarkRow]) -> ScoringProgress:
    mine = [row for row in rows if row.is_scored_here]
    return ScoringProgress(
        rows=len(mine),
        awaited=sum(row.is_awaited for row in mine),
        marks=sum(row.counted for row in mine),
        expected=sum(max(row.expected, row.counted) for row in mine if OfficeInput.MARKS in row.inputs),
        unfounded=sum(bool(row.unfounded) for row in mine),
    )


def unfounded_count(facts: YearFacts) -> int:
    """Extreme marks without a fact and awards without a reason, of indicators that apply to assessed units."""
    count = 0
    for unit in (unit for group in facts.groups for unit in group.units if not unit.exempt):
        marks = [mark for mark in unit.marks if not mark.fact and not mark.is_recused]
        lacking = [mark.indicator for mark in marks if facts.extremes.holds(mark.value)]
        lacking += [award.indicator for award in unit.awards if not award.reason]
        count += sum(code not in unit.not_applicable for code in lacking)
    return count


def awaited_by_indicator(view: YearView, group: str) -> dict[str, int]:
    """Indicator that the office scores -> how many units await their score of it, in the scheme's order."""
    result = next(item for item in view.result.groups if item.group.code == group)
    wanted = [
        (place, indicator.code)
        for place, indicator in enumerate(result.scheme.indicators)
        if given_inputs(indicator.rule)
    ]
    awaited = dict.fromkeys((code for _, code in wanted), 0)
    for unit in result.units:
        leaves = unit.leaves
        for place, code in wanted:
            awaited[code] += leaves[place].state is LeafState.PENDING
    return awaited


def awaited_by_unit(view: YearView) -> dict[str, int]:
    """Unit -> how many of its indicators await a score of the office; groups and units in the order of the registry."""
    awaited: dict[str, int] = {}
    for group in view.result.groups:
        wanted = [place for place, item in enumerate(group.scheme.indicators) if given_inputs(item.rule)]
        for unit in group.units:
            leaves = unit.leaves
            awaited[unit.unit.code] = sum(leaves[place].state is LeafState.PENDING for place in wanted)
    return {unit.unit.code: awaited[unit.unit.code] for unit in _all_units(view)}


def given_inputs(rule: Rule) -> frozenset[OfficeInput]:
    """What the office scores the rule by; empty where the rule computes from forms and records."""
    return rule.office_inputs() & GIVEN


def panels_of(rule: Rule) -> tuple[Panel, ...]:
    """The panels whose reviewers mark; the unit's own (自评) is none of them."""
    if OfficeInput.MARKS not in rule.office_inputs():
        return ()
    # As PanelRule has it; every painted cell asks, and isinstance with a protocol takes longer than the painting.
    panels: tuple[Panel, ...] = getattr(rule, "panels", ())
    return tuple(panel for panel in panels if not panel.is_self)


def level_titles(rule: Rule) -> tuple[str, ...]:
    """The levels to choose from, best first; empty where an award is in points."""
    return tuple(level.title for level in rule.levels) if isinstance(rule, LevelRule) else ()


def reviewers_of(
    panels: Sequence[Panel], known: Mapping[str, tuple[str, ...]], rows: Iterable[MarkRow]
) -> tuple[tuple[Panel, str], ...]:
    """Panel and reviewer for every column of marks: who is registered, and who has marked."""
    marked: dict[str, set[str]] = {}
    for row in rows:
        for mark in row.marks:
            marked.setdefault(mark.panel, set()).add(mark.reviewer)
    return tuple(
        (panel, name)
        for panel in panels
        for name in dict.fromkeys((*known.get(panel.code, ()), *sorted(marked.get(panel.code, ()), key=name_key)))
    )


def award_percentage(award: Award, indicator: Indicator) -> Decimal | None:
    """How much of the points an award gives, 0-100; None where the rule does not know its level."""
    if award.points is not None:
        return award.points * 100 / indicator.points if indicator.points else None
    if award.percentage is not None or not isinstance(indicator.rule, LevelRule):
        return award.percentage
    level = next((level for level in indicator.rule.levels if level.title == award.level), None)
    return None if level is None else (level.low + level.high) / 2


@dataclass(frozen=True)
class _Common:
    """What is the same for every unit."""

    inputs: frozenset[OfficeInput]
    panels: frozenset[str]
    levels: tuple[str, ...]
    reviewers: tuple[ReviewerKey, ...]
    reviewing: Reviewing
    median: Decimal | None
    extremes: Extremes


def _common(indicator: Indicator, median: Decimal | None, view: YearView) -> _Common:
    rule = indicator.rule
    panels = [panel.code for panel in panels_of(rule)]
    facts = view.facts
    return _Common(
        inputs=given_inputs(rule),
        panels=frozenset(panels),
        levels=level_titles(rule),
        reviewers=tuple((code, name) for code in panels for name in facts.reviewers.get(code, ())),
        reviewing=facts.reviewing,
        median=median,
        extremes=facts.extremes,
    )


def _rows(
    unit: UnitFacts, scored: UnitResult, leaf: LeafResult, common: _Common, earlier: UnitResult | None
) -> Iterator[MarkRow]:
    """Of a leaf that is scored task by task one for each task, where the leaf applies; else the leaf itself."""
    indicator = leaf.indicator
    is_scored = not unit.exempt and (indicator.scope is Scope.UNIT or bool(leaf.tasks))
    marks = [mark for mark in unit.marks if mark.indicator == indicator.code]
    awards = {award.task: award for award in unit.awards if award.indicator == indicator.code}
    assignments = {item.task: item for item in unit.assignments} if leaf.tasks else {}
    previous = previous_score(indicator, earlier)
    duty = (unit.unit.code, indicator.code)
    reviewing = common.reviewing
    expected = sum(reviewing.is_expected(reviewer, duty) for reviewer in common.reviewers)
    recused = frozenset(item for item in common.reviewers if reviewing.is_recused(item, unit.unit.code))
    unassigned = frozenset(item for item in common.reviewers if not reviewing.is_assigned(item, duty))
    tasks: Sequence[TaskOutcome | None] = leaf.tasks or (None,)
    for task in tasks:
        code = task.task if task else None
        yield MarkRow(
            unit=scored,
            leaf=leaf,
            inputs=common.inputs if is_scored else NOTHING,
            task=task,
            assignment=assignments.get(code) if code else None,
            marks=tuple(mark for mark in marks if mark.task == code),
            award=awards.get(code),
            panels=common.panels,
            levels=common.levels,
            expected=expected,
            recused=recused,
            unassigned=unassigned,
            median=common.median,
            previous=previous,
            ruling=unit.not_applicable.get(indicator.code, ""),
            extremes=common.extremes,
        )


def previous_score(indicator: Indicator, earlier: UnitResult | None) -> Decimal | None:
    """What the indicator scored in ``earlier``; None where the one of that code was another, or had other points."""
    if earlier is None:
        return None
    for category in earlier.categories:
        for leaf in category.leaves:
            known = leaf.indicator
            if known.code == indicator.code:
                is_same = known is indicator or (known.title, known.points) == (indicator.title, indicator.points)
                return leaf.score if is_same else None
    return None


def _difference(score: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if score is None or other is None else score - other


def _group(view: YearView, code: str) -> GroupFacts:
    return next(group for group in view.facts.groups if group.group.code == code)


def _all_units(view: YearView) -> Iterator[UnitFacts]:
    return (unit for group in view.facts.groups for unit in group.units)
