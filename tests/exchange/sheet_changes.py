"""Random changes of a year's inputs, made to the facts and to the cells of its score sheet alike."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from assessor.domain.facts import Event, EventKind, GroupFacts, UnitFacts, YearFacts
from assessor.domain.rules.checklist import Checklist
from assessor.domain.rules.direct import Direct
from assessor.domain.rules.judgement import Judgement
from assessor.domain.rules.levels import Levels
from assessor.domain.scheme import Indicator, Scope
from assessor.domain.submission import Blank, FigureValue, Submission, SubmissionState
from tests.exchange.recalculation import Cell, Cells

BLANKS: Mapping[Blank, Cell | None] = {
    Blank.EMPTY: None,
    Blank.NOT_APPLICABLE: "不涉及",
    Blank.NOT_SUBMITTED: "未报",
}


@dataclass(frozen=True)
class Grid:
    """Finds cells of a sheet by the texts in its rows and heads."""

    cells: Cells

    def at(self, sheet: str, head: str, *labels: str) -> tuple[str, str]:
        """``labels``: the texts of the row's first columns, in their order; an empty one must be empty."""
        names = "ABCDEFGH"[: len(labels)]
        row = next(row for row in range(3, 5000) if self._labels(sheet, names, row) == labels)
        column = next(
            at.rstrip("0123456789")
            for (title, at), value in self.cells.items()
            if title == sheet and value == head and at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "2"
        )
        return sheet, f"{column}{row}"

    def _labels(self, sheet: str, names: str, row: int) -> tuple[str, ...]:
        return tuple(str(self.cells.get((sheet, f"{name}{row}"), "")) for name in names)


