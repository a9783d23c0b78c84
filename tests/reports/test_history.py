"""修改历史 on paper: every cell is there, long lists are cut and say so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assessor.reports import history
from assessor.reports.history import HistoryRow, compose, write_history
from assessor.work import Work
from tests.reports.printed import Printed
from tests.workbook.builders import small_plan

DAY = date(2025, 1, 15)


def rows(count: int) -> tuple[HistoryRow, ...]:
    return tuple(
        HistoryRow(
            f"{number // 3}. 2024-12-01 09:30 张三", "录入评分", "修改 2023 市科协 2.1 评议", "评分", "80", f"{number}"
        )
        for number in range(count, 0, -1)
    )


def test_every_cell_is_printed_under_its_edit(tmp_path: Path) -> None:
    path = tmp_path / "历史.pdf"
    pages = write_history(rows(90), path, plan=small_plan(), asked="", printed_on=DAY, work=Work())
    printed = Printed(path, None)  # type: ignore[arg-type]
    assert pages == len(printed.pages)
    assert "工作簿修改历史" in printed.texts[0]
    assert "共31次修改，改动90项数据" in printed.texts[0]
    assert printed.pages[1].is_landscape
    assert "修改2023市科协2.1评议" in printed.text


def test_nothing_found_is_said_in_a_page(tmp_path: Path) -> None:
    path = tmp_path / "无.pdf"
    assert write_history((), path, plan=small_plan(), asked="", printed_on=DAY, work=Work()) == 1


def test_what_does_not_fit_is_counted() -> None:
    many = rows(history.MOST_ROWS + 5)
    document = compose(many, small_plan(), "", DAY)
    table = document.blocks[-1]
    assert len(table.rows) == history.MOST_ROWS  # type: ignore[union-attr]
    assert f"只列最近的{history.MOST_ROWS}项" in document.blocks[0].text  # type: ignore[union-attr]
