from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.facts import EventKind
from assessor.domain.progress import Delivery, whole
from assessor.domain.results import GroupResult
from assessor.domain.scheme import EntryKind
from assessor.domain.statistics import indicator_losses, summarize
from assessor.domain.year_view import YearView
from assessor.errors import InputError
from assessor.reports.blocks import Body, Chart, Heading, Table
from assessor.reports.overall import compose
from assessor.reports.overall.ranking import fits_upright, ranking_table
from tests.domain.builders import OPEN, bonus, category, leaf, plain_scheme, scheme, score_group, unit, veto, year_facts
from tests.reports.printed import SIGNED_ON, Printed, print_report, squeezed
from tests.reports.views import member, sample_view, small_view

HEADINGS = (
    "一、考核组织情况",
    "二、总体情况",
    "三、考核结果",
    "四、任务和目标进展",
    "五、存在问题",
    "六、下一步建议",
)


def test_title_addressee_and_headings_stand_in_order(overall: Printed) -> None:
    places = [overall.text.index(words) for words in ("宜春市2024年度全民科学素质工作", "考核结果报告")]
    places.append(overall.text.index("市全民科学素质工作领导小组："))
    places += [overall.text.index(heading) for heading in HEADINGS]
    assert places == sorted(places)


def test_every_units_rank_scores_and_grade_are_printed_as_scored(overall: Printed) -> None:
    for group in sample_view(2024).result.groups:
        for result in group.units:
            cells = [
                str(result.rank),
                result.unit.short_name,
                *(f"{item.contribution:f}" for item in result.categories),
                f"{result.base:f}",
                f"{result.bonus:f}",
                f"{result.deduction:f}",
                f"{result.total:f}",
                result.grade or "",
            ]
            assert "".join(cells) in overall.text


def test_printed_scores_add_up_to_printed_totals() -> None:
    for group in sample_view(2024).result.groups:
        table = ranking_table(group, "表", wide=True)
        for row in table.rows:
            numbers = [Decimal(cell) for cell in row[2:-1]]
            *parts, base, added, deducted, total = numbers
            assert sum(parts) == base
            assert base + added - deducted == total


def test_the_groups_statistics_are_the_results_own(overall: Printed) -> None:
    for group in sample_view(2024).result.groups:
        summary = summarize(group)
        for value in (summary.mean, summary.median, summary.highest, summary.lowest):
            assert f"{value:f}分" in overall.text
        for title, count in summary.grades:
            assert f"{title}{count}个" in overall.text


def test_sections_and_targets_are_printed_with_their_counts_and_rates(overall: Printed) -> None:
    view = sample_view(2024)
    for section in view.sections:
        counts = "".join(str(section.count(kind)) for kind in Delivery)
        row = f"{section.section.title}{section.assigned}{counts}{section.submitted_rate}%{section.completion}%"
        assert row in overall.text
    total = whole(view.sections)
    assert f"{total.submitted_rate}%{total.completion}%" in overall.text
    for target in view.targets:
        assert f"{target.rate}%" in overall.text


def test_the_heaviest_loss_of_each_group_is_named_as_a_problem(overall: Printed) -> None:
    for group in sample_view(2024).result.groups:
        worst = indicator_losses(group)[0]
        words = f"“{worst.title}”（满分{worst.points}分，平均得{worst.mean_score}分，失分率{worst.loss_rate}%）"
        assert words in overall.text


def test_entries_and_adjustments_are_listed_with_their_sentences(overall: Printed) -> None:
    for group in sample_view(2024).result.groups:
        for result in group.units:
            for entry in result.entries:
                assert squeezed(entry.sentence) in overall.text
            for item in result.leaves:
                if item.adjustment:
                    assert squeezed(item.adjustment.reason) in overall.text


