"""The chart of differences: three parts on either side of zero that end where they add up to, nothing cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from assessor.charts import draw_chart
from assessor.domain.bridge_table import bridge_rows
from assessor.domain.facts import UnitFacts
from assessor.domain.scoring import score_year
from assessor.domain.unit import Unit
from assessor.domain.wording import signed
from assessor.domain.year_view import YearView
from tests.charts.builders import CLOSED, DEDUCTION, full_view, group_of, members, scheme_of, scored, view_of
from tests.charts.drawn import bars, cut_off, overlapping, words_by_key

pytestmark = pytest.mark.filterwarnings("error")
BEFORE = (("组织领导", 30), ("任务落实", 40), ("科普活动", 30))
"""Other points than this year's, and no fourth category."""


@pytest.fixture(autouse=True)
def bundled_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESSOR_FONTS", "bundled")


def compared(units: Sequence[Unit], *, is_sample: bool = False) -> YearView:
    """Gains and losses of all kinds; of the last unit no part applies that did, and one is new."""
    old, new = scheme_of(BEFORE), scheme_of()
    earlier = [scored(unit, old, str(Decimal("0.6") + Decimal(place % 7) / 20)) for place, unit in enumerate(units)]
    later: list[UnitFacts] = []
    for place, unit in enumerate(units):
        events = (DEDUCTION,) if place % 4 == 1 else ()
        facts = scored(unit, new, str(Decimal("0.6") + Decimal(place * 5 % 8) / 20), *events)
        if place % 3 == 2:
            facts = replace(facts, not_applicable={"2.1": "职能划出"}, awards=facts.awards[:1] + facts.awards[2:])
        later.append(facts)
    view = view_of(group_of("member", new, later), is_sample=is_sample)
    known = view_of(group_of("member", old, earlier[:-1]), year=replace(CLOSED, year=2023)).facts
    return replace(view, previous=score_year(known))


@pytest.mark.parametrize(("number", "paper"), [(2, False), (13, True), (28, True)])
def test_no_label_is_cut_or_covers_another(number: int, paper: bool) -> None:
    figure = draw_chart("bridge", compared(members(number), is_sample=True), paper=paper)
    assert cut_off(figure) == []
    assert overlapping(figure) == []


def test_parts_are_as_long_as_their_points_and_the_sum_is_printed() -> None:
    view = compared(members(13))
    figure = draw_chart("bridge", view)
    words, drawn = words_by_key(figure), bars(figure)
    kinds: set[str] = set()
    scale = None
    for row in bridge_rows(view, view.result.groups[0]):
        code = row.result.unit.code
        if row.bridge is None:
            assert f"sum:{code}" not in words
            continue
        assert words[f"sum:{code}"] == signed(row.bridge.difference)
        for kind in ("performance", "scheme", "membership"):
            part = getattr(row.bridge, kind)
            if part:
                kinds.add(kind)
                width = drawn[f"{code}:{kind}"][1]
                scale = scale or width / float(abs(part))
                assert width == pytest.approx(float(abs(part)) * scale)
            else:
                assert f"{code}:{kind}" not in drawn
    assert kinds == {"performance", "scheme", "membership"}


def test_from_the_greatest_gain_to_the_greatest_loss_with_the_rest_named_below() -> None:
    view = compared(members(13))
    words = words_by_key(draw_chart("bridge", view))
    sums = [Decimal(text) for key, text in words.items() if key.startswith("sum:")]
    assert len(sums) == 12
    assert sums == sorted(sums, reverse=True)
    notes = "".join(text for key, text in words.items() if key.startswith("note:"))
    new = next(row for row in bridge_rows(view, view.result.groups[0]) if row.bridge is None)
    assert f"未比较：{new.result.unit.short_name}（上年没有参加考核" in notes


def test_without_a_year_before_it_says_so() -> None:
    words = words_by_key(draw_chart("bridge", full_view(5)))
    assert words["nothing"] == "没有可以与上年比较的单位"
    assert any("工作簿里没有上一年度" in text for key, text in words.items() if key.startswith("note:"))
