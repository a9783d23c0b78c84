"""After any edit the view that is made of the one before it is the view that is loaded from scratch."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.appeal import Appeal, AppealKind, Publicity
from assessor.domain.extremes import Extremes
from assessor.domain.facts import Adjustment, AdjustmentKind, Award, Event, EventKind, Mark
from assessor.domain.review import ReviewCheck, SecondScore
from assessor.domain.rules.rule import OfficeInput
from assessor.domain.scheme import Indicator, Scope
from assessor.domain.submission import SubmissionState
from assessor.domain.target import Observation
from assessor.domain.year_view import YearView
from assessor.resources import SAMPLE_WORKBOOK
from assessor.workbook.appeals import save_appeal
from assessor.workbook.assignments import load_assignments, save_assignment
from assessor.workbook.events import save_adjustment, save_event, save_exemption, save_not_applicable
from assessor.workbook.evidence import EvidenceFacts, Owner, add_evidence
from assessor.workbook.facts import load_facts, reload_units
from assessor.workbook.marks import save_award, save_mark, save_self_score
from assessor.workbook.observations import save_observation
from assessor.workbook.plans import load_plan, save_plan
from assessor.workbook.publicity import save_publicity
from assessor.workbook.review_checks import save_checks
from assessor.workbook.reviewers import add_reviewer
from assessor.workbook.reviewing import save_duties, save_reviewer_unit
from assessor.workbook.schemes import load_scheme, save_scheme
from assessor.workbook.seal import seal_year, unseal_year
from assessor.workbook.second_scores import save_second_score
from assessor.workbook.settings import Settings, save_settings
from assessor.workbook.submissions import load_submissions, save_submission
from assessor.workbook.undo import redo, undo
from assessor.workbook.view_changes import Changed, Moment, Reach, changed_since, present_moment, reach_of
from assessor.workbook.views import load_view, reload_view
from assessor.workbook.workbook import Edit, Workbook
from assessor.workbook.year_preferences import save_extremes
from assessor.workbook.years import load_year, save_year
from tests.workbook.builders import MEMBER, form, own_form, small_workbook

YEAR = 2023
MARK = Mark("2.1", "李四", "office", Decimal(86))
BONUS = Event("E1", EventKind.BONUS, "zan", date(2023, 6, 1), "表彰", "省级表彰", Decimal(2))


class Follower:
    """Keeps a view true by what the history says was touched, and compares it with one that is loaded anew."""

    def __init__(self, workbook: Workbook, year: int = YEAR) -> None:
        self.workbook = workbook
        self.year = year
        self.moment = present_moment(workbook)
        self.view = load_view(workbook, year)
        self.changed: Changed | None = None

    def edit(self, function: Callable[[Edit], object]) -> Changed:
        with self.workbook.edit("试验") as edit:
            function(edit)
        return self.follow()

    def follow(self) -> Changed:
        self.changed = changed_since(self.workbook, self.moment, self.year)
        self.view = reload_view(self.workbook, self.view, self.changed)
        self.moment = present_moment(self.workbook)
        assert_the_same(self.view, load_view(self.workbook, self.year))
        assert self.changed is not None
        return self.changed


def assert_the_same(view: YearView, loaded: YearView) -> None:
    assert view == loaded
    assert repr(view) == repr(loaded)


@pytest.fixture
def follower(tmp_path: Path) -> Iterator[Follower]:
    with small_workbook(tmp_path, (2022, YEAR, 2024)) as workbook:
        with workbook.edit("录入") as edit:
            save_submission(edit, YEAR, own_form(figures={"articles": Decimal(4)}))
            save_submission(edit, YEAR, form("kexie", "A1.1", figures={"done": Decimal(285)}))
            save_mark(edit, YEAR, "kexie", Mark("2.1", "张三", "office", Decimal(90)))
        yield Follower(workbook)


EDITS: dict[str, Callable[[Edit], object]] = {
    "mark": lambda edit: save_mark(edit, YEAR, "kexie", MARK),
    "mark_fact": lambda edit: save_mark(edit, YEAR, "kexie", replace(MARK, fact="获全国表彰")),
    "reviewer_unit": lambda edit: save_reviewer_unit(edit, YEAR, ("office", "张三"), "kexie"),
    "award": lambda edit: save_award(edit, YEAR, "nongye", Award("2.2", "健全", points=Decimal("9.5"))),
    "self_score": lambda edit: save_self_score(edit, YEAR, "kexie", "1.1", Decimal(39)),
    "not_applicable": lambda edit: save_not_applicable(edit, YEAR, "kexie", "2.3", "没有这项职能"),
    "exemption": lambda edit: save_exemption(edit, YEAR, "nongye", "机构改革"),
    "event": lambda edit: save_event(edit, YEAR, "kexie", BONUS),
    "submission": lambda edit: save_submission(edit, YEAR, own_form(revision=2, figures={"articles": Decimal(1)})),
    "evidence": lambda edit: add_evidence(edit, YEAR, "kexie", EvidenceFacts("总结", Owner("A1.1", 1))),
    "assignment": lambda edit: save_assignment(
        edit, YEAR, replace(load_assignments(edit, YEAR, ["kexie"])[0], target=Decimal(300))
    ),
    "adjustment": lambda edit: save_adjustment(
        edit,
        YEAR,
        "kexie",
        Adjustment("T1", "1.2", AdjustmentKind.REVIEW, Decimal(2), Decimal(3), "补报", "领导小组", date(2023, 12, 20)),
    ),
}


@pytest.mark.parametrize("table", EDITS)
def test_an_edit_of_a_units_facts_touches_that_unit_alone(follower: Follower, table: str) -> None:
    before = follower.view
    changed = follower.edit(EDITS[table])
    unit = "nongye" if table in ("award", "exemption") else "kexie"
    assert (changed.units, changed.reach) == ({unit}, Reach.UNITS)
    assert table in changed.tables
    assert follower.view.plan is before.plan
    assert follower.view.previous is before.previous
    assert follower.view.result.groups[1] is before.result.groups[1]  # the other group


@pytest.mark.parametrize(
    ("write", "reach"),
    [
        (lambda edit: save_duties(edit, YEAR, {("office", "张三"): [("nongye", "2.1")]}), Reach.UNITS),
        (lambda edit: save_settings(edit, Settings("新标题", True)), Reach.NOTHING),
        (lambda edit: save_mark(edit, 2024, "kexie", MARK), Reach.NOTHING),
        (lambda edit: add_reviewer(edit, YEAR, "office", "李四"), Reach.UNITS),
        (lambda edit: save_extremes(edit, YEAR, Extremes(Decimal(50), Decimal(98))), Reach.YEAR),
        (lambda edit: save_observation(edit, Observation("suzhi", 2023, Decimal("12.9"), "调查")), Reach.UNITS),
        (lambda edit: save_year(edit, replace(load_year(edit, YEAR), collection_closed=True)), Reach.YEAR),
        (
            lambda edit: save_scheme(edit, YEAR, replace(load_scheme(edit, YEAR, MEMBER), min_coverage=Decimal(0))),
            Reach.YEAR,
        ),
        (lambda edit: save_mark(edit, 2022, "kexie", MARK), Reach.ALL),  # the year before is compared with
        (lambda edit: save_plan(edit, replace(load_plan(edit), title="新方案")), Reach.ALL),
    ],
)
def test_what_else_is_touched_reaches_as_far_as_it_must(
    follower: Follower, write: Callable[[Edit], object], reach: Reach
) -> None:
    before = follower.view
    changed = follower.edit(write)
    assert changed.reach is reach
    assert (follower.view is before) == (reach is Reach.NOTHING)


APPEAL = Appeal("S1", "kexie", AppealKind.APPEAL, date(2023, 12, 20), "市科协", "漏计一次活动", "1.2")


@pytest.mark.parametrize(
    ("table", "write"),
    [
        ("appeal", lambda edit: save_appeal(edit, YEAR, APPEAL)),
        ("publicity", lambda edit: save_publicity(edit, YEAR, Publicity(date(2024, 1, 8), date(2024, 1, 12)))),
        ("second_score", lambda edit: save_second_score(edit, YEAR, SecondScore("kexie", "2.2", Decimal(8), "李四"))),
        (
            "review_check",
            lambda edit: save_checks(
                edit, YEAR, [ReviewCheck("kexie", "late", "A1.1", "", "张三", date(2023, 12, 20))]
            ),
        ),
    ],
)
def test_what_belongs_to_the_review_scores_nobody_again(
    follower: Follower, table: str, write: Callable[[Edit], object]
) -> None:
    before = follower.view
    changed = follower.edit(write)
    assert (changed.tables, changed.units, changed.reach) == ({table}, frozenset(), Reach.UNITS)
    assert follower.view.result is before.result
    assert follower.view.facts.groups == before.facts.groups
    assert follower.view.facts.review != before.facts.review


def test_undo_and_redo_are_followed_too(follower: Follower) -> None:
    before = follower.view
    follower.edit(EDITS["event"])
    undo(follower.workbook)
    assert follower.follow().units == {"kexie"}
    assert follower.view == before
    redo(follower.workbook)
    assert follower.follow().units == {"kexie"}


def test_several_edits_are_followed_at_once(follower: Follower) -> None:
    for table in ("mark", "award", "event"):
        with follower.workbook.edit("录入") as edit:
            EDITS[table](edit)
    assert follower.follow().units == {"kexie", "nongye"}


def test_an_event_that_goes_over_to_another_unit_touches_both(follower: Follower) -> None:
    follower.edit(EDITS["event"])
    changed = follower.edit(lambda edit: edit.execute("UPDATE event SET unit = 'nongye' WHERE key = 'E1'"))
    assert changed.units == {"kexie", "nongye"}


def test_sealing_and_unsealing_are_followed(follower: Follower) -> None:
    follower.edit(lambda edit: save_year(edit, replace(load_year(edit, YEAR), collection_closed=True)))
    seal_year(follower.workbook, YEAR, accept_pending=True)
    assert follower.follow().reach is Reach.YEAR
    assert follower.view.seal is not None
    unseal_year(follower.workbook, YEAR, "漏了一份材料")
    follower.follow()
    assert follower.view.seal is None
    follower.edit(EDITS["mark"])


def test_another_file_or_history_is_no_ground_to_build_on(follower: Follower) -> None:
    there = present_moment(follower.workbook)
    assert changed_since(follower.workbook, there, YEAR) == Changed()
    assert changed_since(follower.workbook, replace(there, digest="0" * 64), YEAR) is None
    assert changed_since(follower.workbook, replace(there, edit=there.edit + 1), YEAR) is None
    assert changed_since(follower.workbook, Moment(), YEAR) is None


def tables_read(workbook: Workbook, read: Callable[[], object]) -> set[str]:
    """What SQLite says is read meanwhile."""
    found: set[str] = set()

    def note(action: int, table: str | None, _column: str | None, _base: str | None, _by: str | None) -> int:
        if action == sqlite3.SQLITE_READ and table is not None:
            found.add(table)
        return sqlite3.SQLITE_OK

    workbook._connection.set_authorizer(note)
    read()
    workbook._connection.set_authorizer(None)
    return found


def test_a_view_reads_no_table_that_is_said_to_be_beside_it(follower: Follower) -> None:
    """A new table that a view reads must be named in view_changes, or be left to stand for everything."""
    read = tables_read(follower.workbook, lambda: load_view(follower.workbook, YEAR))
    assert {"mark", "unit", "scheme", "observation", "seal"} <= read
    assert [table for table in read if reach_of(table, YEAR, YEAR) is Reach.NOTHING] == []


def test_facts_of_units_are_all_read_where_units_are_read_again(follower: Follower) -> None:
    whole = tables_read(follower.workbook, lambda: load_facts(follower.workbook, YEAR))
    facts = follower.view.facts
    some = tables_read(follower.workbook, lambda: reload_units(follower.workbook, facts, ["kexie"], with_review=True))
    assert some == {table for table in whole if reach_of(table, YEAR, YEAR) is Reach.UNITS} | {
        "section",
        "task",
        "unit",
        "year_preference",  # the limits of the review
    }


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbook]:
    with Workbook.open(Path(shutil.copy(SAMPLE_WORKBOOK, tmp_path_factory.mktemp("sample")))) as workbook:
        yield workbook


def test_random_edits_of_the_sample_are_followed_to_the_last_character(sample: Workbook) -> None:
    follower, chance = Follower(sample, 2025), random.Random(2025)
    touched: set[str] = set()
    for _ in range(12):
        group = chance.choice(follower.view.facts.groups)
        codes = [unit.unit.code for unit in chance.sample(group.units, chance.randint(1, 3))]
        with sample.edit("录入") as edit:
            for code in codes:
                random_edit(edit, chance, code, group.scheme.indicators)
        changed = follower.follow()
        assert changed.units <= set(codes)  # who has handed in nothing has no form to be changed
        assert changed.reach <= Reach.UNITS
        touched |= changed.units
    undo(sample)
    follower.follow()
    assert len(touched) > 10


def random_edit(edit: Edit, chance: random.Random, unit: str, indicators: tuple[Indicator, ...]) -> None:
    """A mark, a bonus, a decision, or another revision of the unit's forms (which the rule ``rank`` compares)."""
    kind = chance.choice(["mark", "bonus", "not_applicable", "form", "form"])
    if kind == "mark":
        judged = [
            item
            for item in indicators
            if item.rule.kind == "judgement"
            and item.scope is Scope.UNIT
            and OfficeInput.MARKS in item.rule.office_inputs()
        ]
        item = chance.choice(judged)
        save_mark(edit, 2025, unit, Mark(item.code, chance.choice("甲乙丙"), "expert", Decimal(chance.randint(0, 100))))
    elif kind == "bonus":
        key = f"试验{chance.random()}"
        code = edit.rows("SELECT code FROM entry_kind WHERE kind = 'bonus' AND year = 2025")[0]["code"]
        event = Event(key, EventKind.BONUS, code, date(2025, 6, 1), key, "表彰", Decimal(chance.randint(0, 3)))
        save_event(edit, 2025, unit, event)
    elif kind == "form":
        for known in load_submissions(edit, 2025, [unit]):
            figures = {
                code: Decimal(chance.randint(0, 1)) if isinstance(value, Decimal) and value <= 1 else value
                for code, value in known.figures.items()
            }
            next_one = replace(known, revision=known.revision + 1, state=SubmissionState.SUBMITTED, figures=figures)
            save_submission(edit, 2025, replace(next_one, note=f"{chance.random()}"))
    else:
        save_not_applicable(edit, 2025, unit, chance.choice(indicators).code, f"无此职能{chance.random()}")
