"""Statistics of a group: head-counts that agree, means and medians half up, indicators by loss."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.domain.statistics import assessed_units, indicator_losses, mean, median, summarize
from tests.domain.builders import OPEN, category, dec, leaf, plain_scheme, ratio, scheme, score_group, unit

GROUP = score_group(
    plain_scheme(),
    unit("a", given={"1.1": 57, "2.1": 38}),
    unit("b", given={"1.1": 51, "2.1": "33.01"}),
    unit("c", given={"1.1": 60}),
    unit("d", given={"2.1": 40}, not_applicable={"1.1": "无此职能"}),
    unit("e", exempt="当年新成立"),
)


def test_every_unit_is_counted_once_as_assessed_or_exempt() -> None:
    summary = summarize(GROUP)
    assert (summary.registered, summary.assessed, summary.exempt) == (5, 4, 1)
    assert (summary.ranked, summary.provisional) == (3, 1)
    assert [item.unit.code for item in assessed_units(GROUP)] == ["a", "b", "c", "d"]


def test_totals_of_the_assessed() -> None:
    summary = summarize(GROUP)  # 95.00, 84.01, 60.00, 100.00
    assert (summary.mean, summary.median) == (dec("84.75"), dec("89.51"))
    assert (summary.highest, summary.lowest) == (dec("100.00"), dec("60.00"))


def test_grades_are_all_listed_best_first() -> None:
    assert summarize(GROUP).grades == (("优秀", 2), ("良好", 1), ("合格", 0), ("不合格", 0))


def test_a_group_of_exempt_units_has_no_totals() -> None:
    summary = summarize(score_group(plain_scheme(), unit(exempt="当年新成立")))
    assert (summary.assessed, summary.mean, summary.median, summary.highest) == (0, None, None, None)


@pytest.mark.parametrize(
    ("values", "expected_mean", "expected_median"),
    [
        ((), None, None),
        (("1.00",), "1.00", "1.00"),
        (("1.00", "1.01"), "1.01", "1.01"),
        (("3", "1", "1"), "1.67", "1.00"),
        (("4", "1", "2", "3"), "2.50", "2.50"),
    ],
)
def test_mean_and_median_round_half_up(
    values: tuple[str, ...], expected_mean: str | None, expected_median: str | None
) -> None:
    numbers = [Decimal(value) for value in values]
    assert mean(numbers, 2) == (None if expected_mean is None else dec(expected_mean))
    assert median(numbers, 2) == (None if expected_median is None else dec(expected_median))


def test_indicators_are_listed_by_the_share_of_points_they_lost() -> None:
    losses = indicator_losses(GROUP)
    # 1.1: 57, 51 and 60 of 60 (d not applicable); 2.1: 38, 33.01 and 40 of 40 (c pending)
    assert [(item.code, item.units, item.mean_score, item.loss_rate) for item in losses] == [
        ("2.1", 3, dec("37.00"), dec("7.5")),
        ("1.1", 3, dec("56.00"), dec("6.7")),
    ]


def test_what_is_awaited_is_no_loss_and_what_was_not_handed_in_is() -> None:
    rules = scheme(category("1", leaf("1.1", 100, ratio("n", 100))))
    assert indicator_losses(score_group(rules, unit("a"), year=OPEN)) == ()
    assert indicator_losses(score_group(rules, unit("a")))[0].loss_rate == dec("100.0")


def test_equal_losses_stay_in_the_schemes_order() -> None:
    group = score_group(plain_scheme(), unit("a", given={"1.1": 30, "2.1": 20}))
    assert [item.code for item in indicator_losses(group)] == ["1.1", "2.1"]
