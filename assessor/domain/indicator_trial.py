"""试一试: made-up inputs for one indicator, what they would earn, and the sentence of the trace. No unit involved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from assessor.domain import trace
from assessor.domain.dates import read_date
from assessor.domain.exact import product
from assessor.domain.facts import Award, Event, EventKind, Mark
from assessor.domain.figure_text import how_to_type, read_figure_text, typed_text
from assessor.domain.rounding import round_half_up
from assessor.domain.rules.rule import LeafFacts, LeafState, LevelRule, OfficeInput, PanelRule, PeerRule
from assessor.domain.rules.trial import UNBOUNDED
from assessor.domain.scheme import Figure, Indicator, Scheme
from assessor.domain.scheme_entry import read_number
from assessor.domain.submission import Submission, SubmissionState
from assessor.domain.wording import plain
from assessor.domain.year import Year
from assessor.errors import InputError

_FIGURE, _MARKS = "figure:", "marks:"
_SELF, _TARGET, _POINTS, _LEVEL, _PERCENTAGE = "self", "target", "points", "level", "percentage"
_TIMES, _HANDED_IN, _DEADLINE, _PEERS = "times", "handed_in", "deadline", "peers"
_MARKS_HINT = "0 到 100，几位评委的分数用逗号分开"


@dataclass(frozen=True)
class TrialField:
    key: str
    label: str
    start: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()
    """Of a choice; empty: a text."""


@dataclass(frozen=True)
class TrialResult:
    fraction: Fraction
    score: Decimal | None
    """None: nothing is known yet."""
    sentence: str


def trial_fields(indicator: Indicator, scheme: Scheme, year: Year) -> tuple[TrialField, ...]:
    """What can be typed for the indicator's rule, beginning with what earns all points."""
    rule = indicator.rule
    best = rule.trial(_bare(indicator, scheme, year), is_best=True)
    return tuple(_fields(indicator, scheme, best))


def try_indicator(indicator: Indicator, scheme: Scheme, year: Year, texts: Mapping[str, str]) -> TrialResult:
    """Raises InputError where a text cannot be read or the rule refuses a value."""
    facts = _facts(indicator, scheme, year, texts)
    outcome = indicator.rule.evaluate(facts)
    is_known = outcome.state is not LeafState.PENDING or outcome.provisional
    score = round_half_up(product(indicator.points, outcome.fraction), scheme.decimals) if is_known else None
    return TrialResult(outcome.fraction, score, trace.unit_leaf(outcome, indicator.points, score))


def _bare(indicator: Indicator, scheme: Scheme, year: Year) -> LeafFacts:
    titles = {figure.code: figure.title for figure in scheme.figures}
    return LeafFacts(indicator.code, indicator.points, scheme.decimals, False, year.deadline, figure_titles=titles)


def _fields(indicator: Indicator, scheme: Scheme, best: LeafFacts) -> Iterator[TrialField]:
    rule, inputs = indicator.rule, indicator.rule.office_inputs()
    known = {figure.code: figure for figure in scheme.figures}
    for code in dict.fromkeys(rule.figures()):
        figure = known.get(code) or Figure(code, code, "", indicator.scope)
        yield _figure_field(figure, best)
    if OfficeInput.TARGET in inputs:
        yield TrialField(_TARGET, "下达的目标值", "100")
    if isinstance(rule, PeerRule):
        yield TrialField(_PEERS, "同组其他单位", "", "其他单位的数值，用逗号分开")
    if isinstance(rule, PanelRule):
        for panel in rule.panels:
            if panel.is_self:
                yield TrialField(_SELF, f"{panel.title}（分）", plain(indicator.points))
            else:
                yield TrialField(_MARKS + panel.code, panel.title, "100", _MARKS_HINT)
    if OfficeInput.AWARD in inputs:
        yield from _award_fields(indicator, best)
    if OfficeInput.OCCURRENCES in inputs:
        yield TrialField(_TIMES, "扣分情形次数", "0")
    if not inputs and not rule.figures():
        day = best.deadline.isoformat()
        yield TrialField(_HANDED_IN, "报送日期", day, "留空为未报")
        yield TrialField(_DEADLINE, "截止日期", day)


