from __future__ import annotations

import signal
from datetime import date, datetime
from pathlib import Path

import pytest

from assessor.domain.year import Stage, Year
from assessor.errors import SchemeError, WorkbookError
from assessor.workbook.creation import add_year_from_plan, calendar_year, create_from_plan
from assessor.workbook.plans import load_plan
from assessor.workbook.settings import Settings, load_settings
from assessor.workbook.workbook import Workbook
from assessor.workbook.years import list_years
from tests.workbook.builders import SCHEMES, clock, small_plan, small_scheme, small_workbook


def test_a_workbook_has_plan_years_assignments_and_schemes(tmp_path: Path) -> None:
    with small_workbook(tmp_path, (2022, 2023)) as workbook:
        assert load_plan(workbook) == small_plan()
        assert list_years(workbook) == tuple(
            Year(year, date(year, 1, 1), date(year, 12, 31), date(year, 12, 15), Stage.ASSIGN) for year in (2022, 2023)
        )
        assert workbook.rows("SELECT count(*) FROM assignment")[0][0] == 10
        assert workbook.rows("SELECT count(*) FROM scheme")[0][0] == 4
        assert load_settings(workbook) == Settings("某市实施方案", is_sample=False)
        assert workbook.path == tmp_path / "考核.assess"


def test_a_sample_says_that_it_is_one(tmp_path: Path) -> None:
    with create_from_plan(tmp_path / "a.assess", small_plan(), SCHEMES, years=[2023], sample=True) as workbook:
        assert load_settings(workbook).is_sample
        assert [year.is_sample for year in list_years(workbook)] == [True]


def test_the_same_inputs_and_clock_make_the_same_bytes(tmp_path: Path) -> None:
    contents = []
    for name in ("a", "b"):
        path = tmp_path / f"{name}.assess"
        create_from_plan(path, small_plan(), SCHEMES, years=[2022, 2023], clock=clock).close()
        contents.append(path.read_bytes())
    assert contents[0] == contents[1]


@pytest.mark.parametrize("schemes", [SCHEMES[:1], (*SCHEMES, small_scheme("county"))])
def test_a_creation_that_fails_leaves_no_file(tmp_path: Path, schemes: tuple[object, ...]) -> None:
    with pytest.raises(SchemeError, match="县市区"):
        create_from_plan(tmp_path / "a.assess", small_plan(), schemes, years=[2023])  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_trouble_while_making_the_file_names_the_file_that_was_asked_for(tmp_path: Path) -> None:
    """A limit on file size stands for the full disk."""
    resource = pytest.importorskip("resource", reason="limits on file size are of POSIX systems only")
    path = tmp_path / "a.assess"
    kept = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, kept[0][1]))
    try:
        with pytest.raises(WorkbookError) as refusal:
            create_from_plan(path, small_plan(), SCHEMES, years=[2022, 2023])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, kept[0])
        signal.signal(signal.SIGXFSZ, kept[1])
    assert refusal.value.place == str(path)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.assess"
    path.write_text("珍贵", "utf-8")
    with pytest.raises(WorkbookError, match="已经存在") as refusal:
        Workbook.create(path)
    assert refusal.value.remedy
    with pytest.raises(WorkbookError, match="已经存在"):
        create_from_plan(path, small_plan(), SCHEMES, years=[2023])
    assert path.read_text("utf-8") == "珍贵"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_appears_meanwhile_is_not_overwritten_either(tmp_path: Path) -> None:
    path = tmp_path / "a.assess"

    def slow_clock() -> datetime:
        path.write_text("珍贵", "utf-8")
        return clock()

    with pytest.raises(WorkbookError, match="已经存在"):
        create_from_plan(path, small_plan(), SCHEMES, years=[2023], clock=slow_clock)
    assert path.read_text("utf-8") == "珍贵"


def test_a_missing_or_read_only_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="文件夹不存在"):
        Workbook.create(tmp_path / "无" / "a.assess")
    tmp_path.chmod(0o555)
    with pytest.raises(WorkbookError, match="只读"):
        Workbook.create(tmp_path / "a.assess")
    tmp_path.chmod(0o755)


def test_a_year_is_added_to_a_workbook_only_once(tmp_path: Path) -> None:
    with small_workbook(tmp_path, (2022,)) as workbook:
        with workbook.edit("新建年度") as edit:
            add_year_from_plan(edit, small_plan(), SCHEMES, calendar_year(2023, is_sample=True))
        assert [(year.year, year.is_sample) for year in list_years(workbook)] == [(2022, False), (2023, True)]
        with pytest.raises(WorkbookError, match="已经存在"), workbook.edit("新建年度") as edit:
            add_year_from_plan(edit, small_plan(), SCHEMES, calendar_year(2023))


def test_an_empty_workbook_has_empty_settings(tmp_path: Path) -> None:
    with Workbook.create(tmp_path / "a.assess") as workbook:
        assert load_settings(workbook) == Settings()
