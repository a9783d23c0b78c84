"""A new kind of rule needs its file and its line in the registry: everything else takes it from there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from assessor.domain.results import LeafResult
from assessor.domain.rules import RULES
from assessor.domain.rules.rule import LeafState
from assessor.domain.scheme import Figure, Scheme, Scope
from assessor.domain.scheme_check import check_scheme
from assessor.domain.scheme_reader import scheme_table
from assessor.domain.scoring import score_year
from assessor.domain.toml_text import toml_text
from assessor.domain.year_view import YearView
from assessor.exchange.scheme_file import load_scheme
from assessor.exchange.scheme_sheet import read_scheme_sheet, write_scheme_sheet
from assessor.exchange.score_sheet import score_sheet
from assessor.resources import ROOT
from assessor.work import Work
from assessor.workbook.facts import load_facts
from assessor.workbook.schemes import load_scheme as load_stored
from assessor.workbook.schemes import save_scheme
from assessor.workbook.submissions import save_submission
from tests.domain.builders import category, leaf, leaf_of, scheme, score_one, unit, year_facts
from tests.domain.rules.pass_mark import PassMark
from tests.exchange.recalculation import SOFFICE, differing, formulas, recalculate, values, without_values
from tests.workbook.builders import MEMBER, own_form, small_plan, small_scheme, small_workbook

TOY = PassMark("articles", Decimal(4))


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The line in ``_KINDS``, for the length of a test."""
    monkeypatch.setitem(RULES, PassMark.kind, PassMark)
    yield


def toy_scheme() -> Scheme:
    """10 points from 4 articles on, beside 90 that the office gives."""
    parts = category("1", leaf("1.1", 10, TOY, proof="稿件"), leaf("1.2", 90, proof="总结"))
    return scheme(parts, figures=(Figure("articles", "稿件", "篇", Scope.UNIT),))


def scored_leaf(articles: int) -> LeafResult:
    return leaf_of(score_one(toy_scheme(), unit(figures={"articles": articles}, given={"1.2": 80})), "1.1")


def test_it_is_the_rule_that_the_document_adds() -> None:
    text = (ROOT / "docs" / "adding-a-rule.md").read_text(encoding="utf-8")
    code = (ROOT / "tests" / "domain" / "rules" / "pass_mark.py").read_text(encoding="utf-8")
    assert code.split('"""', 2)[2].strip() in text


def test_it_scores_and_says_why() -> None:
    passed, failed = scored_leaf(4), scored_leaf(3)
    assert (passed.score, failed.score) == (Decimal("10.00"), Decimal("0.00"))
    assert passed.sentence.startswith("数量 4 ≥ 达标线 4，达标，得 100.00%")
    assert "10.00 分" in passed.sentence
    assert failed.sentence.startswith("数量 3 < 达标线 4，未达标，得 0.00%")
    silent = leaf_of(score_one(toy_scheme(), unit(given={"1.2": 80})), "1.1")
    assert silent.state is LeafState.NOT_SUBMITTED


def test_the_check_tries_it_with_the_best_and_the_least() -> None:
    check = check_scheme(toy_scheme())
    assert check.findings == ()
    assert all(trial.is_as_expected for trial in check.trials)
    assert [trial.total for trial in check.trials][:2] == [Decimal("100.00"), Decimal("0.00")]


def test_a_workbook_keeps_it_and_scores_with_it(tmp_path: Path) -> None:
    rules = small_scheme()
    first = rules.categories[0]
    changed = (first.indicators[0], replace(first.indicators[1], rule=TOY))
    toy = replace(rules, categories=(replace(first, indicators=changed), *rules.categories[1:]))
    with small_workbook(tmp_path) as workbook:
        with workbook.edit("改评分规则") as edit:
            save_scheme(edit, 2023, toy)
        with workbook.edit("录入") as edit:
            save_submission(edit, 2023, own_form(figures={"articles": Decimal(5)}))
        assert load_stored(workbook, 2023, MEMBER) == toy
        result = score_year(load_facts(workbook, 2023))
    found = result.find("kexie")
    assert found is not None
    assert leaf_of(found[1], "1.2").score == Decimal("20.00")


def test_it_goes_out_as_a_file_and_comes_back(tmp_path: Path) -> None:
    text, sheet = tmp_path / "细则.toml", tmp_path / "细则.xlsx"
    text.write_text(toml_text(scheme_table(toy_scheme())), encoding="utf-8")
    assert load_scheme(text) == toy_scheme()
    write_scheme_sheet(toy_scheme(), sheet)
    assert read_scheme_sheet(sheet).scheme == toy_scheme()


def test_an_office_edits_it_in_a_spreadsheet(tmp_path: Path) -> None:
    sheet = tmp_path / "细则.xlsx"
    write_scheme_sheet(toy_scheme(), sheet)
    book = openpyxl.load_workbook(sheet)
    assert [cell.value for cell in book["指标"]["G"]] == ["评分规则", "达标", "直接评分"]
    assert book["指标"]["H2"].value == "数量：articles\n达标线：4"
    book["指标"]["H2"] = "数量：articles\n达标线：6"
    book["指标"]["G3"], book["指标"]["H3"] = "达标", "数量：articles\n达标线：零"
    book.save(sheet)
    faults = read_scheme_sheet(sheet).faults
    assert [(fault.place, "达标线" in fault.what) for fault in faults] == [("指标 H3", True)]
    book["指标"]["G3"], book["指标"]["H3"] = "直接评分", ""
    book.save(sheet)
    read = read_scheme_sheet(sheet).scheme
    assert read is not None
    assert read.indicator_by_code["1.1"].rule == PassMark("articles", Decimal(6))


@pytest.mark.skipif(SOFFICE is None, reason="LIBREOFFICE IS MISSING: the toy rule's formula is NOT recalculated")
def test_its_formula_computes_what_it_does(tmp_path: Path) -> None:
    (tmp_path / "computed").mkdir()
    units = (unit(code, figures={"articles": n}, given={"1.2": 80}) for code, n in (("a", 3), ("b", 4), ("c", 0)))
    facts = year_facts(toy_scheme(), *units, unit("d", given={"1.2": 80}))
    result = score_year(facts)
    assert {item.unit.code: item.total for item in result.groups[0].units}["b"] == Decimal("90.00")
    written = score_sheet(YearView(small_plan(), facts, result, (), ()), Work())
    without_values(written, tmp_path / "计分表.xlsx", {})
    (file,) = recalculate([tmp_path / "计分表.xlsx"], tmp_path / "computed")
    of = formulas(written)
    assert any(">=4,1,0)" in str(formula) for formula in of.values())
    assert differing(of, values(written), values(file.read_bytes())) == []
