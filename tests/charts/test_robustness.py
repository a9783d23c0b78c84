"""The chart of rank intervals: all ranked units, the analysis' own numbers, nothing cut, grey-print safe."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assessor.charts import draw_chart
from assessor.charts.robustness import brackets, draw_robustness
from assessor.charts.style import LIGHT
from assessor.domain.robustness import NearPair, RobustnessSettings, analyse
from assessor.domain.robustness_table import robustness_rows
from tests.charts.builders import full_view, group_of, members, scheme_of, scored, spread, view_of
from tests.charts.drawn import bars, cut_off, height_mm, overlapping, words_by_key

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(autouse=True)
def bundled_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESSOR_FONTS", "bundled")


@pytest.mark.parametrize(("number", "paper"), [(2, False), (13, True), (28, True)])
def test_no_label_is_cut_or_covers_another(number: int, paper: bool) -> None:
    figure = draw_chart("robustness", full_view(number, is_sample=True), paper=paper)
    assert cut_off(figure) == []
    assert overlapping(figure) == []
    assert height_mm(figure) < 205


def test_sixty_units_with_long_names_still_fit() -> None:
    rules = scheme_of()
    few = members(28)
    units = [
        replace(few[number % 28], code=f"unit{number}", short_name=f"第{number}全民科学素质工作领导小组成员单位")
        for number in range(60)
    ]
    figure = draw_chart("robustness", view_of(group_of("member", rules, spread(units, rules))), width_mm=100)
    assert cut_off(figure) == [] and overlapping(figure) == []


def test_the_numbers_are_those_of_the_analysis_and_bars_reach_from_best_to_worst() -> None:
    view = full_view(13)
    group = view.result.groups[0]
    found = analyse(group)
    assert found is not None
    figure = draw_chart("robustness", view)
    words, drawn = words_by_key(figure), bars(figure)
    widths = {unit.worst - unit.best: drawn[f"interval:{unit.unit}"][1] for unit in found.units}
    for row in robustness_rows(group, found):
        code = row.result.unit.code
        assert words[f"words:{code}"] == row.interval_text
        assert words[f"kept:{code}"] == row.kept_text
        assert drawn[f"interval:{code}"][1] == pytest.approx(widths[0] * (row.worst - row.best + 1))
    exempt = next(unit for unit in group.units if unit.exempt)
    assert f"words:{exempt.unit.code}" not in words


def test_brackets_join_runs_of_near_neighbours() -> None:
    view = full_view(13)
    group = view.result.groups[0]
    found = analyse(group)
    assert found is not None
    rows = tuple(robustness_rows(group, found))
    codes = [row.result.unit.code for row in rows]

    def pair(place: int) -> NearPair:
        return NearPair(codes[place], codes[place + 1], found.units[0].grade_kept)

    assert list(brackets(rows, [pair(0), pair(1), pair(5)])) == [(0, 2), (5, 6)]
    assert list(brackets(rows, [])) == []
    assert list(brackets(rows, [pair(len(rows) - 2)])) == [(len(rows) - 2, len(rows) - 1)]


def test_an_analysis_with_other_settings_says_which() -> None:
    view = full_view(5)
    group = view.result.groups[0]
    found = analyse(group, RobustnessSettings(draws=123))
    words = words_by_key(draw_robustness(view, group, LIGHT, 156, found))
    notes = "".join(text for key, text in words.items() if key.startswith("note:"))
    assert "123 次" in notes and "不是正式得分" in notes


def test_a_single_unit_says_why_there_is_nothing() -> None:
    rules = scheme_of()
    figure = draw_chart("robustness", view_of(group_of("member", rules, [scored(members(1)[0], rules, "0.9")])))
    assert "不足两个" in words_by_key(figure)["nothing"]
    assert cut_off(figure) == []
