"""A small workbook with something in every table of a year, which is sealed or ready to be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from assessor.domain.appeal import Appeal, AppealKind, AppealState, Publicity
from assessor.domain.extremes import Extremes
from assessor.domain.facts import Adjustment, AdjustmentKind, Award, Event, EventKind, Mark
from assessor.domain.review import ReviewCheck, SecondScore
from assessor.domain.submission import DONE, Submission
from assessor.domain.target import Observation
from assessor.domain.year import Stage
from assessor.workbook.appeals import Ruling, decide_appeal, save_appeal
from assessor.workbook.assignments import load_assignments, save_assignment
from assessor.workbook.events import save_event, save_exemption, save_not_applicable
from assessor.workbook.evidence import EvidenceFacts, Owner, add_evidence
from assessor.workbook.evidence_store import StoredFile
from assessor.workbook.facts import load_facts
from assessor.workbook.marks import save_award, save_mark, save_self_score
from assessor.workbook.observations import save_observation
from assessor.workbook.publicity import save_publicity
from assessor.workbook.requirements import save_requirement
from assessor.workbook.review_checks import save_checks
from assessor.workbook.rows import put_row
from assessor.workbook.scheme_versions import freeze_scheme
from assessor.workbook.second_scores import save_second_score
from assessor.workbook.stages import START_OF_SCORING
from assessor.workbook.submissions import save_submission
from assessor.workbook.workbook import Edit, Workbook
from assessor.workbook.year_preferences import save_extremes
from assessor.workbook.years import load_year, save_year
from tests.workbook.builders import form, own_form, small_workbook

YEAR, FREE = 2023, 2024
REVIEWER = "评委甲"
_DAY = date(2023, 6, 1)


def ready_workbook(folder: Path) -> Workbook:
    """Year 2023 is closed, every leaf of it is scored; 2024 has only been set up."""
    workbook = small_workbook(folder, (YEAR, FREE))
    with workbook.edit("录入全年数据") as edit:
        save_year(edit, replace(load_year(edit, YEAR), stage=Stage.REVIEW, collection_closed=True))
        _fill(edit)
    return workbook


def _fill(edit: Edit) -> None:
    for assignment in load_assignments(edit, YEAR):
        save_assignment(edit, YEAR, replace(assignment, target=Decimal(100), measure="人次"))
        save_submission(edit, YEAR, form(assignment.unit, assignment.task, figures={DONE: Decimal(80)}))
    put_row(edit, "role_factor", {"year": YEAR, "group_code": "member", "role": "lead", "factor": "1.5"})
    save_exemption(edit, YEAR, "dongqu", "当年新设")
    for facts in load_facts(edit, YEAR).groups[0].units:
        _fill_unit(edit, facts.unit.code, [assignment.task for assignment in facts.assignments])
    save_submission(edit, YEAR, own_form("kexie", 2, figures={"articles": Decimal(12)}))
    bonus = Event("1", EventKind.BONUS, "zan", _DAY, "科普日", "受到表彰", Decimal(2))
    save_event(edit, YEAR, "kexie", bonus)
    save_event(edit, YEAR, "nongye", Event("2", EventKind.VETO, "jia", _DAY, "数据", "查实虚报"))
    save_not_applicable(edit, YEAR, "nongye", "1.2", "无此职能")
    save_self_score(edit, YEAR, "kexie", "2.2", Decimal(10))
    save_observation(edit, Observation("suzhi", YEAR, Decimal("14.1"), "调查"))
    owner = Owner(form="", revision=1)
    stored = StoredFile("ab" * 32, "总结.docx", 1234)
    add_evidence(edit, YEAR, "kexie", EvidenceFacts("工作总结", owner, dated=_DAY), stored)
    _decide(edit)


def _decide(edit: Edit) -> None:
    """What goes with scoring and review."""
    leaf = {"year": YEAR, "unit": "kexie", "group_code": "member", "indicator": "2.2"}
    who = {"year": YEAR, "panel": "office", "reviewer": REVIEWER}
    save_extremes(edit, YEAR, Extremes(Decimal(50), Decimal(98)))
    save_publicity(edit, YEAR, Publicity(_DAY, _DAY))
    save_requirement(edit, YEAR, "A1.1", "全年不少于四次")
    save_mark(edit, YEAR, "kexie", Mark("2.1", REVIEWER, "office", Decimal(90), fact="现场核实"))
    save_second_score(edit, YEAR, SecondScore("kexie", "2.2", Decimal(8), "李四"))
    save_appeal(edit, YEAR, Appeal("申诉第1号", "kexie", AppealKind.APPEAL, _DAY, "王五", "漏计一次活动", "2.2"))
    decided = Adjustment("F1", "2.2", AdjustmentKind.APPEAL, Decimal(8), Decimal(9), "补交证明", "张三", _DAY)
    decide_appeal(edit, YEAR, "申诉第1号", Ruling(AppealState.UPHELD, "予以补计", "张三", _DAY, decided))
    save_checks(edit, YEAR, [ReviewCheck("kexie", "evidence_missing", "2.2", "已看原件", "张三", _DAY)])
    freeze_scheme(edit, YEAR, "member", START_OF_SCORING)
    put_row(edit, "reviewer_unit", {**who, "unit": "dongqu"})
    put_row(edit, "reviewer_assignment", {**who, **leaf, "indicator": "2.1"})


def _fill_unit(edit: Edit, unit: str, tasks: list[str]) -> None:
    save_submission(edit, YEAR, own_form(unit, figures={"articles": Decimal(10)}))
    save_mark(edit, YEAR, unit, Mark("2.1", REVIEWER, "office", Decimal(90)))
    save_award(edit, YEAR, unit, Award("2.2", "核定", points=Decimal(8)))
    save_award(edit, YEAR, unit, Award("2.3", "核定", level="好"))
    for task in tasks:
        save_mark(edit, YEAR, unit, Mark("3.1", REVIEWER, "office", Decimal(85), task))
        save_award(edit, YEAR, unit, Award("3.2", "核定", points=Decimal(3), task=task))


def submission_of(unit: str, revision: int) -> Submission:
    return own_form(unit, revision, figures={"articles": Decimal(1)})
