"""Writing cells: what is typed in (yellow), what is computed (a formula with its value), and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

Value = Decimal | Fraction | int | str | date | None

_DATE = "yyyy-mm-dd"
_SCORE = "0.00##"
"""Two places, more where a scheme rounds to more."""


@dataclass(frozen=True)
class Styles:
    """Formats of one book, by what a cell is."""

    book: Any

    def __post_init__(self) -> None:
        edge = {"border": 1, "border_color": "#D0D7DE", "valign": "vcenter"}
        head = {**edge, "bold": True, "bg_color": "#E4EEF9", "text_wrap": True, "align": "center"}
        made = {
            "title": {"bold": True, "font_size": 14},
            "head": head,
            "label": edge,
            "label_date": {**edge, "num_format": _DATE, "align": "left"},
            "input": {**edge, "bg_color": "#FFF8DC"},
            "input_date": {**edge, "bg_color": "#FFF8DC", "num_format": _DATE, "align": "left"},
            "cell": edge,
            "strong": {**edge, "bold": True},
            "score": {**edge, "num_format": _SCORE},
            "total": {**edge, "num_format": _SCORE, "bold": True},
            "share": {**edge, "num_format": "0.00%"},
            "note": {"text_wrap": True, "valign": "top"},
            "bad": {"bg_color": "#FBE6E4", "font_color": "#B3261E"},
        }
        object.__setattr__(self, "formats", {name: self.book.add_format(look) for name, look in made.items()})

    def __getitem__(self, name: str) -> Any:
        formats: dict[str, Any] = self.formats  # type: ignore[attr-defined]
        return formats[name]


@dataclass(frozen=True)
class Table:
    """A worksheet of which rows and columns are written by number, counted from 0."""

    name: str
    sheet: Any
    styles: Styles

    def heads(self, row: int, titles: Sequence[str], column: int = 0) -> None:
        for place, title in enumerate(titles):
            self.sheet.write_string(row, column + place, title, self.styles["head"])

    def put(self, row: int, column: int, value: Value, style: str = "label") -> None:
        """A constant; None leaves the cell empty."""
        look = self.styles[style]
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, look)
        elif isinstance(value, str):
            self.sheet.write_string(row, column, value, look)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, self.styles[f"{style}_date"])
        else:
            self.sheet.write_number(row, column, float(value), look)

    def compute(self, row: int, column: int, expression: str, value: Value, style: str = "cell") -> None:
        """A formula with the value that it has now."""
        shown: object = (
            float(value) if isinstance(value, Decimal | Fraction | int) else ("" if value is None else value)
        )
        self.sheet.write_formula(row, column, f"={expression}", self.styles[style], shown)

    def at(self, row: int, column: int) -> str:
        """As a formula on any sheet names the cell."""
        return f"{quoted_name(self.name)}!{here(row, column)}"

    def span(self, column: int, first: int, last: int) -> str:
        """The cells of a column, both ends included."""
        return f"{quoted_name(self.name)}!{here(first, column)}:{here(last, column)}"


def here(row: int, column: int) -> str:
    cell: str = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    return cell


def quoted_name(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def rounded(expression: str, decimals: int) -> str:
    """Half up, and never down for a binary digit that a division lost: first to nine places."""
    return f"ROUND(ROUND({expression},9),{decimals})"
