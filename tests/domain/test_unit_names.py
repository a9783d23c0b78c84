"""A unit is found by any name it answers to, and never by a guess."""

from __future__ import annotations

import pytest

from assessor.domain.unit import Rename, Unit
from assessor.domain.unit_names import find_unit, match_unit
from assessor.errors import InputError

RENAMED = (Rename(2024, "宜春市文旅局", "市文旅局"),)
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


REGISTRY = (
    Unit("kexie", "宜春市科学技术协会", "市科协", "member"),
    Unit("nongye", "宜春市农业农村局", "市农业农村局", "member"),
    Unit("xiangcun", "宜春市乡村振兴局", "市乡村振兴局", "member", ("市扶贫办",), valid_to=2023, successor="nongye"),
    Unit(
        "wenlv",
        "宜春市文化广电新闻出版旅游局",
        "市文广新旅局",
        "member",
        renames=(Rename(2024, "宜春市文旅局", "市文旅局"),),
    ),
    Unit("zhangshu", "樟树市", "樟树市", "county"),
)


@pytest.mark.parametrize(
    ("text", "year", "code"),
    [
        ("宜春市科协", 2024, "kexie"),
        ("“市科协”", 2024, "kexie"),
        ("填报单位：宜春市科学技术协会（盖章）", 2024, "kexie"),
        ("单位名称：市科协 (公章)", 2024, "kexie"),
        ("市文广新旅局", 2022, "wenlv"),
        ("市文广新旅局", 2024, "wenlv"),
        ("市文旅局", 2022, "wenlv"),
        ("市扶贫办", 2023, "xiangcun"),
        ("樟树市", 2024, "zhangshu"),
    ],
)
def test_names_of_any_year_and_with_the_city_are_certain(text: str, year: int, code: str) -> None:
    match = match_unit(REGISTRY, text, year)
    assert match.unit is not None
    assert match.unit.code == code


def test_a_matched_unit_bears_the_years_own_name() -> None:
    match = match_unit(REGISTRY, "市文广新旅局", 2024)
    assert match.unit is not None
    assert match.unit.short_name == "市文旅局"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("市农业农林局", "nongye"),
        ("文旅局", "wenlv"),
        ("科协", "kexie"),
        ("樟树市科协", "kexie"),
        ("市乡村振兴局", "nongye"),
    ],
)
def test_what_is_not_certain_is_proposed(text: str, first: str) -> None:
    match = match_unit(REGISTRY, text, 2024)
    assert match.unit is None
    assert match.suggestions[0].unit.code == first


def test_a_name_that_is_gone_is_proposed_with_who_took_over() -> None:
    (first, *_rest) = match_unit(REGISTRY, "市扶贫办", 2024).suggestions
    assert first.unit.code == "nongye"
    assert first.reason == "“市乡村振兴局”到 2023 年为止，由它承接"


def test_a_name_borne_in_the_year_comes_before_one_of_another_year() -> None:
    """One unit has taken the name that another gave up."""
    renamed = Unit("a", "宜春市甲局", "市甲局", "member", renames=(Rename(2024, "宜春市乙局", "市乙局"),))
    heir = Unit("b", "宜春市甲局", "市甲局", "member", valid_from=2024)
    assert match_unit((renamed, heir), "市甲局", 2024).unit == heir
    in_2023 = match_unit((renamed, heir), "市甲局", 2023).unit
    assert in_2023 is not None
    assert in_2023.code == "a"


def test_nonsense_is_like_nothing() -> None:
    match = match_unit(REGISTRY, "哈哈", 2024)
    assert (match.unit, match.suggestions) == (None, ())
