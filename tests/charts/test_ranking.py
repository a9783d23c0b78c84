"""The ranking shows every unit and category, prints the results' numbers, and nothing overlaps."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from assessor.charts import draw_chart
from assessor.charts.ranking import unit_marks
from assessor.domain.results import UnitResult
from assessor.domain.scheme import Ceiling
from assessor.domain.year_view import YearView
from tests.charts.builders import (
    BONUS,
    DEDUCTION,
    VETO,
    empty_view,
    full_view,
    group_of,
    members,
    scheme_of,
    scored,
    spread,
    view_of,
)
from tests.charts.drawn import bars, cut_off, height_mm, on_bars, overlapping, words_by_key

pytestmark = pytest.mark.filterwarnings("error")
TYPE_AREA_MM = 225


@pytest.fixture(autouse=True)
def bundled_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESSOR_FONTS", "bundled")


def units_of(view: YearView, group: int = 0) -> tuple[UnitResult, ...]:
    return view.result.groups[group].units


@pytest.mark.parametrize("number", [1, 5, 13, 28])
@pytest.mark.parametrize("paper", [False, True])
def test_no_label_is_cut_or_covers_another(number: int, paper: bool) -> None:
    figure = draw_chart("ranking", full_view(number, is_sample=True), paper=paper)
    assert cut_off(figure) == []
    assert overlapping(figure) == []
    assert on_bars(figure) == []


@pytest.mark.parametrize("width", [80, 140, 260])
def test_labels_fit_at_other_widths(width: float) -> None:
    figure = draw_chart("ranking", full_view(28), width_mm=width)
    assert cut_off(figure) == []
    assert overlapping(figure) == []


def test_labels_fit_when_nothing_is_handed_in() -> None:
    figure = draw_chart("ranking", empty_view())
    words = words_by_key(figure)
    assert cut_off(figure) == [] and overlapping(figure) == []
    assert words["nothing"] == "尚无得分"
    assert words["mark:kexie"] == "待评"
    assert not any(key.startswith(("total:", "rank:")) for key in words)


def test_sixty_units_with_long_names_still_fit() -> None:
    rules = scheme_of()
    few = members(28)
    units = [
        replace(few[number % 28], code=f"unit{number}", short_name=f"第{number}全民科学素质工作领导小组成员单位")
        for number in range(60)
    ]
    figure = draw_chart("ranking", view_of(group_of("member", rules, spread(units, rules))))
    assert cut_off(figure) == [] and overlapping(figure) == []
    assert len([key for key in words_by_key(figure) if key.startswith("total:")]) == 60


def test_thirty_units_fit_on_a_page_with_their_caption() -> None:
    assert height_mm(draw_chart("ranking", full_view(28, is_sample=True), paper=True)) < TYPE_AREA_MM - 20


def test_every_unit_category_and_threshold_appears() -> None:
    view = full_view(28)
    words = words_by_key(draw_chart("ranking", view))
    for unit in units_of(view):
        parts = [text for key, text in words.items() if key.split(":")[:2] == ["name", unit.unit.code]]
        assert "".join(parts) == unit.unit.short_name
    for category in view.result.groups[0].scheme.categories:
        assert f"legend:{category.title}（{category.points}分）" in words
    assert [words[f"threshold:{title}:1"] for title in ("合格", "良好", "优秀")] == ["60", "80", "90"]


def test_printed_totals_ranks_and_grades_are_those_of_the_results() -> None:
    view = full_view(28)
    words = words_by_key(draw_chart("ranking", view))
    for unit in units_of(view):
        code = unit.unit.code
        if unit.exempt:
            assert words[f"mark:{code}"] == "不参评"
            assert f"total:{code}" not in words
        else:
            assert words[f"total:{code}"] == str(unit.total)
            assert words[f"rank:{code}"] == str(unit.rank)
            assert words[f"mark:{code}"].startswith("暂估" if unit.provisional else str(unit.grade))


def test_bars_are_as_long_as_the_scores_and_end_to_end() -> None:
    view = full_view(13)
    drawn = bars(draw_chart("ranking", view))
    scale = None
    for unit in units_of(view):
        place = None
        for category in unit.categories:
            if not category.contribution:
                continue
            left, width = drawn[f"{unit.unit.code}:{category.category.code}"]
            scale = scale or width / float(category.contribution)
            assert width == pytest.approx(float(category.contribution) * scale)
            assert place is None or left == pytest.approx(place)
            place = left + width


def test_a_deduction_is_veiled_so_that_the_bar_ends_at_the_total() -> None:
    rules = scheme_of()
    view = view_of(group_of("member", rules, [scored(members(1)[0], rules, "0.7", BONUS, DEDUCTION)]))
    unit = units_of(view)[0]
    drawn = bars(draw_chart("ranking", view))
    start, first = drawn[f"{unit.unit.code}:1"]
    scale = first / float(unit.categories[0].contribution or 0)
    left, width = drawn[f"{unit.unit.code}:deduction"]
    assert width == pytest.approx(float(unit.deduction) * scale)
    assert left == pytest.approx(start + float(unit.total) * scale)
    assert drawn[f"{unit.unit.code}:bonus"][1] == pytest.approx(float(unit.bonus) * scale)


def test_what_the_ceiling_takes_is_veiled_and_explained() -> None:
    rules = scheme_of()
    view = view_of(group_of("member", rules, [scored(members(1)[0], rules, "1", BONUS)]))
    unit = units_of(view)[0]
    figure = draw_chart("ranking", view)
    assert unit.total == Decimal("100.00") and unit.base + unit.bonus > 100
    assert f"{unit.unit.code}:over" in bars(figure)
    assert "legend:超上限不计" in words_by_key(figure)


def test_a_bonus_above_the_full_marks_is_drawn_where_the_scheme_counts_it() -> None:
    rules = scheme_of(ceiling=Ceiling.WITH_BONUS)
    view = view_of(group_of("member", rules, [scored(members(1)[0], rules, "1", BONUS)]))
    figure = draw_chart("ranking", view)
    assert f"{units_of(view)[0].unit.code}:over" not in bars(figure)
    assert units_of(view)[0].total > 100


def test_a_veto_and_a_missing_rank_stand_beside_the_grade() -> None:
    rules = scheme_of()
    vetoed = units_of(view_of(group_of("member", rules, [scored(members(1)[0], rules, "0.95", VETO)])))[0]
    assert unit_marks(vetoed) == ("合格", "否决")
    assert unit_marks(replace(vetoed, vetoes=(), unranked="覆盖率低")) == ("合格", "不排名")


def test_a_scheme_of_1000_points_and_twelve_categories_is_drawn_to_its_own_scale() -> None:
    rules = scheme_of([(f"第{number}方面工作", 80 if number < 10 else 100) for number in range(12)])
    figure = draw_chart("ranking", view_of(group_of("member", rules, spread(members(12), rules))), paper=True)
    words = words_by_key(figure)
    assert cut_off(figure) == [] and overlapping(figure) == []
    assert words["tick:5"] == "1000"
    assert "legend:第11方面工作（100分）" in words


def test_rare_characters_of_names_have_glyphs() -> None:
    rules = scheme_of()
    unit = replace(members(1)[0], short_name="䶮㛃𬭎喆赟研究院")
    figure = draw_chart("ranking", view_of(group_of("member", rules, [scored(unit, rules, "0.9")])))
    assert cut_off(figure) == []


def test_made_up_data_is_marked_and_real_data_is_not() -> None:
    for paper in (False, True):
        assert words_by_key(draw_chart("ranking", full_view(5, is_sample=True), paper=paper))["sample"] == "示例数据"
        assert "sample" not in words_by_key(draw_chart("ranking", full_view(5), paper=paper))


def test_each_group_has_its_own_ranking() -> None:
    view = full_view(13)
    county = words_by_key(draw_chart("ranking", view, group="county"))
    assert county["title"] == "2024 年度县市区考核得分排名"
    assert county["name:yuanzhou"] == "袁州区"
    assert "total:kexie" not in county
