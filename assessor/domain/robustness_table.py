"""The analysis of a group's ranking as rows: how firm each unit stands, and what the ranking is without each category,
indicator and reviewer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from assessor.domain.results import GroupResult, UnitResult
from assessor.domain.reviewer_influence import without_reviewers
from assessor.domain.robustness import LeftOut, NearPair, Robustness, RobustnessSettings, analyse
from assessor.domain.scoring import score_group
from assessor.domain.wording import plain
from assessor.domain.year_view import YearView

USUAL = RobustnessSettings()
TOO_FEW = "参加排名的单位不足两个，没有名次可以分析。"


@dataclass(frozen=True)
class RobustnessRow:
    """A ranked unit."""

    result: UnitResult
    best: int
    worst: int
    kept: Decimal
    """Percent of the draws with the printed grade."""
    near: tuple[tuple[str, str], ...]
    """Neighbours whose order to the unit is within the noise: short name, and why, in a sentence."""

    @property
    def interval_text(self) -> str:
        return str(self.best) if self.best == self.worst else f"{self.best}–{self.worst}"

    @property
    def kept_text(self) -> str:
        """A provisional unit has no grade that could be kept."""
        return "—" if self.result.grade is None else f"{self.kept}%"

    @property
    def near_text(self) -> str:
        return "、".join(name for name, _why in self.near)

    @property
    def near_sentence(self) -> str:
        return "；".join(why for _name, why in self.near)


class Part(Enum):
    """What is left out."""

    CATEGORY = "category"
    INDICATOR = "indicator"
    REVIEWER = "reviewer"

    @property
    def label(self) -> str:
        return {"category": "一级指标", "indicator": "二级指标", "reviewer": "评委"}[self.value]


@dataclass(frozen=True)
class Influence:
    """The ranking without one part, beside the ranking with it."""

    part: Part
    code: str
    title: str
    mean_shift: Decimal
    """Ranks by which a unit moves on the mean."""
    moved: int
    """Units whose rank is another one."""
    movers: tuple[str, ...]
    """Short names of those that move most, at most two; none where nobody moves."""
    shift: int
    """Ranks by which they move; above 0 they are ahead without the part."""

    @property
    def mover_text(self) -> str:
        if not self.movers:
            return "名次不变"
        ahead = "前移" if self.shift > 0 else "后移"
        return f"{'、'.join(self.movers)}{ahead} {abs(self.shift)} 名"


@dataclass(frozen=True)
class GroupAnalysis:
    group: GroupResult
    robustness: Robustness
    rows: tuple[RobustnessRow, ...]
    influences: tuple[Influence, ...]
    """Of categories, then indicators, then reviewers; each from the greatest mean shift down."""

    @property
    def is_provisional(self) -> bool:
        return any(row.result.provisional for row in self.rows)

    @property
    def sentence(self) -> str:
        """What was found, and that it is no official score."""
        near = len(self.robustness.near_pairs)
        kept = sum(row.kept >= 90 and row.result.grade is not None for row in self.rows)
        graded = sum(row.result.grade is not None for row in self.rows)
        parts = [f"{settings_text(self.robustness.settings)}，共 {len(self.rows)} 个单位排名。"]
        pairs = f"相邻单位中有 {near} 对先后难分（并列区间）" if near else "相邻单位的先后都分明"
        grades = f"{graded} 个单位中 {kept} 个在九成以上的测算中等次不变" if graded else "尚未定等次"
        parts.append(f"{pairs}；{grades}。")
        if self.is_provisional:
            parts.append("有单位得分暂估，名次未定。")
        return "".join(parts)


NO_OFFICIAL_SCORE = "本页是对结果的分析，不是正式得分，不改变任何分数、名次和等次。"


def settings_text(settings: RobustnessSettings) -> str:
    spread = f"{plain(settings.spread * 100)}%"
    return f"各指标分值在上下 {spread} 之内随机变动、仍合成满分，重排 {settings.draws} 次"


def analyse_group(
    view: YearView,
    group: GroupResult,
    settings: RobustnessSettings = USUAL,
    step: Callable[[], None] = lambda: None,
) -> GroupAnalysis | None:
    """None where fewer than two units are ranked. ``step`` is called now and then (to cancel)."""
    found = analyse(group, settings)
    if found is None:
        return None
    names = {unit.unit.code: unit.unit.short_name for unit in group.units}
    left_out = (
        (Part.CATEGORY, found.without_category),
        (Part.INDICATOR, found.without_indicator),
        (Part.REVIEWER, tuple(without_reviewers(view.facts, _with_every_reviewer(view, group), step))),
    )
    influences = tuple(
        influence
        for part, items in left_out
        for influence in sorted((_influence(part, item, names) for item in items), key=lambda item: -item.mean_shift)
    )
    return GroupAnalysis(group, found, tuple(robustness_rows(group, found)), influences)


def robustness_rows(group: GroupResult, found: Robustness) -> Iterator[RobustnessRow]:
    results = {unit.unit.code: unit for unit in group.units}
    for unit in found.units:
        near = tuple(_neighbours(unit.unit, found.near_pairs, results))
        yield RobustnessRow(results[unit.unit], unit.best, unit.worst, unit.grade_kept, near)


def _with_every_reviewer(view: YearView, group: GroupResult) -> GroupResult:
    """What the ranking without a reviewer is set against: computed by the same engine, also where a sealed year's
    numbers come of an older one."""
    if not view.recomputed:
        return group
    facts = next(item for item in view.facts.groups if item.group.code == group.group.code)
    return score_group(facts, view.facts.year, view.facts.task_titles)


def _neighbours(unit: str, pairs: tuple[NearPair, ...], results: dict[str, UnitResult]) -> Iterator[tuple[str, str]]:
    for pair in pairs:
        if unit in (pair.upper, pair.lower):
            other = results[pair.lower if pair.upper == unit else pair.upper]
            name = other.unit.short_name
            is_tied = other.rank == results[unit].rank
            why = f"与{name}名次并列" if is_tied else f"与{name}的先后在 {pair.flipped}% 的测算中对调"
            yield name, why


def _influence(part: Part, item: LeftOut, names: dict[str, str]) -> Influence:
    most = max((abs(shift) for _unit, shift in item.shifts), default=0)
    movers = [(names[unit], shift) for unit, shift in item.shifts if most and abs(shift) == most]
    first = movers[0][1] if movers else 0
    alike = tuple(name for name, shift in movers if shift == first)[:2]
    moved = sum(shift != 0 for _unit, shift in item.shifts)
    return Influence(part, item.code, item.title, item.mean_shift, moved, alike, first)
