"""What is written as TOML is read back the same, by Python's own reader."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from decimal import Decimal

import pytest

from assessor.domain.scheme_reader import read_scheme, scheme_table
from assessor.domain.table_reader import TableReader
from assessor.domain.toml_text import toml_text
from assessor.errors import SchemeError
from assessor.exchange.scheme_file import default_schemes
from tests.workbook.builders import small_scheme


@pytest.mark.parametrize(
    "scheme", [*default_schemes(), replace(small_scheme(), full_marks=Decimal(120))], ids=lambda scheme: scheme.code
)
def test_a_scheme_comes_back_as_it_was_written(scheme: object) -> None:
    text = toml_text(scheme_table(scheme))  # type: ignore[arg-type]
    assert read_scheme(TableReader(tomllib.loads(text, parse_float=Decimal), "细则", SchemeError)) == scheme


def test_values_of_every_kind_come_back() -> None:
    table = {
        "words": '一"二\\三\n四\t\x07\x7f',
        "yes": True,
        "count": -3,
        "points": Decimal("0.50"),
        "names": ["甲", "乙"],
        "none": [],
        "中文 键": "值",
        "part": {"list": [{"a": "1"}, {"a": "2", "inner": {"b": "3"}}]},
        "rule": {"kind": "bands", "bands": [{"bound": "90", "share": "1"}, {"bound": "60", "share": "0"}]},
    }
    assert tomllib.loads(toml_text(table), parse_float=Decimal) == table


def test_a_rule_keeps_its_tables_with_it() -> None:
    text = toml_text({"indicator": [{"code": "1.1", "rule": {"kind": "levels", "levels": [{"title": "好"}]}}]})
    assert text == (
        '[[indicator]]\ncode = "1.1"\n\n[indicator.rule]\nkind = "levels"\nlevels = [\n    { title = "好" },\n]\n'
    )


def test_what_has_no_form_is_refused() -> None:
    with pytest.raises(TypeError, match="no TOML form"):
        toml_text({"a": 1.5})
