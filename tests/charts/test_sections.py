"""Completion by section prints the counts and rates of the progress it is given, and nothing overlaps."""

from __future__ import annotations

import pytest

from assessor.charts import draw_chart
from assessor.domain.progress import Delivery
from tests.charts.builders import empty_view, full_view, group_of, members, scheme_of, spread, view_of
from tests.charts.drawn import bars, cut_off, on_bars, overlapping, words_by_key

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(autouse=True)
def bundled_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESSOR_FONTS", "bundled")


@pytest.mark.parametrize("width", [100, 140, 156, 260])
@pytest.mark.parametrize("paper", [False, True])
def test_no_label_is_cut_or_covers_another(width: float, paper: bool) -> None:
    figure = draw_chart("sections", full_view(28, is_sample=True), width_mm=width, paper=paper)
    assert cut_off(figure) == []
    assert overlapping(figure) == []
    assert on_bars(figure) == []


def test_every_section_appears_with_its_counts_and_rate() -> None:
    view = full_view(28)
    words = words_by_key(draw_chart("sections", view))
    for progress in view.sections:
        code = progress.section.code
        parts = [text for key, text in words.items() if key.split(":")[:2] == ["name", code]]
        assert "".join(parts) == progress.section.title
        for delivery in Delivery:
            assert words[f"count:{code}:{delivery.value}"] == str(progress.count(delivery))
        assert words[f"count:{code}:all"] == str(progress.assigned)
        assert words[f"rate:{code}"] == f"{progress.completion}%"


def test_the_last_row_adds_up_the_sections() -> None:
    view = full_view(28)
    words = words_by_key(draw_chart("sections", view))
    for delivery in Delivery:
        assert words[f"count:all:{delivery.value}"] == str(sum(part.count(delivery) for part in view.sections))
    assert words["count:all:all"] == str(sum(part.assigned for part in view.sections))


def test_shares_of_a_bar_fill_it() -> None:
    view = full_view(28)
    drawn = bars(draw_chart("sections", view))
    lengths = {
        part.section.code: sum(width for key, (_left, width) in drawn.items() if key.split(":")[0] == part.section.code)
        for part in view.sections
    }
    assert min(lengths.values()) == pytest.approx(max(lengths.values()))
    first = view.sections[0]
    _left, width = drawn[f"{first.section.code}:on_time"]
    assert width / lengths[first.section.code] == pytest.approx(first.count(Delivery.ON_TIME) / first.assigned)


def test_nothing_handed_in_is_all_missing_and_0_percent() -> None:
    figure = draw_chart("sections", empty_view())
    words = words_by_key(figure)
    assert cut_off(figure) == [] and overlapping(figure) == []
    assert (words["count:all:missing"], words["count:all:all"], words["rate:all"]) == ("197", "197", "0.0%")


def test_sections_without_tasks_say_so() -> None:
    rules = scheme_of()
    words = words_by_key(draw_chart("sections", view_of(group_of("member", rules, spread(members(3), rules)))))
    assert words["empty:A1"] == "本年度没有任务"
    assert words["rate:A1"] == "—"


def test_made_up_data_is_marked() -> None:
    assert words_by_key(draw_chart("sections", full_view(5, is_sample=True), paper=True))["sample"] == "示例数据"
    assert "sample" not in words_by_key(draw_chart("sections", full_view(5)))
