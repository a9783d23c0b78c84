"""A unit is found by any name it answers to, and never by a guess."""

from __future__ import annotations

import pytest

from assessor.domain.unit import Unit
from assessor.domain.unit_names import find_unit
from assessor.errors import InputError

UNITS = (
    Unit("kexie", "宜春市科学技术协会", "市科协", "member", ("科协",)),
    Unit("jiaotiju", "宜春市教育体育局", "市教体局", "member", ("市教育局", "市体育局")),
    Unit("tiyu", "宜春市体育中心", "市体育中心", "member", ("市体育局",)),
)


@pytest.mark.parametrize("text", ["宜春市科学技术协会", "市科协", "科协", "kexie", " 市 科协\n", "ＫＥＸＩＥ"])
def test_every_name_finds_the_unit(text: str) -> None:
    assert find_unit(UNITS, text).code == "kexie"


def test_a_misspelt_name_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(InputError, match="没有“市科委协”这个单位") as caught:
        find_unit(UNITS, "市科委协", place="第3行")
    assert "市科协" in caught.value.remedy
    assert caught.value.place == "第3行"


def test_a_name_of_two_units_is_refused_naming_both() -> None:
    with pytest.raises(InputError, match=r"宜春市教育体育局、宜春市体育中心"):
        find_unit(UNITS, "市体育局")
