from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.facts import Adjustment, AdjustmentKind, Award, Event, EventKind, Mark, UnitFacts, YearFacts
from assessor.domain.submission import Submission, SubmissionState
from assessor.errors import WorkbookError
from assessor.workbook.events import save_adjustment, save_event, save_exemption, save_not_applicable
from assessor.workbook.facts import load_facts
from assessor.workbook.marks import save_award, save_mark, save_self_score
from assessor.workbook.submissions import save_submission
from assessor.workbook.workbook import Reading, Workbook
from assessor.workbook.years import load_year
from tests.workbook.builders import COUNTY, MEMBER, form, own_form, small_plan, small_scheme, small_workbook

MARK = Mark("2.1", "张三", "office", Decimal(86))
AWARD = Award("2.2", "机制健全", points=Decimal("9.5"))
EVENT = Event("E1", EventKind.BONUS, "zan", date(2023, 6, 1), "表彰", "省级表彰", Decimal(2))
ADJUSTMENT = Adjustment(
    "T1", "1.2", AdjustmentKind.REVIEW, Decimal(7), Decimal(8), "补报", "领导小组", date(2023, 12, 20)
)
OWN = own_form(figures={"articles": Decimal(4)})
TASK = form("kexie", "A1.1", figures={"done": Decimal(285)})


def fill(workbook: Workbook) -> None:
    with workbook.edit("录入") as edit:
        save_submission(edit, 2023, OWN)
        save_submission(edit, 2023, TASK)
        save_mark(edit, 2023, "kexie", MARK)
        save_award(edit, 2023, "kexie", AWARD)
        save_self_score(edit, 2023, "kexie", "1.1", Decimal(39))
        save_not_applicable(edit, 2023, "kexie", "2.3", "没有这项职能")
        save_event(edit, 2023, "kexie", EVENT)
        save_adjustment(edit, 2023, "kexie", ADJUSTMENT)
        save_exemption(edit, 2023, "nongye", "机构改革")


def facts_of(facts: YearFacts, code: str) -> UnitFacts:
    return next(unit for group in facts.groups for unit in group.units if unit.unit.code == code)


def test_a_units_facts_are_all_there(tmp_path: Path) -> None:
    with small_workbook(tmp_path) as workbook:
        fill(workbook)
        facts = load_facts(workbook, 2023)
        assert facts.year == load_year(workbook, 2023)
    unit = facts_of(facts, "kexie")
    assert [assignment.task for assignment in unit.assignments] == ["A1.1", "P1.1"]
    assert unit == UnitFacts(
        unit=small_plan().units[0],
        assignments=unit.assignments,
        form=OWN,
        submissions={"A1.1": TASK},
        marks=(MARK,),
        awards=(AWARD,),
        self_scores={"1.1": Decimal(39)},
        not_applicable={"2.3": "没有这项职能"},
        events=(EVENT,),
        adjustments=(ADJUSTMENT,),
    )
    assert facts_of(facts, "nongye").exempt == "机构改革"


def test_groups_come_with_their_schemes_and_tasks_with_their_titles(tmp_path: Path) -> None:
    with small_workbook(tmp_path) as workbook:
        facts = load_facts(workbook, 2023)
    assert [group.group.code for group in facts.groups] == [MEMBER, COUNTY]
    assert [group.scheme for group in facts.groups] == [small_scheme(MEMBER), small_scheme(COUNTY)]
    assert facts.task_titles == {"A1.1": "培训农民", "A1.2": "帮扶", "P1.1": "科普"}


def test_a_year_has_the_units_that_are_valid_in_it(tmp_path: Path) -> None:
    with small_workbook(tmp_path, (2021, 2023, 2024)) as workbook:
        units = {
            year: [unit.unit.code for group in load_facts(workbook, year).groups for unit in group.units]
            for year in (2021, 2023, 2024)
        }
    assert units == {
        2021: ["kexie", "nongye", "xiangcun"],
        2023: ["kexie", "nongye", "xiangcun", "dongqu"],
        2024: ["kexie", "nongye", "dongqu"],
    }


def test_the_facts_of_one_year_say_nothing_of_another(tmp_path: Path) -> None:
    with small_workbook(tmp_path, (2022, 2023)) as workbook:
        fill(workbook)
        unit = facts_of(load_facts(workbook, 2022), "kexie")
    assert unit == UnitFacts(unit.unit, unit.assignments)


def test_an_edit_reads_what_it_has_just_written(tmp_path: Path) -> None:
    def state(source: Reading) -> Submission | None:
        return facts_of(load_facts(source, 2023), "kexie").form

    with small_workbook(tmp_path) as workbook:
        returned = own_form(state=SubmissionState.RETURNED)
        with workbook.edit("退回") as edit:
            save_submission(edit, 2023, returned)
            assert state(edit) == returned


def test_an_unknown_year_is_refused(tmp_path: Path) -> None:
    with small_workbook(tmp_path) as workbook, pytest.raises(WorkbookError, match="没有 2031 年度"):
        load_facts(workbook, 2031)


def test_a_group_without_a_scheme_is_refused_not_left_out(tmp_path: Path) -> None:
    with small_workbook(tmp_path) as workbook:
        with workbook.edit("删去细则") as edit:
            for table in ("indicator", "category", "grade", "entry_kind", "veto_kind", "figure", "scheme"):
                edit.execute(f"DELETE FROM {table} WHERE group_code = 'county'")
        with pytest.raises(WorkbookError, match="没有“县市区”的考核细则"):
            load_facts(workbook, 2023)


def test_loading_takes_a_number_of_queries_that_does_not_grow_with_the_units(tmp_path: Path) -> None:
    with small_workbook(tmp_path) as workbook:
        before = _count_queries(workbook)
        fill(workbook)
        assert _count_queries(workbook) == before
        assert before < 60


def _count_queries(workbook: Workbook) -> int:
    queries: list[str] = []
    workbook._connection.set_trace_callback(queries.append)
    load_facts(workbook, 2023)
    workbook._connection.set_trace_callback(None)
    return len(queries)
