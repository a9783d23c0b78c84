"""What is found by a few letters: units, tasks, forms, indicators, events, evidence, years, and the window's commands.

An entry is found by its title, by other words of it (former names, codes) and by the initials of both. Every word that
is typed must be found in it. Best first: the whole, the beginning, the initials from the beginning, a part.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from assessor.domain.form_table import FormRow
from assessor.domain.initials import initials
from assessor.domain.place import Place
from assessor.domain.year import Year
from assessor.domain.year_view import YearView


class Kind(Enum):
    """In the order in which equals are shown."""

    COMMAND = "命令"
    UNIT = "单位"
    TASK = "任务"
    INDICATOR = "指标"
    RESULT = "得分"
    FORM = "填报"
    EVENT = "加减分"
    EVIDENCE = "佐证"
    YEAR = "年度"

    @cached_property
    def order(self) -> int:
        return list(Kind).index(self)


@dataclass(frozen=True)
class Entry:
    kind: Kind
    title: str
    detail: str = ""
    """Shown beside the title; it is searched, too."""
    words: tuple[str, ...] = ()
    """What it is found by besides."""
    place: Place = field(default_factory=Place)
    command: str = ""
    """Key of a command; the place of one is nowhere."""
    refusal: str = ""
    """Why it cannot be run now; empty: it can."""

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Title first."""
        return tuple(dict.fromkeys(_folded(text) for text in (self.title, self.detail, *self.words) if text))

    @cached_property
    def letters(self) -> tuple[str, ...]:
        return tuple(filter(None, dict.fromkeys(initials(key) for key in self.keys)))


@dataclass(frozen=True)
class EvidenceTitle:
    """What the search knows of a piece of evidence."""

    key: int
    unit: str
    short_name: str
    title: str
    file_name: str = ""


_MOST = 40
_MOST_OF_A_KIND = 10
_EXACT, _PREFIX, _LETTERS_PREFIX, _PART, _LETTERS_PART = range(5)


def search(entries: Sequence[Entry], typed: str, most: int = _MOST) -> tuple[Entry, ...]:
    """The best of the entries in which every word of ``typed`` is found; nothing typed finds nothing."""
    words = _folded(typed).split()
    if not words:
        return ()
    found = [(rank, entry) for entry in entries if (rank := _rank(entry, words)) is not None]
    found.sort(key=lambda item: (item[0], item[1].kind.order))  # equals stay in the order of the year
    taken: dict[Kind, int] = {}
    best = []
    for _rank_of, entry in found:
        taken[entry.kind] = taken.get(entry.kind, 0) + 1
        if taken[entry.kind] <= _MOST_OF_A_KIND:
            best.append(entry)
    return tuple(best[:most])


def entries_of(
    view: YearView, years: Iterable[Year], forms: Iterable[FormRow], evidence: Iterable[EvidenceTitle]
) -> tuple[Entry, ...]:
    """Everything of a year that can be gone to, and the workbook's other years; made ready to be searched."""
    found = (
        *_units(view),
        *_tasks(view),
        *_indicators(view),
        *_results(view),
        *_forms(forms),
        *_events(view),
        *(
            Entry(Kind.EVIDENCE, item.title, item.short_name, (item.file_name,),
                  Place("evidence", unit=item.unit, key=str(item.key)))
            for item in evidence
        ),
        *(Entry(Kind.YEAR, f"{year.year} 年度", place=Place(year=year.year)) for year in years),
    )  # fmt: skip
    for entry in found:
        _ = entry.letters
    return found


def _rank(entry: Entry, words: Sequence[str]) -> int | None:
    """None: one of the words is not found."""
    total = 0
    for word in words:
        rank = _rank_of_word(entry, word)
        if rank is None:
            return None
        total += rank
    return total


def _rank_of_word(entry: Entry, word: str) -> int | None:
    keys = entry.keys
    if word in keys:
        return _EXACT
    if any(key.startswith(word) for key in keys):
        return _PREFIX
    is_latin = word.isascii() and word.isalnum()
    if is_latin and any(letters.startswith(word) for letters in entry.letters):
        return _LETTERS_PREFIX
    if any(word in key for key in keys):
        return _PART
    if is_latin and len(word) > 1 and any(word in letters for letters in entry.letters):
        return _LETTERS_PART
    return None


def _units(view: YearView) -> Iterator[Entry]:
    groups = {group.code: group.title for group in view.plan.groups}
    for unit in view.plan.units:
        detail = f"{unit.name} · {groups.get(unit.group, '')}"
        words = (*unit.names, unit.code)
        yield Entry(Kind.UNIT, unit.short_name, detail, words, Place("units", unit=unit.code))


def _tasks(view: YearView) -> Iterator[Entry]:
    for task in view.plan.tasks:
        section = view.plan.section_by_code[task.section]
        yield Entry(
            Kind.TASK, f"{task.code} {task.title}", section.title, (task.title,), Place("tasks", task=task.code)
        )


def _indicators(view: YearView) -> Iterator[Entry]:
    for group in view.facts.groups:
        for item in group.scheme.indicators:
            place = Place("scoring", code=item.code, group=group.group.code)
            detail = f"{group.group.title} · {item.rule.label}"
            yield Entry(Kind.INDICATOR, f"{item.code} {item.title}", detail, (item.title,), place)


def _results(view: YearView) -> Iterator[Entry]:
    for group in view.result.groups:
        for result in group.units:
            unit = result.unit
            place_text = f"{'暂列' if result.provisional else ''}第 {result.rank} 名"
            standing = place_text if result.rank is not None else "不排名"
            detail = f"不参评：{result.exempt}" if result.exempt else f"{result.total} 分，{standing}"
            words = (f"{unit.short_name}得分", "得分 结果 名次")
            place = Place("results", unit=unit.code)
            yield Entry(Kind.RESULT, f"{unit.short_name} 得分", detail, words, place)


def _forms(forms: Iterable[FormRow]) -> Iterator[Entry]:
    for row in forms:
        place = Place("forms", unit=row.key.unit, task=row.key.task)
        yield Entry(Kind.FORM, row.place, row.state_text, (row.form_title,), place)


def _events(view: YearView) -> Iterator[Entry]:
    for group in view.facts.groups:
        for unit in group.units:
            for event in unit.events:
                place = Place("entries", unit=unit.unit.code, key=event.key)
                detail = f"{unit.unit.short_name} · {event.kind.label}"
                yield Entry(Kind.EVENT, event.reason or event.matter, detail, (event.matter,), place)


def _folded(text: str) -> str:
    """Without differences of width and case, and without blanks around it."""
    return unicodedata.normalize("NFKC", text).casefold().strip()
