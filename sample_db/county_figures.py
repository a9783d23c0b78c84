"""Made-up figures of a county's yearly form; every key is a figure of the county scheme."""

from __future__ import annotations

from decimal import Decimal

from assessor.domain.submission import FigureValue
from sample_db.dice import Dice
from sample_db.unit_data import COUNSELLORS_QUOTA, FARMERS_QUOTA, VENUE_SINCE

_TICKS = {
    "local_plan": 20,
    "plan_issued": 12,
    "duties_named": 6,
    "leading_group": 14,
    "liaison_named": 12,
    "in_local_assessment": 2,
    "in_budget": 12,
    "science_day": 12,
    "science_week": 8,
    "emergency_experts": 0,
    "emergency_events": 8,
}
"""Figure -> how much likelier than the county's quality it is met, in percent."""


def county_figures(county: str, year: int, quality: int, dice: Dice) -> dict[str, FigureValue]:
    figures = {code: int(dice.happens(quality + more)) for code, more in _TICKS.items()}
    has_venue = VENUE_SINCE.get(county, 9999) <= year
    figures["venue_open"] = int(has_venue)
    figures["venue_staffed"] = int(has_venue and dice.happens(quality + 5))
    figures["venue_free"] = int(has_venue and dice.happens(quality + 8))
    figures["meetings"] = 2 + dice.between(0, 1) if dice.happens(quality) else 1
    figures["bases"] = dice.between(quality // 24, quality // 14)
    figures["tour_days"] = dice.between(quality // 5, quality // 3)
    figures["counsellors_quota"] = COUNSELLORS_QUOTA[county]
    figures["counsellors_trained"] = _share(COUNSELLORS_QUOTA[county], dice.between(quality - 8, quality + 16))
    figures["farmers_quota"] = FARMERS_QUOTA[county]
    figures["farmers_trained"] = _share(FARMERS_QUOTA[county], dice.between(quality - 8, quality + 18))
    figures["leaders_fostered"] = _share(60, dice.between(quality - 10, quality + 24))
    figures["elder_sessions"] = dice.between(quality // 6, quality // 3)
    figures["info_items"] = dice.between(quality // 10, quality // 5)
    cents = max(40, quality * 3 - 130 + dice.between(-15, 25))
    values: dict[str, FigureValue] = {code: Decimal(value) for code, value in figures.items()}
    values["funding_per_head"] = Decimal(cents).scaleb(-2)
    values["volunteer_rate"] = Decimal(quality * 4 + dice.between(-60, 60)).scaleb(-1)
    return values


def _share(whole: int, percent: int) -> int:
    return (whole * percent + 50) // 100
