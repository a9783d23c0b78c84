from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assessor.domain.scheme import Grade
from assessor.domain.scheme_comparison import Change, ComparedItem, compare_schemes
from assessor.domain.scheme_soundness import Part
from assessor.exchange.scheme_file import default_schemes
from tests.domain.builders import category, leaf, ratio, three_categories


def by_code(items: tuple[ComparedItem, ...], part: Part) -> dict[str, ComparedItem]:
    return {item.code: item for item in items if item.part is part}


def test_a_scheme_is_the_same_as_itself() -> None:
    for scheme in default_schemes():
        items = compare_schemes(scheme, scheme)
        assert {item.change for item in items} == {Change.SAME}
        assert {item.code for item in items if item.part is Part.INDICATOR} == set(scheme.indicator_by_code)


def test_what_came_went_and_changed_is_marked_by_field() -> None:
    before = three_categories()
    changed = leaf("1.1", 25, ratio("n", 10), criterion="按完成率计分")
    after = replace(
        before,
        categories=(
            category("1", changed),
            category("2", leaf("2.1", 30)),
            category("3", leaf("3.1", 40), leaf("3.2", 5)),
        ),
        grades=(Grade("优秀", Decimal(95)), *before.grades[1:]),
        decimals=1,
    )
    items = compare_schemes(before, after)
    leaves = by_code(items, Part.INDICATOR)
    assert list(leaves) == ["1.1", "1.2", "2.1", "3.1", "3.2"]
    assert [item.change for item in leaves.values()] == [
        Change.CHANGED,
        Change.REMOVED,
        Change.SAME,
        Change.SAME,
        Change.ADDED,
    ]
    assert leaves["1.1"].differing == ("分值", "评分规则", "规则参数", "评分标准")
    assert (leaves["1.1"].before or {})["评分规则"] == "直接评分"
    assert (leaves["1.1"].after or {})["规则参数"] == "完成数：n；目标：10；方向：越高越好"
    assert by_code(items, Part.GRADE)["优秀"].differing == ("最低分",)
    assert by_code(items, Part.SCHEME)[""].differing == ("小数位数",)
    assert by_code(items, Part.CATEGORY)["1"].change is Change.CHANGED
    assert by_code(items, Part.CATEGORY)["2"].change is Change.SAME
