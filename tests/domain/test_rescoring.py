"""After any change of facts, what is scored again is what scoring from scratch gives, to the last character."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessor.domain.facts import UnitFacts, YearFacts
from assessor.domain.rescoring import rescore
from assessor.domain.rules.rank import Rank, RankBand
from assessor.domain.scoring import score_year
from assessor.domain.year import Stage
from tests.domain.builders import CLOSED, GRADES, OPEN, category, dec, form_of, group_facts, leaf, scheme, unit
from tests.domain.strategies import CODES, Case, cases, rivalries, units_of

many = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@st.composite
def changes(draw: st.DrawFn, case: Case) -> YearFacts:
    """The year after an edit: units with other facts, gone or come, other settings of the scheme, another stage."""
    units: list[UnitFacts] = []
    for known in case.units:
        kind = draw(st.sampled_from(["same", "same", "same", "equal", "other", "exempt", "gone"]))
        if kind == "equal":
            units.append(replace(known))
        elif kind == "other":
            units.append(draw(units_of(case.scheme, known.unit.code)))
        elif kind == "exempt":
            units.append(replace(known, exempt="" if known.exempt else "机构改革"))
        elif kind == "same":
            units.append(known)
    free = [code for code in CODES if code not in {known.unit.code for known in case.units}]
    if free and draw(st.booleans()):
        units.append(draw(units_of(case.scheme, free[0])))
    after = case.with_units(tuple(units))
    if draw(st.integers(0, 5)) == 0:
        after = after.with_scheme(replace(case.scheme, quota=None, min_coverage=dec("0.9")))
    facts = after.facts
    return replace(facts, year=draw(st.sampled_from([facts.year] * 5 + [OPEN, CLOSED])))


def assert_the_same(before: YearFacts, after: YearFacts) -> None:
    renewed, scored = rescore(before, score_year(before), after), score_year(after)
    assert renewed == scored
    assert repr(renewed) == repr(scored)


@many
@given(st.data(), cases())
def test_rescoring_gives_what_scoring_gives(data: st.DataObject, case: Case) -> None:
    assert_the_same(case.facts, data.draw(changes(case)))


@many
@given(rivalries(), st.data())
def test_ranks_and_quotas_move_with_one_units_marks(case: Case, data: st.DataObject) -> None:
    first, second = data.draw(st.permutations(case.units))[:2]
    copied = replace(second, unit=first.unit)
    units = tuple(copied if known is first else known for known in case.units)
    assert_the_same(case.facts, case.with_units(units).facts)


def ranked_group(*values: int) -> YearFacts:
    """A group that is ranked by one figure, by the first places."""
    rule = Rank("n", (RankBand(1, dec(1)), RankBand(2, dec("0.5"))))
    rules = scheme(category("1", leaf("1.1", 60, rule)), category("2", leaf("2.1", 40)), grades=GRADES)
    units = [
        unit(f"u{place}", form=form_of(f"u{place}", {"n": dec(value)}), given={"2.1": 30})
        for place, value in enumerate(values)
    ]
    return YearFacts(CLOSED, (group_facts(rules, *units),))


def totals(facts: YearFacts, result: Any) -> dict[str, str]:
    return {item.unit.code: f"{item.total}" for group in result.groups for item in group.units}


def test_where_a_rule_compares_units_one_units_figure_moves_another() -> None:
    before, after = ranked_group(9, 5, 1), ranked_group(9, 10, 1)
    result = score_year(before)
    renewed = rescore(before, result, after)
    assert renewed == score_year(after)
    assert totals(before, result) == {"u0": "90.00", "u1": "60.00", "u2": "30.00"}
    assert totals(after, renewed) == {"u0": "60.00", "u1": "90.00", "u2": "30.00"}


def test_what_no_edit_touched_is_the_same_object() -> None:
    before = ranked_group(9, 5, 1)
    result = score_year(before)
    assert rescore(before, result, replace(before)) is result
    units = before.groups[0].units
    other = replace(units[2], self_scores={"2.1": dec(35)})
    after = replace(before, groups=(replace(before.groups[0], units=(*units[:2], other)),))
    renewed = rescore(before, result, after)
    known = {item.unit.code: item for item in result.groups[0].units}
    assert [item.unit.code for item in renewed.groups[0].units if item is not known[item.unit.code]] == ["u2"]


def test_a_number_that_is_written_otherwise_is_read_otherwise() -> None:
    before = ranked_group(9, 5)
    first, second = before.groups[0].units
    short, longer = (
        replace(
            before, groups=(replace(before.groups[0], units=(replace(first, self_scores={"2.1": points}), second)),)
        )
        for points in (dec(35), dec("35.0"))
    )
    assert longer == short
    assert_the_same(short, longer)


def test_another_year_is_scored_from_scratch() -> None:
    before = ranked_group(9, 5)
    after = replace(before, year=replace(CLOSED, stage=Stage.REVIEW))
    assert_the_same(before, after)


def test_results_of_another_engine_are_not_built_on() -> None:
    before = ranked_group(9, 5)
    old = replace(score_year(before), engine_version="0", groups=())
    assert rescore(before, old, before) == score_year(before)
