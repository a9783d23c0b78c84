"""The list of edits: what each touched, narrowed by page, unit, indicator, person, day and words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.facts import Award, Mark
from assessor.domain.submission import DONE
from assessor.work import Cancelled, Work
from assessor.workbook.history_lines import HEADINGS, history_lines
from assessor.workbook.history_list import HistoryQuery, list_entries, list_operators
from assessor.workbook.marks import save_award, save_mark
from assessor.workbook.row_titles import Area
from assessor.workbook.submissions import save_submission
from assessor.workbook.undo import redo, undo
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import form, small_workbook


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Workbook]:
    """Edits 2 to 4, on three days, by two people."""
    path = tmp_path / "考核.assess"
    small_workbook(tmp_path).close()
    days = [datetime(2024, 12, day, 9, tzinfo=UTC) for day in (1, 2, 3)]
    with Workbook.open(path, operator="张三", clock=lambda: days[0]) as workbook, workbook.edit("录入评分") as edit:
        save_mark(edit, 2023, "nongye", Mark("2.1", "张某", "office", Decimal(80)))
    with Workbook.open(path, operator="李四", clock=lambda: days[1]) as workbook, workbook.edit("收表") as edit:
        save_submission(edit, 2023, form("kexie", "A1.1", figures={DONE: Decimal(7)}))
    with Workbook.open(path, operator="张三", clock=lambda: days[2]) as workbook:
        with workbook.edit("核定") as edit:
            save_award(edit, 2023, "nongye", Award("2.2", "核定", points=Decimal(3)))
            save_award(edit, 2023, "kexie", Award("2.2", "核定", points=Decimal(4)))
        yield workbook


def labels(book: Workbook, query: HistoryQuery) -> list[str]:
    return [entry.record.label for entry in list_entries(book, query)]


def test_the_newest_comes_first_with_its_areas_units_and_rows(book: Workbook) -> None:
    newest, forms, *_older = list_entries(book, HistoryQuery())
    assert (newest.areas, set(newest.units), newest.rows) == ((Area.MARK,), {"nongye", "kexie"}, 2)
    assert forms.areas == (Area.FORM,)
    assert forms.rows == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (HistoryQuery(area=Area.FORM), ["收表"]),
        (HistoryQuery(section="A1", area=Area.FORM), ["收表"]),
        (HistoryQuery(section="A"), []),
        (HistoryQuery(unit="nongye", area=Area.MARK), ["核定", "录入评分"]),
        (HistoryQuery(operator="李四"), ["收表"]),
        (HistoryQuery(first_day=date(2024, 12, 2), last_day=date(2024, 12, 2)), ["收表"]),
        (HistoryQuery(first_day=date(2024, 12, 2)), ["核定", "收表"]),
        (HistoryQuery(text="收"), ["收表"]),
        (HistoryQuery(text="张某"), ["录入评分"]),
        (HistoryQuery(unit="nongye", indicator="2.1"), ["录入评分"]),
        (HistoryQuery(unit="kexie", indicator="1.1", figures=(DONE,)), ["收表"]),
        (HistoryQuery(row=("award", (2023, "kexie", "2.2", ""))), ["核定"]),
        (HistoryQuery(year=2030), []),
    ],
)
def test_it_is_narrowed(book: Workbook, query: HistoryQuery, found: list[str]) -> None:
    assert labels(book, query) == found


def test_parts_follow_each_other_without_gap(book: Workbook) -> None:
    whole = list_entries(book, HistoryQuery())
    first = list_entries(book, HistoryQuery(), limit=2)
    rest = list_entries(book, HistoryQuery(), before=first[-1].record.number)
    assert first + rest == whole


def test_what_was_taken_back_says_so_until_it_is_put_back(book: Workbook) -> None:
    undo(book)
    undone = {entry.record.label: entry.is_undone for entry in list_entries(book, HistoryQuery())}
    assert undone["核定"]
    assert not undone["撤销 核定"]
    redo(book)
    assert not any(entry.is_undone for entry in list_entries(book, HistoryQuery()) if entry.record.label == "核定")


def test_everybody_who_edited_is_offered(book: Workbook) -> None:
    assert set(list_operators(book)) == {"张三", "李四"}


def test_lines_name_every_changed_cell_of_what_was_asked_for(book: Workbook) -> None:
    lines = list(history_lines(book, HistoryQuery(unit="kexie", area=Area.MARK), Work()))
    assert {line.label for line in lines} == {"核定"}
    assert {line.place for line in lines} == {"市科协 2.2 直接"}
    (points,) = [line for line in lines if line.title == "核定得分"]
    assert (points.old, points.new, points.deed) == ("", "4", "新增")
    assert len(points.cells()) == len(HEADINGS)


def test_lines_of_a_section_are_of_its_tasks_alone(book: Workbook) -> None:
    with book.edit("收表并核定") as edit:
        save_submission(edit, 2023, form("kexie", "A1.1", revision=2, figures={DONE: Decimal(8)}))
        save_award(edit, 2023, "kexie", Award("2.2", "核定", points=Decimal(2)))
    lines = [line for line in history_lines(book, HistoryQuery(section="A1"), Work()) if line.label == "收表并核定"]
    assert lines
    assert all("2.2" not in line.place for line in lines)


def test_writing_lines_can_be_cancelled(book: Workbook) -> None:
    work = Work()
    work.cancel()
    with pytest.raises(Cancelled):
        list(history_lines(book, HistoryQuery(), work))
