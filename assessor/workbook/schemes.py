"""Schemes (考核细则): one for each group and year, an indicator a row, so that editing one touches one row."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from decimal import Decimal

from assessor.domain.plan import Role
from assessor.domain.rules import read_rule, rule_table
from assessor.domain.rules.rule import OfficeInput, Rule
from assessor.domain.scheme import (
    Category,
    Ceiling,
    EntryKind,
    Figure,
    Grade,
    Indicator,
    NotApplicablePolicy,
    Quota,
    QuotaRounding,
    QuotaTie,
    Scheme,
    Scope,
    VetoKind,
)
from assessor.domain.table_reader import TableReader
from assessor.errors import InputError, SchemeError, WorkbookError
from assessor.workbook.known import KnownUnit, listed, require_indicator, require_year
from assessor.workbook.rows import Row, put_row, replace_rows
from assessor.workbook.values import decimal_text, optional_decimal, optional_decimal_text
from assessor.workbook.workbook import Edit, Reading

_BONUS, _DEDUCTION = "bonus", "deduction"


def save_scheme(edit: Edit, year: int, scheme: Scheme) -> None:
    """Makes this the scheme of its group in ``year``.

    Raises InputError where the group is unknown or a code occurs twice, WorkbookError where the year is unknown, an
    indicator or kind that the scheme no longer has is in use, or what the office gave on an indicator no longer fits.
    """
    require_year(edit, year)
    groups = [row["code"] for row in edit.rows("SELECT code FROM unit_group ORDER BY position")]
    if scheme.group not in groups:
        what = f"没有代码为“{scheme.group}”的考核组别"
        raise InputError(what, place=f"细则“{scheme.title}”", remedy=f"方案中的组别代码有：{listed(groups)}")
    place = f"{year} 年度 细则“{scheme.title}”"
    key: Row = {"year": year, "group_code": scheme.group}
    put_row(edit, "scheme", {**key, **_header_row(scheme, place)})
    factors: list[Row] = [
        {"role": role.value, "factor": decimal_text(factor, place)} for role, factor in scheme.role_factors.items()
    ]
    tables: list[tuple[str, list[Row]]] = [
        ("role_factor", factors),
        ("category", [{"code": c.code, "position": at, "title": c.title} for at, c in enumerate(scheme.categories)]),
        ("indicator", list(_indicator_rows(scheme, place))),
        ("grade", [_grade_row(at, grade, place) for at, grade in enumerate(scheme.grades)]),
        (
            "entry_kind",
            [*_entry_rows(_BONUS, scheme.bonuses, place), *_entry_rows(_DEDUCTION, scheme.deductions, place)],
        ),
        ("veto_kind", [_veto_row(at, veto) for at, veto in enumerate(scheme.vetoes)]),
        ("figure", [_figure_row(at, figure) for at, figure in enumerate(scheme.figures)]),
    ]
    keyed = [(table, [{**key, **row} for row in rows]) for table, rows in tables]
    replace_rows(edit, keyed, key)
    _refuse_misfits(edit, year, scheme, place)


def load_scheme(source: Reading, year: int, group: str) -> Scheme:
    """Raises WorkbookError where the year or its scheme for the group is missing, SchemeError where a rule cannot be
    read."""
    require_year(source, year)
    key = (year, group)
    headers = source.rows("SELECT * FROM scheme WHERE year = ? AND group_code = ?", key)
    if not headers:
        title = source.rows("SELECT title FROM unit_group WHERE code = ?", (group,))
        name = title[0]["title"] if title else group
        raise WorkbookError(f"没有“{name}”的考核细则", place=f"{year} 年度", remedy="请先为这个组别设置考核细则")
    header = headers[0]

    def part(table: str) -> list[sqlite3.Row]:
        return source.rows(f"SELECT * FROM {table} WHERE year = ? AND group_code = ? ORDER BY position", key)

    factors = source.rows("SELECT role, factor FROM role_factor WHERE year = ? AND group_code = ?", key)
    entries = part("entry_kind")
    return Scheme(
        code=header["code"],
        title=header["title"],
        group=group,
        categories=_categories(part("category"), part("indicator"), f"{year} 年度 细则“{header['title']}”"),
        grades=tuple(
            Grade(row["title"], Decimal(row["minimum"]), optional_decimal(row["category_share"]))
            for row in part("grade")
        ),
        full_marks=Decimal(header["full_marks"]),
        decimals=header["decimals"],
        not_applicable=NotApplicablePolicy(header["not_applicable"]),
        min_coverage=Decimal(header["min_coverage"]),
        ceiling=Ceiling(header["ceiling"]),
        tie_break=_codes(header["tie_break"]),
        quota=_quota(header),
        role_factors={Role(row["role"]): Decimal(row["factor"]) for row in factors},
        bonuses=_entry_kinds(entries, _BONUS),
        deductions=_entry_kinds(entries, _DEDUCTION),
        vetoes=tuple(
            VetoKind(row["code"], row["title"], row["limit_grade"], row["criterion"]) for row in part("veto_kind")
        ),
        figures=tuple(Figure(row["code"], row["title"], row["measure"], Scope(row["scope"])) for row in part("figure")),
        is_default=bool(header["is_default"]),
        note=header["note"],
    )


def load_indicator(source: Reading, unit: KnownUnit, code: str) -> Indicator:
    """One indicator of the unit's scheme. Raises InputError naming those there are."""
    require_indicator(source, unit, code)
    row = source.rows(
        "SELECT * FROM indicator WHERE year = ? AND group_code = ? AND code = ?", (unit.year, unit.group, code)
    )[0]
    return _indicator(row, unit.place())


