"""The score sheet, computed anew by another spreadsheet program, is the engine's result to the last digit."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings

from assessor.cli import main
from assessor.domain.facts import GroupFacts, YearFacts
from assessor.domain.scoring import score_year
from assessor.domain.unit import Group
from assessor.domain.year import Year
from assessor.domain.year_view import YearView
from assessor.errors import OutputError
from assessor.exchange.score_sheet import score_sheet, write_score_sheet
from assessor.resources import SAMPLE_WORKBOOK
from assessor.work import Work
from assessor.workbook.views import load_view
from assessor.workbook.workbook import Workbook
from tests.domain.builders import CLOSED, OPEN
from tests.domain.strategies import Case, cases, rivalries
from tests.exchange.recalculation import SOFFICE, Cells, differing, formulas, recalculate, values, without_values
from tests.exchange.sheet_changes import change
from tests.workbook.builders import small_plan

YEARS = (2022, 2023, 2024, 2025)
CHANGED_YEARS = (2024, 2025)
"""One that is closed, and one in which values are awaited."""
STEPS = 200
CASES = 48
CHECKS = "核对"

needs_soffice = pytest.mark.skipif(
    SOFFICE is None,
    reason="LIBREOFFICE IS MISSING: the score sheet is NOT recalculated by another program; install libreoffice-calc",
)


@dataclass(frozen=True)
class Recalculated:
    written: bytes
    """With the values that the engine gave."""
    formulas: Cells
    found: Cells


def random_views() -> dict[str, YearView]:
    """A closed and an open year of many small groups, each with a random scheme of all kinds of rules and settings."""
    groups: dict[Year, list[GroupFacts]] = {CLOSED: [], OPEN: []}

    @settings(max_examples=CASES, derandomize=True, database=None, phases=[Phase.generate], deadline=None)
    @given(cases() | rivalries())
    def gather(case: Case) -> None:
        mine = groups[case.facts.year]
        mine.append(replace(case.facts.groups[0], group=Group(f"g{len(mine)}", f"第{len(mine) + 1}组")))

    gather()
    assert all(len(mine) > CASES // 8 for mine in groups.values())
    facts = [YearFacts(year, tuple(mine)) for year, mine in groups.items()]
    return {f"random-{item.year.stage.value}": YearView(small_plan(), item, score_year(item), (), ()) for item in facts}


def sheets() -> dict[int, tuple[YearView, bytes]]:
    with Workbook.open(SAMPLE_WORKBOOK, read_only=True) as workbook:
        views = {year: load_view(workbook, year) for year in YEARS}
    return {year: (view, score_sheet(view, Work())) for year, view in views.items()}


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Recalculated]:
    """Each year as it is, and two of them after random changes; all computed in one start of LibreOffice."""
    source, target = tmp_path_factory.mktemp("sheets"), tmp_path_factory.mktemp("computed")
    written: dict[str, bytes] = {}
    for year, (view, content) in sheets().items():
        written[str(year)] = content
        without_values(content, source / f"{year}.xlsx", {})
        if year in CHANGED_YEARS:
            changed = change(view.facts, values(content), STEPS, year)
            assert len(changed.typed) > STEPS // 2
            without_values(content, source / f"{year}-changed.xlsx", changed.typed)
            after = replace(view, facts=changed.facts, result=score_year(changed.facts))
            assert after.result != view.result
            written[f"{year}-changed"] = score_sheet(after, Work())
    for name, view in random_views().items():
        written[name] = score_sheet(view, Work())
        without_values(written[name], source / f"{name}.xlsx", {})
    names = list(written)
    files = recalculate([source / f"{name}.xlsx" for name in names], target)
    return {
        name: Recalculated(written[name], formulas(written[name]), values(file.read_bytes()))
        for name, file in zip(names, files, strict=True)
    }


@needs_soffice
@pytest.mark.parametrize("year", YEARS)
def test_every_number_of_a_year_comes_out_as_the_engine_has_it(
    year: int, recalculated: dict[str, Recalculated]
) -> None:
    sheet = recalculated[str(year)]
    assert len(sheet.formulas) > 10_000
    assert differing(sheet.formulas, values(sheet.written), sheet.found) == []
    assert sheet.found[CHECKS, "B2"] == 0
    for row in range(5, 5 + 38):
        assert [sheet.found[CHECKS, f"{column}{row}"] for column in "EFIL"] == [0, 0, 0, 0]


@needs_soffice
@pytest.mark.parametrize("year", [CLOSED, OPEN], ids=["closed", "open"])
def test_every_rule_and_setting_comes_out_as_the_engine_has_it(
    year: Year, recalculated: dict[str, Recalculated]
) -> None:
    sheet = recalculated[f"random-{year.stage.value}"]
    assert differing(sheet.formulas, values(sheet.written), sheet.found) == []
    assert sheet.found[CHECKS, "B2"] == 0


@needs_soffice
@pytest.mark.parametrize("year", CHANGED_YEARS)
def test_after_random_changes_it_is_the_engine_on_the_changed_facts(
    year: int, recalculated: dict[str, Recalculated]
) -> None:
    sheet = recalculated[f"{year}-changed"]
    inputs_and_results = {at: formula for at, formula in sheet.formulas.items() if at[0] != CHECKS}
    assert differing(inputs_and_results, values(sheet.written), sheet.found) == []
    assert sheet.found[CHECKS, "B2"] != 0  # it compares with the program's results before the changes


def test_the_same_year_gives_the_same_bytes_and_functions_that_every_program_knows() -> None:
    with Workbook.open(SAMPLE_WORKBOOK, read_only=True) as workbook:
        view = load_view(workbook, 2022)
    content = score_sheet(view, Work())
    assert score_sheet(view, Work()) == content
    used = {name for formula in formulas(content).values() for name in re.findall(r"([A-Z]+)\(", str(formula))}
    assert used <= {
        *("IF", "AND", "OR", "NOT", "SUM", "SUMPRODUCT", "ROUND", "ROUNDUP", "INT", "MIN", "MAX", "ABS", "N"),
        *("ISNUMBER", "COUNT", "COUNTIF", "AVERAGE", "MEDIAN", "LARGE", "SMALL", "SUBSTITUTE", "CHAR", "ROW"),
    }
    with zipfile.ZipFile(BytesIO(content)) as package:
        texts = package.read("xl/sharedStrings.xml").decode()
    assert "示例数据" in texts


def test_the_verb_writes_it_and_refuses_what_is_no_xlsx(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "计分表.xlsx"
    assert main(["sheet", str(SAMPLE_WORKBOOK), "--year", "2024", "--out", str(target)]) == 0
    assert values(target.read_bytes())[CHECKS, "A1"]
    assert main(["sheet", str(SAMPLE_WORKBOOK), "--year", "2024", "--out", str(tmp_path / "计分表.csv")]) == 1
    assert "只能写成 .xlsx" in capsys.readouterr().err


def test_a_workbook_is_never_written_over(tmp_path: Path) -> None:
    with Workbook.open(SAMPLE_WORKBOOK, read_only=True) as workbook:
        view = load_view(workbook, 2022)
    with pytest.raises(OutputError):
        write_score_sheet(view, tmp_path, Work())
