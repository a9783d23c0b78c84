"""The events of a year as a table (加分、扣分、一票否决、扣分情形), with what each counts for and why; and per unit how
much of every cap is used up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from assessor.domain.facts import Event, EventKind, GroupFacts, UnitFacts
from assessor.domain.results import EntryResult, UnitResult, VetoResult
from assessor.domain.rules.rule import OfficeInput
from assessor.domain.scheme import Scheme, Scope
from assessor.domain.wording import plain
from assessor.domain.year_view import YearView

COUNTED_KINDS = (EventKind.BONUS, EventKind.DEDUCTION)


class Effect(Enum):
    """What came of an event."""

    WHOLE = "whole"
    CUT = "cut"
    """By the cap of its kind."""
    REPEATED = "repeated"
    """就高不重复: another over the same matter counts instead."""
    LIMITS = "limits"
    """A veto."""
    OCCURS = "occurs"
    """It counts within its indicator's score."""
    NONE = "none"
    """Of a unit that is not assessed."""


@dataclass(frozen=True)
class EntryItem:
    """A kind of bonus, deduction or veto of a scheme, or an indicator that counts occurrences."""

    code: str
    title: str
    words: str
    """As it is chosen from a list: told apart from others of the same title."""
    note: str
    """What the scheme says of it: cap, limit or points."""
    takes_task: bool = False


@dataclass(frozen=True)
class EntryRow:
    """One event."""

    event: Event
    unit: UnitResult
    group: str
    items: tuple[EntryItem, ...]
    """What an event of its kind can be, by the unit's scheme."""
    tasks: tuple[str, ...]
    """Codes of the unit's tasks."""
    effect: Effect
    counted: Decimal | None
    """Points added or taken; None where none are: a veto, an occurrence."""
    limit: str
    """Of a veto: the best grade still open."""
    sentence: str
    files: int = 0
    """Items of evidence."""

    @property
    def item(self) -> EntryItem | None:
        return next((item for item in self.items if item.code == self.event.code), None)

    @property
    def counted_text(self) -> str:
        if self.effect is Effect.LIMITS:
            return f"限{self.limit}"
        if self.effect is Effect.OCCURS:
            return f"{self.event.occurrences} 次"
        if self.counted is None:
            return "—"
        sign = "-" if self.event.kind is EventKind.DEDUCTION else "+"
        return f"{sign if self.counted else ''}{self.counted:f}"


@dataclass(frozen=True)
class CapUse:
    """What of a kind's cap a unit's entries take."""

    title: str
    used: Decimal
    cap: Decimal

    @property
    def is_full(self) -> bool:
        return self.used >= self.cap


@dataclass(frozen=True)
class UnitEntries:
    """What a unit's events come to."""

    unit: UnitResult
    group: str
    events: int
    bonuses: tuple[CapUse, ...]
    """Of the kinds that the unit has entries of, in the scheme's order."""
    deductions: tuple[CapUse, ...]
    occurrences: int

    @property
    def full_caps(self) -> tuple[str, ...]:
        return tuple(use.title for use in (*self.bonuses, *self.deductions) if use.is_full)

    @property
    def uses_text(self) -> str:
        return "；".join(
            f"{use.title} {plain(use.used)} / {plain(use.cap)}{'（已到上限）' if use.is_full else ''}"
            for use in (*self.bonuses, *self.deductions)
        )

    @property
    def vetoes_text(self) -> str:
        return "；".join(f"{veto.title}（限{veto.limit}）" for veto in self.unit.vetoes)


def entry_rows(view: YearView, files: Mapping[str, int]) -> tuple[EntryRow, ...]:
    """Every event of the year by date, then key. ``files``: event -> its items of evidence."""
    results = _results(view)
    rows = [
        row
        for group in view.facts.groups
        for unit in group.units
        if unit.events
        for row in _unit_rows(group, unit, results[unit.unit.code], files)
    ]
    return tuple(sorted(rows, key=lambda row: (row.event.happened_on, row.event.key)))


