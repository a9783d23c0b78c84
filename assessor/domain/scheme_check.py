"""Checking a scheme before it is used (细则校验): every fault and doubt at once, each with the place to go to.

A fault blocks the start of scoring, a warning does not. Besides what ``scheme_soundness`` says of the parts and
``criterion_text`` of the words, every rule is tried with the best and the least inputs there can be, and made-up units
go through the engine (``scheme_trial``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from assessor.domain.criterion_text import bound_faults, text_faults
from assessor.domain.scheme import Indicator, Scheme
from assessor.domain.scheme_soundness import Part, unsound_parts
from assessor.domain.scheme_trial import Trial, TrialKind, earned, try_scheme
from assessor.domain.wording import plain


class Severity(Enum):
    FAULT = "fault"
    WARNING = "warning"

    @property
    def label(self) -> str:
        return {"fault": "错误", "warning": "提醒"}[self.value]


@dataclass(frozen=True)
class SchemeFinding:
    severity: Severity
    what: str
    remedy: str
    part: Part = Part.SCHEME
    code: str = ""
    """Of the item of that part that is meant; empty: the part as a whole."""


@dataclass(frozen=True)
class SchemeCheck:
    findings: tuple[SchemeFinding, ...]
    """Faults first, then in the order of the scheme."""
    trials: tuple[Trial, ...]
    """Empty where the scheme cannot even be tried."""

    @property
    def faults(self) -> tuple[SchemeFinding, ...]:
        return tuple(item for item in self.findings if item.severity is Severity.FAULT)

    @property
    def is_usable(self) -> bool:
        return not self.faults


_UNTRIED = frozenset({Part.SCHEME, Part.CATEGORY, Part.INDICATOR, Part.GRADE, Part.VETO})
"""With a fault of these there is no telling what a made-up unit should come to."""


def check_scheme(scheme: Scheme) -> SchemeCheck:
    """Never raises for what is in the scheme: whatever is wrong with it is a finding."""
    findings = [
        *_unsound(scheme),
        *(found for indicator in scheme.indicators for found in _reach(scheme, indicator)),
        *(found for indicator in scheme.indicators for found in _words(indicator)),
        *(SchemeFinding(Severity.FAULT, item.what, item.remedy, Part.GRADE) for item in bound_faults(scheme.note)),
    ]
    is_tried = not any(item.severity is Severity.FAULT and item.part in _UNTRIED for item in findings)
    trials = try_scheme(scheme) if is_tried else ()
    findings += [_trial_fault(trial) for trial in trials if not trial.is_as_expected]
    findings.sort(key=lambda item: item.severity is Severity.WARNING)
    return SchemeCheck(tuple(findings), trials)


def _unsound(scheme: Scheme) -> Iterator[SchemeFinding]:
    found = (
        SchemeFinding(Severity.FAULT, item.what, item.remedy, item.part, item.code) for item in unsound_parts(scheme)
    )
    yield from dict.fromkeys(found)


def _reach(scheme: Scheme, indicator: Indicator) -> Iterator[SchemeFinding]:
    """Points that no input can reach, and points that are had for nothing."""
    if indicator.points <= 0:
        return
    best = earned(scheme, indicator, is_best=True)
    if best < indicator.points:
        what = f"{indicator.title}：分值 {plain(indicator.points)} 分，但按评分规则最多只能得 {plain(best)} 分"
        remedy = "请把最高一档改为 100%，或把分值改小"
        yield SchemeFinding(Severity.FAULT, what, remedy, Part.INDICATOR, indicator.code)
    least = earned(scheme, indicator, is_best=False)
    if least > 0:
        what = f"{indicator.title}：什么都没有做，按评分规则也得 {plain(least)} 分"
        remedy = "确是保底分的，可以不改；否则请把最低一档的比例改为 0"
        yield SchemeFinding(Severity.WARNING, what, remedy, Part.INDICATOR, indicator.code)


def _words(indicator: Indicator) -> Iterator[SchemeFinding]:
    for fault in text_faults(indicator.criterion, indicator.points):
        severity = Severity.FAULT if fault.is_ambiguous else Severity.WARNING
        yield SchemeFinding(severity, f"{indicator.title}：{fault.what}", fault.remedy, Part.INDICATOR, indicator.code)
    if not indicator.proof.strip():
        what = f"{indicator.title}：没有写考核依据"
        remedy = "请写明以什么材料为凭，例如文件、会议记录、图片"
        yield SchemeFinding(Severity.WARNING, what, remedy, Part.INDICATOR, indicator.code)


def _trial_fault(trial: Trial) -> SchemeFinding:
    part = Part.VETO if trial.kind is TrialKind.VETOED else Part.SCHEME
    what = f"试评“{trial.title}”应为{trial.expected}，实为{trial.found}"
    remedy = "请检查各项分值、评分规则、等次线和一票否决的限定"
    return SchemeFinding(Severity.FAULT, what, remedy, part, trial.code)
