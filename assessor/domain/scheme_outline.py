"""A scheme as a tree to go through: settings, categories with their indicators, and the lists of its other parts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assessor.domain.rules.rule import PanelRule
from assessor.domain.scheme import Category, Indicator, Scheme
from assessor.domain.scheme_check import SchemeCheck, Severity
from assessor.domain.scheme_edit import WHOLE, Spot, points_words
from assessor.domain.scheme_soundness import Part
from assessor.domain.wording import plain

PANELS = Spot(Part.INDICATOR, "")
"""The panels of reviewers (评委组) of all indicators."""

_LISTS = (
    (Part.GRADE, "等次"),
    (Part.BONUS, "加分"),
    (Part.DEDUCTION, "扣分"),
    (Part.VETO, "一票否决"),
    (Part.FIGURE, "填报项"),
)


@dataclass(frozen=True)
class OutlineNode:
    spot: Spot
    title: str
    """As shown, the code included."""
    name: str = ""
    """What is edited of it; empty: nothing."""
    points: str = ""
    can_set_points: bool = False
    hint: str = ""
    severity: Severity | None = None
    """The worst that the check has found there."""
    children: tuple[OutlineNode, ...] = ()


def outline(scheme: Scheme, check: SchemeCheck) -> tuple[OutlineNode, ...]:
    worst = _worst(check)
    total = sum((item.points for item in scheme.categories), Decimal(0))
    whole = OutlineNode(
        WHOLE,
        "总则",
        points=f"{plain(total)} / {plain(scheme.full_marks)}",
        hint=f"满分、小数位数、缺项办法、名额等；{points_words(scheme)}",
        severity=worst.get(WHOLE) or worst.get(Spot(Part.QUOTA)) or worst.get(Spot(Part.ROLE_FACTORS)),
    )
    lists = [_list(scheme, part, title, worst) for part, title in _LISTS]
    panels = sum(len(item.rule.panels) for item in scheme.indicators if isinstance(item.rule, PanelRule))
    reviewers = OutlineNode(PANELS, "评委组", points=str(panels), hint="各评议指标的评委组、权重和合成办法")
    return (whole, *(_category(item, worst) for item in scheme.categories), *lists, reviewers)


def spot_of(part: Part, code: str, scheme: Scheme) -> Spot:
    """The entry of the tree that a finding leads to: lists are one entry for all of their items."""
    if part is Part.INDICATOR and code in scheme.indicator_by_code:
        return Spot(part, code)
    if code in scheme.category_by_code and part in (Part.CATEGORY, Part.INDICATOR):
        return Spot(Part.CATEGORY, code)
    return Spot(part) if part in {known for known, _title in _LISTS} else WHOLE


def _category(category: Category, worst: dict[Spot, Severity]) -> OutlineNode:
    spot = Spot(Part.CATEGORY, category.code)
    return OutlineNode(
        spot,
        f"{category.code} {category.title}",
        category.title,
        plain(category.points),
        hint=f"{category.title}：{len(category.indicators)} 项，{plain(category.points)} 分",
        severity=worst.get(spot),
        children=tuple(_indicator(item, worst) for item in category.indicators),
    )


def _indicator(indicator: Indicator, worst: dict[Spot, Severity]) -> OutlineNode:
    spot = Spot(Part.INDICATOR, indicator.code)
    hint = f"{indicator.title}：{indicator.rule.label}，{indicator.scope.label}"
    title = f"{indicator.code} {indicator.title}"
    return OutlineNode(spot, title, indicator.title, plain(indicator.points), True, hint, worst.get(spot))


def _list(scheme: Scheme, part: Part, title: str, worst: dict[Spot, Severity]) -> OutlineNode:
    from assessor.domain.scheme_edit import items_of

    spot = Spot(part)
    return OutlineNode(spot, title, points=str(len(items_of(scheme, part))), severity=worst.get(spot))


def _worst(check: SchemeCheck) -> dict[Spot, Severity]:
    """By spot; of lists without the code of the item."""
    found: dict[Spot, Severity] = {}
    for item in check.findings:
        has_own_entry = item.part in (Part.INDICATOR, Part.CATEGORY)
        found.setdefault(Spot(item.part, item.code if has_own_entry else ""), item.severity)  # faults come first
    return found
