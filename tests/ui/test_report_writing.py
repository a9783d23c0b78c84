"""Where reports go, what they are called, and writing several in a row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assessor.domain.year_view import YearView
from assessor.errors import OutputError
from assessor.ui.report_writing import ReportOrder, default_folder, report_path, write_order
from assessor.work import Cancelled, Work
from assessor.workbook.views import load_view
from assessor.workbook.workbook import Workbook
from tests.ui.builders import FIRST, MISSING

SIGNED = date(2023, 1, 10)


@pytest.fixture(scope="module")
def view(workbook_file: Path) -> YearView:
    with Workbook.open(workbook_file, read_only=True) as workbook:
        return load_view(workbook, FIRST)


def test_reports_lie_beside_their_workbook(tmp_path: Path) -> None:
    assert default_folder(tmp_path / "宜春市.assess", tmp_path / "文档") == tmp_path / "宜春市.reports"


def test_beside_a_workbook_in_a_place_that_is_gone_they_go_to_the_documents(tmp_path: Path) -> None:
    gone = tmp_path / "拔掉的盘" / "宜春市.assess"
    assert default_folder(gone, tmp_path / "文档") == tmp_path / "文档" / "宜春市.reports"


def test_files_are_named_by_year_kind_and_unit(view: YearView, tmp_path: Path) -> None:
    order = ReportOrder("unit", view, ("kexie",), SIGNED, tmp_path)
    assert report_path(order, "kexie").name == "2022年度考核结果反馈单（市科协）.pdf"
    whole = ReportOrder("overall", view, (), SIGNED, tmp_path)
    assert report_path(whole, None).name == "2022年度考核结果报告.pdf"


def test_a_sheet_for_every_unit_asked_for_with_progress_over_all(view: YearView, tmp_path: Path) -> None:
    steps: list[tuple[float, str]] = []
    folder = tmp_path / "新建" / "报告"
    order = ReportOrder("unit", view, ("kexie", MISSING), SIGNED, folder)
    written = write_order(order, Work(on_progress=lambda fraction, text: steps.append((fraction, text))))
    assert sorted(written.paths) == sorted(folder.iterdir())
    assert len(written.paths) == 2
    assert written.pages >= 2
    assert [fraction for fraction, _ in steps] == sorted(fraction for fraction, _ in steps)
    assert steps[-1][0] == 1
    assert "（2/2）" in steps[-1][1]


def test_cancelling_between_two_keeps_the_first_whole(view: YearView, tmp_path: Path) -> None:
    work = Work()

    def stop_at_the_second(fraction: float, _text: str) -> None:
        if fraction > 0.5:
            work.cancel()

    work.on_progress = stop_at_the_second
    with pytest.raises(Cancelled):
        write_order(ReportOrder("unit", view, ("kexie", MISSING), SIGNED, tmp_path), work)
    assert [path.read_bytes()[:4] for path in tmp_path.iterdir()] == [b"%PDF"]


def test_a_folder_that_cannot_be_made_is_an_error_with_a_remedy(view: YearView, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("", encoding="utf-8")
    order = ReportOrder("overall", view, (), SIGNED, tmp_path / "文件" / "报告")
    with pytest.raises(OutputError, match="无法新建文件夹"):
        write_order(order, Work())
