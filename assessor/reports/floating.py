"""Charts that wait for room: the text below goes on, and the chart takes the next place that holds it."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus.doctemplate import ActionFlowable, PageBreak
from reportlab.platypus.flowables import Flowable, KeepTogether

from assessor.reports.marks import OutlineMark
from assessor.reports.text.table import RuledTable


class Floating(ActionFlowable):  # type: ignore[misc]
    """``content`` stays on one page, here or, where it does not fit, further down."""

    def __init__(self, content: Sequence[Flowable]) -> None:
        super().__init__()
        self.content = list(content)

    def apply(self, doc: object) -> None:
        raise AssertionError("placed by FloatQueue")


class FloatPlace(ActionFlowable):  # type: ignore[misc]
    """Between two sections, where what floats may come down if it fits; a ``barrier`` lets none of it pass."""

    def __init__(self, *, barrier: bool = False) -> None:
        super().__init__()
        self.barrier = barrier

    def apply(self, doc: object) -> None:
        return None


class _Landed(ActionFlowable):  # type: ignore[misc]
    """What came down before it stands on its page: the next that waits may come."""

    def apply(self, doc: object) -> None:
        return None


class FloatQueue:
    """What waits, in order."""

    def __init__(self) -> None:
        self._waiting: list[Floating] = []
        self._is_landing = False
        """Whether what came last is not whole on its page yet: ReportLab may turn the page before it, or within."""

    def arrange(self, flowables: list[Flowable], room: float, width: float, *, at_top: bool) -> None:
        """Changes the head of the story: takes what must wait, puts in what may come now, turns the page where what
        comes needs more room.

        ``room`` is what is left of the page in points, ``at_top`` that nothing stands on it yet.
        """
        first = flowables[0]
        if self._is_landing:
            self._is_landing = not isinstance(first, _Landed)
        elif isinstance(first, Floating):
            if self._waiting or not _fits(first, room, width):
                self._waiting.append(first)
                flowables[0] = FloatPlace()
            else:
                flowables[0:1] = first.content
        elif self._waiting and self._may_come(first, room, width, at_top=at_top):
            # ReportLab refuses a flowable that does not fit twice; this one gets a page of its own later.
            first.__dict__.pop("_postponed", None)
            flowables[0:0] = [KeepTogether(self._waiting.pop(0).content), _Landed()]
            self._is_landing = True
        elif isinstance(first, OutlineMark) and first.room > room and not at_top:
            flowables.insert(0, PageBreak())

    def _may_come(self, first: Flowable, room: float, width: float, *, at_top: bool) -> bool:
        if isinstance(first, FloatPlace):
            return first.barrier or _fits(self._waiting[0], room, width)
        return at_top and not _goes_on(first)


def _fits(floating: Floating, room: float, width: float) -> bool:
    for flowable in floating.content:
        room -= flowable.wrap(width, room)[1]
    return room >= 0


def _goes_on(flowable: Flowable) -> bool:
    """Whether it is the rest of a table, which nothing may part from its beginning."""
    return isinstance(flowable, RuledTable) and flowable.is_continued
