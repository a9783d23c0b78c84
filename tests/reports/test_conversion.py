"""考核结果折算表: every unit with its points and how they came about, by group, marked as made up where it is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.conversion import Conversion, ConversionMethod, RankPoints
from assessor.domain.conversion_table import converted_groups
from assessor.errors import InputError
from assessor.reports.conversion import compose, write_conversion
from assessor.work import Work
from tests.domain.builders import OPEN, unit
from tests.reports.printed import SIGNED_ON, Printed, squeezed
from tests.reports.views import member, sample_view, small_view

BY_RANK = Conversion(
    ConversionMethod.BY_RANK, Decimal(4), by_rank=(RankPoints(9, Decimal(4)), RankPoints(28, Decimal("3.5")))
)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    path = tmp_path_factory.mktemp("conversion") / "折算表.pdf"
    log = write_conversion(sample_view(2024), {"member": BY_RANK}, path, signed_on=SIGNED_ON, work=Work())
    return Printed(path, log)


def test_every_unit_is_printed_with_its_points_and_how(printed: Printed) -> None:
    for group in converted_groups(sample_view(2024), {"member": BY_RANK}):
        assert squeezed(group.sentence) in printed.text
        for item in group.units:
            assert item.points is not None
            cells = f"{item.result.total}{item.result.rank}{item.result.grade}{item.points:f}{squeezed(item.sentence)}"
            assert cells in printed.text


def test_it_is_the_sealed_result_of_made_up_data_on_the_official_page(printed: Printed) -> None:
    assert all("示例数据" in page for page in printed.texts)
    assert "已于2025年1月20日定稿" in printed.text
    assert "全市高质量发展综合绩效考核" in printed.text
    assert not any(page.is_landscape for page in printed.pages)
    assert printed.log.missing == ()


def test_a_unit_that_is_not_converted_says_why_and_a_real_year_bears_no_mark(tmp_path: Path) -> None:
    view = small_view(member("kexie", "54", "36"), unit("jiaotiju", exempt="当年新设"))
    log = write_conversion(view, {}, tmp_path / "折算表.pdf", signed_on=SIGNED_ON, work=Work())
    text = Printed(tmp_path / "折算表.pdf", log).text
    assert "1个单位不折算" in text and "不参评：当年新设" in text
    assert "示例" not in text


def test_what_is_still_open_is_called_provisional() -> None:
    assert compose(small_view(year=replace(OPEN)), {}, SIGNED_ON).subtitle == "（暂估，非正式结果）"


def test_settings_that_do_not_fit_are_refused() -> None:
    with pytest.raises(InputError, match="没有写"):
        compose(small_view(), {"member": Conversion(ConversionMethod.BY_GRADE)}, SIGNED_ON)
