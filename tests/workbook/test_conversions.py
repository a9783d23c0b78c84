"""Settings of the conversion: of each year and group, those of the year before until there are own ones."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.conversion import Conversion, ConversionMethod, RankPoints
from assessor.errors import WorkbookError
from assessor.workbook.conversions import key_words, load_conversions, save_conversion, value_words
from assessor.workbook.undo import undo
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import small_workbook

BY_GRADE = Conversion(
    ConversionMethod.BY_GRADE,
    Decimal("5.0"),
    1,
    {"优秀": Decimal(5), "良好": Decimal("4.5")},
    (RankPoints(3, Decimal(4)),),
)
BY_RANK = Conversion(
    ConversionMethod.BY_RANK, Decimal(4), 2, {}, (RankPoints(5, Decimal(4)), RankPoints(15, Decimal(3)))
)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return small_workbook(tmp_path, (2023, 2024))


def save(workbook: Workbook, year: int, group: str, conversion: Conversion) -> None:
    with workbook.edit("折算设置") as edit:
        save_conversion(edit, year, group, conversion)


def test_what_is_saved_is_loaded_for_its_group_and_later_years(workbook: Workbook) -> None:
    with workbook:
        save(workbook, 2023, "member", BY_GRADE)
        assert load_conversions(workbook, 2022) == {}
        assert load_conversions(workbook, 2023) == {"member": BY_GRADE}
        assert load_conversions(workbook, 2024) == {"member": BY_GRADE}
        save(workbook, 2024, "member", BY_RANK)
        assert load_conversions(workbook, 2023) == {"member": BY_GRADE}
        assert load_conversions(workbook, 2024) == {"member": BY_RANK}


def test_saving_again_leaves_nothing_of_before_and_undo_brings_it_back(workbook: Workbook) -> None:
    with workbook:
        save(workbook, 2023, "member", BY_GRADE)
        save(workbook, 2023, "member", BY_RANK)
        assert load_conversions(workbook, 2023) == {"member": BY_RANK}
        undo(workbook)
        assert load_conversions(workbook, 2023) == {"member": BY_GRADE}


def test_a_year_that_there_is_not_is_refused(workbook: Workbook) -> None:
    with workbook, pytest.raises(WorkbookError), workbook.edit("折算设置") as edit:
        save_conversion(edit, 2030, "member", BY_RANK)


def test_the_history_says_it_in_words() -> None:
    groups = {"member": "成员单位"}
    assert key_words("conversion/2024/member/grade/优秀", groups) == "2024 年度 成员单位 折算 优秀"
    assert key_words("conversion/2024/member/rank/5", groups) == "2024 年度 成员单位 折算 至第 5 名"
    assert key_words("other", groups) == "other"
    assert value_words("conversion/2024/member/method", "by_rank") == "按名次"
    assert value_words("conversion/2024/member/full", "5") == "5"
