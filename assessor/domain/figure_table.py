"""Figures of forms as tables: one form's figures with what each gives, and one form's figures over all units."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessor.domain.figure_text import figure_text
from assessor.domain.form_flow import FormKey
from assessor.domain.form_table import FormRow
from assessor.domain.lineage import predecessor
from assessor.domain.results import LeafResult
from assessor.domain.rules.rule import LeafState, Outcome
from assessor.domain.scheme import Figure, Scheme, Scope
from assessor.domain.submission import DONE, Blank, FigureValue, Submission
from assessor.domain.wording import percent_text
from assessor.domain.year_view import YearView

Previous = Mapping[FormKey, Submission]
"""Last year's forms, by unit and task: shown beside, and proposed where nothing has come yet."""


@dataclass(frozen=True)
class Feed:
    """An indicator that reads a figure, and what it comes to now."""

    indicator: str
    title: str
    outcome: str
    """Score of the points, of a task its share, or the state that stands in its place."""
    sentence: str


@dataclass(frozen=True)
class FigureLine:
    """One figure of one form."""

    figure: Figure
    value: FigureValue
    """未报 where no form has come."""
    previous: FigureValue | None
    """None: there was no form last year, or it did not ask for it."""
    target: str
    feeds: tuple[Feed, ...]


@dataclass(frozen=True)
class FigureRow:
    """One unit's figures, for a table of many units."""

    form: FormRow
    values: tuple[FigureValue | None, ...]
    """One for each figure of the table; None: this unit's form does not ask for it."""
    previous: tuple[FigureValue | None, ...]


@dataclass(frozen=True)
class FigureTable:
    figures: tuple[Figure, ...]
    rows: tuple[FigureRow, ...]

    @property
    def has_targets(self) -> bool:
        return any(row.form.target is not None for row in self.rows)


def asked_figures(scheme: Scheme, task: str) -> tuple[Figure, ...]:
    """What the form asks for; of a task's form the amount done, even where the scheme does not list it."""
    scope = Scope.TASK if task else Scope.UNIT
    figures = tuple(figure for figure in scheme.figures if figure.scope is scope)
    if task and all(figure.code != DONE for figure in figures):
        return (Figure(DONE, "完成量", "", Scope.TASK), *figures)
    return figures


def forms_before(view: YearView, forms: Iterable[Submission]) -> dict[FormKey, Submission]:
    """``forms`` of the year before, each for the unit of this year that is compared with it: its own, or the one that
    carries on its history (``lineage.predecessor``)."""
    codes = [unit.unit.code for group in view.facts.groups for unit in group.units]
    carried = {predecessor(view.plan.units, code, view.year.year): code for code in codes}
    return {FormKey(carried[form.unit], form.task or ""): form for form in forms if form.unit in carried}


def figure_lines(view: YearView, row: FormRow, previous: Previous) -> tuple[FigureLine, ...]:
    """In the order of the form. Raises InputError where the year does not have the unit."""
    group, result = view.assessed_unit(row.key.unit)
    before = previous.get(row.key)
    lines = []
    for figure in asked_figures(group.scheme, row.key.task):
        feeds = tuple(
            _feed(leaf, row.key.task)
            for leaf in result.leaves
            if leaf.indicator.scope is figure.scope and figure.code in leaf.indicator.rule.figures()
        )
        target = f"{row.target:f} {row.measure}".strip() if figure.code == DONE and row.target is not None else ""
        lines.append(FigureLine(figure, _value(row, figure), _before(before, figure), target, feeds))
    return tuple(lines)


def figure_table(view: YearView, rows: Sequence[FormRow], previous: Previous) -> FigureTable:
    """Of ``rows``, which are one form of several units; figures that some of their schemes ask for, in order."""
    schemes = {group.group.code: group.scheme for group in view.result.groups}
    asked = {row.key: asked_figures(schemes[row.group.code], row.key.task) for row in rows}
    figures = tuple({figure.code: figure for own in asked.values() for figure in own}.values())
    lines = []
    for row in rows:
        codes = {figure.code for figure in asked[row.key]}
        before = previous.get(row.key)
        lines.append(
            FigureRow(
                row,
                tuple(_value(row, figure) if figure.code in codes else None for figure in figures),
                tuple(_before(before, figure) for figure in figures),
            )
        )
    return FigureTable(figures, tuple(lines))


def proposed_figures(
    form: Submission | None, before: Submission | None, asked: Collection[str]
) -> Mapping[str, FigureValue]:
    """Last year's figures (``before``) for those of the ``asked`` codes that are not filled in yet."""
    return {
        code: value
        for code, value in (before.figures.items() if before else ())
        if code in asked
        and value not in (Blank.EMPTY, Blank.NOT_SUBMITTED)
        and (form is None or form.figure(code) is Blank.EMPTY)
    }


def figure_summary(row: FormRow, asked: Sequence[Figure]) -> str:
    """The figures of a form in a few words: of a task the amount done, of the own form how many are filled in."""
    form = row.submission
    if form is None:
        return ""
    if row.key.task:
        done = next((figure for figure in asked if figure.code == DONE), None)
        parts = [f"完成量 {figure_text(done, form.figure(DONE))}"] if done else []
        parts += [f"目标 {row.target:f} {row.measure}".rstrip()] if row.target is not None else []
        return "，".join(parts)
    blanks = [value for figure in asked if isinstance(value := form.figure(figure.code), Blank)]
    left_out = blanks.count(Blank.NOT_APPLICABLE)
    filled = f"已填 {len(asked) - len(blanks)}/{len(asked)} 项"
    return f"{filled}，不涉及 {left_out} 项" if left_out else filled


def _value(row: FormRow, figure: Figure) -> FigureValue:
    return row.submission.figure(figure.code) if row.submission else Blank.NOT_SUBMITTED


def _before(form: Submission | None, figure: Figure) -> FigureValue | None:
    return form.figures.get(figure.code) if form is not None else None


def _feed(leaf: LeafResult, task: str) -> Feed:
    indicator = leaf.indicator
    if task:
        part = next((item.outcome for item in leaf.tasks if item.task == task), None)
        return Feed(indicator.code, indicator.title, _task_outcome(part), part.reasoning if part else leaf.sentence)
    score = f"{leaf.score:f} / {indicator.points:f}" if leaf.score is not None else leaf.state.label
    return Feed(indicator.code, indicator.title, score, leaf.sentence)


def _task_outcome(outcome: Outcome | None) -> str:
    if outcome is None:
        return LeafState.NOT_APPLICABLE.label
    return percent_text(outcome.fraction) if outcome.state is LeafState.SCORED else outcome.state.label
