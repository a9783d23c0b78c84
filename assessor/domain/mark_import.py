"""Filled reviewers' sheets: what they mean for the marks of the year, and why they may not be taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor.domain.facts import Mark
from assessor.domain.mark_entry import MarkGiven
from assessor.domain.mark_sheets import SheetIdentity, stored_marks
from assessor.domain.reviewer_table import MarkPlace, PlaceKey, mark_places, panels_in
from assessor.domain.reviewing import ReviewerKey
from assessor.domain.wording import plain
from assessor.domain.year_view import YearView

IMPORT_LABEL = "导入评委评分表"


@dataclass(frozen=True)
class FilledMark:
    """A line of a sheet that came back."""

    key: PlaceKey
    cell: str
    """Of the mark."""
    value: Decimal | None
    """None: left empty."""
    fact: str = ""


@dataclass(frozen=True)
class FilledSheet:
    file: str
    sheet: str
    identity: SheetIdentity
    marks: tuple[FilledMark, ...]


@dataclass(frozen=True)
class SheetFault:
    file: str
    sheet: str
    cell: str
    """E.g. F7; empty: the sheet, or the file, as a whole."""
    what: str
    remedy: str

    @property
    def place(self) -> str:
        return " ".join(part for part in (self.file, self.sheet, self.cell) if part)

    def __str__(self) -> str:
        return f"{self.place}：{self.what}（{self.remedy}）"


@dataclass(frozen=True)
class Replacement:
    """A stored mark that the sheets would change."""

    reviewer: str
    unit: str
    """Short name."""
    indicator: str
    """Code, title and task."""
    old: str
    new: str

    @property
    def words(self) -> str:
        return f"{self.reviewer} {self.unit} {self.indicator}：{self.old} → {self.new}"


@dataclass(frozen=True)
class MarkImport:
    """What importing some sheets comes to. With faults nothing may be imported."""

    given: tuple[MarkGiven, ...] = ()
    """What is new, and what replaces."""
    added: int = 0
    same: int = 0
    left_empty: int = 0
    replaced: tuple[Replacement, ...] = ()
    faults: tuple[SheetFault, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        parts = [f"新增 {self.added} 个评分", f"改动 {len(self.replaced)} 个", f"相同 {self.same} 个"]
        if self.left_empty:
            parts.append(f"没有填的 {self.left_empty} 个，不改动已有评分")
        return "，".join(parts)


def identity_faults(view: YearView, workbook: str, sheet: FilledSheet) -> Iterator[SheetFault]:
    """Why a sheet is none of this workbook, year and its reviewers; nothing where it is."""

    def fault(what: str, remedy: str) -> SheetFault:
        return SheetFault(sheet.file, "", "", what, remedy)

    identity = sheet.identity
    if identity.workbook != workbook:
        yield fault("是另一个工作簿发出的评分表", "请打开发出它的工作簿再导入，或用本工作簿重新发放评分表")
    elif identity.year != view.year.year:
        yield fault(f"是 {identity.year} 年度的评分表", f"请先切换到 {identity.year} 年度再导入")
    elif identity.panel not in {panel.code for panel in panels_in(view)}:
        yield fault(f"细则中已没有评委组“{identity.panel}”", "请按现在的细则重新发放评分表")
    elif identity.reviewer not in view.facts.reviewers.get(identity.panel, ()):
        remedy = "请先在“评委与极端分…”中添加这位评委；他改过名的，请重新发放评分表"
        yield fault(f"评委组中没有“{identity.reviewer}”", remedy)


def read_together(
    view: YearView, workbook: str, schemes: str, sheets: Sequence[FilledSheet], faults: Sequence[SheetFault] = ()
) -> MarkImport:
    """What the sheets come to, beside ``faults`` of reading them. ``schemes``: as ``SheetIdentity.schemes``, now."""
    found = list(faults)
    notes: list[str] = []
    seen: dict[tuple[ReviewerKey, PlaceKey], tuple[FilledSheet, FilledMark]] = {}
    places: dict[str, dict[PlaceKey, MarkPlace]] = {}
    for sheet in sheets:
        refused = list(identity_faults(view, workbook, sheet))
        found += refused
        if refused:
            continue
        panel, reviewer = sheet.identity.panel, (sheet.identity.panel, sheet.identity.reviewer)
        if sheet.identity.schemes != schemes:
            notes.append(f"{sheet.file}：发放以后细则改过，请核对评分标准")
        known = places.setdefault(panel, {place.key: place for place in mark_places(view, panel)})
        for mark in sheet.marks:
            found += _mark_faults(sheet, mark, known, view, seen.get((reviewer, mark.key)))
            seen.setdefault((reviewer, mark.key), (sheet, mark))
    if found:
        return MarkImport(faults=tuple(found), notes=tuple(notes))
    return _compared(view, seen, places, tuple(notes))


def _mark_faults(
    sheet: FilledSheet,
    mark: FilledMark,
    known: Mapping[PlaceKey, MarkPlace],
    view: YearView,
    other: tuple[FilledSheet, FilledMark] | None,
) -> Iterator[SheetFault]:
    if mark.value is None:
        return
    if mark.key not in known:
        unit, indicator, task = mark.key
        what = f"这一行（{' '.join(part for part in (unit, indicator, task) if part)}）现在不由评委评分"
        yield SheetFault(
            sheet.file, sheet.sheet, mark.cell, what, "请清空这一行的评分；单位、细则或不涉及有变动的，请重新发放"
        )
    elif other is not None and other[1].value is not None and other[1].value != mark.value:
        what = f"与 {other[0].file} {other[1].cell} 的评分 {plain(other[1].value)} 不同"
        yield SheetFault(sheet.file, sheet.sheet, mark.cell, what, "同一位评委的两份表，请只导入一份，或改成一样")


def _compared(
    view: YearView,
    filled: Mapping[tuple[ReviewerKey, PlaceKey], tuple[FilledSheet, FilledMark]],
    places: Mapping[str, Mapping[PlaceKey, MarkPlace]],
    notes: tuple[str, ...],
) -> MarkImport:
    stored: dict[ReviewerKey, dict[PlaceKey, Mark]] = {}
    given: list[MarkGiven] = []
    replaced: list[Replacement] = []
    added = same = left_empty = 0
    for (reviewer, key), (_sheet, mark) in filled.items():
        if mark.value is None:
            left_empty += 1
            continue
        old = stored.setdefault(reviewer, stored_marks(view, reviewer)).get(key)
        panel, name = reviewer
        unit, indicator, task = key
        new = Mark(indicator, name, panel, mark.value, task, mark.fact)
        if old is not None and (old.value, old.fact) == (new.value, new.fact):
            same += 1
            continue
        given.append(MarkGiven(unit, new))
        if old is None:
            added += 1
        else:
            replaced.append(_replacement(places[panel][key], old, new))
    return MarkImport(tuple(given), added, same, left_empty, tuple(replaced), (), notes)


def _replacement(place: MarkPlace, old: Mark, new: Mark) -> Replacement:
    title = " ".join(part for part in (place.indicator.code, place.indicator.title, place.task or "") if part)
    return Replacement(new.reviewer, place.unit.short_name, title, _words(old), _words(new))


def _words(mark: Mark) -> str:
    return f"{plain(mark.value)}（{mark.fact}）" if mark.fact else plain(mark.value)
