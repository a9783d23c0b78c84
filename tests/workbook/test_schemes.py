from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.facts import Mark
from assessor.domain.plan import Role
from assessor.domain.scheme import Category, Scheme, Scope
from assessor.errors import InputError, WorkbookError
from assessor.exchange.scheme_file import default_schemes
from assessor.workbook.marks import save_mark, save_self_score
from assessor.workbook.schemes import load_scheme, save_scheme
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import COUNTY, MEMBER, rule, small_scheme, small_workbook


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with small_workbook(tmp_path) as opened:
        yield opened


def save(workbook: Workbook, scheme: Scheme) -> dict[str, frozenset[tuple[str | int, ...]]]:
    with workbook.edit("修改细则") as edit:
        save_scheme(edit, 2023, scheme)
    return dict(edit.changes)


def with_indicators(scheme: Scheme, *indicators: object) -> Scheme:
    first = dataclasses.replace(scheme.categories[0], indicators=indicators)  # type: ignore[arg-type]
    return dataclasses.replace(scheme, categories=(first, *scheme.categories[1:]))


def test_a_scheme_comes_back_as_it_was_saved(workbook: Workbook) -> None:
    assert load_scheme(workbook, 2023, MEMBER) == small_scheme(MEMBER)
    assert load_scheme(workbook, 2023, COUNTY) == small_scheme(COUNTY)


def test_the_shipped_schemes_come_back_as_they_were_saved(workbook: Workbook) -> None:
    for scheme in default_schemes():
        save(workbook, scheme)
        assert load_scheme(workbook, 2023, scheme.group) == scheme


def test_a_schemes_decimals_come_back_digit_by_digit(workbook: Workbook) -> None:
    scheme = load_scheme(workbook, 2023, MEMBER)
    assert str(scheme.categories[0].indicators[0].points) == "40.0"
    assert str(scheme.grades[1].minimum) == "60.00"
    assert scheme.quota is not None
    assert str(scheme.quota.share) == "0.30"


def test_a_scheme_without_a_quota_and_with_role_factors_comes_back(workbook: Workbook) -> None:
    factors = {Role.LEAD: Decimal("1.2"), Role.PARTICIPANT: Decimal("0.8")}
    scheme = dataclasses.replace(small_scheme(), quota=None, role_factors=factors)
    save(workbook, scheme)
    assert load_scheme(workbook, 2023, MEMBER) == scheme


def test_saving_the_same_scheme_again_touches_nothing(workbook: Workbook) -> None:
    assert save(workbook, small_scheme()) == {}


def test_editing_an_indicator_touches_its_one_row(workbook: Workbook) -> None:
    first, second = small_scheme().categories[0].indicators
    changes = save(workbook, with_indicators(small_scheme(), dataclasses.replace(first, points=Decimal(41)), second))
    assert changes == {"indicator": {(2023, MEMBER, "1.1")}}


def test_an_indicator_can_move_to_another_category_and_its_old_one_go(workbook: Workbook) -> None:
    scheme = small_scheme()
    merged = Category("3", "合并", scheme.indicators)
    moved = dataclasses.replace(scheme, categories=(merged,), tie_break=())
    save(workbook, moved)
    assert load_scheme(workbook, 2023, MEMBER) == moved


def test_each_year_has_its_own_scheme(tmp_path: Path) -> None:
    with small_workbook(tmp_path, (2022, 2023)) as workbook:
        save(workbook, dataclasses.replace(small_scheme(), title="改过"))
        assert load_scheme(workbook, 2022, MEMBER).title == "member 细则"
        assert load_scheme(workbook, 2023, MEMBER).title == "改过"


def test_an_indicator_in_use_cannot_go(workbook: Workbook) -> None:
    with workbook.edit("自评") as edit:
        save_self_score(edit, 2023, "kexie", "1.2", Decimal(20))
    with pytest.raises(WorkbookError, match=r"指标“1\.2”已有填报、评分等数据") as refusal:
        save(workbook, with_indicators(small_scheme(), small_scheme().categories[0].indicators[0]))
    assert refusal.value.remedy
    assert load_scheme(workbook, 2023, MEMBER) == small_scheme()


def test_an_indicator_keeps_the_rule_and_scope_that_what_was_given_on_it_needs(workbook: Workbook) -> None:
    with workbook.edit("评分") as edit:
        save_mark(edit, 2023, "kexie", Mark("3.1", "张三", "office", Decimal(90), "A1.1"))
    scheme = small_scheme()
    judged, *others = scheme.categories[2].indicators
    for changed in (dataclasses.replace(judged, scope=Scope.UNIT), dataclasses.replace(judged, rule=rule("direct"))):
        last = dataclasses.replace(scheme.categories[2], indicators=(changed, *others))
        with pytest.raises(WorkbookError, match=r"指标“3\.1”已有评委评分") as refusal:
            save(workbook, dataclasses.replace(scheme, categories=(*scheme.categories[:2], last)))
        assert refusal.value.remedy
    assert load_scheme(workbook, 2023, MEMBER) == scheme


def test_an_unknown_group_is_refused(workbook: Workbook) -> None:
    with pytest.raises(InputError, match="没有代码为“school”的考核组别") as refusal:
        save(workbook, small_scheme("school"))
    assert "member、county" in refusal.value.remedy


def test_an_indicator_that_occurs_twice_is_refused(workbook: Workbook) -> None:
    first = small_scheme().categories[0].indicators[0]
    again = dataclasses.replace(first, rule=rule("direct"))
    with pytest.raises(InputError, match=r"指标“1\.1”重复"):
        save(workbook, with_indicators(small_scheme(), first, again))


def test_a_missing_scheme_names_the_group(workbook: Workbook) -> None:
    with workbook.edit("新建年度") as edit:
        edit.execute("INSERT INTO year VALUES (2024, '2024-01-01', '2024-12-31', '2024-12-15', 'assign', 0, 0)")
    with pytest.raises(WorkbookError, match="没有“成员单位”的考核细则"):
        load_scheme(workbook, 2024, MEMBER)
    with pytest.raises(WorkbookError, match="没有 2031 年度"):
        load_scheme(workbook, 2031, MEMBER)
