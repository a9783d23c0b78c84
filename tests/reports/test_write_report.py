from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from assessor.errors import InputError, OutputError
from assessor.reports import REPORTS, write_report
from assessor.resources import ROOT
from assessor.work import Cancelled, Work
from tests.reports.printed import SIGNED_ON, print_report
from tests.reports.views import sample_view, small_view

WRITE = """
import sys
from datetime import date
from pathlib import Path
from assessor.reports import write_report
from assessor.work import Work
from tests.reports.views import sample_view
write_report("unit", sample_view(2024), Path(sys.argv[1]), unit="kexie", signed_on=date(2025, 1, 15), work=Work())
"""


def test_the_registry_names_every_document() -> None:
    assert {kind: (report.title, report.needs_unit) for kind, report in REPORTS.items()} == {
        "overall": ("考核结果报告", False),
        "unit": ("考核结果反馈单", True),
        "review": ("复核情况表", False),
    }


def test_the_log_tells_pages_faces_and_missing_characters(tmp_path: Path) -> None:
    printed = print_report("unit", small_view(), tmp_path, unit="kexie")
    assert printed.log.pages == len(printed.pages)
    assert "考评仿宋" in printed.log.faces
    assert printed.log.missing == ()


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    paths = [tmp_path / "first.pdf", tmp_path / "second.pdf"]
    for path in paths:
        write_report("overall", sample_view(2024), path, signed_on=SIGNED_ON, work=Work())
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_another_process_with_another_hash_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    contents = []
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.pdf"
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "ASSESSOR_FONTS": "bundled"}
        subprocess.run([sys.executable, "-c", WRITE, str(path)], check=True, cwd=ROOT, env=environment)
        contents.append(path.read_bytes())
    assert contents[0] == contents[1]


def test_the_registry_is_read_without_loading_the_typesetter() -> None:
    code = "import sys, assessor.reports; sys.exit(any(m in sys.modules for m in ('reportlab', 'matplotlib')))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_progress_rises_from_nothing_to_done(tmp_path: Path) -> None:
    steps: list[tuple[float, str]] = []
    work = Work(on_progress=lambda fraction, text: steps.append((fraction, text)))
    write_report("overall", sample_view(2024), tmp_path / "report.pdf", signed_on=SIGNED_ON, work=work)
    fractions = [fraction for fraction, _text in steps]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0.0, 1.0)
    assert {"整理内容", "载入字体", "绘制图1　成员单位总分排名", "排印第3页", "写入文件"} <= {
        text for _f, text in steps
    }


@pytest.mark.parametrize("stop_at", ["整理内容", "载入字体", "排印第1页", "排印第2页", "写入文件"])
def test_cancelling_leaves_no_file_and_keeps_what_was_there(tmp_path: Path, stop_at: str) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(b"before")
    work = Work()
    work.on_progress = lambda _fraction, text: work.cancel() if text == stop_at else None
    if stop_at == "写入文件":
        work.on_progress = lambda fraction, _text: work.cancel() if fraction > 0.9 else None
    with pytest.raises(Cancelled):
        write_report("unit", sample_view(2024), path, unit="kexie", signed_on=SIGNED_ON, work=work)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_document_can_be_written_after_a_cancelled_one(tmp_path: Path) -> None:
    work = Work()
    work.on_progress = lambda fraction, _text: work.cancel() if fraction > 0.5 else None
    with pytest.raises(Cancelled):
        write_report("unit", small_view(), tmp_path / "a.pdf", unit="kexie", signed_on=SIGNED_ON, work=work)
    assert print_report("unit", small_view(), tmp_path, unit="kexie").log.pages == 3


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="文件夹不存在"):
        write_report("unit", small_view(), tmp_path / "no" / "a.pdf", unit="kexie", signed_on=SIGNED_ON, work=Work())


def test_a_folder_in_the_files_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="不能写成文件"):
        write_report("unit", small_view(), tmp_path, unit="kexie", signed_on=SIGNED_ON, work=Work())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["报告.docx", "报告", "方案.toml"])
def test_a_name_that_is_no_pdfs_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("珍贵", "utf-8")
    with pytest.raises(OutputError, match="只能写成 PDF 文件") as caught:
        write_report("unit", small_view(), path, unit="kexie", signed_on=SIGNED_ON, work=Work())
    assert caught.value.place == str(path)
    assert path.read_text("utf-8") == "珍贵"


@pytest.mark.parametrize(
    ("kind", "unit", "words"),
    [
        ("unit", None, "要写明单位"),
        ("unit", "wuxu", "2024 年度没有“wuxu”这个单位"),
        ("letter", None, "没有“letter”这种文件"),
    ],
)
def test_what_cannot_be_written_is_refused_in_words(tmp_path: Path, kind: str, unit: str | None, words: str) -> None:
    with pytest.raises(InputError, match=words):
        write_report(kind, small_view(), tmp_path / "a.pdf", unit=unit, signed_on=date(2025, 1, 15), work=Work())
    assert list(tmp_path.iterdir()) == []
