"""The registry as a table: a row for every unit with its contact, validity, tasks and standing, as a year has it; and
what is told of one unit beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial

from assessor.domain.contact import Contact
from assessor.domain.facts import UnitFacts
from assessor.domain.plan import Role
from assessor.domain.registry_change import Refusal, RegistryState, Request
from assessor.domain.registry_edits import (
    correct_names,
    group_refusals,
    move_to_group,
    set_aliases,
    slip_refusals,
    validity_words,
)
from assessor.domain.registry_names import clean_aliases, clean_name
from assessor.domain.results import UnitResult, YearResult
from assessor.domain.unit import Succession, SuccessionKind, Unit
from assessor.domain.year_view import YearView

NONE = "—"


@dataclass(frozen=True)
class UnitYear:
    """How a unit stood in a year."""

    year: int
    total: Decimal | None
    """None: it was not assessed."""
    rank: int | None
    grade: str
    """不参评 and 暂估 stand here, too."""
    is_sealed: bool

    @property
    def total_text(self) -> str:
        return NONE if self.total is None else f"{self.total:f}"

    @property
    def rank_text(self) -> str:
        return NONE if self.rank is None else str(self.rank)


@dataclass(frozen=True)
class RegistryData:
    """What a workbook knows of its units beyond a single year."""

    state: RegistryState
    contacts: Mapping[str, tuple[Contact, ...]] = field(default_factory=dict)
    standings: Mapping[str, tuple[UnitYear, ...]] = field(default_factory=dict)
    """By unit: its years, in order."""
    seals: Mapping[int, str] = field(default_factory=dict)
    """Sealed year -> digest of the seal whose results the standings are."""

    def standings_in(self, year: int) -> dict[str, UnitYear]:
        """By unit."""
        return {unit: item for unit, years in self.standings.items() for item in years if item.year == year}


@dataclass(frozen=True)
class UnitRow:
    """Names are those of the year that is looked at."""

    code: str
    short_name: str
    name: str
    group: str
    """Code."""
    group_title: str
    aliases: tuple[str, ...]
    contact: str
    phone: str
    more_contacts: int
    validity: str
    is_valid: bool
    """In the year that is looked at."""
    successor: str
    """Who carries on its history; empty: nobody."""
    tasks: int | None
    """In the year that is looked at; None: it is not assessed in it."""
    leads: int
    grade_before: str
    """Of the year before, its own or of the unit whose history it carries."""


@dataclass(frozen=True)
class TaskLine:
    code: str
    title: str
    role: str
    target: str
    state: str
    """不涉及 with its reason, or empty."""


def unit_rows(data: RegistryData, view: YearView) -> tuple[UnitRow, ...]:
    """In the registry's order."""
    groups = {group.code: group.title for group in view.plan.groups}
    facts = {unit.unit.code: unit for group in view.facts.groups for unit in group.units}
    return tuple(_row(data, view, unit, groups, facts.get(unit.code)) for unit in data.state.plan.units)


def standing_of_unit(result: UnitResult, year: int, *, is_sealed: bool) -> UnitYear:
    grade = "不参评" if result.exempt else "暂估" if result.provisional else result.grade or "未排名"
    return UnitYear(year, None if result.exempt else result.total, result.rank, grade, is_sealed)


def standings_of(result: YearResult, *, is_sealed: bool) -> dict[str, UnitYear]:
    """By unit."""
    return {
        unit.unit.code: standing_of_unit(unit, result.year.year, is_sealed=is_sealed)
        for group in result.groups
        for unit in group.units
    }


def lineage_lines(data: RegistryData, unit: str) -> tuple[str, ...]:
    """Former names by year, what it took over, who split off from it, what became of it: by year."""
    state = data.state
    known = state.unit(unit)
    lines = [(item.from_year, f"{item.from_year} 年起称“{item.name}”（{item.short_name}）") for item in known.renames]
    if known.renames:
        lines.append((0, f"{known.renames[0].from_year} 年以前称“{known.name}”（{known.short_name}）"))
    lines += [
        (item.from_year, _succession_words(state, item, unit))
        for item in state.plan.successions
        if unit in (item.unit, item.successor)
    ]
    if not lines:
        return (f"{validity_words(known)}参加考核；没有更名、合并和拆分。",)
    return tuple(text for _year, text in sorted(lines, key=lambda line: line[0]))


def task_lines(view: YearView, unit: str) -> tuple[TaskLine, ...]:
    """The unit's tasks in the year, in the plan's order."""
    facts = next((known for group in view.facts.groups for known in group.units if known.unit.code == unit), None)
    if facts is None:
        return ()
    tasks = view.plan.task_by_code
    return tuple(
        TaskLine(
            item.task,
            tasks[item.task].title,
            item.role.label,
            "" if item.target is None else f"{item.target:f} {item.measure}".rstrip(),
            f"不涉及：{item.not_applicable}" if item.not_applicable else "",
        )
        for item in facts.assignments
    )


