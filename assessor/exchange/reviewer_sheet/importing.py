"""Reviewers' sheets of a workbook: issued from what it holds, and filled ones taken in as one edit."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assessor.domain.mark_import import IMPORT_LABEL, FilledSheet, MarkImport, SheetFault, read_together
from assessor.domain.mark_sheets import ReviewerSheet, sheets_to_issue
from assessor.domain.reviewing import ReviewerKey
from assessor.domain.scheme_reader import scheme_table
from assessor.domain.toml_text import toml_text
from assessor.domain.year_view import YearView
from assessor.errors import InputError
from assessor.exchange.reviewer_sheet.reading import read_reviewer_sheet
from assessor.work import Work
from assessor.workbook.backup import before
from assessor.workbook.backup_list import identity_of
from assessor.workbook.backup_names import Reason
from assessor.workbook.mark_decisions import save_decisions
from assessor.workbook.scheme_versions import load_versions
from assessor.workbook.settings import load_settings
from assessor.workbook.views import load_view
from assessor.workbook.workbook import Reading, Workbook
from assessor.workbook.years import list_years


@dataclass(frozen=True)
class SheetBatch:
    """Sheets that were read together, and what they come to."""

    year: int
    sheets: tuple[FilledSheet, ...]
    outcome: MarkImport


def sheets_of(
    workbook: Workbook, year: int, reviewers: Sequence[ReviewerKey] | None = None
) -> tuple[ReviewerSheet, ...]:
    """One for each reviewer (of ``reviewers``, None: of all) who has something to mark. Raises InputError where nobody
    has, and as ``load_view``."""
    with workbook.snapshot():
        view = load_view(workbook, year)
        identity, schemes = identity_of(workbook), schemes_now(workbook, view)
        title = f"{load_settings(workbook).title or view.plan.title} {year} 年度评委评分表"
    sheets = sheets_to_issue(view, identity, schemes, title, reviewers)
    if not sheets:
        remedy = "请先在“评委与极端分…”中添加评委，并核对评委分工"
        raise InputError("没有需要发放评分表的评委", place=f"{year} 年度", remedy=remedy)
    return sheets


def read_sheets(workbook: Workbook, year: int | None, paths: Sequence[Path], work: Work) -> SheetBatch:
    """Reads filled sheets and compares them with what is stored; nothing is written. ``year`` None: the one that the
    sheets were issued for. Raises InputError where no file is a sheet of a year of the workbook, Cancelled."""
    sheets: list[FilledSheet] = []
    faults: list[SheetFault] = []
    for place, path in enumerate(paths):
        work.step(place / max(len(paths), 1) * 0.8, f"读取 {path.name}（{place + 1} / {len(paths)}）")
        sheet, wrong = read_reviewer_sheet(path)
        faults += wrong
        if sheet is not None:
            sheets.append(sheet)
    known = {item.year for item in list_years(workbook)}
    issued = (sheet.identity.year for sheet in sheets if sheet.identity.year in known)
    wanted = year if year is not None else next(issued, None)
    if wanted is None:
        listed = "\n".join(map(str, faults)) or "评分表的年度不在这个工作簿中"
        raise InputError("没有可以导入的评分表", place=listed, remedy="请选择本工作簿发出的评委评分表")
    work.step(0.85, "与已有评分对照")
    return SheetBatch(wanted, tuple(sheets), _compare(workbook, wanted, sheets, faults))


def import_sheets(workbook: Workbook, batch: SheetBatch, work: Work) -> MarkImport:
    """Takes the marks in as one edit, after a backup. Nothing happens where nothing is new.

    Raises InputError where there are faults, or what is stored is no longer what the batch was compared with; as
    ``backup.before`` and ``save_decisions``; Cancelled.
    """
    outcome = batch.outcome
    if outcome.faults:
        raise InputError(
            f"有 {len(outcome.faults)} 处问题，没有导入", place=str(outcome.faults[0]), remedy="请改正后再导入"
        )
    if not outcome.given:
        return outcome
    work.step(0.1, "导入前备份")
    before(workbook, Reason.IMPORT, IMPORT_LABEL, work.part(0.1, 0.6))
    work.step(0.6, "写入评分")
    with workbook.edit(IMPORT_LABEL) as edit:
        if _compare(workbook, batch.year, batch.sheets, ()) != outcome:
            raise InputError("评分刚有变动，与核对时不同", place=IMPORT_LABEL, remedy="请重新导入这些评分表")
        save_decisions(edit, batch.year, outcome.given)
    return outcome


def schemes_now(source: Reading, view: YearView) -> str:
    """Versions and contents of the year's schemes, in one line."""
    parts = []
    for group in view.facts.groups:
        versions = len(load_versions(source, view.year.year, group.group.code))
        content = toml_text(scheme_table(group.scheme)).encode()
        parts.append(f"{group.group.code} {versions} {hashlib.sha256(content).hexdigest()[:12]}")
    return "; ".join(parts)


def _compare(workbook: Workbook, year: int, sheets: Sequence[FilledSheet], faults: Sequence[SheetFault]) -> MarkImport:
    with workbook.snapshot():
        view = load_view(workbook, year)
        return read_together(view, identity_of(workbook), schemes_now(workbook, view), sheets, faults)
