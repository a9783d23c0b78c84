"""Who marks what, as a table of ticks."""

from __future__ import annotations

from assessor.domain.duty_table import all_ticked, duties_to_save, duty_rows, panel_duties, stored_ticks, ticks_words
from assessor.domain.reviewing import Reviewing
from tests.domain.builders import tasked_unit, unit
from tests.domain.mark_views import view_of

ZHANG, LI = ("expert", "张三"), ("expert", "李四")
VIEW = view_of(
    tasked_unit("a", {"A1.1": 30, "A1.2": 10}),
    unit("b"),
    reviewers={"expert": ("张三", "李四")},
    reviewing=Reviewing({ZHANG: "b"}, {LI: (("a", "2.3"),)}),
)


def test_what_is_stored_is_ticked_task_by_task_indicators_once() -> None:
    assert panel_duties(VIEW, "expert") == (("a", "1.2"), ("b", "1.2"), ("a", "2.3"))
    ticks = stored_ticks(VIEW, "expert")
    assert ticks == {"张三": {("a", "1.2"), ("a", "2.3")}, "李四": {("a", "2.3")}}
    rows = duty_rows(VIEW, "expert", ticks)
    assert [(row.key, sorted(row.ticked), sorted(row.recused)) for row in rows] == [
        (("a", "1.2"), ["张三"], []),
        (("b", "1.2"), [], ["张三"]),
        (("a", "2.3"), ["张三", "李四"], []),
    ]
    assert ticks_words(rows, ticks) == "张三 2 项，李四 1 项；共 3 项，无人评 1 项，多人评 1 项"


def test_who_marks_all_that_he_may_marks_everything_of_his_panel() -> None:
    ticks = stored_ticks(VIEW, "expert")
    rows = duty_rows(VIEW, "expert", ticks)
    assert all_ticked(rows, "张三") == ticks["张三"]
    assert duties_to_save(rows, "expert", ticks) == {ZHANG: None, LI: (("a", "2.3"),)}
    assert duties_to_save(rows, "expert", {"张三": frozenset()}) == {ZHANG: ()}
