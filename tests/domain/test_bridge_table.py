from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from assessor.domain.bridge_table import bridge_of, bridge_rows
from assessor.domain.scoring import score_year
from assessor.domain.year_view import YearView
from assessor.errors import InputError
from tests.domain.builders import plain_scheme, unit, year_facts
from tests.reports.views import member, small_view


def compared() -> YearView:
    """One of each: comparable, exempt this year, exempt last year, new, waiting now, waiting then."""
    before = year_facts(
        plain_scheme(),
        member("kexie", "40", "30"),
        member("jiaotiju", "40", "30"),
        unit("kejiju", exempt="机构改革"),
        unit("renshiju", given={"1.1": "40"}),
        member("weijianwei", "40", "30"),
    )
    view = small_view(
        member("kexie", "45", "30"),
        unit("jiaotiju", exempt="当年划转"),
        member("kejiju", "40", "30"),
        member("renshiju", "40", "30"),
        unit("weijianwei", given={"1.1": "40"}),
        member("linyeju", "40", "30"),
    )
    earlier = score_year(replace(before, year=replace(before.year, year=2023)))
    return replace(view, previous=earlier)


def test_each_unit_has_its_parts_or_the_reason_why_not() -> None:
    view = compared()
    rows = {row.result.unit.code: row for row in bridge_rows(view, view.result.groups[0])}
    made = rows["kexie"].bridge
    assert made is not None
    assert made.performance + made.scheme + made.membership == made.difference == Decimal("5.00")
    assert rows["kexie"].sentence == "总分 70.00 → 75.00，+5.00 分：工作成效 +5.00，细则变化 0.00，承担范围 0.00"
    assert {code: row.sentence for code, row in rows.items() if code != "kexie"} == {
        "jiaotiju": "本年度不参评：当年划转",
        "kejiju": "上年不参评：机构改革",
        "renshiju": "上年得分暂估，有待评指标",
        "weijianwei": "本年度得分暂估，有待评指标",
        "linyeju": "上年没有参加考核，没有可比的得分",
    }


def test_rows_stand_in_the_order_of_the_results() -> None:
    view = compared()
    group = view.result.groups[0]
    assert [row.result for row in bridge_rows(view, group)] == list(group.units)


def test_a_unit_that_carries_on_another_is_compared_with_it_and_says_so() -> None:
    view = compared()
    units = tuple(
        replace(item, valid_to=2023, successor="linyeju")
        if item.code == "kejiju"
        else replace(item, valid_from=2024)
        if item.code == "linyeju"
        else item
        for item in view.plan.units
    )
    assert view.previous is not None
    known = view.previous.groups[0]
    scored = score_year(year_facts(plain_scheme(), member("kejiju", "30", "30")))
    previous = replace(view.previous, groups=(replace(known, units=scored.groups[0].units),))
    row = bridge_of(replace(view, plan=replace(view.plan, units=units), previous=previous), "linyeju")
    assert row.is_carried
    assert row.sentence.startswith("与市kejiju上年相比，总分 60.00 → 70.00")


def test_without_a_year_before_every_row_says_so() -> None:
    view = small_view()
    assert {row.reason for row in bridge_rows(view, view.result.groups[0])} == {"工作簿里没有上一年度"}


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(InputError, match="没有"):
        bridge_of(small_view(), "weixianbu")
