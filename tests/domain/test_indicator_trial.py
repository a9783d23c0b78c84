from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.domain.indicator_trial import trial_fields, try_indicator
from assessor.domain.rules.rule import PeerRule
from assessor.domain.scheme import Indicator
from assessor.errors import InputError
from assessor.exchange.scheme_file import default_schemes
from tests.domain.builders import OPEN, category, leaf, scheme
from tests.domain.rules.leaf import read

PANELS = [{"code": "a", "title": "甲组", "weight": 1}, {"code": "self", "title": "自评", "weight": 1}]
LEVELS = [{"title": "好", "low": 60, "high": 100}, {"title": "差", "low": 0, "high": 60}]


def score(rule: dict[str, object], texts: dict[str, str]) -> tuple[Decimal | None, str]:
    item = leaf("1.1", 10, read(**rule))
    result = try_indicator(item, scheme(category("1", item)), OPEN, texts)
    return result.score, result.sentence


def test_every_shipped_indicator_begins_with_full_marks() -> None:
    for known in default_schemes():
        for indicator in known.indicators:
            texts = {field.key: field.start for field in trial_fields(indicator, known, OPEN)}
            assert texts, indicator.code
            assert try_indicator(indicator, known, OPEN, texts).score == indicator.points


@pytest.mark.parametrize(
    ("rule", "texts", "expected"),
    [
        ({"kind": "count", "figure": "n", "per": 2}, {"figure:n": "3"}, "6.00"),
        ({"kind": "judgement", "panels": PANELS}, {"marks:a": "80，90", "self": "10"}, "9.25"),
        ({"kind": "levels", "levels": LEVELS}, {"level": "差", "percentage": "50%"}, "5.00"),
        ({"kind": "levels", "levels": LEVELS}, {"level": "好", "percentage": ""}, "8.00"),
        ({"kind": "direct"}, {"points": "4"}, "4.00"),
        ({"kind": "deduct", "per": 3}, {"times": "2"}, "4.00"),
        ({"kind": "timeliness", "per_day": "0.1"}, {"handed_in": "12月2日", "deadline": "2024-11-30"}, "8.00"),
        ({"kind": "ratio", "actual": "n", "target_source": "assignment"}, {"figure:n": "5", "target": "20"}, "2.50"),
    ],
)
def test_typed_inputs_give_the_score(rule: dict[str, object], texts: dict[str, str], expected: str) -> None:
    found, sentence = score(rule, texts)
    assert str(found) == expected
    assert sentence.endswith(f"= {expected} 分")


def test_a_rank_is_tried_against_the_others_of_the_group() -> None:
    bands = [{"to": 1, "fraction": 1}, {"to": 2, "fraction": "0.5"}]
    rule = {"kind": "rank", "value": "n", "bands": bands}
    item: Indicator = leaf("1.1", 10, read(**rule))
    assert isinstance(item.rule, PeerRule)
    assert score(rule, {"figure:n": "5", "peers": "9, 3"})[0] == 5


def test_what_is_left_empty_is_awaited_not_zero() -> None:
    found, sentence = score({"kind": "count", "figure": "n", "per": 2}, {"figure:n": ""})
    assert found is None
    assert sentence.startswith("待评")
    assert score({"kind": "timeliness", "per_day": "0.1"}, {"handed_in": "", "deadline": "2024-11-30"})[0] is None


@pytest.mark.parametrize(
    ("rule", "texts"),
    [
        ({"kind": "count", "figure": "n", "per": 2}, {"figure:n": "三"}),
        ({"kind": "direct"}, {"points": "11"}),
        ({"kind": "deduct", "per": 3}, {"times": "1.5"}),
        ({"kind": "judgement", "panels": PANELS}, {"marks:a": "101", "self": "1"}),
    ],
)
def test_what_the_rule_refuses_is_refused_here_too(rule: dict[str, object], texts: dict[str, str]) -> None:
    with pytest.raises(InputError):
        score(rule, texts)
