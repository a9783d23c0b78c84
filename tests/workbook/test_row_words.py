"""Changed rows in words: place, fields, values; every table and column of the schema has a Chinese title."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.facts import Award, Mark
from assessor.workbook.changes import NOT_DATA
from assessor.workbook.history import RowChange, last_edit, load_changes
from assessor.workbook.marks import save_award, save_mark
from assessor.workbook.row_titles import Area, area_of, column_title, table_title, tables_of
from assessor.workbook.row_words import EMPTY, Deed, columns_shown, deed_of, fields_of, load_names, place_of
from assessor.workbook.submissions import save_submission
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import own_form, small_workbook


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Workbook]:
    with small_workbook(tmp_path) as workbook:
        yield workbook


def last_changes(book: Workbook) -> dict[str, RowChange]:
    last = last_edit(book)
    assert last is not None
    return {change.table: change for change in load_changes(book, last.number)}


def test_every_table_and_column_has_a_chinese_title_and_a_page(book: Workbook) -> None:
    tables = [row["name"] for row in book.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    data = [name for name in tables if name not in NOT_DATA]
    assert data
    for table in data:
        assert not table_title(table).isascii(), table
        assert table in tables_of(area_of(table)), table
        for row in book.rows(f"SELECT name FROM pragma_table_info('{table}')"):
            assert row["name"] == "id" or not column_title(table, row["name"]).isascii(), (table, row["name"])


def test_a_mark_is_placed_by_unit_indicator_panel_and_reviewer(book: Workbook) -> None:
    with book.edit("录入评分") as edit:
        save_mark(edit, 2023, "nongye", Mark("2.1", "张某", "office", Decimal(80)))
    change = last_changes(book)["mark"]
    names = load_names(book)
    assert place_of(change, names) == "市农业农村局 2.1 评议 考核办 评委 张某"
    assert deed_of(change) is Deed.ADDED
    assert area_of("mark") is Area.MARK

    with book.edit("更正评分") as edit:
        save_mark(edit, 2023, "nongye", Mark("2.1", "张某", "office", Decimal(85)))
    change = last_changes(book)["mark"]
    assert deed_of(change) is Deed.CHANGED
    (changed,) = [field for field in fields_of(change, names) if field.is_changed]
    assert (changed.title, changed.old, changed.new) == ("评分", "80", "85")


def test_values_are_words_and_nothing_is_empty(book: Workbook) -> None:
    with book.edit("录入评分") as edit:
        save_award(edit, 2023, "nongye", Award("2.3", "核定", level="好"))
        save_submission(edit, 2023, own_form(note=""))
    names = load_names(book)
    changes = last_changes(book)
    award = {field.title: field.new for field in fields_of(changes["award"], names)}
    assert award["核定得分"] == EMPTY
    assert award["档次"] == "好"
    assert award["单位"] == "市农业农村局"
    form = {field.title: field.new for field in fields_of(changes["submission"], names)}
    assert form["状态"] == "待审"
    assert form["填报表"] == "年度填报表"
    assert place_of(changes["submission"], names) == "市科协 年度填报表 第1次"


def test_columns_that_say_nothing_are_shown_only_where_they_changed() -> None:
    before = {"code": "a", "position": 1, "title": "甲"}
    moved = RowChange(1, "task", ("a",), None, None, before, {**before, "position": 2})
    assert dict(columns_shown(moved)) == {"code": False, "position": True, "title": False}
    renamed = RowChange(1, "task", ("a",), None, None, before, {**before, "title": "乙"})
    assert dict(columns_shown(renamed)) == {"code": False, "title": True}


def test_what_the_workbook_no_longer_has_stands_for_itself(book: Workbook) -> None:
    row = {"year": 2023, "unit": "gone", "group_code": "member", "indicator": "9.9", "task": "", "points": "1"}
    change = RowChange(1, "self_score", (2023, "gone", "9.9"), 2023, "gone", row, None)
    assert place_of(change, load_names(book)) == "gone 9.9"
    assert deed_of(change) is Deed.REMOVED


def test_keys_of_evidence_are_never_shown(book: Workbook) -> None:
    change = RowChange(1, "settings", (1,), None, None, {"evidence_key": None}, {"evidence_key": "0badc0de"})
    (field,) = fields_of(change, load_names(book))
    assert "0badc0de" not in field.new
