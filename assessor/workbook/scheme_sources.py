"""Every scheme that a workbook knows: of its years, frozen versions, drafts, and the default ones it is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assessor.domain.scheme import Scheme
from assessor.workbook.plans import load_groups
from assessor.workbook.scheme_drafts import load_drafts
from assessor.workbook.scheme_versions import load_versions, scheme_of_text
from assessor.workbook.schemes import load_scheme
from assessor.workbook.workbook import Reading


@dataclass(frozen=True)
class SchemeSource:
    key: str
    """Tells it from the others."""
    title: str
    """Where it is from: ``2024 年度 成员单位``, with ``第 1 版``, or ``默认细则``."""
    scheme: Scheme
    year: int | None = None
    """Of a year's scheme or version."""
    version: int | None = None


def load_sources(source: Reading, defaults: Iterable[Scheme] = ()) -> tuple[SchemeSource, ...]:
    """Years from the latest on, each with its versions, then drafts, then ``defaults``. Raises SchemeError where one
    cannot be read."""
    with source.snapshot():
        titles = {group.code: group.title for group in load_groups(source)}
        found: list[SchemeSource] = []
        for row in source.rows("SELECT year, group_code FROM scheme ORDER BY year DESC, group_code"):
            found += _of_year(source, row["year"], row["group_code"], titles)
        found += [
            SchemeSource(f"draft {draft.key}", f"草稿：{draft.title}", draft.scheme) for draft in load_drafts(source)
        ]
    found += [
        SchemeSource(f"default {item.group}", f"默认细则（{titles.get(item.group, item.group)}）", item)
        for item in defaults
    ]
    return tuple(found)


def adopted(scheme: Scheme, group: str) -> Scheme:
    """The scheme as one of ``group``'s own."""
    return replace(scheme, group=group)


def _of_year(source: Reading, year: int, group: str, titles: dict[str, str]) -> list[SchemeSource]:
    name = f"{year} 年度 {titles[group]}"
    found = [SchemeSource(f"{year} {group}", name, load_scheme(source, year, group), year)]
    for version in load_versions(source, year, group):
        title = f"{name} 第 {version.number} 版"
        scheme = scheme_of_text(version.content, title)
        found.append(SchemeSource(f"{year} {group} {version.number}", title, scheme, year, version.number))
    return found
