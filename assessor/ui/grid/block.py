"""Blocks of cells as text: tabs and lines as WPS and Excel write them, and tables of HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser

Block = tuple[tuple[str, ...], ...]
"""Rows of equal length."""


def block_text(block: Sequence[Sequence[str]]) -> str:
    """Cells by tabs, every row ended by a line break; what holds one of them or begins with a quote is quoted."""
    return "".join("\t".join(_quoted(cell) for cell in row) + "\n" for row in block)


def block_html(block: Sequence[Sequence[str]]) -> str:
    """The same as a table of HTML, for word processors and mail. Every cell is marked as text."""
    rows = "".join(f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in block)
    return f'<html><head><meta charset="utf-8"></head><body><table border="1">{rows}</table></body></html>'


def read_block(text: str) -> Block:
    """Reads tabs and lines. A quoted cell holds tabs, line breaks and doubled quotes; one break at the end is none.

    A quote that is never closed is a quote: what someone typed into a text, not what a spreadsheet wrote.
    """
    rows: list[list[str]] = [[]]
    place = 0
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    while True:
        cell, place = _read_cell(text, place)
        rows[-1].append(cell)
        if place >= len(text):
            break
        if text[place] == "\n":
            if place + 1 == len(text):
                break
            rows.append([])
        place += 1
    return _even(rows)


def read_html(html: str) -> Block:
    """The first table in ``html``; no rows where there is none. Merged cells hold their text in the first of them."""
    reader = _TableReader()
    reader.feed(html)
    reader.close()
    return _even([row for row in reader.rows if row])


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in "\t\n\r") or cell.startswith('"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _html_cell(cell: str) -> str:
    lines = "<br>".join(escape(line) for line in cell.split("\n"))
    return f"<td style=\"mso-number-format:'\\@';white-space:pre-wrap\">{lines}</td>"


def _read_cell(text: str, start: int) -> tuple[str, int]:
    """The cell that begins at ``start``, and where the tab or line break after it stands."""
    if text.startswith('"', start):
        found = _read_quoted(text, start + 1)
        if found is not None:
            return found
    ends = [end for end in (text.find("\t", start), text.find("\n", start)) if end >= 0]
    end = min(ends, default=len(text))
    return text[start:end], end


def _read_quoted(text: str, start: int) -> tuple[str, int] | None:
    parts, place = [], start
    while True:
        end = text.find('"', place)
        if end < 0:
            return None
        parts.append(text[place:end])
        if text.startswith('""', end):
            parts.append('"')
            place = end + 2
            continue
        after = end + 1
        if after < len(text) and text[after] not in "\t\n":
            return None
        return "".join(parts), after


def _even(rows: list[list[str]]) -> Block:
    width = max((len(row) for row in rows), default=0)
    return tuple((*row, *[""] * (width - len(row))) for row in rows)


class _TableReader(HTMLParser):
    """Collects the cells of the first table; line breaks of the markup are spaces, as a browser shows them."""

    _SKIPPED = frozenset({"style", "script", "head", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._depth = 0
        self._is_over = False
        self._skipping = 0
        self._cell: list[str] | None = None
        self._span = 1
        self._held: dict[int, int] = {}
        """Column -> rows that a merged cell above still covers."""
        self._downward = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SKIPPED:
            self._skipping += 1
        elif tag == "table":
            self._depth += 1
        elif self._depth != 1 or self._is_over:
            return
        elif tag == "tr":
            self._end_cell()
            self.rows.append([])
        elif tag in ("td", "th"):
            self._end_cell()
            self._begin_cell(dict(attrs))
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        elif tag == "table":
            self._end_cell()
            self._depth -= 1
            self._is_over = self._is_over or self._depth == 0
        elif tag in ("td", "th", "tr") and self._depth == 1:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._skipping:
            self._cell.append(_spaced(data))

    def _begin_cell(self, attributes: dict[str, str | None]) -> None:
        if not self.rows:
            self.rows.append([])
        row = self.rows[-1]
        while self._held.get(len(row), 0):
            self._held[len(row)] -= 1
            row.append("")
        self._cell = []
        self._span = _count(attributes.get("colspan"))
        self._downward = _count(attributes.get("rowspan"))

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        text = "\n".join(line.strip(" ") for line in "".join(self._cell).split("\n"))
        row = self.rows[-1]
        for column in range(len(row), len(row) + self._span):
            if self._downward > 1:
                self._held[column] = self._downward - 1
        row.extend([text.replace("\xa0", " "), *[""] * (self._span - 1)])
        self._cell = None


_MOST_SPANNED = 1000


def _count(text: str | None) -> int:
    return min(_MOST_SPANNED, max(1, int(text))) if text and text.strip().isdecimal() else 1


def _spaced(data: str) -> str:
    """White space of the markup, but not a non-breaking space, is one space."""
    return " ".join(data.replace("\t", " ").replace("\n", " ").replace("\r", " ").split(" "))