def test_the_same_rise_or_fall_against_last_year_is_said_that_the_results_show(overall: Printed) -> None:
    view = sample_view(2024)
    assert view.previous is not None
    for now, before in zip(view.result.groups, view.previous.groups, strict=True):
        mean_now, mean_before = summarize(now).mean, summarize(before).mean
        assert mean_now is not None and mean_before is not None
        change = "提高" if mean_now > mean_before else "下降"
        words = f"{now.group.title}平均分{mean_now}分，{change}{abs(mean_now - mean_before)}分（上年度{mean_before}分）"
        assert words in overall.text


def test_sample_data_is_said_on_every_page_and_in_the_text(overall: Printed) -> None:
    assert all("示例数据" in text for text in overall.texts)
    assert "所列填报、评议和得分均为示例数据" in overall.text


def test_a_real_year_bears_no_sample_mark(tmp_path: Path) -> None:
    printed = print_report("overall", small_view(), tmp_path)
    assert "示例" not in printed.text


def test_default_schemes_are_called_so(overall: Printed) -> None:
    assert "依据默认细则《" in overall.text


def test_a_year_that_still_collects_is_provisional_and_not_compared(provisional: Printed, overall: Printed) -> None:
    assert "（暂估，非正式结果）" in provisional.texts[0]
    assert "填报收集尚未截止" in provisional.text
    assert "未评定等次" in provisional.text
    assert "与2024年度相比" not in provisional.text
    assert "未达到" not in provisional.text
    assert "（暂估" not in overall.texts[0]


def test_every_provisional_unit_is_marked_in_the_place_of_its_grade(provisional: Printed) -> None:
    for group in sample_view(2025).result.groups:
        for result in group.units:
            assert f"{result.deduction:f}{result.total:f}暂估" in provisional.text


def test_a_unit_below_the_coverage_is_listed_without_a_rank_and_why(tmp_path: Path) -> None:
    facts = (member("kexie", "54", "36"), unit("jiaotiju", given={"2.1": "36"}, not_applicable={"1.1": "无此职责"}))
    printed = print_report("overall", small_view(*facts), tmp_path)
    assert "—市jiaotiju" in printed.text
    assert "覆盖率40.00%，低于50.00%，不参与排名" in printed.text


def test_an_exempt_unit_is_listed_last_with_the_reason(tmp_path: Path) -> None:
    facts = (member("kexie", "54", "36"), member("jiaotiju", "48", "30", exempt="机构改革"))
    printed = print_report("overall", small_view(*facts), tmp_path)
    assert "—市jiaotiju——————不参评" in printed.text
    assert "市jiaotiju不参评：机构改革。" in printed.text


def test_a_veto_is_said_among_the_problems_and_listed(tmp_path: Path) -> None:
    rules = plain_scheme(vetoes=sample_view(2024).result.groups[0].scheme.vetoes)
    facts = member("kexie", "54", "36", events=(veto(rules.vetoes[0].code),))
    printed = print_report("overall", small_view(facts, rules=rules), tmp_path)
    assert "（二）存在一票否决情形" in printed.text or "（一）存在一票否决情形" in printed.text
    assert "附件2加扣分与一票否决清单" in printed.text


def test_attachments_with_nothing_to_say_are_left_out() -> None:
    document = compose(small_view(), SIGNED_ON)
    titles = [block.title for block in document.blocks if type(block).__name__ == "Attachment"]
    assert titles == [("计分规则与取整约定",)]


def test_a_group_of_many_categories_gets_a_landscape_table_of_its_own(tmp_path: Path) -> None:
    rules = scheme(*(category(str(number), leaf(f"{number}.1", 10)) for number in range(1, 11)))
    facts = unit("kexie", given={f"{number}.1": "9.5" for number in range(1, 11)})
    assert not fits_upright(score_group(rules, facts))
    printed = print_report("overall", small_view(facts, rules=rules), tmp_path)
    landscape = [number for number, page in enumerate(printed.pages) if page.is_landscape]
    assert len(landscape) == 1
    assert "附件1得分汇总表" in printed.texts[landscape[0]]
    assert "9.50" * 10 + "95.000.000.0095.00优秀" in printed.texts[landscape[0]]