def name_refusal(data: RegistryData, unit: str, year: int) -> str:
    """Why the names that the unit bears in the year cannot be mended; empty: they can."""
    return _words(slip_refusals(data.state, data.state.unit(unit), year))


def group_refusal(data: RegistryData, unit: str) -> str:
    """Why the unit cannot change its group; empty: it can."""
    return _words(group_refusals(data.state, data.state.unit(unit)))


def _words(refusals: Iterable[Refusal]) -> str:
    first = next(iter(refusals), None)
    return "" if first is None else f"{first.what}；{first.remedy}"


def _succession_words(state: RegistryState, item: Succession, unit: str) -> str:
    """What ends is called as it was last, what begins as it is called then."""
    year = item.from_year
    old, new = state.unit(item.unit).in_year(year - 1).short_name, state.unit(item.successor).in_year(year).short_name
    is_merger = item.kind is SuccessionKind.MERGE
    if item.successor == unit:
        text = f"“{old}”并入" if is_merger else f"从“{old}”分设"
    else:
        text = f"并入“{new}”" if is_merger else f"分出“{new}”"
    return f"{year} 年起，{text}" + (f"（{item.note}）" if item.note else "")


def _row(data: RegistryData, view: YearView, unit: Unit, groups: Mapping[str, str], facts: UnitFacts | None) -> UnitRow:
    year = view.year.year
    named = unit.in_year(year)
    contacts = data.contacts.get(unit.code, ())
    before = view.previous_of(unit.code) if facts is not None else None
    heir = view.plan.unit_by_code.get(unit.successor or "")
    return UnitRow(
        code=unit.code,
        short_name=named.short_name,
        name=named.name,
        group=unit.group,
        group_title=groups.get(unit.group, unit.group),
        aliases=unit.aliases,
        contact=contacts[0].name if contacts else "",
        phone=contacts[0].phone if contacts else "",
        more_contacts=max(len(contacts) - 1, 0),
        validity=validity_words(unit),
        is_valid=unit.is_valid_in(year),
        successor=heir.short_name if heir is not None else "",
        tasks=len(facts.assignments) if facts is not None else None,
        leads=sum(item.role is Role.LEAD for item in facts.assignments) if facts is not None else 0,
        grade_before=NONE if before is None else standing_of_unit(before[1], year - 1, is_sealed=False).grade,
    )


def cell_requests(row: UnitRow, values: Mapping[str, object], year: int) -> tuple[Request, ...]:
    """What the cells of a row that were typed into ask for, by column: names, aliases, group."""
    requests: list[Request] = []
    if values.keys() & {"name", "short_name"}:
        name, short = str(values.get("name", row.name)), str(values.get("short_name", row.short_name))
        requests.append(partial(correct_names, unit=row.code, name=name, short_name=short, year=year))
    aliases = values.get("aliases")
    if isinstance(aliases, tuple):
        requests.append(partial(set_aliases, unit=row.code, aliases=aliases))
    if "group" in values:
        requests.append(partial(move_to_group, unit=row.code, group=str(values["group"])))
    return tuple(requests)


def with_main_contact(contacts: Sequence[Contact], values: Mapping[str, object]) -> tuple[Contact, ...] | None:
    """The contacts where the main one's name or phone was typed over; None where neither was."""
    given = {
        field: str(values[column]) for column, field in (("contact", "name"), ("phone", "phone")) if column in values
    }
    if not given:
        return None
    first = contacts[0] if contacts else Contact("")
    return (replace(first, **given), *contacts[1:])


def split_aliases(text: str) -> tuple[str, ...]:
    """As typed in one cell: 市科协、科协 or each on a line. Raises InputError where one is no name."""
    return clean_aliases(re.split(r"[、，,;；\n]", text))


def checked_name(
    data: RegistryData, row: UnitRow, year: int, *, name: str | None = None, short_name: str | None = None
) -> str:
    """The full or the short name as it was typed. Raises InputError where it is no name, or another unit's."""
    full = row.name if name is None else clean_name(name, "全称")
    short = row.short_name if short_name is None else clean_name(short_name, "简称")
    correct_names(data.state, unit=row.code, name=full, short_name=short, year=year).require_allowed()
    return full if name is not None else short


def checked_aliases(data: RegistryData, row: UnitRow, text: str) -> tuple[str, ...]:
    """Raises InputError where one is no name, or another unit's."""
    aliases = split_aliases(text)
    set_aliases(data.state, unit=row.code, aliases=aliases).require_allowed()
    return aliases
