"""Scheme files: the shipped defaults, the documented examples, files that cannot be read."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.plan import Role
from assessor.domain.rules import RULES, read_rule
from assessor.domain.rules.judgement import Judgement
from assessor.domain.scheme import Scheme, Scope
from assessor.domain.scheme_reader import read_scheme, scheme_table
from assessor.domain.submission import DONE
from assessor.domain.table_reader import TableReader
from assessor.errors import SchemeError
from assessor.exchange.scheme_file import default_schemes, load_scheme
from assessor.resources import ROOT, SCHEMES

DEFAULTS = default_schemes()
MEMBER, COUNTY = DEFAULTS
GUIDE = (ROOT / "docs" / "scheme-format.md").read_text("utf-8")
both = pytest.mark.parametrize("scheme", DEFAULTS, ids=["member", "county"])


@both
def test_a_default_scheme_is_of_100_points_and_says_that_it_is_a_default(scheme: Scheme) -> None:
    assert sum(category.points for category in scheme.categories) == scheme.full_marks == 100
    assert scheme.is_default
    assert scheme.note.startswith("默认细则，供修改")


@both
def test_every_indicator_names_content_criterion_and_proof(scheme: Scheme) -> None:
    for indicator in scheme.indicators:
        assert indicator.content, indicator.code
        assert indicator.criterion, indicator.code
        assert indicator.proof, indicator.code


@both
def test_the_numbers_in_the_criterion_agree_with_the_points(scheme: Scheme) -> None:
    """The points are named in the text, or the parts that it gives add up to them."""
    for indicator in scheme.indicators:
        numbers = [Decimal(found) for found in re.findall(r"(\d+(?:\.\d+)?) 分", indicator.criterion)]
        equal_parts = numbers and len(set(numbers)) == 1 and indicator.points % numbers[0] == 0
        assert indicator.points in numbers or sum(numbers) == indicator.points or equal_parts, indicator.code


@both
def test_every_figure_asked_of_units_is_used(scheme: Scheme) -> None:
    used = {figure for indicator in scheme.indicators for figure in indicator.rule.figures()}
    assert used == {figure.code for figure in scheme.figures}


@both
def test_a_default_scheme_has_grades_quota_entries_and_vetoes(scheme: Scheme) -> None:
    grades = [(grade.title, grade.minimum) for grade in scheme.grades]
    assert grades == [("优秀", 90), ("良好", 80), ("合格", 60), ("不合格", 0)]
    assert scheme.quota is not None
    assert scheme.bonuses
    assert scheme.deductions
    assert scheme.vetoes
    assert scheme.tie_break


@both
def test_a_default_scheme_reads_back_from_its_table(scheme: Scheme) -> None:
    assert read_scheme(TableReader(scheme_table(scheme), "存储", SchemeError)) == scheme


@both
def test_three_reviewers_are_all_heard(scheme: Scheme) -> None:
    rules = [indicator.rule for indicator in scheme.indicators if isinstance(indicator.rule, Judgement)]
    assert rules
    for rule in rules:
        expert, own = rule.panels
        assert (expert.code, own.code, own.weight) == ("expert", "self", 0)
        assert expert.trim_from > 3


def test_the_two_defaults_are_for_members_and_counties_and_use_every_kind_of_rule() -> None:
    assert [scheme.group for scheme in DEFAULTS] == ["member", "county"]
    kinds = [{indicator.rule.kind for indicator in scheme.indicators} for scheme in DEFAULTS]
    assert kinds[0] | kinds[1] == set(RULES)
    assert len(kinds[0] & kinds[1]) >= 9


def test_the_tasks_weigh_most_of_a_members_categories() -> None:
    heaviest = max(MEMBER.categories, key=lambda category: category.points)
    assert {indicator.scope for indicator in heaviest.indicators} == {Scope.TASK}
    assert {figure.code for figure in MEMBER.figures if figure.scope is Scope.TASK} >= {DONE}
    assert MEMBER.role_factors[Role.LEAD] > MEMBER.role_factors[Role.PARTICIPANT]


def test_counties_have_no_tasks_and_the_pass_mark_asks_a_share_of_every_category() -> None:
    assert all(indicator.scope is Scope.UNIT for indicator in COUNTY.indicators)
    assert [grade.category_share for grade in COUNTY.grades] == [None, None, Decimal("0.4"), None]


def _examples() -> list[str]:
    return re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)


def test_the_documented_scheme_is_read(tmp_path: Path) -> None:
    path = tmp_path / "例.toml"
    path.write_text(_examples()[0], "utf-8")
    scheme = load_scheme(path)
    assert [indicator.points for indicator in scheme.indicators] == [20, 80]
    assert scheme.role_factors == {Role.LEAD: Decimal("1.2")}


def test_every_documented_rule_is_read_and_every_kind_is_documented() -> None:
    kinds = set()
    for example in _examples()[1:]:
        rule = tomllib.loads(example, parse_float=Decimal)["rule"]
        kinds.add(read_rule(TableReader(rule, example, SchemeError)).kind)
    assert kinds == set(RULES)


def test_every_key_and_label_is_documented() -> None:
    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*(keys(item) for item in value.values()))
        return set().union(*(keys(item) for item in value)) if isinstance(value, list) else set()

    for scheme in DEFAULTS:
        for key in keys(scheme_table(scheme)):
            assert re.search(rf"\b{key}\b", GUIDE), key
    for kind, rule in RULES.items():
        assert f"### `{kind}` {rule.label}" in GUIDE


def _written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "我市细则.toml"
    path.write_text(text, encoding)
    return path


SHIPPED = (SCHEMES / "member-default.toml").read_text("utf-8")


def test_a_fault_names_the_file_and_the_indicator(tmp_path: Path) -> None:
    path = _written(tmp_path, SHIPPED.replace('figure = "articles"', 'figure = "artikel"'))
    with pytest.raises(SchemeError, match=r"我市细则\.toml 指标 3\.5 科普宣传：没有填报项“artikel”"):
        load_scheme(path)


def test_a_changed_point_is_told_with_both_sums(tmp_path: Path) -> None:
    path = _written(tmp_path, SHIPPED.replace("points = 28", "points = 26"))
    with pytest.raises(SchemeError, match=r"我市细则\.toml：各项分值合计 98，与满分 100 不符，少 2 分"):
        load_scheme(path)


def test_a_syntax_error_names_the_line(tmp_path: Path) -> None:
    path = _written(tmp_path, '[scheme]\ncode = "a"\ntitle = “细则”\n')
    with pytest.raises(SchemeError, match=r"我市细则\.toml 第3行"):
        load_scheme(path)


def test_a_missing_file_and_a_wrong_encoding_are_told(tmp_path: Path) -> None:
    with pytest.raises(SchemeError, match="没有这个文件"):
        load_scheme(tmp_path / "无.toml")
    with pytest.raises(SchemeError, match="GBK"):
        load_scheme(_written(tmp_path, SHIPPED, "gbk"))


def test_points_with_decimals_are_read_exactly(tmp_path: Path) -> None:
    text = SHIPPED.replace("points = 28", "points = 27.9").replace("points = 9\n", "points = 9.1\n")
    scheme = load_scheme(_written(tmp_path, text))
    assert scheme.indicator_by_code["2.1"].points == Decimal("27.9")
