"""After any sequence of renames, merges and splits no reference dangles, and a sealed year is as it was."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.domain.lineage import heir, plan_in_year
from assessor.domain.plan import Role
from tests.domain.registries import NEXT, made, state
from tests.domain.registry_requests import YEARS, requests


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_reference_dangles_and_no_sealed_year_moves(data: st.DataObject) -> None:
    before = now = state()
    for number in range(data.draw(st.integers(1, 6))):
        request = data.draw(requests(now, number))
        if not request(now).refusals:
            now = made(now, request)
    codes = set(now.plan.unit_by_code)
    assert all(known.successor is None or known.successor in codes for known in now.plan.units)
    for known in now.plan.units:
        assert known.valid_to is None or known.successor is None or heir(now.plan, known.code, NEXT + 2) is not None
    for year in YEARS:
        read = plan_in_year(now.plan, year)
        valid = {known.code for known in read.units if known.is_valid_in(year)}
        for section in read.sections:
            assert set(section.leads) <= valid
            assert section.leads
            assert all(set(task.units) <= valid and task.units for task in section.tasks)
    for old, item in zip(before.years, now.years, strict=True):
        read = plan_in_year(now.plan, item.year)
        valid = {known.code for known in read.units if known.is_valid_in(item.year)}
        assert {assignment.unit for assignment in item.assignments} <= valid
        # what a year was assigned is what the plan asks of it: the tasks go where their parts in the plan go
        asked = {(task.code, code) for task in read.tasks for code in task.units}
        assert {(assignment.task, assignment.unit) for assignment in item.assignments} == asked
        if item.is_sealed:
            assert item == old
            assert plan_in_year(before.plan, item.year).sections == read.sections
            named = {known.code: (known.name, known.short_name) for known in read.units}
            assert all(named[known.code] == (known.name, known.short_name) for known in before.plan.units)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_lead_is_never_lost(data: st.DataObject) -> None:
    now = state()
    for number in range(data.draw(st.integers(1, 4))):
        request = data.draw(requests(now, number))
        if not request(now).refusals:
            now = made(now, request)
    for item in now.years:
        led = {assignment.task for assignment in item.assignments if assignment.role is Role.LEAD}
        assert led >= {"A1.1", "A1.2", "P1.1", "P1.2"}
