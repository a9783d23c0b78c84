from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.domain.criterion_text import bound_faults, text_faults

CHISHUI = "70分以下为不达标，70-90分为达标，90分以上为优秀"
"""赤水市 2008, as printed."""
YUNNAN = "每年召开专题会议至少1次得0.3分"
"""A county's table of 2017, where the item has 3 points."""


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("", "3"),
        ("按完成量与目标值之比计分，满分 80 分，超额不加分。", "80"),
        ("明确分管领导得 2 分，明确责任科室得 1 分，明确联络员得 1 分。", "4"),
        ("全年 2 次及以上得 20 分，1 次得 12 分，未召开不得分。", "20"),
        ("每条得 0.5 分，最高 2 分。", "2"),
        ("每发生一次扣 0.5 分，扣完为止。", "5"),
        ("90分以上优秀，80分以上良好，60分以上合格，以上含本数，以下不含本数。", "100"),
        ("80-89 次得 8 分，90-100 次得 10 分。", "10"),
        ("开放 300 天及以上得 5 分，不足 300 天得 3 分。", "5"),
        ("每场不少于 30 分钟，得 2 分。", "2"),
    ],
)
def test_sound_words_raise_no_doubt(text: str, points: str) -> None:
    assert text_faults(text, Decimal(points)) == ()


def test_bounds_that_belong_to_two_bands_are_named() -> None:
    found = bound_faults(CHISHUI)
    assert [fault.what for fault in found] == [
        "“70分以下”和“70-90分”都包括 70，70 属于两档",
        "“70-90分”和“90分以上”都包括 90，90 属于两档",
    ]
    assert all(fault.is_ambiguous for fault in found)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("优秀90-100%，合格60-80%", "“60-80%”和“90-100%”之间有空档"),
        ("1至5次得1分，4至8次得2分", "“1至5次”和“4至8次”重叠"),
    ],
)
def test_gaps_and_overlaps_are_named(text: str, what: str) -> None:
    assert [fault.what for fault in bound_faults(text)] == [what]


def test_points_that_are_not_the_items_are_doubted() -> None:
    (found,) = text_faults(YUNNAN, Decimal(3))
    assert found.what == "评分标准写的是 0.3 分，分值却是 3 分"
    assert not found.is_ambiguous
