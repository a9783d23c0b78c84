"""The manual: a page in Chinese for each page of the window, in ``docs/manual``, and the sheet of shortcuts. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessor.errors import MachineError, os_reason
from assessor.resources import MANUAL
from assessor.ui.navigation import PAGES
from assessor.ui.shortcut_sheet import KeyLine, matching

START, SHORTCUTS, PROBLEMS = "start", "shortcuts", "problems"


@dataclass(frozen=True)
class Chapter:
    key: str
    title: str


CHAPTERS = (
    Chapter(START, "开始"),
    *(Chapter(entry.key, entry.title) for entry in PAGES),
    Chapter(SHORTCUTS, "快捷键"),
    Chapter(PROBLEMS, "出了问题"),
)


def text_of(chapter: str) -> str:
    """Its Markdown. Raises MachineError where the file is not there."""
    path = MANUAL / f"{chapter}.md"
    try:
        return path.read_text(encoding="utf-8")
    except OSError as problem:
        remedy = "请重新安装程序"
        raise MachineError(f"手册读不出来（{os_reason(problem)}）", place=str(path), remedy=remedy) from problem


def sheet_of(lines: Sequence[KeyLine], typed: str = "") -> str:
    """The sheet of shortcuts as Markdown; of ``typed`` only what is found."""
    found = matching(lines, typed)
    places = dict.fromkeys(line.place for line in found)
    parts = ["# 快捷键", ""]
    for place in places:
        parts += [f"## {place}", "", "| 按键 | 作用 |", "| --- | --- |"]
        parts += [f"| {line.keys} | {line.words} |" for line in found if line.place == place] + [""]
    return "\n".join(parts if found else [*parts, f"没有找到“{typed}”。"])


def chapters_with(typed: str, lines: Sequence[KeyLine]) -> tuple[Chapter, ...]:
    """In which every word of ``typed`` stands; all where nothing is typed."""
    words = typed.casefold().split()
    return tuple(chapter for chapter in CHAPTERS if all(word in _all_of(chapter, lines).casefold() for word in words))


def _all_of(chapter: Chapter, lines: Sequence[KeyLine]) -> str:
    return sheet_of(lines) if chapter.key == SHORTCUTS else f"{chapter.title}\n{text_of(chapter.key)}"
