"""Writes a document and reads the PDF back: pages, words and where they stand, outline, fonts."""

from __future__ import annotations

import html
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pypdf

from assessor.domain.year_view import YearView
from assessor.reports import ReportLog, write_report
from assessor.reports.validity import SAMPLE_HEAD
from assessor.work import Work

SIGNED_ON = date(2025, 1, 15)
MM = 72 / 25.4


@dataclass(frozen=True)
class Word:
    """A word and its box in points from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def is_landscape(self) -> bool:
        return self.width > self.height


@dataclass(frozen=True)
class Printed:
    path: Path
    log: ReportLog

    @cached_property
    def reader(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(self.path)

    @cached_property
    def texts(self) -> list[str]:
        """Each page's text without any blanks."""
        return [squeezed(page.extract_text()) for page in self.reader.pages]

    @cached_property
    def text(self) -> str:
        """The pages' texts one after the other, without their running heads, seals and page numbers."""
        head = squeezed(SAMPLE_HEAD)
        foot = r"(未定稿|定稿校验码[0-9a-f]{16})?—\d+—$"
        return "".join(re.sub(foot, "", page.removeprefix(head)) for page in self.texts)

    @cached_property
    def pages(self) -> list[Page]:
        return list(_read_boxes(self.tool("pdftotext", "-bbox", str(self.path), "-")))

    @cached_property
    def outline(self) -> list[tuple[int, str, int]]:
        """Level, title and page (from 0) of every entry."""
        return list(self._entries(self.reader.outline, 0))

    def _entries(self, items: list[object], level: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            if isinstance(item, list):
                yield from self._entries(item, level + 1)
            else:
                assert isinstance(item, pypdf.generic.Destination)
                page = self.reader.get_destination_page_number(item)
                assert page is not None
                yield level, str(item.title), page

    def tool(self, *command: str) -> str:
        """What a program of poppler says; it must be installed."""
        return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")


def print_report(kind: str, view: YearView, folder: Path, *, unit: str | None = None) -> Printed:
    path = folder / f"{kind}.pdf"
    return Printed(path, write_report(kind, view, path, unit=unit, signed_on=SIGNED_ON, work=Work()))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _read_boxes(bbox: str) -> Iterator[Page]:
    for page in re.finditer(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', bbox, re.DOTALL):
        words = tuple(
            Word(html.unescape(word[5]), float(word[1]), float(word[2]), float(word[3]), float(word[4]))
            for word in re.finditer(
                r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', page[3]
            )
        )
        yield Page(float(page[1]), float(page[2]), words)
