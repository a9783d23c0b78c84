"""Blocks of cells as text: what is written is read back, and what WPS, Excel and browsers write is understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.ui.grid.block import block_html, block_text, read_block, read_html

CELLS = st.text(st.sampled_from('ab 市,"\t\n'), max_size=6)
BLOCKS = st.integers(1, 3).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1))


@given(BLOCKS)
def test_text_is_read_back_cell_by_cell(block: list[list[str]]) -> None:
    assert read_block(block_text(block)) == tuple(map(tuple, block))


@given(st.lists(st.lists(st.text(st.sampled_from("ab市<&>\n"), max_size=6), min_size=2, max_size=2), min_size=1))
def test_html_is_read_back_cell_by_cell(block: list[list[str]]) -> None:
    assert read_html(block_html(block)) == tuple(map(tuple, block))


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("90", (("90",),)),
        ("90\r\n85\r\n", (("90",), ("85",))),
        ("a\t\t\r\n", (("a", "", ""),)),
        ("a\n\n", (("a",), ("",))),
        ("a\tb\nc", (("a", "b"), ("c", ""))),
        ('"一\n二"\t3\n', (("一\n二", "3"),)),
        ('"说 ""好"""\n', (('说 "好"',),)),
        ('名"称\n', (('名"称',),)),
        ('"没有结束\t3\n', (('"没有结束', "3"),)),
        ('"引"后\n', (('"引"后',),)),
        ("", (("",),)),
    ],
)
def test_lines_and_tabs_as_spreadsheets_write_them(text: str, block: tuple[tuple[str, ...], ...]) -> None:
    assert read_block(text) == block


def test_only_what_needs_quotes_is_quoted() -> None:
    assert block_text([["1", '名"称', '"引"'], ["一\n二", "a\tb", ""]]) == '1\t名"称\t"""引"""\n"一\n二"\t"a\tb"\t\n'


EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td {color:black;}</style></head>
<body><!--StartFragment--><table><col width=64><tr height=20>
  <td rowspan=2 class=xl65>市科协</td><td align=right>90&nbsp;</td></tr>
 <tr><td>一<br>
  二</td></tr><tr><td colspan=2>备 注</td></tr></table><table><tr><td>别的</td></tr></table></body></html>"""


def test_a_table_of_html_with_merged_cells_and_line_breaks() -> None:
    assert read_html(EXCEL) == (("市科协", "90 "), ("", "一\n二"), ("备 注", ""))


def test_html_without_a_table_has_no_cells() -> None:
    assert read_html("<p>90</p>") == ()
