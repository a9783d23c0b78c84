from __future__ import annotations

from decimal import Decimal

from assessor.domain.scheme import EntryKind
from assessor.domain.scheme_check import Severity, check_scheme
from assessor.domain.scheme_edit import WHOLE, Spot, change_indicator
from assessor.domain.scheme_outline import PANELS, outline, spot_of
from assessor.domain.scheme_soundness import Part
from tests.domain.builders import category, leaf, scheme

BASE = scheme(
    category("1", leaf("1.1", 60, proof="纪要"), leaf("1.2", 40)), bonuses=(EntryKind("prize", "表彰", Decimal(0)),)
)


def test_the_tree_names_every_part_with_its_points_and_the_worst_of_the_check() -> None:
    nodes = outline(BASE, check_scheme(BASE))
    assert [node.title for node in nodes] == [
        "总则", "1 类别1", "等次", "加分", "扣分", "一票否决", "填报项", "评委组"
    ]  # fmt: skip
    assert (nodes[0].points, nodes[1].points, nodes[2].points) == ("100 / 100", "100", "4")
    first, second = nodes[1].children
    assert (first.severity, second.severity, nodes[3].severity) == (None, Severity.WARNING, Severity.FAULT)
    assert (first.title, first.name, first.can_set_points) == ("1.1 指标1.1", "指标1.1", True)
    assert nodes[-1].spot == PANELS


def test_points_that_do_not_sum_are_said_at_the_top() -> None:
    changed = change_indicator(BASE, "1.2", points=Decimal(30))
    top = outline(changed, check_scheme(changed))[0]
    assert (top.points, top.severity) == ("90 / 100", Severity.FAULT)
    assert "少 10 分" in top.hint


def test_a_finding_leads_to_the_entry_that_shows_it() -> None:
    assert spot_of(Part.INDICATOR, "1.2", BASE) == Spot(Part.INDICATOR, "1.2")
    assert spot_of(Part.CATEGORY, "1", BASE) == Spot(Part.CATEGORY, "1")
    assert spot_of(Part.BONUS, "prize", BASE) == Spot(Part.BONUS)
    assert spot_of(Part.QUOTA, "", BASE) == WHOLE
