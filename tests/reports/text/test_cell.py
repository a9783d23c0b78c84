"""Text in cells."""

from __future__ import annotations

from reportlab.platypus import Table

from assessor.reports.text.cell import CellText
from assessor.reports.text.style import CELL, Align
from tests.reports.text.printing import plain, print_story, read_pages


def test_a_cell_wraps_to_its_column() -> None:
    cell = CellText("市农业农村局与市乡村振兴局")
    _, height = cell.wrap(60.0, 1000.0)
    assert height == 3 * CELL.leading


def test_a_styled_copy_keeps_its_text() -> None:
    copy = CellText("甲").styled(align=Align.RIGHT)
    assert copy.text == "甲"
    assert copy.style.align is Align.RIGHT


def test_a_cell_serves_in_a_table_of_reportlab() -> None:
    pdf, log = print_story([Table([[CellText("联系人"), CellText("王䶮")]], colWidths=[60, 60])])
    assert plain(read_pages(pdf)[0]) == "联系人王䶮"
    assert log.missing == ()
