"""Dates as typed: the usual forms are read, anything doubtful is refused with a remedy."""

from __future__ import annotations

from datetime import date

import pytest

from assessor.domain.dates import read_date
from assessor.errors import InputError


@pytest.mark.parametrize(
    "text",
    [
        "2025-12-05",
        "2025-12-5",
        "2025/12/5",
        "2025.12.05",
        "2025年12月5日",
        "20251205",
        " 2025-12-05 ",
        "２０２５。12．5",
    ],
)
def test_the_usual_forms_are_read(text: str) -> None:
    assert read_date(text, "成文日期") == date(2025, 12, 5)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("2025-13-40", "日历上没有“2025-13-40”这一天"),
        ("2025-02-29", "日历上没有“2025-02-29”这一天"),
        ("0025-12-05", "“0025-12-05”的年份不对"),
        ("2025-12", "“2025-12”不是日期"),
        ("2025-12/05", "“2025-12/05”不是日期"),
        ("25-12-05", "“25-12-05”不是日期"),
        ("明天", "“明天”不是日期"),
        ("  ", "没有填写日期"),
    ],
)
def test_anything_else_is_refused_with_its_place_and_a_remedy(text: str, what: str) -> None:
    with pytest.raises(InputError) as problem:
        read_date(text, "成文日期")
    assert problem.value.what == what
    assert problem.value.place == "成文日期"
    assert "2025-12-05" in problem.value.remedy


@pytest.mark.parametrize("text", ["12月5日", "12-5", "12.05", "12/5", "１２月５日"])
def test_a_day_without_its_year_is_of_the_year_that_is_asked_for(text: str) -> None:
    assert read_date(text, "材料日期", 2025) == date(2025, 12, 5)
    with pytest.raises(InputError):
        read_date(text, "材料日期")


def test_a_day_that_the_year_does_not_have_is_refused() -> None:
    with pytest.raises(InputError) as problem:
        read_date("2月29日", "材料日期", 2025)
    assert problem.value.what == "日历上没有“2月29日”这一天"
