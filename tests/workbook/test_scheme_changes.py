from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from assessor.domain.facts import Award
from assessor.domain.scheme import Scheme
from assessor.domain.scheme_edit import Spot, change_indicator, recode, remove
from assessor.domain.scheme_soundness import Part
from assessor.domain.year import Stage
from assessor.errors import AssessorError, InputError, SchemeError, WorkbookError
from assessor.exchange.scheme_file import default_schemes
from assessor.workbook.marks import save_award, save_self_score
from assessor.workbook.scheme_changes import change_scheme, is_frozen, revise_scheme
from assessor.workbook.scheme_sources import adopted, load_sources
from assessor.workbook.scheme_versions import freeze_schemes, load_all_versions, scheme_of_text
from assessor.workbook.schemes import load_scheme, save_scheme
from assessor.workbook.workbook import Workbook
from assessor.workbook.years import load_year, save_year
from tests.workbook.builders import MEMBER, SCHEMES, small_workbook

YEAR = 2023
PUBLICITY = Spot(Part.INDICATOR, "1.2")


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with small_workbook(tmp_path) as opened:
        yield opened


def change(workbook: Workbook, function: object) -> Scheme:
    with workbook.edit("修改细则") as edit:
        return change_scheme(edit, YEAR, MEMBER, function)  # type: ignore[arg-type]


def points(code: str, value: int) -> object:
    return lambda scheme: change_indicator(scheme, code, points=Decimal(value))


def sound(scheme: Scheme) -> Scheme:
    """The small scheme with points that add up, and figures that every rule finds."""
    return replace(scheme, full_marks=sum((item.points for item in scheme.categories), Decimal(0)))


def begin_scoring(workbook: Workbook) -> None:
    with workbook.edit("开始评分") as edit:
        save_scheme(edit, YEAR, sound(load_scheme(edit, YEAR, MEMBER)))
        save_year(edit, replace(load_year(edit, YEAR), stage=Stage.SCORE))
        freeze_schemes(edit, YEAR, "开始评分")


def test_a_change_is_stored_and_may_leave_the_scheme_unsound(workbook: Workbook) -> None:
    change(workbook, points("1.2", 1))
    assert load_scheme(workbook, YEAR, MEMBER).indicator_by_code["1.2"].points == 1


def test_what_facts_hang_on_neither_goes_nor_gets_another_code(workbook: Workbook) -> None:
    with workbook.edit("自评") as edit:
        save_self_score(edit, YEAR, "kexie", "1.2", Decimal(20))
    for function in (partial(remove, spot=PUBLICITY), partial(recode, spot=PUBLICITY, code="1.9")):
        with pytest.raises(WorkbookError, match=r"“1\.2 宣传”已有自评分 1 条") as refusal:
            change(workbook, function)
        assert refusal.value.remedy
    assert "1.2" in load_scheme(workbook, YEAR, MEMBER).indicator_by_code


def test_a_change_after_which_the_year_could_not_be_scored_is_refused(workbook: Workbook) -> None:
    with workbook.edit("评分") as edit:
        save_award(edit, YEAR, "kexie", Award("2.2", "核定", points=Decimal(9)))
    with pytest.raises(InputError, match="改后不能计分") as refusal:
        change(workbook, points("2.2", 8))
    assert "市科协" in refusal.value.place
    with pytest.raises(SchemeError, match="应大于 0"):
        change(workbook, points("1.2", 0))
    assert load_scheme(workbook, YEAR, MEMBER) == SCHEMES[0]


def test_once_scoring_has_begun_a_change_is_a_version_with_a_reason(workbook: Workbook) -> None:
    begin_scoring(workbook)
    assert is_frozen(load_year(workbook, YEAR))
    with pytest.raises(WorkbookError, match="细则已固定"):
        change(workbook, points("1.2", 1))
    before = load_scheme(workbook, YEAR, MEMBER)
    after = change_indicator(change_indicator(before, "1.2", points=Decimal(15)), "2.1", points=Decimal(25))
    with pytest.raises(AssessorError), workbook.edit("没有原因") as edit:
        revise_scheme(edit, YEAR, after, " ")
    with workbook.edit("存为新版") as edit:
        version = revise_scheme(edit, YEAR, after, "会议纪要")
    assert version is not None
    assert (version.number, version.reason, version.frozen_by) == (2, "会议纪要", "张三")
    assert load_scheme(workbook, YEAR, MEMBER) == after
    first, second = load_all_versions(workbook, YEAR)[MEMBER]
    assert scheme_of_text(first.content, "第 1 版") == before
    assert scheme_of_text(second.content, "第 2 版") == after


def test_a_frozen_scheme_is_not_changed_into_a_faulty_one(workbook: Workbook) -> None:
    begin_scoring(workbook)
    faulty = change_indicator(load_scheme(workbook, YEAR, MEMBER), "1.2", points=Decimal(1))
    with pytest.raises(WorkbookError, match="有错误"), workbook.edit("存为新版") as edit:
        revise_scheme(edit, YEAR, faulty, "会议纪要")
    assert len(load_all_versions(workbook, YEAR)[MEMBER]) == 1


def test_every_scheme_of_the_workbook_is_a_source(workbook: Workbook) -> None:
    begin_scoring(workbook)
    found = load_sources(workbook, default_schemes())
    assert [source.title for source in found] == [
        "2023 年度 县市区",
        "2023 年度 县市区 第 1 版",
        "2023 年度 成员单位",
        "2023 年度 成员单位 第 1 版",
        "默认细则（成员单位）",
        "默认细则（县市区）",
    ]
    assert len({source.key for source in found}) == len(found)
    assert adopted(found[-1].scheme, MEMBER).group == MEMBER


def test_a_version_that_cannot_be_read_says_where(workbook: Workbook) -> None:
    with pytest.raises(SchemeError) as refusal:
        scheme_of_text("[scheme", "第 1 版")
    assert refusal.value.place == "第 1 版"