def _award_fields(indicator: Indicator, best: LeafFacts) -> Iterator[TrialField]:
    rule = indicator.rule
    if isinstance(rule, LevelRule):
        titles = tuple(level.title for level in rule.levels)
        yield TrialField(_LEVEL, "等级", titles[0], choices=titles)
        given = best.award.percentage if best.award else None
        yield TrialField(_PERCENTAGE, "百分比", "" if given is None else plain(given), "在等级的范围内；留空取中值")
    else:
        yield TrialField(_POINTS, "考核办给分", plain(indicator.points))


def _figure_field(figure: Figure, best: LeafFacts) -> TrialField:
    value = best.submission.figure(figure.code) if best.submission else Decimal(0)
    start = "" if isinstance(value, Decimal) and abs(value) >= UNBOUNDED else typed_text(figure, value)
    label = f"{figure.title}（{figure.measure}）" if figure.measure else figure.title
    return TrialField(_FIGURE + figure.code, label, start, how_to_type(figure))


def _facts(indicator: Indicator, scheme: Scheme, year: Year, texts: Mapping[str, str]) -> LeafFacts:
    facts = _bare(indicator, scheme, year)
    if _DEADLINE in texts:
        facts = replace(facts, deadline=read_date(texts[_DEADLINE], "截止日期", year.year))
    facts = replace(facts, submission=_form(scheme, facts.deadline, year, texts))
    if texts.get(_TARGET, "").strip():
        facts = replace(facts, assigned_target=read_number(texts[_TARGET], "目标值"))
    if _TIMES in texts:
        facts = replace(facts, occurrences=_occurrences(indicator, facts.deadline, texts[_TIMES]))
    if texts.get(_SELF, "").strip():
        facts = replace(facts, self_score=read_number(texts[_SELF], "自评分"))
    facts = replace(facts, marks=tuple(_marks(indicator, texts)), award=_award(indicator, texts))
    return replace(facts, peers=_peers(indicator, facts, texts)) if _PEERS in texts else facts


def _form(scheme: Scheme, deadline: date, year: Year, texts: Mapping[str, str]) -> Submission | None:
    handed_in = deadline
    if _HANDED_IN in texts:
        if not texts[_HANDED_IN].strip():
            return None
        handed_in = read_date(texts[_HANDED_IN], "报送日期", year.year)
    known = {figure.code: figure for figure in scheme.figures}
    figures = {}
    for key, text in texts.items():
        if key.startswith(_FIGURE) and (figure := known.get(key.removeprefix(_FIGURE))) is not None:
            figures[figure.code] = read_figure_text(figure, text)
    return Submission("trial", None, 1, SubmissionState.ACCEPTED, handed_in, handed_in, figures)


def _occurrences(indicator: Indicator, day: date, text: str) -> tuple[Event, ...]:
    times = read_number(text or "0", "次数")
    if times < 0 or times != times.to_integral_value():
        raise InputError("次数应为 0 或正整数", remedy="请填整数，例如 2")
    if not times:
        return ()
    return (Event("1", EventKind.OCCURRENCE, indicator.code, day, "试一试", "试一试", occurrences=int(times)),)


def _marks(indicator: Indicator, texts: Mapping[str, str]) -> Iterator[Mark]:
    for key, text in texts.items():
        if key.startswith(_MARKS):
            for number, value in enumerate(_numbers(text, "评分"), 1):
                yield Mark(indicator.code, f"评委{number}", key.removeprefix(_MARKS), value)


def _award(indicator: Indicator, texts: Mapping[str, str]) -> Award | None:
    if texts.get(_POINTS, "").strip():
        return Award(indicator.code, "试一试", points=read_number(texts[_POINTS], "给分"))
    if texts.get(_LEVEL):
        given = texts.get(_PERCENTAGE, "").strip().removesuffix("%")
        percentage = read_number(given, "百分比") if given else None
        return Award(indicator.code, "试一试", level=texts[_LEVEL], percentage=percentage)
    return None


def _peers(indicator: Indicator, facts: LeafFacts, texts: Mapping[str, str]) -> tuple[Decimal, ...]:
    """The known values of the group, the unit's own among them."""
    rule = indicator.rule
    own = rule.peer_reading(facts).value if isinstance(rule, PeerRule) else None
    others = _numbers(texts[_PEERS], "数值")
    return tuple(others) if own is None else (own, *others)


def _numbers(text: str, name: str) -> list[Decimal]:
    parts = text.replace("，", ",").replace("、", ",").split(",")
    return [read_number(part, name) for part in parts if part.strip()]
