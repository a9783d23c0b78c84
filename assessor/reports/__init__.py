"""The documents of a year as PDF: what there is, and writing one. ReportLab is imported only when one is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from assessor.errors import InputError, OutputError
from assessor.output import check_target, write_file
from assessor.work import Work

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView
    from assessor.reports.blocks import Document


@dataclass(frozen=True)
class Report:
    """A kind of document."""

    kind: str
    title: str
    needs_unit: bool
    compose: Callable[[YearView, str, date], Document]
    """The view, a unit's code (empty where none is needed), and the date of signing."""
    compose_with_robustness: Callable[[YearView, str, date], Document] | None = None
    """The same with the attachment 稳健性; None: it has none."""


@dataclass(frozen=True)
class ReportLog:
    pages: int
    faces: tuple[str, ...]
    """Names of the faces used."""
    missing: tuple[str, ...]
    """Characters that no face has; 〓 stands for them."""


def _compose_overall(view: YearView, unit: str, signed_on: date) -> Document:
    from assessor.reports.overall import compose

    return compose(view, signed_on)


def _compose_overall_with_robustness(view: YearView, unit: str, signed_on: date) -> Document:
    from assessor.reports.overall import compose

    return compose(view, signed_on, with_robustness=True)


def _compose_unit(view: YearView, unit: str, signed_on: date) -> Document:
    from assessor.reports.unit import compose

    return compose(view, unit, signed_on)


def _compose_review(view: YearView, unit: str, signed_on: date) -> Document:
    from assessor.reports.review import compose

    return compose(view, signed_on)


_REPORTS = (
    Report("overall", "考核结果报告", False, _compose_overall, _compose_overall_with_robustness),
    Report("unit", "考核结果反馈单", True, _compose_unit),
    Report("review", "复核情况表", False, _compose_review),
)
REPORTS: dict[str, Report] = {report.kind: report for report in _REPORTS}


def write_report(
    kind: str,
    view: YearView,
    path: Path,
    *,
    unit: str | None = None,
    signed_on: date,
    with_robustness: bool = False,
    work: Work,
) -> ReportLog:
    """Writes the document to ``path`` whole or not at all; ``unit`` is a unit's code.

    Raises InputError for an unknown kind or unit, or an attachment that the kind does not have, OutputError where
    ``path`` cannot be written or is not named as a PDF, Cancelled.
    """
    report = REPORTS.get(kind)
    if report is None:
        known = "、".join(f"{item.kind}（{item.title}）" for item in REPORTS.values())
        raise InputError(f"没有“{kind}”这种文件", remedy=f"可用的有：{known}")
    _check_pdf(path, report.title)
    work.step(0.0, "整理内容")
    make = report.compose_with_robustness if with_robustness else report.compose
    if make is None:
        raise InputError(f"{report.title}没有稳健性附件", remedy="只有考核结果报告可以附稳健性分析")
    document = make(view, _known_unit(report, view, unit), signed_on)
    content, log = _typeset(document, view, work)
    work.step(0.97, "写入文件")
    write_file(path, content)
    work.on_progress(1.0, "完成")
    return log


def write_document(document: Document, path: Path, work: Work) -> ReportLog:
    """As ``write_report``, for a document that is about no year and so has no charts."""
    _check_pdf(path, document.full_title)
    content, log = _typeset(document, None, work)
    work.step(0.97, "写入文件")
    write_file(path, content)
    work.on_progress(1.0, "完成")
    return log


def _check_pdf(path: Path, title: str) -> None:
    check_target(path)
    if path.suffix.casefold() != ".pdf":
        what = f"{title}只能写成 PDF 文件"
        raise OutputError(what, place=str(path), remedy="请把文件名写成以 .pdf 结尾")


def _known_unit(report: Report, view: YearView, unit: str | None) -> str:
    if not report.needs_unit:
        return ""
    if unit is None:
        raise InputError(f"{report.title}要写明单位", remedy="请选择一个单位")
    view.assessed_unit(unit)
    return unit


def _typeset(document: Document, view: YearView | None, work: Work) -> tuple[bytes, ReportLog]:
    from assessor.reports.official import OfficialPages
    from assessor.reports.text.faces import document_faces
    from assessor.reports.typesetting import Typesetter

    stream = BytesIO()
    with document_faces() as used:
        work.step(0.1, "载入字体")
        story = Typesetter(view, lambda caption: work.step(0.3, f"绘制{caption}")).story(document)
        total, reached = len(story), 0.5

        def on_progress(kind: str, handled: int) -> None:
            # Paragraphs that are split make the story longer again; progress never falls back.
            nonlocal reached
            if kind == "PROGRESS":
                reached = max(reached, 0.5 + 0.45 * handled / total)
                work.step(reached, f"排印第{pages.page}页")

        pages = OfficialPages(stream, document)
        pages.setProgressCallBack(on_progress)
        pages.build(story)
        return stream.getvalue(), ReportLog(pages.page, used.faces, used.missing)
