from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.target import Observation
from assessor.errors import InputError
from assessor.workbook.observations import load_observations, save_observation
from tests.workbook.builders import small_workbook


def test_observations_come_back_by_target_and_year_also_of_years_without_an_assessment(tmp_path: Path) -> None:
    later, earlier = Observation("suzhi", 2022, Decimal("12.930"), "调查"), Observation("suzhi", 2020, Decimal(9), "")
    other = Observation("peixun", 2021, Decimal(0), "统计", is_sample=True)
    with small_workbook(tmp_path) as workbook:
        with workbook.edit("录入监测") as edit:
            for observation in (other, Observation("suzhi", 2022, Decimal(1), "错"), later, earlier):
                save_observation(edit, observation)
        assert load_observations(workbook) == (earlier, later, other)
        assert str(load_observations(workbook)[1].value) == "12.930"


@pytest.mark.parametrize(
    ("observation", "what"),
    [
        (Observation("none", 2022, Decimal(1), ""), "没有代码为“none”的量化目标"),
        (Observation("suzhi", 2022, Decimal("Infinity"), ""), "不是有限的数字"),
    ],
)
def test_an_observation_that_cannot_be_is_refused(tmp_path: Path, observation: Observation, what: str) -> None:
    with (
        small_workbook(tmp_path) as workbook,
        pytest.raises(InputError, match=what) as refusal,
        workbook.edit("录入监测") as edit,
    ):
        save_observation(edit, observation)
    assert refusal.value.remedy
