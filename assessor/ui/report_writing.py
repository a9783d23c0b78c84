"""Where a report is saved and under which name, and writing one or many. No widgets; runs in a worker's thread."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assessor.errors import OutputError, os_reason
from assessor.work import Work

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView


@dataclass(frozen=True)
class ReportOrder:
    """What is to be written: one kind of document, for nobody in particular, or for each of ``units`` (codes)."""

    kind: str
    view: YearView
    units: tuple[str, ...]
    signed_on: date
    folder: Path
    with_robustness: bool = False
    """With the attachment 稳健性, which not every kind has."""


@dataclass(frozen=True)
class Written:
    paths: tuple[Path, ...]
    pages: int
    missing: tuple[str, ...]
    """Characters that no typeface has."""


def default_folder(workbook: Path, documents: Path) -> Path:
    """``NAME.reports`` beside the workbook, or in the user's documents where that place cannot be written."""
    name = f"{workbook.stem}.reports"
    beside = workbook.parent / name
    is_open = os.access(beside if beside.exists() else workbook.parent, os.W_OK)
    return beside if is_open else documents / name


def report_path(order: ReportOrder, unit: str | None) -> Path:
    from assessor.reports import REPORTS

    found = order.view.result.find(unit) if unit else None
    name = f"（{found[1].unit.short_name}）" if found else ""
    safe = "".join("_" if sign in '\\/:*?"<>|' else sign for sign in name)
    return order.folder / f"{order.view.year.year}年度{REPORTS[order.kind].title}{safe}.pdf"


def write_order(order: ReportOrder, work: Work) -> Written:
    """Writes the document(s). Raises OutputError, InputError, Cancelled; what was finished before stays."""
    from assessor.reports import write_report

    _make_folder(order.folder)
    units: tuple[str | None, ...] = order.units or (None,)
    paths: list[Path] = []
    pages = 0
    missing: dict[str, None] = {}
    for number, unit in enumerate(units):
        path = report_path(order, unit)
        part = _part(work, number, len(units), path.stem)
        log = write_report(
            order.kind,
            order.view,
            path,
            unit=unit,
            signed_on=order.signed_on,
            with_robustness=order.with_robustness,
            work=part,
        )
        paths.append(path)
        pages += log.pages
        missing.update(dict.fromkeys(log.missing))
    return Written(tuple(paths), pages, tuple(missing))


def _part(work: Work, number: int, total: int, name: str) -> Work:
    """The progress of one of several documents as part of the whole; cancelling the whole cancels it.

    Typesetting takes a page back now and then; the bar does not.
    """
    head = f"{name}（{number + 1}/{total}）" if total > 1 else name
    reached = 0.0

    def report(fraction: float, text: str) -> None:
        nonlocal reached
        reached = max(reached, fraction)
        work.step((number + reached) / total, f"{head}：{text}")

    return Work(on_progress=report)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        what = f"无法新建文件夹（{os_reason(problem)}）"
        raise OutputError(what, place=str(folder), remedy="请换一个可以写入的文件夹") from problem
