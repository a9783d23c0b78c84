"""A plain-text table whose columns line up when Chinese characters are two cells wide."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from unicodedata import east_asian_width


def cell_width(text: str) -> int:
    """Width in terminal cells."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def format_table(head: Sequence[str], rows: Sequence[Sequence[str]], *, left: Collection[int] = ()) -> str:
    """Columns in ``left`` are flush left, the others flush right; no blanks at line ends."""
    widths = [max(cell_width(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = []
    for row in (head, *rows):
        cells = []
        for column, text in enumerate(row):
            gap = " " * (widths[column] - cell_width(text))
            cells.append(text + gap if column in left else gap + text)
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
