"""What was observed of the plan's targets, year by year."""

from __future__ import annotations

from decimal import Decimal

from assessor.domain.target import Observation
from assessor.errors import InputError
from assessor.workbook.known import listed
from assessor.workbook.rows import Row, put_row
from assessor.workbook.values import decimal_text
from assessor.workbook.workbook import Edit, Reading


def save_observation(edit: Edit, observation: Observation) -> None:
    """In place of the one before for the same target and year. Raises InputError where the target is unknown."""
    codes = [row["code"] for row in edit.rows("SELECT code FROM target ORDER BY position")]
    place = f"{observation.year} 年度 量化目标 {observation.target}"
    if observation.target not in codes:
        what = f"没有代码为“{observation.target}”的量化目标"
        raise InputError(what, place=place, remedy=f"方案中的量化目标代码有：{listed(codes)}")
    row: Row = {
        "target": observation.target,
        "year": observation.year,
        "value": decimal_text(observation.value, place),
        "source": observation.source,
        "is_sample": int(observation.is_sample),
    }
    put_row(edit, "observation", row)


def load_observations(source: Reading) -> tuple[Observation, ...]:
    """By target in the plan's order, then by year."""
    rows = source.rows(
        "SELECT observation.* FROM observation JOIN target ON target.code = observation.target"
        " ORDER BY target.position, observation.year"
    )
    return tuple(
        Observation(row["target"], row["year"], Decimal(row["value"]), row["source"], bool(row["is_sample"]))
        for row in rows
    )
