"""An entry of what deserves a look in review (复核): its topic, whom and what it is about, and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from assessor.domain.place import Place
from assessor.domain.results import GroupResult, UnitResult
from assessor.domain.review import ReviewCheck, SecondScore


class ReviewPlace(Enum):
    """Where something is looked at and mended; the value is the key of a page, except of a trace."""

    APPEALS = "review"
    SCORING = "scoring"
    FORMS = "forms"
    ENTRIES = "entries"
    EVIDENCE = "evidence"
    TRACE = "trace"

    @property
    def label(self) -> str:
        return {
            "review": "处理申诉",
            "scoring": "看评分",
            "forms": "看填报表",
            "entries": "看加减分",
            "evidence": "看佐证",
            "trace": "看得分依据",
        }[self.value]


class ReviewTopic(Enum):
    """Why something deserves a look, in the order in which to look."""

    APPEAL = "appeal"
    HOST = "host"
    EXTREME = "extreme"
    SPREAD = "spread"
    SELF = "self"
    MEDIAN = "median"
    PREVIOUS = "previous"
    EVIDENCE = "evidence_missing"
    EVENT = "event_evidence"
    LATE = "late"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def position(self) -> int:
        return list(ReviewTopic).index(self)

    @property
    def place(self) -> ReviewPlace:
        return _PLACES[self]


_LABELS = {
    ReviewTopic.APPEAL: "申诉待处理",
    ReviewTopic.HOST: "本单位复评",
    ReviewTopic.EXTREME: "极端分缺依据",
    ReviewTopic.SPREAD: "评委分歧",
    ReviewTopic.SELF: "自评偏高",
    ReviewTopic.MEDIAN: "偏离组中位数",
    ReviewTopic.PREVIOUS: "与上年悬殊",
    ReviewTopic.EVIDENCE: "缺佐证",
    ReviewTopic.EVENT: "事项缺佐证",
    ReviewTopic.LATE: "逾期收表",
}


_PLACES = {
    ReviewTopic.APPEAL: ReviewPlace.APPEALS,
    ReviewTopic.HOST: ReviewPlace.SCORING,
    ReviewTopic.EXTREME: ReviewPlace.SCORING,
    ReviewTopic.SPREAD: ReviewPlace.SCORING,
    ReviewTopic.SELF: ReviewPlace.TRACE,
    ReviewTopic.MEDIAN: ReviewPlace.TRACE,
    ReviewTopic.PREVIOUS: ReviewPlace.TRACE,
    ReviewTopic.EVIDENCE: ReviewPlace.EVIDENCE,
    ReviewTopic.EVENT: ReviewPlace.ENTRIES,
    ReviewTopic.LATE: ReviewPlace.FORMS,
}


class ReviewState(Enum):
    OPEN = "open"
    UNSCORED = "unscored"
    """The second score of the office's own unit is awaited."""
    SETTLED = "settled"
    """The second score is near enough."""
    CHECKED = "checked"

    @property
    def label(self) -> str:
        return {"open": "待核", "unscored": "待复评", "settled": "已复评", "checked": "已核"}[self.value]

    @property
    def is_done(self) -> bool:
        return self in (ReviewState.SETTLED, ReviewState.CHECKED)


@dataclass(frozen=True)
class ReviewItem:
    topic: ReviewTopic
    unit: UnitResult
    group: GroupResult = field(compare=False)
    """Left out where entries are compared: all of a group would be gone through for each of them."""
    subject: str
    """What of the unit it is about, within its topic; kept with the tick."""
    title: str
    why: str
    amount: Decimal | None = None
    """How much, to be sorted by: in percent of the points, marks, or days."""
    amount_text: str = ""
    indicator: str | None = None
    task: str | None = None
    score: Decimal | None = None
    compared: Decimal | None = None
    """What the score is held against: the median, last year's, the self-score, the second one."""
    second: SecondScore | None = None
    check: ReviewCheck | None = None
    state: ReviewState = ReviewState.OPEN

    @property
    def key(self) -> tuple[str, str, str]:
        return self.topic.value, self.unit.unit.code, self.subject

    @property
    def takes_second(self) -> bool:
        return self.topic is ReviewTopic.HOST

    @property
    def difference(self) -> Decimal | None:
        return None if self.score is None or self.compared is None else self.score - self.compared


def place_of(item: ReviewItem) -> Place:
    """Where the entry is looked at, as the window goes there."""
    unit, page = item.unit.unit.code, item.topic.place
    if page is ReviewPlace.SCORING:
        return Place(page.value, unit, item.indicator or "", item.group.group.code)
    if page is ReviewPlace.FORMS:
        return Place(page.value, unit, task=item.task or "")
    if page in (ReviewPlace.APPEALS, ReviewPlace.ENTRIES):
        return Place(page.value, unit, key=item.subject)
    return Place(page.value, unit)


def open_items(items: Sequence[ReviewItem]) -> tuple[ReviewItem, ...]:
    return tuple(item for item in items if not item.state.is_done)


def review_summary(items: Sequence[ReviewItem]) -> str:
    """``待核 31 项，已核 4 项``; empty where nothing deserves a look."""
    waiting = len(open_items(items))
    return f"待核 {waiting} 项，已核 {len(items) - waiting} 项" if items else ""
