from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.domain.scheme import EntryKind, Figure, Scheme, Scope, VetoKind
from assessor.domain.scheme_check import check_scheme
from assessor.domain.scheme_edit import (
    NEW_CATEGORY,
    Spot,
    add_category,
    add_figure,
    add_indicator,
    add_item,
    category_of,
    change_indicator,
    change_items,
    duplicate,
    items_of,
    key_of,
    move,
    move_item,
    next_figure_code,
    points_words,
    put_category,
    put_indicator,
    recode,
    remove,
    remove_items,
    rename,
)
from assessor.domain.scheme_soundness import Part
from assessor.errors import InputError
from tests.domain.builders import category, leaf, ratio, scheme

BASE = scheme(
    category("1", leaf("1.1", 20), leaf("1.2", 10, ratio("n", 7))),
    category("2", leaf("2.1", 30)),
    category("3", leaf("3.1", 40)),
    tie_break=("1", "1.1"),
    bonuses=(EntryKind("prize", "表彰", Decimal(5)),),
    vetoes=(VetoKind("false", "弄虚作假", "合格"),),
)


def shape(of: Scheme) -> list[tuple[str, list[str]]]:
    return [(item.code, [one.code for one in item.indicators]) for item in of.categories]


def spot(code: str) -> Spot:
    return Spot(Part.INDICATOR if "." in code else Part.CATEGORY, code)


def test_titles_points_and_codes_change_and_what_names_a_code_follows() -> None:
    assert rename(BASE, spot("1"), " 组织 ").category_by_code["1"].title == "组织"
    assert change_indicator(BASE, "1.1", points=Decimal(5)).indicator_by_code["1.1"].points == 5
    recoded = recode(recode(BASE, spot("1.1"), "1.9"), spot("1"), "A")
    assert shape(recoded)[0] == ("A", ["1.9", "1.2"])
    assert recoded.tie_break == ("A", "1.9")


@pytest.mark.parametrize("code", ["", "2.1", "3"])
def test_a_code_that_is_empty_or_taken_is_refused(code: str) -> None:
    with pytest.raises(InputError) as refusal:
        recode(BASE, spot("1.1"), code)
    assert refusal.value.remedy


def test_an_unknown_indicator_is_refused() -> None:
    with pytest.raises(InputError, match="没有指标“9"):
        change_indicator(BASE, "9", points=Decimal(1))


def test_a_new_indicator_takes_the_points_that_are_missing() -> None:
    less = change_indicator(BASE, "2.1", points=Decimal(24))
    new = add_indicator(less, "1", "1.1")
    assert shape(new)[0] == ("1", ["1.1", "1.3", "1.2"])
    assert new.indicator_by_code["1.3"].points == 6
    assert add_indicator(BASE, "1").indicator_by_code["1.3"].points == 1


def test_a_new_category_comes_with_an_indicator() -> None:
    new = add_category(BASE, "1")
    assert shape(new)[1] == ("4", ["4.1"])
    assert new.category_by_code["4"].title == NEW_CATEGORY


def test_a_copy_is_the_same_under_new_codes() -> None:
    one = duplicate(BASE, spot("1.2"))
    assert shape(one)[0] == ("1", ["1.1", "1.2", "1.3"])
    assert one.indicator_by_code["1.3"].rule == BASE.indicator_by_code["1.2"].rule
    whole = duplicate(BASE, spot("1"))
    assert shape(whole)[1] == ("4", ["4.1", "4.2"])
    assert whole.category_by_code["4"].points == 30


def test_what_is_removed_leaves_the_order_of_ties() -> None:
    assert remove(BASE, spot("1.1")).tie_break == ("1",)
    assert remove(BASE, spot("1")).tie_break == ()
    only = scheme(category("1", leaf("1.1", 100)))
    for place in ("1", "1.1"):
        with pytest.raises(InputError, match="至少要有一项"):
            remove(only, spot(place))


