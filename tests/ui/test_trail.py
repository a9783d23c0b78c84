"""Where back and forward lead."""

from __future__ import annotations

from assessor.domain.place import Place
from assessor.ui.trail import Trail

A, B, C = Place("overview"), Place("units", unit="kexie"), Place("forms")


def test_back_and_forward_and_what_comes_between() -> None:
    trail = Trail()
    trail.leave(A)
    trail.leave(B)
    assert trail.step_back(C) == B
    assert trail.step_back(B) == A
    assert trail.step_back(A) is None
    assert trail.step_ahead(A) == B
    trail.leave(B)
    assert trail.step_ahead(C) is None
    assert trail.step_back(C) == B


def test_a_step_never_stays_where_it_is_and_the_trail_does_not_grow_for_ever() -> None:
    trail = Trail()
    trail.leave(A)
    trail.leave(B)
    assert trail.step_back(B) == A
    for number in range(300):
        trail.leave(Place("units", unit=str(number)))
    assert len(trail.back) == 100
