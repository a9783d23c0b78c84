"""Taking a scheme over whole: a draft, or one from a file, in the place of a year's."""

from __future__ import annotations

from dataclasses import dataclass

from assessor.domain.scheme import Scheme
from assessor.domain.scheme_check import SchemeCheck, check_scheme
from assessor.domain.scheme_comparison import Change, ComparedItem, compare_schemes
from assessor.errors import WorkbookError
from assessor.workbook.plans import load_groups
from assessor.workbook.scheme_changes import change_scheme, is_frozen, revise_scheme
from assessor.workbook.scheme_drafts import SchemeDraft, load_drafts
from assessor.workbook.scheme_use import facts_without_place
from assessor.workbook.schemes import load_scheme
from assessor.workbook.workbook import Edit, Reading
from assessor.workbook.years import load_year


@dataclass(frozen=True)
class Reception:
    """What a scheme meets in the workbook, before anything is taken over."""

    scheme: Scheme
    check: SchemeCheck
    year: int
    group_title: str
    present: Scheme
    """The year's scheme of the same group."""
    is_frozen: bool
    """Scoring has begun: taking it over needs a reason and makes a new version."""
    in_use: tuple[str, ...]
    """What of the year's data the scheme has no place for, a line each."""
    drafts: tuple[SchemeDraft, ...]
    """Of the group."""

    @property
    def compared(self) -> tuple[ComparedItem, ...]:
        return compare_schemes(self.present, self.scheme)

    @property
    def is_same(self) -> bool:
        return all(item.change is Change.SAME for item in self.compared)

    def refusal(self) -> str:
        """Why it cannot become the year's scheme; empty: it can."""
        if self.is_same:
            return "与年度细则完全相同"
        if self.in_use:
            return "下面这些项目在年度中已有数据，细则里不能没有它们"
        if self.is_frozen and not self.check.is_usable:
            return f"评分已经开始，有 {len(self.check.faults)} 个错误的细则不能采用，可以先存为草稿"
        return ""


def receive(source: Reading, year: int, scheme: Scheme) -> Reception:
    """Raises WorkbookError where the year has no group of that code."""
    with source.snapshot():
        titles = {group.code: group.title for group in load_groups(source)}
        if scheme.group not in titles:
            known = "、".join(f"{code}（{title}）" for code, title in titles.items())
            what = f"没有代码为“{scheme.group}”的考核组别"
            raise WorkbookError(
                what, place=f"细则《{scheme.title}》", remedy=f"请改细则中的组别代码，可写的有：{known}"
            )
        present = load_scheme(source, year, scheme.group)
        return Reception(
            scheme=scheme,
            check=check_scheme(scheme),
            year=year,
            group_title=titles[scheme.group],
            present=present,
            is_frozen=is_frozen(load_year(source, year)),
            in_use=facts_without_place(source, year, present, scheme),
            drafts=load_drafts(source, scheme.group),
        )


def adopt_scheme(edit: Edit, year: int, scheme: Scheme, reason: str = "") -> None:
    """Makes it the year's: an ordinary change before scoring begins, after that a new version with its reason. Raises
    as ``change_scheme`` and ``revise_scheme``."""
    if is_frozen(load_year(edit, year)):
        revise_scheme(edit, year, scheme, reason)
    else:
        change_scheme(edit, year, scheme.group, lambda _present: scheme)
