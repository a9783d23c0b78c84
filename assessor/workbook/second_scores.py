"""What a second reviewer gives where the office scores its own unit (复评)."""

from __future__ import annotations

from decimal import Decimal

from assessor.domain.review import SecondScore
from assessor.workbook.known import require_indicator, require_unit
from assessor.workbook.rows import Row, put_row, remove_row
from assessor.workbook.values import bounded_decimal_text, required_text
from assessor.workbook.workbook import Edit, Reading


def save_second_score(edit: Edit, year: int, second: SecondScore) -> None:
    """In place of the one before. Raises InputError where the unit or indicator is unknown, the points are outside 0 to
    the indicator's, or nobody is named."""
    known = require_unit(edit, year, second.unit)
    full = require_indicator(edit, known, second.indicator)
    place = known.place(second.indicator, "复评")
    row: Row = {
        "year": year,
        "unit": second.unit,
        "group_code": known.group,
        "indicator": second.indicator,
        "points": bounded_decimal_text(second.points, 0, full, place),
        "scorer": required_text(second.scorer, "复评人", place),
        "note": second.note.strip(),
    }
    put_row(edit, "second_score", row)


def remove_second_score(edit: Edit, year: int, unit: str, indicator: str) -> None:
    """Nothing happens where there is none."""
    remove_row(edit, "second_score", {"year": year, "unit": unit, "indicator": indicator})


def load_second_scores(source: Reading, year: int) -> dict[tuple[str, str], SecondScore]:
    """By unit and indicator."""
    rows = source.rows("SELECT * FROM second_score WHERE year = ? ORDER BY unit, indicator", (year,))
    return {
        (row["unit"], row["indicator"]): SecondScore(
            row["unit"], row["indicator"], Decimal(row["points"]), row["scorer"], row["note"]
        )
        for row in rows
    }
