"""Builds small documents with the text layer and reads the PDF back."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path
from typing import Any

import pypdf
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from assessor.reports.text.faces import FaceLog, document_faces, initial_font_name
from assessor.reports.text.style import MM

TYPE_WIDTH, TYPE_HEIGHT = 156 * MM, 225 * MM


def print_story(story: list[Any], height: float = TYPE_HEIGHT) -> tuple[bytes, FaceLog]:
    """The PDF of a story on pages with the official type area (or a lower one)."""
    content = io.BytesIO()
    with document_faces() as log:
        document = BaseDocTemplate(
            content, pagesize=(210 * MM, 297 * MM), initialFontName=initial_font_name(), invariant=1
        )
        frame = Frame(28 * MM, 35 * MM, TYPE_WIDTH, height, 0, 0, 0, 0)
        document.addPageTemplates([PageTemplate(frames=[frame])])
        document.build(story)
    return content.getvalue(), log


def read_pages(pdf: bytes) -> list[str]:
    """The text of each page as pypdf extracts it."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def page_code(pdf: bytes, page: int = 0) -> str:
    """The operators of one page."""
    contents = pypdf.PdfReader(io.BytesIO(pdf)).pages[page].get_contents()
    assert contents is not None
    return contents.get_data().decode("latin-1")


def baselines(pdf: bytes, page: int = 0) -> list[float]:
    """The heights of the lines of text above the page's lower edge, top first, in points."""
    heights: set[float] = set()
    shift, saved = 0.0, []
    for line in page_code(pdf, page).splitlines():
        moved = re.fullmatch(r"1 0 0 1 \S+ (\S+) cm ?", line)
        text = re.match(r"BT 1 0 0 1 \S+ (\S+) Tm", line)
        if line == "q":
            saved.append(shift)
        elif line == "Q":
            shift = saved.pop()
        elif moved:
            shift += float(moved[1])
        elif text:
            heights.add(round(shift + float(text[1]), 2))
    return sorted(heights, reverse=True)


def run_tool(*command: str, pdf: bytes, folder: Path) -> str:
    """What a program of poppler says about the PDF; it must be installed. ``PDF`` in the command is its path."""
    path = folder / "printed.pdf"
    path.write_bytes(pdf)
    arguments = [str(path) if part == "PDF" else part for part in command]
    return subprocess.run(arguments, check=True, capture_output=True, cwd=folder).stdout.decode("utf-8")


def plain(text: str) -> str:
    """Without blanks and line ends."""
    return re.sub(r"\s", "", text)