@pytest.mark.parametrize("make_view", [lambda: sample_view(2024), small_view], ids=["sample", "without tasks"])
def test_tables_and_charts_are_numbered_without_a_gap(make_view: Callable[[], YearView]) -> None:
    document = compose(make_view(), SIGNED_ON)
    tables = [block.caption for block in document.blocks if isinstance(block, Table)]
    charts = [block.caption for block in document.blocks if isinstance(block, Chart)]
    assert [caption.split("　")[0] for caption in tables] == [f"表{number}" for number in range(1, len(tables) + 1)]
    assert [caption.split("　")[0] for caption in charts] == [f"图{number}" for number in range(1, len(charts) + 1)]


def test_every_table_and_chart_of_the_text_is_referred_to() -> None:
    blocks = compose(sample_view(2024), SIGNED_ON).blocks
    text = "".join(block.text for block in blocks if isinstance(block, Body))
    for number in range(1, 6):
        assert f"表{number}" in text
    for number in range(1, 4):
        assert f"图{number}" in text


def test_a_year_without_tasks_or_targets_has_no_empty_section() -> None:
    view = replace(small_view(), targets=(), sections=())
    titles = [block.text for block in compose(view, SIGNED_ON).blocks if isinstance(block, Heading)]
    assert "四、任务和目标进展" not in titles
    numbered = [title for title in titles if re.match("[一二三四五六]、", title)]
    assert [title[0] for title in numbered] == list("一二三四五")


@pytest.mark.parametrize(("shared", "counted"), [(1, "2.00"), (3, "0.67")])
def test_a_bonus_counts_as_scored(tmp_path: Path, shared: int, counted: str) -> None:
    rules = plain_scheme(bonuses=(EntryKind("award", "表彰奖励", Decimal(5)),))
    event = replace(bonus("award", 2, shared_by=shared), happened_on=date(2024, 8, 9), kind=EventKind.BONUS)
    printed = print_report("overall", small_view(member("kexie", "54", "36", events=(event,)), rules=rules), tmp_path)
    assert f"（2024年8月9日）{counted}" in printed.text


def test_last_years_provisional_scores_and_another_scheme_are_said() -> None:
    before = year_facts(scheme(category("1", leaf("1.1", 100))), unit("kexie"), year=replace(OPEN, year=2023))
    document = compose(small_view(previous=before), SIGNED_ON)
    texts = "".join(getattr(block, "text", "") for block in document.blocks)
    assert "两个年度的考核指标有调整，分数不完全可比。" in texts
    assert "2023年度部分得分仍为暂估。" in texts


def test_the_remarks_name_every_rescaled_unit_with_its_coverage(overall: Printed) -> None:
    groups: tuple[GroupResult, ...] = sample_view(2024).result.groups
    rescaled = [result for group in groups for result in group.units if result.coverage < 1]
    assert rescaled
    for result in rescaled:
        assert f"{result.unit.short_name}{result.coverage * 100:.2f}%" in overall.text


def test_a_group_of_a_hundred_units_is_printed_whole(tmp_path: Path) -> None:
    units = [member(f"unit{number:03}", str(60 - number * 0.3)[:5], "36") for number in range(100)]
    view = small_view(*units)
    printed = print_report("overall", view, tmp_path)
    for result in view.result.groups[0].units:
        assert f"{result.rank}{result.unit.short_name}" in printed.text
    chart = next(page for _level, title, page in printed.outline if title.startswith("图1"))
    assert "图1成员单位总分排名" in printed.texts[chart]


def test_a_group_whose_units_are_all_exempt_is_printed(tmp_path: Path) -> None:
    printed = print_report("overall", small_view(member("kexie", "54", "36", exempt="机构改革")), tmp_path)
    assert "成员单位参加考核0个，另有1个不参评。" in printed.text


def test_a_year_without_units_is_refused() -> None:
    view = small_view()
    group = replace(view.result.groups[0], units=())
    with pytest.raises(InputError, match="成员单位没有考核单位"):
        compose(replace(view, result=replace(view.result, groups=(group,))), SIGNED_ON)
