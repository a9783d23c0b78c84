"""The rows of the analysis: against the sample, and by hand where the answer is known."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assessor.domain.robustness import RobustnessSettings
from assessor.domain.robustness_table import GroupAnalysis, Part, analyse_group
from assessor.domain.scoring import score_year
from tests.domain.builders import three_categories, unit
from tests.reports.views import sample_view, small_view

FEW = RobustnessSettings(draws=300)


def by_hand() -> GroupAnalysis:
    """a and b tie at 69; c and d are far apart."""
    view = small_view(
        unit("kexie", given={"1.1": 20, "1.2": 9, "2.1": 30, "3.1": 10}),
        unit("jiaotiju", given={"1.1": 20, "1.2": 9, "2.1": 10, "3.1": 30}),
        unit("kejiju", given={"1.1": 10, "1.2": 5, "2.1": 20, "3.1": 20}),
        unit("linyeju", given={"1.1": 1, "1.2": 1, "2.1": 1, "3.1": 1}),
        rules=three_categories(),
    )
    found = analyse_group(view, view.result.groups[0], FEW)
    assert found is not None
    return found


def test_near_units_name_each_other_and_far_ones_nobody() -> None:
    rows = {row.result.unit.code: row for row in by_hand().rows}
    assert rows["kexie"].near_text == "市jiaotiju"
    assert rows["jiaotiju"].near_sentence == "与市kexie名次并列"
    assert (rows["linyeju"].near_text, rows["linyeju"].interval_text, rows["linyeju"].kept_text) == ("", "4", "100.0%")


def test_what_is_left_out_names_its_greatest_movers() -> None:
    found = by_hand()
    known = {(item.part, item.code): item for item in found.influences}
    # Without 2, jiaotiju (59 of 70) leads kexie (39 of 70), and kejiju (35 of 70) stays third.
    without = known[Part.CATEGORY, "2"]
    assert (without.moved, without.movers, without.shift) == (1, ("市kexie",), -1)
    assert without.mover_text == "市kexie后移 1 名"
    assert without.mean_shift == Decimal("0.250")
    shifts = [item.mean_shift for item in found.influences if item.part is Part.CATEGORY]
    assert shifts == sorted(shifts, reverse=True)


def test_the_sample_has_rows_for_all_ranked_units_and_its_reviewers() -> None:
    view = sample_view(2024)
    group = view.result.groups[0]
    found = analyse_group(view, group, FEW)
    assert found is not None
    assert [row.result for row in found.rows] == [unit for unit in group.units if unit.rank is not None]
    for row in found.rows:
        assert row.result.rank is not None
        assert row.best <= row.result.rank <= row.worst
    reviewers = [item.title for item in found.influences if item.part is Part.REVIEWER]
    assert len(reviewers) == len({mark.reviewer for unit in view.facts.groups[0].units for mark in unit.marks})
    assert "不是正式得分" not in found.sentence
    assert "300 次" in found.sentence


def test_a_provisional_unit_has_no_grade_to_keep() -> None:
    view = sample_view(2025)
    found = analyse_group(view, view.result.groups[0], FEW)
    assert found is not None and found.is_provisional
    assert {row.kept_text for row in found.rows if row.result.provisional} == {"—"}
    assert "名次未定" in found.sentence


def test_one_ranked_unit_is_too_few() -> None:
    view = small_view(unit("kexie", given={"1.1": 50, "2.1": 30}))
    assert analyse_group(view, view.result.groups[0], FEW) is None


def test_of_an_older_engine_reviewers_are_set_against_todays_ranking() -> None:
    """Numbers that were sealed otherwise are no reviewer's doing."""
    view = sample_view(2024)
    group = view.result.groups[0]
    first, second, *others = group.units
    swapped = replace(
        group, units=(replace(second, rank=1, total=first.total), replace(first, rank=2, total=second.total), *others)
    )
    sealed = replace(view, recomputed=(object(),))  # type: ignore[arg-type]
    known, fresh = analyse_group(sealed, swapped, FEW), analyse_group(view, group, FEW)
    assert known is not None and fresh is not None

    def reviewers(of: GroupAnalysis) -> list[Decimal]:
        return [item.mean_shift for item in of.influences if item.part is Part.REVIEWER]

    assert reviewers(known) == reviewers(fresh)
    assert score_year(view.facts).groups[0].units[0].unit.code == first.unit.code
