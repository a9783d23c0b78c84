"""The committed sample workbook: what its script makes, row by row, and varied enough to show the program."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.facts import AdjustmentKind, EventKind, UnitFacts
from assessor.domain.plan import Role
from assessor.domain.progress import Delivery
from assessor.domain.results import GroupResult, UnitResult
from assessor.domain.rules.rule import LeafState
from assessor.domain.standing import due_forms, standing_of
from assessor.domain.statistics import assessed_units, summarize
from assessor.domain.submission import DONE, Blank, Submission, SubmissionState
from assessor.domain.year import Stage
from assessor.domain.year_view import YearView
from assessor.errors import WorkbookError
from assessor.resources import SAMPLE_WORKBOOK
from assessor.workbook.settings import load_settings
from assessor.workbook.views import load_view
from assessor.workbook.workbook import Check, Workbook
from assessor.workbook.years import list_years
from sample_db.make_sample import build_sample

YEARS = (2022, 2023, 2024, 2025)
CLOSED = YEARS[:3]


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table with its sorted rows."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr) for (name,) in names}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbook]:
    copy = tmp_path_factory.mktemp("sample") / "示例.assess"
    shutil.copyfile(SAMPLE_WORKBOOK, copy)
    with Workbook.open(copy, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def views(workbook: Workbook) -> dict[int, YearView]:
    return {year: load_view(workbook, year) for year in YEARS}


def unit_facts(view: YearView) -> list[UnitFacts]:
    return [unit for group in view.facts.groups for unit in group.units]


def forms_of(view: YearView) -> list[Submission]:
    forms = [form for unit in unit_facts(view) for form in (unit.form, *unit.submissions.values())]
    return [form for form in forms if form is not None]


def member_group(view: YearView) -> GroupResult:
    return next(group for group in view.result.groups if group.group.code == "member")


def result_of(view: YearView, unit: str) -> UnitResult:
    found = view.result.find(unit)
    assert found is not None
    return found[1]


def test_the_script_makes_the_committed_sample_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "新.assess"
    build_sample(path)
    made, committed = contents(path), contents(SAMPLE_WORKBOOK)
    assert made.keys() == committed.keys()
    assert [name for name in made if made[name] != committed[name]] == []
    assert sorted(item.name for item in tmp_path.iterdir()) == ["新.assess"]


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "已有.assess"
    path.write_bytes(b"mine")
    with pytest.raises(WorkbookError, match="已经存在"):
        build_sample(path)
    assert path.read_bytes() == b"mine"


def test_no_stored_value_is_a_binary_float() -> None:
    tables = contents(SAMPLE_WORKBOOK)
    assert sum(map(len, tables.values())) > 5000
    assert not any(isinstance(value, float) for rows in tables.values() for row in rows for value in row)


def test_it_says_everywhere_that_it_is_made_up(workbook: Workbook, views: dict[int, YearView]) -> None:
    settings = load_settings(workbook)
    assert settings.is_sample
    assert "示例数据" in settings.title
    assert all(year.is_sample for year in list_years(workbook))
    units = [unit for view in views.values() for unit in unit_facts(view)]
    texts = [event.reason for unit in units for event in unit.events]
    texts += [award.reason for unit in units for award in unit.awards]
    texts += [mark.reviewer for unit in units for mark in unit.marks]
    texts += [reason for unit in units for reason in unit.not_applicable.values()]
    texts += [item.not_applicable for unit in units for item in unit.assignments if item.not_applicable]
    texts += [item.title for view in views.values() for form in forms_of(view) for item in form.evidence]
    texts += [unit.form.note for unit in units if unit.form]
    assert [text for text in texts if "示例" not in text] == []
    assert all(item.is_sample for view in views.values() for target in view.targets for item in target.observations)


def test_three_years_are_sealed_and_the_fourth_is_being_collected(views: dict[int, YearView]) -> None:
    stages = {year: (view.year.stage, view.year.collection_closed) for year, view in views.items()}
    assert stages == dict.fromkeys(CLOSED, (Stage.SEAL, True)) | {2025: (Stage.COLLECT, False)}
    standing = standing_of(views[2025], date(2025, 12, 8))
    assert (standing.complete_units, standing.units) == (31, 40)
    assert all(form.submitted_on <= date(2025, 12, 8) for form in forms_of(views[2025]))


def test_every_task_of_the_plan_is_assigned_with_a_target(views: dict[int, YearView]) -> None:
    assigned = {year: [item for unit in unit_facts(view) for item in unit.assignments] for year, view in views.items()}
    assert {year: len(items) for year, items in assigned.items()} == {2022: 197, 2023: 197, 2024: 193, 2025: 193}
    assert all(item.target and item.measure for items in assigned.values() for item in items)
    counts = Counter(item.unit for item in assigned[2022])
    assert (counts["kexie"], counts["caizhengju"], counts["tongjiju"]) == (29, 1, 1)
    for items in assigned.values():
        assert sum(item.target or 0 for item in items if item.task == "A1.6") == 300
        assert sum(item.target or 0 for item in items if item.task == "A2.2") * 4 >= 30000


def test_the_bureau_that_was_folded_in_leaves_its_tasks_to_its_successor(views: dict[int, YearView]) -> None:
    names = {year: {unit.unit.code for unit in unit_facts(view)} for year, view in views.items()}
    assert ["xiangcunzhenxingju" in names[year] for year in YEARS] == [True, True, False, False]
    heir = next(unit for unit in unit_facts(views[2024]) if unit.unit.code == "nongyenongcunju")
    asked = {item.task: item for item in heir.assignments}
    assert asked["A2.2"].target == Decimal(5800)
    assert asked["A2.4"].role is Role.LEAD


@pytest.mark.parametrize("year", CLOSED)
def test_a_closed_year_is_scored_to_the_end_and_looks_like_one(views: dict[int, YearView], year: int) -> None:
    for group in views[year].result.groups:
        summary = summarize(group)
        assert group.warnings == ()
        assert summary.provisional == 0
        assert summary.mean is not None
        assert Decimal(77) <= summary.mean <= Decimal(90)
        totals = [unit.total for unit in assessed_units(group)]
        assert max(totals) < 98
        assert min(totals) < 75
        assert len(set(totals)) > len(totals) * 3 // 4


def test_grades_of_all_kinds_are_given_and_the_quota_bites(views: dict[int, YearView]) -> None:
    grades = {year: dict(summarize(member_group(views[year])).grades) for year in CLOSED}
    assert all(grades[2022].values())
    assert grades[2022]["不合格"] == 1
    for year in (2023, 2024):
        beyond = [unit for unit in member_group(views[year]).units if unit.total >= 90 and unit.grade == "良好"]
        assert beyond
        assert all("名额" in unit.grade_sentence for unit in beyond)


def test_the_only_task_of_a_unit_was_never_handed_in(views: dict[int, YearView]) -> None:
    unit = result_of(views[2024], "tongjiju")
    assert {leaf.indicator.code for leaf in unit.leaves if leaf.state is LeafState.NOT_SUBMITTED} == {
        "2.1",
        "2.2",
        "2.3",
    }
    assert unit.grade == "不合格"


def test_a_unit_of_low_coverage_is_scored_but_not_ranked(views: dict[int, YearView]) -> None:
    unit = result_of(views[2022], "caizhengju")
    assert unit.coverage < Decimal("0.5")
    assert unit.rank is None
    assert "覆盖率" in unit.unranked


def test_an_exempt_unit_is_listed_unranked(views: dict[int, YearView]) -> None:
    assert "机构改革" in result_of(views[2023], "xiangcunzhenxingju").exempt


def test_a_veto_limits_the_grade_and_leaves_the_score(views: dict[int, YearView]) -> None:
    unit = result_of(views[2023], "wenguangxinlvju")
    assert unit.total > 80
    assert unit.grade == "合格"
    assert "弄虚作假" in unit.grade_sentence


def test_an_appeal_and_a_review_replace_scores(views: dict[int, YearView]) -> None:
    kinds = [
        (unit.unit.code, leaf.adjustment.kind, leaf.score)
        for unit in member_group(views[2024]).units
        for leaf in unit.leaves
        if leaf.adjustment and leaf.score == leaf.adjustment.new != leaf.adjustment.old == leaf.computed
    ]
    assert {(unit, kind) for unit, kind, _score in kinds} == {
        ("shelian", AdjustmentKind.APPEAL),
        ("zhiyexueyuan", AdjustmentKind.REVIEW),
    }


def test_bonuses_are_shared_and_the_same_matter_counts_once(views: dict[int, YearView]) -> None:
    entries = result_of(views[2022], "kexie").entries
    assert sorted(entry.counted for entry in entries) == [Decimal("0.00"), Decimal("0.33"), Decimal("1.00")]
    assert {entry.event.shared_by for entry in entries} == {1, 3}
    kinds = {event.kind for view in views.values() for unit in unit_facts(view) for event in unit.events}
    assert kinds == set(EventKind)


def test_forms_come_on_time_late_returned_and_not_at_all(views: dict[int, YearView]) -> None:
    for view in views.values():
        deliveries = Counter(form.delivery for form in due_forms(view.facts))
        assert deliveries[Delivery.LATE]
        assert deliveries[Delivery.MISSING]
        assert deliveries[Delivery.RETURNED] or view.year.year == 2022
        assert deliveries[Delivery.ON_TIME] > sum(deliveries.values()) * 3 // 4
    assert Counter(form.state for form in forms_of(views[2025])).keys() == set(SubmissionState)
    assert any(form.revision == 2 for form in forms_of(views[2024]))


def test_every_kind_of_blank_occurs_and_a_unit_claims_that_a_task_does_not_apply(views: dict[int, YearView]) -> None:
    blanks = {
        year: {value for form in forms_of(view) for value in form.figures.values() if isinstance(value, Blank)}
        for year, view in views.items()
    }
    assert all(Blank.EMPTY in blanks[year] for year in YEARS)
    assert Blank.NOT_APPLICABLE in blanks[2025]
    claims = [form for form in forms_of(views[2025]) if form.task and form.figure(DONE) is Blank.NOT_APPLICABLE]
    assert {(form.unit, form.task) for form in claims} == {("shengtaihuanjingju", "P5.2"), ("rensheju", "P1.1")}
    states = {leaf.state for view in views.values() for unit in member_group(view).units for leaf in unit.leaves}
    assert states == set(LeafState)


def test_tasks_and_indicators_are_ruled_out_with_reasons(views: dict[int, YearView]) -> None:
    for view in views.values():
        assert any(item.not_applicable for unit in unit_facts(view) for item in unit.assignments)
        assert any(unit.not_applicable for unit in unit_facts(view))


def test_units_think_a_little_better_of_themselves_than_the_office(views: dict[int, YearView]) -> None:
    pairs = [
        (leaf.self_score, leaf.score)
        for year in CLOSED
        for unit in member_group(views[year]).units
        for leaf in unit.leaves
        if leaf.self_score is not None and leaf.score is not None
    ]
    higher = sum(mine > office for mine, office in pairs)
    lower = sum(mine < office for mine, office in pairs)
    assert len(pairs) > 1000
    assert higher > 5 * lower > 0


def test_three_reviewers_mark_and_rare_characters_occur(views: dict[int, YearView]) -> None:
    reviewers = {mark.reviewer for unit in unit_facts(views[2024]) for mark in unit.marks}
    assert len(reviewers) == 3
    assert {"䶮", "㛃"} <= set("".join(reviewers))
    notes = "".join(unit.form.note for unit in unit_facts(views[2024]) if unit.form)
    assert {"䶮", "㛃"} <= set(notes)


def test_targets_are_observed_with_gaps_and_agree_with_the_forms(views: dict[int, YearView]) -> None:
    observed = {
        year: {target.target.code: target.observations for target in view.targets} for year, view in views.items()
    }
    assert [item.year for item in observed[2025]["literacy"]] == [2023, 2024]
    for year, view in views.items():
        trained = sum(
            value
            for form in forms_of(view)
            if form.task == "A1.6" and form.counts and isinstance(value := form.figure(DONE), Decimal)
        )
        assert observed[year]["counsellors"][-1].value == trained
    met = {target.target.code for target in views[2025].targets if target.is_met}
    assert met == {"farm_workers", "city_museum"}


def test_the_committed_sample_needs_no_journal_beside_it(tmp_path: Path) -> None:
    """Other tests may have the sample itself open at this moment."""
    alone = tmp_path / "sample.assess"
    shutil.copyfile(SAMPLE_WORKBOOK, alone)
    with Workbook.open(alone, read_only=True, check=Check.FULL) as workbook:
        assert [item.year for item in list_years(workbook)] == [2022, 2023, 2024, 2025]
