"""Changes of a registry as Hypothesis draws them: sensible ones and others."""

from __future__ import annotations

from functools import partial

from hypothesis import strategies as st

from assessor.domain.registry_change import RegistryState, Request
from assessor.domain.registry_edits import move_unit, rename_unit
from assessor.domain.registry_merge import merge_units
from assessor.domain.registry_split import Part, split_unit, tasks_of
from tests.domain.registries import NEXT, OPEN, SEALED, unit

YEARS = (SEALED, OPEN, NEXT, NEXT + 1)


@st.composite
def requests(draw: st.DrawFn, now: RegistryState, number: int) -> Request:
    code = st.sampled_from([known.code for known in now.plan.units])
    mine, year = draw(code), draw(st.sampled_from(YEARS))
    kind = draw(st.sampled_from(["rename", "merge", "split", "order"]))
    if kind == "rename":
        return partial(rename_unit, unit=mine, name=f"宜春市新{number}局", short_name=f"市新{number}局", year=year)
    if kind == "merge":
        return partial(merge_units, unit=mine, into=draw(code), year=year)
    if kind == "order":
        return partial(move_unit, unit=mine, after=None)
    tasks = [task.code for task in tasks_of(now, mine, year)]
    chosen = draw(st.lists(st.sampled_from(tasks), unique=True)) if tasks else []
    new = [unit(f"xin{number}{letter}", valid_from=year) for letter in "ab"]
    cut = draw(st.integers(0, len(chosen)))
    parts = [Part(new[0], tuple(chosen[:cut])), Part(new[1], tuple(chosen[cut:]))]
    return partial(split_unit, unit=mine, parts=parts, carrier=draw(st.sampled_from([None, new[0].code])), year=year)
