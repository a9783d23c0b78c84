from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.domain.conversion import Conversion, ConversionMethod, RankPoints
from assessor.domain.conversion_table import (
    conversion_text,
    converted_groups,
    converted_texts,
    read_bands,
    read_points,
)
from assessor.errors import InputError
from tests.domain.builders import unit
from tests.reports.views import member, small_view

BY_GRADE = {"优秀": Decimal(5), "良好": Decimal("4.5"), "合格": Decimal(4), "不合格": Decimal(2)}


def test_each_group_is_converted_by_its_own_settings_or_the_usual_ones() -> None:
    view = small_view(member("kexie", "54", "36"), unit("jiaotiju", exempt="当年新设"))
    (usual,) = converted_groups(view, {"county": Conversion(full=Decimal(9))})
    assert [converted_texts(item, usual.group) for item in usual.units] == [
        ("成员单位", "市kexie", "90.00", "1", "优秀", "4.50", "总分 90.00 / 100 × 5 分 = 4.50 分"),
        ("成员单位", "市jiaotiju", "—", "—", "—", "—", "不参评：当年新设"),
    ]
    own = Conversion(ConversionMethod.BY_GRADE, by_grade=BY_GRADE)
    (group,) = converted_groups(view, {"member": own})
    assert group.units[0].points == Decimal("5.00")


def test_settings_that_no_longer_fit_are_refused_with_their_group() -> None:
    with pytest.raises(InputError, match="没有写") as raised:
        converted_groups(small_view(), {"member": Conversion(ConversionMethod.BY_GRADE)})
    assert raised.value.place == "成员单位的折算"


def test_the_sentence_says_by_what() -> None:
    (group,) = converted_groups(small_view(), {})
    assert conversion_text(Conversion(), group.group) == "按得分比例：折算分 = 总分 / 100 × 5 分，四舍五入到 2 位小数"
    by_grade = Conversion(ConversionMethod.BY_GRADE, by_grade=BY_GRADE)
    assert conversion_text(by_grade, group.group).startswith("按等次：优秀 5 分，良好 4.5 分")
    bands = (RankPoints(1, Decimal(5)), RankPoints(4, Decimal("4.2")))
    by_rank = Conversion(ConversionMethod.BY_RANK, by_rank=bands)
    assert conversion_text(by_rank, group.group) == "按名次：第 1 名 5 分，第 2–4 名 4.2 分，其后 0 分（满分 5 分）"


def test_what_is_typed_is_read_or_refused() -> None:
    assert read_points(" 4.5 分 ", "折算满分") == Decimal("4.5")
    assert read_bands([("5", "5"), ("", ""), ("15", "4")]) == (RankPoints(5, Decimal(5)), RankPoints(15, Decimal(4)))
    for text, message in (("", "没有填写"), ("五", "不是数字"), ("NaN", "不是数字")):
        with pytest.raises(InputError, match=message):
            read_points(text, "折算满分")
    with pytest.raises(InputError, match="第 2 档的末位名次没有填写"):
        read_bands([("5", "5"), ("", "4")])
    with pytest.raises(InputError, match="不是名次"):
        read_bands([("五", "5")])
