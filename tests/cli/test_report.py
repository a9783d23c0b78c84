"""`report` and `chart` write whole files, and refuse with place and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from assessor.cli import main
from assessor.resources import SAMPLE_WORKBOOK

SAMPLE = str(SAMPLE_WORKBOOK)


@pytest.mark.parametrize(("kind", "more"), [("overall", []), ("unit", ["--unit", "教体局"])])
def test_a_report_is_a_pdf_that_says_where_its_data_come_from(
    kind: str, more: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "报告.pdf"
    command = ["report", SAMPLE, "--year", "2024", "--kind", kind, "--out", str(out), "--date", "2025-01-15", *more]
    assert main(command) == 0
    pages = PdfReader(out).pages
    assert f"{len(pages)} 页" in capsys.readouterr().out
    assert all("示例数据" in page.extract_text() for page in pages)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--kind", "unit"], "--unit"),
        (["--kind", "unit", "--unit", "市教育厅"], "没有“市教育厅”这个单位"),
        (["--kind", "overall", "--unit", "市教体局"], "请去掉 --unit"),
        (["--kind", "unit", "--unit", "市乡村振兴局"], "市乡村振兴局"),
    ],
)
def test_a_report_without_its_unit_is_refused(
    arguments: list[str], expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", SAMPLE, "--year", "2024", "--out", str(tmp_path / "a.pdf"), *arguments]) == 1
    message = capsys.readouterr().err
    assert expected in message
    assert "处理办法" in message
    assert list(tmp_path.iterdir()) == []


def test_a_report_never_takes_the_workbooks_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook = tmp_path / "考核.assess"
    workbook.write_bytes(SAMPLE_WORKBOOK.read_bytes())
    (tmp_path / "快捷.pdf").symlink_to(workbook)
    for out in (workbook, tmp_path / "快捷.pdf"):
        assert main(["report", str(workbook), "--year", "2024", "--kind", "overall", "--out", str(out)]) == 1
        message = capsys.readouterr().err
        assert message.startswith(f"{out}：这是工作簿")
        assert "处理办法" in message
    assert workbook.read_bytes() == SAMPLE_WORKBOOK.read_bytes()


def test_an_output_folder_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file where the folder should be stands for every reason: root may write into a read-only folder."""
    (tmp_path / "不是文件夹").write_text("")
    out = tmp_path / "不是文件夹" / "a.pdf"
    assert main(["report", SAMPLE, "--year", "2024", "--kind", "overall", "--out", str(out)]) == 1
    message = capsys.readouterr().err
    assert str(out.parent) in message
    assert "处理办法" in message


@pytest.mark.parametrize(("suffix", "magic"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
@pytest.mark.parametrize("kind", ["ranking", "sections"])
def test_a_chart_is_written_in_the_format_of_its_name(suffix: str, magic: bytes, kind: str, tmp_path: Path) -> None:
    out = tmp_path / f"图.{suffix}"
    assert main(["chart", SAMPLE, "--year", "2024", "--kind", kind, "--out", str(out)]) == 0
    assert out.read_bytes().startswith(magic)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--kind", "ranking", "--group", "省直单位", "--out", "x.png"], "可用的组别：成员单位、县市区"),
        (["--kind", "sections", "--group", "县市区", "--out", "x.png"], "请去掉 --group"),
        (["--kind", "ranking", "--out", "x.docx"], "x.docx"),
    ],
)
def test_a_chart_that_cannot_be_drawn_is_refused(
    arguments: list[str],
    expected: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["chart", SAMPLE, "--year", "2024", *arguments]) == 1
    assert expected in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
