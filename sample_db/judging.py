"""Made-up marks of reviewers, awards of the office, and self-scores of the units."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.domain.facts import Award, Mark
from assessor.domain.results import LeafResult
from assessor.domain.rounding import round_half_up
from assessor.domain.rules.direct import Direct
from assessor.domain.rules.judgement import Judgement
from assessor.domain.rules.levels import Levels
from assessor.domain.rules.rule import LeafState
from assessor.domain.scheme import Indicator
from sample_db.forms import Writer
from sample_db.unit_data import REVIEWERS, ZONES

_MODEL_COUNTY = {
    "yuanzhou": ("已启动", "已申报", "已申报"),
    "zhangshu": ("已启动", "已启动", "已申报"),
    "fengcheng": ("已启动", "已启动", "已申报"),
    "gaoan": ("未启动", "已启动", "已启动"),
    "jingan": ("未启动", "已启动", "已启动"),
    "shanggao": ("未启动", "已启动", "已启动"),
    "fengxin": ("未启动", "未启动", "已启动"),
    "yifeng": ("未启动", "未启动", "已启动"),
}
"""How far a county's application as 全国科普示范县 is in 2022, 2023, 2024; the others have not begun."""

_SPECIAL = (
    (90, "优秀", "形成有影响的科普品牌，做法在全市推广（示例）"),
    (78, "良好", "结合职能开展特色活动，效果较好（示例）"),
    (55, "一般", "有特色活动，但未形成品牌（示例）"),
    (0, "无特色", "未报送特色工作材料（示例）"),
)
"""From which quality on a unit gets which level, and why."""

_PROGRESS = {
    "已申报": "已按程序提交申报材料（示例）",
    "已启动": "已印发创建工作方案（示例）",
    "未启动": "尚未启动创建（示例）",
}


def marks(writer: Writer) -> Iterator[Mark]:
    for indicator in writer.scheme.indicators:
        rule = indicator.rule
        if isinstance(rule, Judgement):
            panels = [panel for panel in rule.panels if not panel.is_self]
            for panel in panels:
                for reviewer, leaning in REVIEWERS.items():
                    dice = writer.dice(indicator.code, reviewer)
                    value = writer.quality + leaning + dice.between(-3, 3)
                    yield Mark(indicator.code, reviewer, panel.code, Decimal(max(45, min(98, value))))


def awards(writer: Writer) -> Iterator[Award]:
    for indicator in writer.scheme.indicators:
        if isinstance(indicator.rule, Direct):
            yield _points(writer, indicator)
        elif isinstance(indicator.rule, Levels) and writer.unit.code not in ZONES:
            is_member = writer.unit.group == "member"
            yield _special(writer, indicator) if is_member else _model_county(writer, indicator)


def self_score(writer: Writer, leaf: LeafResult) -> Decimal | None:
    """A little above what the office comes to, in tenths; None where nothing is known or applies."""
    if leaf.score is None or leaf.state in (LeafState.PENDING, LeafState.NOT_APPLICABLE, LeafState.NOT_SUBMITTED):
        return None
    points = leaf.indicator.points
    share = writer.dice(leaf.indicator.code, "self").between(-10, 45)
    claimed = leaf.score + (points - leaf.score) * max(share, 0) / 100
    return min(round_half_up(claimed, 1), points)


def _points(writer: Writer, indicator: Indicator) -> Award:
    dice = writer.dice(indicator.code)
    percent = max(30, min(100, writer.quality + dice.between(-4, 8)))
    points = round_half_up(indicator.points * percent / 100, 1)
    reason = "积极配合监测、调研和联合活动" if percent >= 85 else "个别材料催报后才报送"
    return Award(indicator.code, f"{reason}（示例）", points=points)


def _special(writer: Writer, indicator: Indicator) -> Award:
    dice = writer.dice(indicator.code)
    worth = writer.quality + dice.between(-6, 6)
    low, level, reason = next(item for item in _SPECIAL if worth >= item[0])
    exact = Decimal(min(worth, 98)) if low >= 78 and dice.happens(60) and (level == "优秀" or worth < 90) else None
    return Award(indicator.code, reason, level=level, percentage=exact)


def _model_county(writer: Writer, indicator: Indicator) -> Award:
    steps = _MODEL_COUNTY.get(writer.unit.code, ("未启动",) * 3)
    level = steps[writer.year.year - 2022]
    exact = {"已申报": 84, "已启动": 62, "未启动": 36}[level] + writer.dice(indicator.code).between(-4, 3)
    return Award(indicator.code, _PROGRESS[level], level=level, percentage=Decimal(exact))
