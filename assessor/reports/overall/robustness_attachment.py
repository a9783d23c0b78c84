"""附件: how firm the ranking is (稳健性). An analysis beside the results, printed where the office asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from assessor.domain.results import GroupResult
from assessor.domain.robustness_table import GroupAnalysis, Influence, Part, analyse_group
from assessor.domain.year_view import YearView
from assessor.reports.blocks import Align, Block, Body, Chart, Column, Heading, Table, Together
from assessor.reports.wording import numeral

TITLE = "名次稳健性分析"
_MOST_INDICATORS = 10


def robustness_attachment(view: YearView, first_table: int, first_chart: int) -> list[Block]:
    """Empty where no group has two ranked units. Charts and tables are numbered from the given ones on."""
    found = [(group, analyse_group(view, group)) for group in view.result.groups]
    made = [(group, analysis) for group, analysis in found if analysis is not None]
    blocks: list[Block] = [Body(_OPENING)] if made else []
    for number, (group, analysis) in enumerate(made):
        heading = Heading(1, f"{numeral(number + 1)}、{group.group.title}")
        words = Body(analysis.sentence)
        blocks.append(Together((heading, words) if len(made) > 1 else (words,)))  # no chart waits beyond its group
        blocks += _group_blocks(group, analysis, first_table + number, first_chart + number)
    return blocks


_OPENING = (
    "本附件分析名次对指标分值和单个评委的依赖程度，供研判时参考，不是正式得分，不改变任何得分、名次和等次。"
    "名次区间是各项分值随机变动时，5%至95%的测算中的名次；相邻单位的先后在超过一成的测算中对调的，列为并列区间，"
    "这些单位之间的名次先后不宜强调。"
)


def _group_blocks(group: GroupResult, analysis: GroupAnalysis, table: int, chart: int) -> Iterator[Block]:
    title = group.group.title
    yield Chart("robustness", f"图{chart}　{title}名次区间", group=group.group.code)
    yield Body(f"不计某一类指标、某项指标或某位评委时，各单位名次的变动见表{table}。")
    yield _influence_table(analysis, f"表{table}　{title}不计某一项时名次的变动")


def _influence_table(analysis: GroupAnalysis, caption: str) -> Table:
    columns = (
        Column("不计", 20, Align.CENTER),
        Column("名称", 42),
        Column("平均变动（名）", 18, Align.RIGHT),
        Column("变动单位数", 18, Align.RIGHT),
        Column("变动最大的单位", 58),
    )
    rows = tuple(
        (item.part.label, item.title, f"{item.mean_shift:f}", str(item.moved), item.mover_text)
        for item in _printed(analysis.influences)
    )
    indicators = sum(item.part is Part.INDICATOR for item in analysis.influences)
    left = f"二级指标只列影响最大的{_MOST_INDICATORS}项。" if indicators > _MOST_INDICATORS else ""
    remark = "平均变动是各单位名次变动的名数（不论前后）的平均数。"
    return Table(caption, columns, rows, remarks=(remark + left,), merge=1)


def _printed(influences: tuple[Influence, ...]) -> Iterator[Influence]:
    indicators = 0
    for item in influences:
        indicators += item.part is Part.INDICATOR
        if item.part is not Part.INDICATOR or indicators <= _MOST_INDICATORS:
            yield item
