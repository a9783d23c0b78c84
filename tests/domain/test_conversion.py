from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.domain.conversion import Conversion, ConversionMethod, RankPoints, convert
from assessor.domain.results import GroupResult
from assessor.domain.scheme import Ceiling, EntryKind
from assessor.errors import InputError
from tests.domain.builders import plain_scheme, score_group, unit

BY_GRADE = {"优秀": Decimal(5), "良好": Decimal("4.5"), "合格": Decimal(4), "不合格": Decimal(2)}
BY_RANK = (RankPoints(1, Decimal(5)), RankPoints(2, Decimal("4.2")))


def group(**settings: object) -> GroupResult:
    return score_group(
        plain_scheme(**settings),
        unit("a", given={"1.1": 56, "2.1": 37}),  # 93
        unit("b", given={"1.1": 50, "2.1": 37}),  # 87
        unit("c", given={"1.1": 40, "2.1": "21.25"}),  # 61.25
        unit("d", exempt="当年新设"),
        unit("e", given={"1.1": 40}),
    )


def points(conversion: Conversion, of: GroupResult | None = None) -> dict[str, Decimal | None]:
    return {item.result.unit.code: item.points for item in convert(of or group(), conversion)}


def test_linear_by_the_most_a_total_can_be() -> None:
    found = points(Conversion(full=Decimal(5)))
    assert found == {"a": Decimal("4.65"), "b": Decimal("4.35"), "c": Decimal("3.06"), "d": None, "e": None}
    with_bonus = group(bonuses=(EntryKind("p", "表彰", Decimal(10)),), ceiling=Ceiling.WITH_BONUS)
    assert points(Conversion(full=Decimal(5)), with_bonus)["a"] == Decimal("4.23")  # of 110


def test_by_grade_and_by_rank() -> None:
    found = points(Conversion(ConversionMethod.BY_GRADE, by_grade=BY_GRADE))
    assert found == {"a": Decimal(5), "b": Decimal("4.50"), "c": Decimal(4), "d": None, "e": None}
    found = points(Conversion(ConversionMethod.BY_RANK, by_rank=BY_RANK))
    assert (found["a"], found["b"], found["c"]) == (Decimal(5), Decimal("4.20"), Decimal(0))


def test_each_says_how_or_why_not() -> None:
    words = {item.result.unit.code: item.sentence or item.reason for item in convert(group(), Conversion())}
    assert words["c"] == "总分 61.25 / 100 × 5 分 = 3.06 分"
    assert words["d"] == "不参评：当年新设"
    assert words["e"] == "得分暂估，定稿后折算"


@pytest.mark.parametrize(
    ("conversion", "message"),
    [
        (Conversion(full=Decimal(0)), "折算满分 0 应大于 0"),
        (Conversion(decimals=5), "小数位数"),
        (Conversion(ConversionMethod.BY_GRADE, by_grade={"优秀": Decimal(5)}), "没有写“良好”“合格”“不合格”折算多少分"),
        (Conversion(ConversionMethod.BY_GRADE, by_grade={**BY_GRADE, "合格": Decimal("4.8")}), "等次低的折算分高于"),
        (Conversion(ConversionMethod.BY_GRADE, by_grade={**BY_GRADE, "优秀": Decimal(6)}), "应在 0 到 5 之间"),
        (Conversion(ConversionMethod.BY_RANK), "没有写名次"),
        (Conversion(ConversionMethod.BY_RANK, by_rank=(BY_RANK[1], BY_RANK[0])), "逐档增大"),
    ],
)
def test_settings_that_cannot_be_are_refused(conversion: Conversion, message: str) -> None:
    with pytest.raises(InputError, match=message) as refusal:
        points(conversion)
    assert refusal.value.remedy
