"""The pages of the window: one line each. A page's module is imported when the page is first shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assessor.ui.pages.page import Page, Surroundings
    from assessor.work import Work


@dataclass(frozen=True)
class PageEntry:
    key: str
    title: str
    icon: str
    module: str
    class_name: str
    has_detail: bool = False
    """Whether the detail pane (得分依据) belongs to the page."""


PAGES: tuple[PageEntry, ...] = (
    PageEntry("overview", "概览", "overview", "assessor.ui.pages.overview", "OverviewPage"),
    PageEntry("tasks", "任务", "tasks", "assessor.ui.pages.tasks", "TasksPage"),
    PageEntry("units", "单位", "units", "assessor.ui.pages.units", "UnitsPage"),
    PageEntry("forms", "填报", "forms", "assessor.ui.pages.forms", "FormsPage"),
    PageEntry("scoring", "评分", "scoring", "assessor.ui.pages.scoring", "ScoringPage", has_detail=True),
    PageEntry("entries", "加减分", "entries", "assessor.ui.pages.entries", "EntriesPage", has_detail=True),
    PageEntry("review", "复核", "review", "assessor.ui.pages.review", "ReviewPage", has_detail=True),
    PageEntry("results", "结果", "results", "assessor.ui.pages.results", "ResultsPage", has_detail=True),
    PageEntry("charts", "图表", "charts", "assessor.ui.pages.charts", "ChartsPage"),
    PageEntry("analysis", "分析", "analysis", "assessor.ui.pages.analysis", "AnalysisPage"),
    PageEntry("report", "报告", "report", "assessor.ui.pages.report", "ReportPage"),
    PageEntry("evidence", "佐证", "evidence", "assessor.ui.pages.evidence", "EvidencePage"),
    PageEntry("scheme", "细则", "scheme", "assessor.ui.pages.scheme", "SchemePage"),
    PageEntry("rehearsal", "试算", "rehearsal", "assessor.ui.pages.rehearsal", "RehearsalPage"),
    PageEntry("history", "历史", "history", "assessor.ui.pages.history", "HistoryPage"),
)


def fetch_modules(entries: Iterable[PageEntry], work: Work) -> None:
    """Imports what the pages need, in a worker, so that the first showing of one has only itself to wait for. What is
    heavy (charts, papers) pages import later still."""
    for entry in entries:
        work.step(0.0, entry.title)
        import_module(entry.module)
        if entry.has_detail:
            import_module("assessor.ui.detail")


def title_of(page: str) -> str:
    """By the page's own key."""
    return next(entry.title for entry in PAGES if entry.key == page)


def key_of(page: str) -> str:
    """The keys that go to a page, by its own key: Ctrl with 1 to 9, then Alt with 1, 2, 3."""
    place = next(place for place, entry in enumerate(PAGES) if entry.key == page)
    return f"Ctrl+{place + 1}" if place < 9 else f"Alt+{place - 8}"


def load_page(entry: PageEntry, surroundings: Surroundings) -> Page:
    page: Page = getattr(import_module(entry.module), entry.class_name)(surroundings)
    page.setObjectName(entry.key)
    return page