def rule_text(rule: Rule) -> str:
    """A rule as one line of JSON, the same for the same rule."""
    return json.dumps(rule_table(rule), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def parse_rule(text: str, place: str) -> Rule:
    """The inverse of ``rule_text``. Raises SchemeError at ``place``, ValueError where the text is no table."""
    table = json.loads(text)
    if not isinstance(table, dict):
        raise ValueError(text)
    return read_rule(TableReader(table, place, SchemeError))


def _refuse_misfits(edit: Edit, year: int, scheme: Scheme, place: str) -> None:
    """What the office gave before must still be of a kind that the indicator's rule and scope take."""
    given = edit.rows(
        "SELECT indicator, 'marks' AS kind, task <> '' AS of_task FROM mark WHERE year = ? AND group_code = ?"
        " UNION SELECT indicator, 'award', task <> '' FROM award WHERE year = ? AND group_code = ?"
        " UNION SELECT indicator, 'occurrences', task IS NOT NULL FROM event"
        " WHERE year = ? AND group_code = ? AND indicator IS NOT NULL ORDER BY indicator, kind",
        (year, scheme.group) * 3,
    )
    for row in given:
        indicator, kind = scheme.indicator_by_code[row["indicator"]], OfficeInput(row["kind"])
        if kind not in indicator.rule.office_inputs() or bool(row["of_task"]) != (indicator.scope is Scope.TASK):
            raise WorkbookError(
                f"指标“{indicator.code}”已有{kind.label}，不能改成这样评分",
                place=place,
                remedy=f"请保留它的评分规则和 scope，或先删去这些{kind.label}",
            )


def _header_row(scheme: Scheme, place: str) -> Row:
    quota = scheme.quota
    return {
        "code": scheme.code,
        "title": scheme.title,
        "full_marks": decimal_text(scheme.full_marks, place),
        "decimals": scheme.decimals,
        "not_applicable": scheme.not_applicable.value,
        "min_coverage": decimal_text(scheme.min_coverage, place),
        "ceiling": scheme.ceiling.value,
        "tie_break": json.dumps(scheme.tie_break, ensure_ascii=False),
        "quota_share": decimal_text(quota.share, place) if quota else None,
        "quota_rounding": quota.rounding.value if quota else None,
        "quota_tie": quota.tie.value if quota else None,
        "is_default": int(scheme.is_default),
        "note": scheme.note,
    }


def _indicator_rows(scheme: Scheme, place: str) -> Iterable[Row]:
    for category in scheme.categories:
        for position, indicator in enumerate(category.indicators):
            yield {
                "code": indicator.code,
                "position": position,
                "category": category.code,
                "title": indicator.title,
                "points": decimal_text(indicator.points, f"{place} {indicator.code}"),
                "scope": indicator.scope.value,
                "content": indicator.content,
                "criterion": indicator.criterion,
                "proof": indicator.proof,
                "rule": rule_text(indicator.rule),
            }


def _grade_row(position: int, grade: Grade, place: str) -> Row:
    return {
        "title": grade.title,
        "position": position,
        "minimum": decimal_text(grade.minimum, place),
        "category_share": optional_decimal_text(grade.category_share, place),
    }


def _entry_rows(kind: str, entries: Iterable[EntryKind], place: str) -> list[Row]:
    return [
        {
            "kind": kind,
            "code": entry.code,
            "position": position,
            "title": entry.title,
            "cap": decimal_text(entry.cap, f"{place} {entry.code}"),
            "criterion": entry.criterion,
            "proof": entry.proof,
        }
        for position, entry in enumerate(entries)
    ]


def _veto_row(position: int, veto: VetoKind) -> Row:
    return {
        "code": veto.code,
        "position": position,
        "title": veto.title,
        "limit_grade": veto.limit,
        "criterion": veto.criterion,
    }


def _figure_row(position: int, figure: Figure) -> Row:
    return {
        "code": figure.code,
        "position": position,
        "title": figure.title,
        "measure": figure.measure,
        "scope": figure.scope.value,
    }


def _categories(
    categories: Iterable[sqlite3.Row], indicators: Iterable[sqlite3.Row], place: str
) -> tuple[Category, ...]:
    members: dict[str, list[Indicator]] = {}
    for row in indicators:
        members.setdefault(row["category"], []).append(_indicator(row, place))
    return tuple(Category(row["code"], row["title"], tuple(members.get(row["code"], ()))) for row in categories)


def _codes(text: str) -> tuple[str, ...]:
    codes = json.loads(text)
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise ValueError(text)
    return tuple(codes)


def _indicator(row: sqlite3.Row, place: str) -> Indicator:
    return Indicator(
        code=row["code"],
        title=row["title"],
        points=Decimal(row["points"]),
        rule=parse_rule(row["rule"], f"{place} 指标 {row['code']}"),
        scope=Scope(row["scope"]),
        content=row["content"],
        criterion=row["criterion"],
        proof=row["proof"],
    )


def _quota(header: sqlite3.Row) -> Quota | None:
    share = optional_decimal(header["quota_share"])
    if share is None:
        return None
    return Quota(share, QuotaRounding(header["quota_rounding"]), QuotaTie(header["quota_tie"]))


def _entry_kinds(rows: Iterable[sqlite3.Row], kind: str) -> tuple[EntryKind, ...]:
    return tuple(
        EntryKind(row["code"], row["title"], Decimal(row["cap"]), row["criterion"], row["proof"])
        for row in rows
        if row["kind"] == kind
    )
