"""Numbers in the words of a criterion (评分标准): bounds that belong to two bands, points that are not the item's.

Printed schemes are copied and corrected by hand, and these are their commonest slips.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assessor.domain.wording import plain

_NUMBER = r"(\d+(?:\.\d+)?)"
_MEASURE = r"\s*(?:%|分|次|人|个|件|篇|场|家|条|天|万元|元|名|项|期)?"
_DASH = r"\s*(?:-|—|–|~|～|至|到)\s*"
_RANGE = re.compile(_NUMBER + _MEASURE + _DASH + _NUMBER + _MEASURE + r"(?:\s*[(（](含|不含)[^)）]*[)）])?")
_FROM = re.compile(_NUMBER + _MEASURE + r"\s*(?:及以上|\(含\)以上|以上)")
_OVER = re.compile(r"(?:超过|高于|大于|多于)\s*" + _NUMBER)
_UNDER = re.compile(_NUMBER + _MEASURE + r"\s*(?:及以下|以下)")
_BELOW = re.compile(r"(?:低于|小于|少于|不足|不满|未达到|未达|不到)\s*" + _NUMBER)
_POINTS = re.compile(
    r"(每(?![年季月])[^，。；,;]{0,12}?)?(得|计|给|扣|加|减|满分|满分为|记|最高)?\s*"
    + _NUMBER
    + r"\s*分(?![钟之管析组解类级期布])(\s*(?:以上|以下|及以上|及以下))?"
)
_BOUNDARY = re.compile(r"含本数|不含本数|含下限|不含上限|含上限|不含下限")


@dataclass(frozen=True)
class TextFault:
    what: str
    remedy: str
    is_ambiguous: bool = False
    """A value belongs to two bands or to none: no one can tell what it earns."""


@dataclass(frozen=True)
class _Span:
    """Values from ``low`` to ``high``; None: without end."""

    low: Decimal | None
    high: Decimal | None
    has_low: bool
    has_high: bool
    words: str


def text_faults(criterion: str, points: Decimal) -> tuple[TextFault, ...]:
    """What is doubtful in the words of an item of ``points`` points."""
    text = unicodedata.normalize("NFKC", criterion)
    return (*_bounds(text), *_points(_RANGE.sub("，", text), points))


def bound_faults(text: str) -> tuple[TextFault, ...]:
    """Bounds of bands in any text that belong to two bands or leave a gap."""
    return tuple(_bounds(unicodedata.normalize("NFKC", text)))


def _bounds(text: str) -> Iterator[TextFault]:
    spans = _spans(text)
    if len(spans) < 2 or not any(span.low is not None and span.high is not None for span in spans):
        return
    says_which = bool(_BOUNDARY.search(text))
    ordered = sorted(spans, key=lambda span: (span.low is not None, span.low or 0, span.high or 0))
    for lower, upper in pairwise(ordered):
        if lower.high is None or upper.low is None:
            continue
        if lower.high > upper.low:
            yield _overlap(lower, upper)
        elif lower.high == upper.low and lower.has_high and upper.has_low and not says_which:
            value = plain(upper.low)
            what = f"“{lower.words}”和“{upper.words}”都包括 {value}，{value} 属于两档"
            yield TextFault(what, f"请写明 {value} 归哪一档，例如“以上含本数，以下不含本数”", is_ambiguous=True)
        elif lower.high < upper.low and not _is_next_whole(lower.high, upper.low):
            what = f"“{lower.words}”和“{upper.words}”之间有空档"
            remedy = f"请补上 {plain(lower.high)} 到 {plain(upper.low)} 之间怎样计分"
            yield TextFault(what, remedy, is_ambiguous=True)


def _overlap(lower: _Span, upper: _Span) -> TextFault:
    what = f"“{lower.words}”和“{upper.words}”重叠"
    return TextFault(what, "请让相邻两档首尾相接，不重叠", is_ambiguous=True)


def _is_next_whole(high: Decimal, low: Decimal) -> bool:
    """80-89 and 90-100: of whole numbers nothing is left out."""
    return low - high == 1 and high == high.to_integral_value() and low == low.to_integral_value()


def _spans(text: str) -> Sequence[_Span]:
    spans: list[_Span] = []
    rest = text
    for found in _RANGE.finditer(text):
        low, high = Decimal(found[1]), Decimal(found[2])
        if low < high:
            spans.append(_Span(low, high, True, found[3] != "不含", found[0].strip()))
        rest = rest.replace(found[0], "，", 1)
    for pattern, has in ((_FROM, True), (_OVER, False)):
        spans += [_Span(Decimal(found[1]), None, has, True, found[0].strip()) for found in pattern.finditer(rest)]
    for pattern, has in ((_UNDER, True), (_BELOW, False)):
        spans += [_Span(None, Decimal(found[1]), True, has, found[0].strip()) for found in pattern.finditer(rest)]
    return spans


def _points(text: str, points: Decimal) -> Iterator[TextFault]:
    given = [Decimal(found[3]) for found in _POINTS.finditer(text) if _is_given(found)]
    if not given or points in given or sum(given) == points:
        return
    listed = "、".join(plain(value) for value in dict.fromkeys(given))
    what = f"评分标准写的是 {listed} 分，分值却是 {plain(points)} 分"
    yield TextFault(what, "请核对评分标准的文字和分值，改成一致")


def _is_given(found: re.Match[str]) -> bool:
    """Points that the item gives, as against what each occurrence costs or brings, and scores that bound a band."""
    return not found[1] and found[2] not in ("扣", "减", "加") and not found[4]