def test_an_indicator_moves_within_its_category_and_over_into_the_next() -> None:
    assert shape(move(BASE, spot("1.1"), 1))[0] == ("1", ["1.2", "1.1"])
    assert shape(move(BASE, spot("1.2"), 1))[:2] == [("1", ["1.1"]), ("2", ["1.2", "2.1"])]
    assert shape(move(BASE, spot("2.1"), -1))[:2] == [("1", ["1.1", "1.2", "2.1"]), ("2", [])]
    assert move(BASE, spot("1.1"), -1) == BASE
    assert [code for code, _ in shape(move(BASE, spot("1"), 1))] == ["2", "1", "3"]


@pytest.mark.parametrize(
    ("code", "to", "place", "expected"),
    [
        ("1.1", "1", 2, [("1", ["1.2", "1.1"]), ("2", ["2.1"])]),
        ("1.2", "1", 0, [("1", ["1.2", "1.1"]), ("2", ["2.1"])]),
        ("1.1", "2", 1, [("1", ["1.2"]), ("2", ["2.1", "1.1"])]),
    ],
)
def test_an_indicator_is_put_where_it_is_dropped(code: str, to: str, place: int, expected: object) -> None:
    dropped = put_indicator(BASE, code, to, place)
    assert shape(dropped)[:2] == expected
    assert category_of(dropped, code) == to


def test_a_category_is_put_where_it_is_dropped() -> None:
    assert [code for code, _ in shape(put_category(BASE, "1", 3))] == ["2", "3", "1"]
    assert [code for code, _ in shape(put_category(BASE, "3", 0))] == ["3", "1", "2"]


@pytest.mark.parametrize("part", [Part.GRADE, Part.BONUS, Part.DEDUCTION, Part.VETO, Part.FIGURE])
def test_every_list_takes_a_new_item_and_stays_sound(part: Part) -> None:
    new = add_item(BASE, part)
    assert len(items_of(new, part)) == len(items_of(BASE, part)) + 1
    assert not [fault for fault in check_scheme(new).faults if fault.part is part]
    twice = add_item(new, part)
    assert len({key_of(item) for item in items_of(twice, part)}) == len(items_of(twice, part))
    moved = move_item(twice, part, key_of(items_of(twice, part)[1]), -1)
    assert key_of(items_of(moved, part)[0]) == key_of(items_of(twice, part)[1])


def test_a_renamed_grade_takes_the_vetoes_along() -> None:
    renamed = change_items(BASE, Part.GRADE, {"合格": {"title": "达标"}})
    assert renamed.vetoes[0].limit == "达标"
    with pytest.raises(InputError, match="不止一次"):
        change_items(BASE, Part.GRADE, {"合格": {"title": "优秀"}})


def test_what_is_used_elsewhere_is_not_removed() -> None:
    with pytest.raises(InputError, match="一票否决“弄虚作假”限定为“合格”"):
        remove_items(BASE, Part.GRADE, ["合格"])
    with pytest.raises(InputError, match=r"指标“1\.2"):
        remove_items(BASE, Part.FIGURE, ["n"])
    with pytest.raises(InputError, match="至少要有一个等次"):
        remove_items(BASE, Part.GRADE, [grade.title for grade in BASE.grades])
    assert remove_items(BASE, Part.BONUS, ["prize"]).bonuses == ()


def test_a_figure_is_added_once() -> None:
    figure = Figure(next_figure_code(BASE), "讲座", "场", Scope.UNIT)
    assert add_figure(BASE, figure).figures[-1] == figure
    with pytest.raises(InputError, match="已经用过"):
        add_figure(BASE, Figure("n", "讲座", "场", Scope.UNIT))


def test_the_sum_is_said_against_the_full_marks() -> None:
    assert points_words(BASE) == "合计 100 / 满分 100"
    assert points_words(change_indicator(BASE, "1.1", points=Decimal("18.5"))) == "合计 98.5 / 满分 100，少 1.5 分"
