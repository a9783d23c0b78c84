"""A wrong value is shown as it stands in the file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from assessor.domain.table_reader import TableReader
from assessor.errors import PlanError


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "现为 true"),
        ("2025", '现为 "2025"'),
        (Decimal("1.50"), "现为 1.50"),
        (["a", 1, False, 3], '现为 ["a", 1, false, …]'),
        ({"a": 1}, "现为 一个表"),
        ("长" * 5000, f'现为 "{"长" * 39}…'),
    ],
)
def test_a_value_of_the_wrong_kind_is_shown_as_written_and_in_short(value: Any, shown: str) -> None:
    with pytest.raises(PlanError) as caught:
        TableReader({"year": value}, "方案.toml", PlanError).integer("year")
    assert caught.value.what == f"应为整数，{shown}"
    assert caught.value.place == "方案.toml 的 year"
