"""Made-up figures of a member unit's yearly form; every key is a figure of the member scheme."""

from __future__ import annotations

from decimal import Decimal

from assessor.domain.submission import FigureValue
from sample_db.dice import Dice
from sample_db.unit_data import UNITS

_TICKS = {
    "leader_named": 14,
    "office_named": 12,
    "liaison_named": 10,
    "in_year_plan": 8,
    "in_department_plan": -2,
    "science_day": 10,
    "science_week": 6,
    "sector_day": -4,
    "platform_used": 4,
}
"""Figure -> how much likelier than the unit's quality it is met, in percent."""

_FUNDING = ("0.3", "0.5", "0.8", "1.2", "1.8", "2.0", "2.6", "3.5", "4.2", "5.0", "6.5", "8.0", "12.0")
"""万元, rising."""


def member_figures(unit: str, quality: int, dice: Dice) -> dict[str, FigureValue]:
    figures = {code: int(dice.happens(quality + more)) for code, more in _TICKS.items()}
    figures["meetings"] = 2 + dice.between(0, 1) if dice.happens(quality) else int(dice.happens(quality + 10))
    figures["activities"] = dice.between(quality // 18, quality // 9)
    figures["info_items"] = dice.between(quality // 25, quality // 12)
    figures["articles"] = dice.between(quality // 40, quality // 18)
    staff = UNITS[unit].staff
    figures["staff"] = staff
    figures["staff_trained"] = staff * dice.between(quality - 22, min(quality + 14, 100)) // 100
    figures["volunteers"] = staff * dice.between(quality // 20, quality // 6) // 100
    step = min(dice.between(quality // 12 - 1, quality // 8), len(_FUNDING) - 1)
    values: dict[str, FigureValue] = {code: Decimal(value) for code, value in figures.items()}
    values["funding"] = Decimal(_FUNDING[step])
    return values
