"""What a year's results may be called: official, provisional (暂估), sample data, by default schemes; and the words."""

from __future__ import annotations

from assessor.domain.results import GroupResult, UnitResult, YearResult
from assessor.domain.year import Year
from assessor.domain.year_view import YearView

SAMPLE_HEAD = "示例数据　仅供演示，不反映任何单位的实际工作"
SAMPLE_SENTENCE = "所列填报、评议和得分均为示例数据，不反映任何单位的实际工作。"


def is_provisional(view: YearView) -> bool:
    """The whole report is: forms may still come in, or some unit has indicators that await a judgement."""
    return not view.year.collection_closed or any(
        unit.provisional for group in view.result.groups for unit in group.units
    )


def running_head(view: YearView) -> str:
    return SAMPLE_HEAD if view.is_sample else ""


def subtitle(view: YearView) -> str:
    return "（暂估，非正式结果）" if is_provisional(view) else ""


def provisional_sentence(year: Year, waiting: int) -> str:
    """Why the report is provisional; ``waiting`` is how many units have pending indicators."""
    reasons = []
    if not year.collection_closed:
        reasons.append("填报收集尚未截止")
    if waiting:
        reasons.append(f"{waiting}个单位有待评指标")
    return f"截至成文之日，{'，'.join(reasons)}，所列得分和名次为已知部分的暂估，不作为正式考核结果。"


def scheme_name(group: GroupResult) -> str:
    """《…》, and that it is a default one where no office has adopted it."""
    name = f"《{group.scheme.title}》"
    return f"默认细则{name}" if group.scheme.is_default else name


def standing_of(unit: UnitResult) -> str:
    """In the place of a rank or a grade: why there is none; empty where the unit is ranked and not provisional."""
    if unit.exempt:
        return "不参评"
    if unit.rank is None and not unit.provisional:
        return "不参与排名"
    return "暂估" if unit.provisional else ""


def waiting_units(result: YearResult) -> tuple[UnitResult, ...]:
    return tuple(unit for group in result.groups for unit in group.units if unit.provisional and not unit.exempt)