def unit_entries(view: YearView) -> tuple[UnitEntries, ...]:
    """Every unit that has events, in the registry's order."""
    results = _results(view)
    return tuple(
        _entries_of(group, unit, results[unit.unit.code])
        for group in view.facts.groups
        for unit in group.units
        if unit.events
    )


def items_of(scheme: Scheme, kind: EventKind) -> tuple[EntryItem, ...]:
    """What an event of that kind can be, in the scheme's order."""
    if kind is EventKind.OCCURRENCE:
        return tuple(
            EntryItem(
                item.code,
                item.title,
                f"{item.code} {item.title}",
                f"{plain(item.points)} 分",
                item.scope is Scope.TASK,
            )
            for item in scheme.indicators
            if OfficeInput.OCCURRENCES in item.rule.office_inputs()
        )
    if kind is EventKind.VETO:
        found = [(item.code, item.title, f"等次不高于{item.limit}") for item in scheme.vetoes]
    else:
        kinds = scheme.bonuses if kind is EventKind.BONUS else scheme.deductions
        found = [(item.code, item.title, f"上限 {plain(item.cap)} 分") for item in kinds]
    titles = [title for _, title, _ in found]
    return tuple(
        EntryItem(code, title, title if titles.count(title) == 1 else f"{title}（{code}）", note)
        for code, title, note in found
    )


def _results(view: YearView) -> dict[str, UnitResult]:
    return {unit.unit.code: unit for group in view.result.groups for unit in group.units}


def _unit_rows(group: GroupFacts, unit: UnitFacts, result: UnitResult, files: Mapping[str, int]) -> Iterator[EntryRow]:
    entries = {entry.event.key: entry for entry in result.entries}
    vetoes = {veto.event.key: veto for veto in result.vetoes}
    tasks = tuple(item.task for item in unit.assignments)
    for event in unit.events:
        effect, counted, limit, sentence = _came_of(event, entries, vetoes, result)
        yield EntryRow(
            event=event,
            unit=result,
            group=group.group.code,
            items=items_of(group.scheme, event.kind),
            tasks=tasks,
            effect=effect,
            counted=counted,
            limit=limit,
            sentence=sentence,
            files=files.get(event.key, 0),
        )


def _came_of(
    event: Event, entries: Mapping[str, EntryResult], vetoes: Mapping[str, VetoResult], result: UnitResult
) -> tuple[Effect, Decimal | None, str, str]:
    if result.exempt:
        return Effect.NONE, None, "", result.sentence
    if event.key in vetoes:
        veto = vetoes[event.key]
        return Effect.LIMITS, None, veto.limit, veto.sentence
    if event.key in entries:
        entry = entries[event.key]
        return _effect(entry), entry.counted, "", entry.sentence
    leaf = next(leaf for leaf in result.leaves if leaf.indicator.code == event.code)
    task = next((task for task in leaf.tasks if task.task == event.task), None)
    return Effect.OCCURS, None, "", task.outcome.reasoning if task else leaf.sentence


def _effect(entry: EntryResult) -> Effect:
    if entry.repeats:
        return Effect.REPEATED
    return Effect.CUT if entry.counted < entry.share else Effect.WHOLE


def _entries_of(group: GroupFacts, unit: UnitFacts, result: UnitResult) -> UnitEntries:
    used: dict[tuple[EventKind, str], Decimal] = {}
    for entry in result.entries:
        key = entry.event.kind, entry.event.code
        used[key] = used.get(key, Decimal(0)) + entry.counted
    sides = (
        tuple(CapUse(item.title, used[kind, item.code], item.cap) for item in kinds if (kind, item.code) in used)
        for kind, kinds in ((EventKind.BONUS, group.scheme.bonuses), (EventKind.DEDUCTION, group.scheme.deductions))
    )
    bonuses, deductions = sides
    occurrences = sum(event.occurrences for event in unit.events if event.kind is EventKind.OCCURRENCE)
    return UnitEntries(result, group.group.code, len(unit.events), bonuses, deductions, occurrences)
