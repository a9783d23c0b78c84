from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.extremes import Extremes
from assessor.errors import InputError
from assessor.workbook.facts import load_facts
from assessor.workbook.workbook import Workbook
from assessor.workbook.year_preferences import load_extremes, save_extremes
from tests.workbook.builders import small_workbook


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return small_workbook(tmp_path, (2023, 2024))


def test_the_bounds_of_extreme_marks_are_the_years_own(workbook: Workbook) -> None:
    with workbook:
        with workbook.edit("设置极端分") as edit:
            save_extremes(edit, 2023, Extremes(Decimal("50.5"), Decimal(98)))
        assert load_facts(workbook, 2023).extremes == Extremes(Decimal("50.5"), Decimal(98))
        assert load_extremes(workbook, 2024) == Extremes(Decimal(60), Decimal(95))


def test_bounds_lie_between_0_and_100_and_are_themselves_not_extreme() -> None:
    bounds = Extremes()
    assert [bounds.holds(Decimal(value)) for value in ("59.99", "60", "95", "95.01")] == [True, False, False, True]
    for low, high in ((-1, 95), (96, 95), (60, 101)):
        with pytest.raises(InputError, match="界限"):
            Extremes(Decimal(low), Decimal(high))
