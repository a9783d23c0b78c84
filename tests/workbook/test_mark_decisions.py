"""What was entered in a scoring table is in the workbook afterwards, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.facts import Award, Mark, UnitFacts
from assessor.domain.mark_entry import AwardGiven, AwardTaken, MarkGiven, MarkTaken, Ruled, SelfScoreGiven
from assessor.errors import InputError
from assessor.workbook.facts import load_facts
from assessor.workbook.mark_decisions import save_decisions
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import small_workbook

MARK = Mark("2.1", "张三", "office", Decimal(97), fact="获全国表彰")
AWARD = Award("3.2", "核定", points=Decimal(3), task="A1.1")


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with small_workbook(tmp_path) as opened:
        yield opened


def facts_of(workbook: Workbook, unit: str = "kexie") -> UnitFacts:
    return next(item for item in load_facts(workbook, 2023).groups[0].units if item.unit.code == unit)


def test_every_kind_of_decision_is_kept_and_taken_back(workbook: Workbook) -> None:
    with workbook.edit("录入评分") as edit:
        given = (
            MarkGiven("kexie", MARK),
            AwardGiven("kexie", AWARD),
            SelfScoreGiven("kexie", "2.2", Decimal(9)),
            Ruled("kexie", "1.2", None, "没有这项职能"),
            Ruled("kexie", "3.1", "A1.1", "任务已取消"),
        )
        save_decisions(edit, 2023, given)
    facts = facts_of(workbook)
    assert (facts.marks, facts.awards) == ((MARK,), (AWARD,))
    assert (facts.self_scores, facts.not_applicable) == ({"2.2": Decimal(9)}, {"1.2": "没有这项职能"})
    assert [item.not_applicable for item in facts.assignments] == ["任务已取消", ""]
    with workbook.edit("删除评分") as edit:
        taken = (
            MarkTaken("kexie", MARK),
            AwardTaken("kexie", "3.2", "A1.1"),
            SelfScoreGiven("kexie", "2.2", None),
            Ruled("kexie", "1.2", None, ""),
            Ruled("kexie", "3.1", "A1.1", ""),
        )
        save_decisions(edit, 2023, taken)
    facts = facts_of(workbook)
    assert (facts.marks, facts.awards, facts.self_scores, facts.not_applicable) == ((), (), {}, {})
    assert not any(item.not_applicable for item in facts.assignments)


def test_one_that_is_refused_keeps_out_the_others(workbook: Workbook) -> None:
    refused = AwardGiven("nongye", Award("2.3", "", level="好", percentage=Decimal(59)))
    with pytest.raises(InputError, match="59% 不在“好”的范围"), workbook.edit("录入评分") as edit:
        save_decisions(edit, 2023, [MarkGiven("kexie", MARK), refused])
    assert facts_of(workbook).marks == ()
    with pytest.raises(InputError, match="没有分解给该单位"), workbook.edit("录入评分") as edit:
        save_decisions(edit, 2023, [Ruled("kexie", "3.1", "A1.2", "取消")])
