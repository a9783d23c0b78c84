"""Made-up units that try a scheme: everything full, everything zero, everything not applicable, vetoed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum

from assessor.domain.categories import category_results
from assessor.domain.exact import product
from assessor.domain.facts import Event, EventKind, GroupFacts, UnitFacts
from assessor.domain.grading import grade_units
from assessor.domain.ranking import rank_units
from assessor.domain.results import LeafResult, UnitResult
from assessor.domain.rounding import round_half_up
from assessor.domain.rules.rule import LeafFacts, LeafState
from assessor.domain.scheme import Indicator, Scheme, VetoKind
from assessor.domain.scoring import group_context, score_unit, totalled
from assessor.domain.unit import Group, Unit
from assessor.domain.year import Stage, Year

_YEAR = Year(2000, date(2000, 1, 1), date(2000, 12, 31), date(2000, 11, 30), Stage.REVIEW, collection_closed=True)
_EXEMPT = "不参评"


class TrialKind(Enum):
    FULL = "full"
    ZERO = "zero"
    NOT_APPLICABLE = "not_applicable"
    VETOED = "vetoed"

    @property
    def label(self) -> str:
        return {"full": "全部满分", "zero": "全部零分", "not_applicable": "全部不涉及", "vetoed": "一票否决"}[
            self.value
        ]


@dataclass(frozen=True)
class Trial:
    """What should become of a made-up unit, and what does."""

    kind: TrialKind
    expected: str
    found: str
    total: Decimal
    title: str = ""
    code: str = ""
    """Of the veto that is tried."""

    @property
    def is_as_expected(self) -> bool:
        return self.expected == self.found


def try_scheme(scheme: Scheme) -> tuple[Trial, ...]:
    """One trial of each kind, of vetoes one for each. The scheme must be sound (``scheme_soundness``)."""
    return tuple(_trials(replace(scheme, quota=None)))  # a quota of one unit is nothing


def earned(scheme: Scheme, indicator: Indicator, *, is_best: bool) -> Decimal:
    """The score of the indicator's best or least inputs."""
    facts = LeafFacts(indicator.code, indicator.points, scheme.decimals, True, _YEAR.deadline)
    outcome = indicator.rule.evaluate(indicator.rule.trial(facts, is_best=is_best))
    return round_half_up(product(indicator.points, outcome.fraction), scheme.decimals)


def _trials(scheme: Scheme) -> Iterator[Trial]:
    full = _unit(scheme, is_best=True)
    marks = round_half_up(scheme.full_marks, scheme.decimals)
    best = next(grade.title for grade in scheme.grades if grade.minimum <= scheme.full_marks)
    yield _trial(TrialKind.FULL, f" {marks} 分、{best}", f" {full.total} 分、{full.grade}", full)
    zero = _unit(scheme, is_best=False)
    yield _trial(TrialKind.ZERO, scheme.grades[-1].title, zero.grade or "", zero)
    absent = _inapplicable(scheme)
    found = _EXEMPT if absent.exempt else f" {absent.total} 分"
    yield _trial(TrialKind.NOT_APPLICABLE, _EXEMPT, found, absent)
    for veto in scheme.vetoes:
        vetoed = _unit(scheme, is_best=True, veto=veto)
        title = f"{TrialKind.VETOED.label}：{veto.title}"
        yield Trial(TrialKind.VETOED, _limited(scheme, veto), vetoed.grade or "", vetoed.total, title, veto.code)


def _trial(kind: TrialKind, expected: str, found: str, unit: UnitResult) -> Trial:
    return Trial(kind, expected, found, unit.total, kind.label)


def _limited(scheme: Scheme, veto: VetoKind) -> str:
    """The grade that full marks come to under the veto: its limit, which must be below the best."""
    titles = [grade.title for grade in scheme.grades]
    place = max(titles.index(veto.limit), 1) if len(titles) > 1 else 0
    return next(grade.title for grade in scheme.grades[place:] if grade.minimum <= scheme.full_marks)


def _unit(scheme: Scheme, *, is_best: bool, veto: VetoKind | None = None) -> UnitResult:
    rows = [[_leaf(scheme, item, is_best=is_best) for item in category.indicators] for category in scheme.categories]
    happened = () if veto is None else (_veto(veto),)
    facts = replace(_facts(scheme), events=happened)
    result = totalled(facts, category_results(rows, scheme), ((), ()), scheme)
    (graded,) = grade_units(rank_units((result,), scheme), scheme)
    return graded


def _leaf(scheme: Scheme, indicator: Indicator, *, is_best: bool) -> LeafResult:
    score = earned(scheme, indicator, is_best=is_best)
    return LeafResult(indicator, LeafState.SCORED, score, score, None, "")


def _veto(veto: VetoKind) -> Event:
    return Event("1", EventKind.VETO, veto.code, _YEAR.deadline, veto.title, veto.title)


def _inapplicable(scheme: Scheme) -> UnitResult:
    reasons = {indicator.code: TrialKind.NOT_APPLICABLE.label for indicator in scheme.indicators}
    facts = replace(_facts(scheme), not_applicable=reasons)
    group = GroupFacts(Group(scheme.group, scheme.group), scheme, (facts,))
    return score_unit(facts, group_context(group, _YEAR, {}))


def _facts(scheme: Scheme) -> UnitFacts:
    return UnitFacts(Unit("trial", "试评单位", "试评单位", scheme.group))
