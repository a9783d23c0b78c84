"""Cells as text for WPS and Excel."""

from __future__ import annotations

from PySide6.QtGui import QStandardItem, QStandardItemModel

from assessor.ui.grid.copying import selection_text


def model() -> QStandardItemModel:
    result = QStandardItemModel()
    for row in (["1", "市科协", "90.00"], ["2", '名"称', "一\n二"]):
        result.appendRow([QStandardItem(text) for text in row])
    return result


def test_rows_become_lines_and_columns_tabs_whatever_the_order_of_selection() -> None:
    table = model()
    assert selection_text([table.index(0, 2), table.index(0, 0), table.index(0, 1)]) == "1\t市科协\t90.00\n"


def test_a_hole_in_the_selection_stays_a_hole() -> None:
    table = model()
    assert selection_text([table.index(0, 0), table.index(1, 2)]) == '1\t\n\t"一\n二"\n'


def test_a_quote_within_a_cell_is_left_alone() -> None:
    table = model()
    assert selection_text([table.index(1, 1)]) == '名"称\n'