@dataclass
class Changing:
    """Facts that are changed step by step, and what is typed into the sheet for it."""

    facts: YearFacts
    grid: Grid
    chance: random.Random
    typed: dict[tuple[str, str], Cell | None]

    def step(self) -> None:
        group = self.chance.choice(self.facts.groups)
        place = self.chance.randrange(len(group.units))
        kinds: list[Callable[[GroupFacts, UnitFacts], UnitFacts | None]] = [
            self.figure,
            self.figure,
            self.figure,
            self.state,
            self.target,
            self.mark,
            self.mark,
            self.award,
            self.award,
            self.self_score,
            self.not_applicable,
            self.event,
            self.event,
            self.exemption,
        ]
        changed = self.chance.choice(kinds)(group, group.units[place])
        if changed is None:
            self.step()
            return
        units = (*group.units[:place], changed, *group.units[place + 1 :])
        groups = tuple(replace(item, units=units) if item is group else item for item in self.facts.groups)
        self.facts = replace(self.facts, groups=groups)

    def figure(self, group: GroupFacts, unit: UnitFacts) -> UnitFacts | None:
        figures = group.scheme.figures
        figure = self.chance.choice(figures)
        task = self._task(unit) if figure.scope is Scope.TASK else None
        if figure.scope is Scope.TASK and task is None:
            return None
        form = unit.submissions.get(task) if task else unit.form
        if form is None:
            return None
        ticks = {
            code for item in group.scheme.indicators if isinstance(item.rule, Checklist) for code in item.rule.figures()
        }
        value: FigureValue = Decimal(self.chance.choice("01")) if figure.code in ticks else self._number()
        if self.chance.random() < 0.3:
            value = self.chance.choice(list(Blank))
        head = f"{figure.title}（{figure.measure}）" if figure.measure else figure.title
        cell = self.grid.at(f"{group.group.title}填报", head, unit.unit.short_name, task or "年度填报表")
        self.typed[cell] = BLANKS[value] if isinstance(value, Blank) else float(value)
        return self._with_form(unit, task, replace(form, figures={**form.figures, figure.code: value}))

    def state(self, group: GroupFacts, unit: UnitFacts) -> UnitFacts | None:
        task = self.chance.choice([None, self._task(unit)])
        form = unit.submissions.get(task) if task else unit.form
        if form is None:
            return None
        state = self.chance.choice(list(SubmissionState))
        cell = self.grid.at(f"{group.group.title}填报", "状态", unit.unit.short_name, task or "年度填报表")
        self.typed[cell] = state.label
        return self._with_form(unit, task, replace(form, state=state))

    def target(self, group: GroupFacts, unit: UnitFacts) -> UnitFacts | None:
        task = self._task(unit)
        if task is None:
            return None
        target = Decimal(self.chance.randrange(1, 400))
        self.typed[self.grid.at(f"{group.group.title}填报", "目标值", unit.unit.short_name, task)] = float(target)
        assignments = (replace(item, target=target) if item.task == task else item for item in unit.assignments)
        return replace(unit, assignments=tuple(assignments))

    def mark(self, group: GroupFacts, unit: UnitFacts) -> UnitFacts | None:
        counted = [place for place, mark in enumerate(unit.marks) if not mark.is_recused]
        if not counted:
            return None
        place = self.chance.choice(counted)
        mark = unit.marks[place]
        value = Decimal(self.chance.randrange(0, 1001)) / 10
        indicator = group.scheme.indicator_by_code[mark.indicator]
        assert isinstance(indicator.rule, Judgement)
        panel = next(panel.title for panel in indicator.rule.panels if panel.code == mark.panel)
        cell = self._leaf_cell(group, unit, indicator, mark.task, f"{panel}：{mark.reviewer}")
        self.typed[cell] = float(value)
        marks = (*unit.marks[:place], replace(mark, value=value), *unit.marks[place + 1 :])
        return replace(unit, marks=marks)

    def award(self, group: GroupFacts, unit: UnitFacts) -> UnitFacts | None:
        if not unit.awards:
            return None
        place = self.chance.randrange(len(unit.awards))
        award = unit.awards[place]
        indicator = group.scheme.indicator_by_code[award.indicator]
        changed = award
        if isinstance(indicator.rule, Direct):
            changed = replace(award, points=indicator.points * self.chance.randrange(0, 101) / 100)
            self.typed[self._leaf_cell(group, unit, indicator, award.task, "考核办评分")] = float(changed.points or 0)
        elif isinstance(indicator.rule, Levels):
            level = self.chance.choice(indicator.rule.levels)
            percentage = self.chance.choice([None, level.low])
            changed = replace(award, level=level.title, percentage=percentage)
            self.typed[self._leaf_cell(group, unit, indicator, award.task, "等级")] = level.title
            cell = self._leaf_cell(group, unit, indicator, award.task, "档内%")
            self.typed[cell] = None if percentage is None else float(percentage)
        return replace(unit, awards=(*unit.awards[:place], changed, *unit.awards[place + 1 :]))

    def self_score(self, group: GroupFacts, unit: UnitFacts) -> UnitFacts:
        indicator = self.chance.choice(group.scheme.indicators)
        points = indicator.points * self.chance.randrange(0, 101) / 100
        self.typed[self._leaf_cell(group, unit, indicator, None, "自评分")] = float(points)
        return replace(unit, self_scores={**unit.self_scores, indicator.code: points})

    def not_applicable(self, group: GroupFacts, unit: UnitFacts) -> UnitFacts:
        indicator = self.chance.choice(group.scheme.indicators)
        reason = self.chance.choice(["无此职能", ""])
        self.typed[self._leaf_cell(group, unit, indicator, None, "不涉及的理由")] = reason or None
        reasons = {code: words for code, words in unit.not_applicable.items() if code != indicator.code}
        return replace(unit, not_applicable={**reasons, indicator.code: reason} if reason else reasons)

    def event(self, group: GroupFacts, unit: UnitFacts) -> UnitFacts | None:
        events = [event for event in unit.events if event.kind is not EventKind.VETO]
        if not events:
            return None
        event = self.chance.choice(events)
        if event.kind is EventKind.OCCURRENCE:
            changed = replace(event, occurrences=self.chance.randrange(1, 6))
            typed: Iterator[tuple[str, Cell]] = iter([("次数", changed.occurrences)])
        else:
            points = Decimal(self.chance.randrange(0, 60)) / 10
            changed = replace(event, points=points, shared_by=self.chance.randrange(1, 5))
            typed = iter([("分值", float(points)), ("共享单位数", changed.shared_by)])
        for head, value in typed:
            self.typed[self._event_cell(group, unit, event, head)] = value
        return replace(unit, events=tuple(changed if item is event else item for item in unit.events))

    def exemption(self, group: GroupFacts, unit: UnitFacts) -> UnitFacts | None:
        if self.chance.random() < 0.7:
            return None
        reason = self.chance.choice(["当年撤并", ""])
        sheet = f"{group.group.title}汇总"
        row = 4 + [item.unit.code for item in group.units].index(unit.unit.code)
        self.typed[sheet, f"D{row}"] = reason or None
        return replace(unit, exempt=reason)

    def _number(self) -> Decimal:
        return Decimal(self.chance.randrange(0, 4000)) / self.chance.choice([1, 10, 100])

    def _task(self, unit: UnitFacts) -> str | None:
        return self.chance.choice(unit.assignments).task if unit.assignments else None

    def _with_form(self, unit: UnitFacts, task: str | None, form: Submission) -> UnitFacts:
        if task is None:
            return replace(unit, form=form)
        return replace(unit, submissions={**unit.submissions, task: form})

    def _leaf_cell(
        self, group: GroupFacts, unit: UnitFacts, indicator: Indicator, task: str | None, head: str
    ) -> tuple[str, str]:
        title = self.facts.task_titles.get(task, "") if task else indicator.title
        return self.grid.at(f"{group.group.title}明细", head, unit.unit.short_name, indicator.code, title, task or "")

    def _event_cell(self, group: GroupFacts, unit: UnitFacts, event: Event, head: str) -> tuple[str, str]:
        kinds = list(EventKind)
        events = [
            item.key
            for owner in group.units
            for item in sorted(owner.events, key=lambda item: (kinds.index(item.kind), item.happened_on, item.key))
        ]
        sheet = f"{group.group.title}加减分"
        columns = {"分值": "I", "共享单位数": "J", "次数": "K"}
        return sheet, f"{columns[head]}{3 + events.index(event.key)}"


def change(facts: YearFacts, cells: Cells, steps: int, seed: int) -> Changing:
    changing = Changing(facts, Grid(cells), random.Random(seed), {})
    for _ in range(steps):
        changing.step()
    return changing
