from __future__ import annotations

from io import BytesIO

from reportlab.platypus.doctemplate import BaseDocTemplate, PageBreak, PageTemplate
from reportlab.platypus.flowables import Flowable, KeepTogether, Spacer
from reportlab.platypus.frames import Frame

from assessor.reports.floating import Floating, FloatPlace, FloatQueue
from assessor.reports.marks import OutlineMark
from assessor.reports.text.table import ruled_table

CHART = Spacer(0, 300)


class _Figure(Flowable):  # type: ignore[misc]
    """Says when it was drawn."""

    def __init__(self, name: str, height: float, drawn: list[str]) -> None:
        super().__init__()
        self.name, self.height, self.drawn = name, height, drawn

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 100, self.height

    def draw(self) -> None:
        self.drawn.append(self.name)


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """Pages with room for 400 points, built at once."""

    def __init__(self, story: list[Flowable]) -> None:
        self._floats = FloatQueue()
        frame = Frame(0, 0, 300, 400, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
        super().__init__(BytesIO(), pagesize=(300, 400), pageTemplates=[PageTemplate(frames=[frame])])
        self.build(story)

    def handle_flowable(self, flowables: list[Flowable]) -> None:
        if flowables is not self._hanging:
            frame = self.frame
            self._floats.arrange(flowables, frame._y - frame._y1p, frame._width, at_top=bool(frame._atTop))
        super().handle_flowable(flowables)


def _story(*rest: Flowable) -> list[Flowable]:
    return [Floating([CHART]), *rest]


def _waiting() -> FloatQueue:
    queue = FloatQueue()
    queue.arrange(_story(), 200, 400, at_top=False)
    return queue


def test_what_fits_stays_where_it_is() -> None:
    story = _story()
    FloatQueue().arrange(story, 300, 400, at_top=False)
    assert story == [CHART]


def test_what_does_not_fit_waits_and_the_text_goes_on() -> None:
    text = Spacer(0, 20)
    story = _story(text)
    FloatQueue().arrange(story, 200, 400, at_top=False)
    assert isinstance(story[0], FloatPlace)
    assert story[1] is text


def test_it_comes_at_the_top_of_the_next_page() -> None:
    queue, story = _waiting(), [Spacer(0, 20)]
    queue.arrange(story, 600, 400, at_top=True)
    assert isinstance(story[0], KeepTogether)


def test_it_comes_between_sections_where_it_fits() -> None:
    queue, story = _waiting(), [FloatPlace()]
    queue.arrange(story, 250, 400, at_top=False)
    assert isinstance(story[0], FloatPlace)
    queue.arrange(story, 310, 400, at_top=False)
    assert isinstance(story[0], KeepTogether)


def test_it_does_not_pass_a_barrier() -> None:
    queue, story = _waiting(), [FloatPlace(barrier=True)]
    queue.arrange(story, 10, 400, at_top=False)
    assert isinstance(story[0], KeepTogether)


def test_a_second_one_does_not_overtake_the_first() -> None:
    queue, story = _waiting(), [Floating([Spacer(0, 10)])]
    queue.arrange(story, 200, 400, at_top=False)
    assert isinstance(story[0], FloatPlace)


def test_two_that_wait_come_in_their_order_though_the_page_is_turned_before_the_first() -> None:
    drawn: list[str] = []
    figures = [Floating([_Figure(name, 300, drawn)]) for name in ("图4", "图5")]
    document = _Document([Spacer(10, 200), *figures, FloatPlace(barrier=True), Spacer(10, 20)])
    assert drawn == ["图4", "图5"]
    assert document.page == 3


def test_two_that_wait_come_in_their_order_at_the_top_of_pages() -> None:
    drawn: list[str] = []
    figures = [Floating([_Figure(name, height, drawn)]) for name, height in (("图4", 390), ("图5", 30))]
    texts = [Spacer(10, 90) for _number in range(12)]
    _Document([Spacer(10, 380), *figures, *texts, FloatPlace(barrier=True)])
    assert drawn == ["图4", "图5"]


def test_it_does_not_part_a_table_from_its_beginning() -> None:
    table = ruled_table([["列"]], [[str(number)] for number in range(60)], [100], caption="表")
    table.wrap(100, 600)
    rest = table.split(100, 600)[-1]
    queue, story = _waiting(), [rest]
    queue.arrange(story, 600, 400, at_top=True)
    assert story == [rest]


def test_the_page_is_turned_before_what_needs_more_room() -> None:
    mark = OutlineMark("标题", 0, "m1", 90)
    queue, story = FloatQueue(), [mark]
    queue.arrange(story, 100, 400, at_top=False)
    assert story == [mark]
    queue.arrange(story, 80, 400, at_top=False)
    assert isinstance(story[0], PageBreak)


def test_a_mark_at_the_top_of_a_page_stays_there() -> None:
    mark = OutlineMark("标题", 0, "m1", 900)
    story = [mark]
    FloatQueue().arrange(story, 600, 400, at_top=True)
    assert story == [mark]
