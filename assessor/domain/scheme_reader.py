"""A scheme (考核细则) from its table, as scheme files hold it, and back.

The layout is described in docs/scheme-format.md. What one part says wrongly is refused where it is read; what parts
say to each other is checked by ``scheme_soundness``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from assessor.domain.plan import Role
from assessor.domain.rules import read_rule, rule_table
from assessor.domain.rules.parameters import decimal_text
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
from assessor.domain.scheme_soundness import require_sound
from assessor.domain.table_reader import TableReader
from assessor.errors import SchemeError

Choice = TypeVar("Choice", bound=Enum)


def read_scheme(table: TableReader) -> Scheme:
    """Raises SchemeError naming the place and the remedy where the scheme cannot be used."""
    scheme = read_unsound(table)
    require_sound(scheme, table.place)
    return scheme


def read_unsound(table: TableReader) -> Scheme:
    """A scheme whose parts need not fit together yet. Raises SchemeError where a part itself cannot be read."""
    place = table.place
    header = table.table("scheme")
    scheme = Scheme(
        **{key: read(header) for key, read in _HEADER.items()},
        categories=tuple(_read_category(item, place) for item in table.tables("category")),
        grades=tuple(_read_grade(item) for item in table.tables("grade")),
        quota=_read_quota(table.table("quota")) if table.has("quota") else None,
        role_factors=_read_role_factors(table.table("role_factors")) if table.has("role_factors") else {},
        bonuses=tuple(_read_entry_kind(item) for item in table.tables("bonus", required=False)),
        deductions=tuple(_read_entry_kind(item) for item in table.tables("deduction", required=False)),
        vetoes=tuple(_read_veto(item) for item in table.tables("veto", required=False)),
        figures=tuple(_read_figure(item) for item in table.tables("figure", required=False)),
    )
    header.finish()
    table.finish()
    return scheme


def unreadable_parts(table: Mapping[str, Any], place: str) -> list[SchemeError]:
    """Where ``read_unsound`` would stop, in every part: each setting and each item is read by itself."""
    whole, found = TableReader(table, place, SchemeError), list[SchemeError]()

    def collect(read: Callable[..., Any], *given: Any) -> Any:
        try:
            return read(*given)
        except SchemeError as problem:
            found.append(problem)
            return None

    header = collect(whole.table, "scheme")
    for read in _HEADER.values() if header else ():
        collect(read, header)
    if header and not found:
        collect(header.finish)
    for category in collect(whole.tables, "category") or ():
        for indicator in collect(category.tables, "indicator") or ():
            collect(_read_indicator, indicator, place)
        collect(_read_category_head, category, place)
    for key, (read_item, is_required) in _LISTS.items():
        for item in collect(lambda of=key, must=is_required: whole.tables(of, required=must)) or ():
            collect(read_item, item)
    for key, read_table in (("quota", _read_quota), ("role_factors", _read_role_factors)):
        if whole.has(key) and (part := collect(whole.table, key)):
            collect(read_table, part)
    collect(whole.finish)
    return found


def scheme_table(scheme: Scheme) -> dict[str, Any]:
    """The inverse of ``read_scheme``: strings, booleans, integers, lists and dicts; decimals as text."""
    table: dict[str, Any] = {
        "scheme": _header_table(scheme),
        "figure": [_figure_table(figure) for figure in scheme.figures],
        "category": [_category_table(category) for category in scheme.categories],
        "grade": [_grade_table(grade) for grade in scheme.grades],
        "bonus": [_entry_kind_table(kind) for kind in scheme.bonuses],
        "deduction": [_entry_kind_table(kind) for kind in scheme.deductions],
        "veto": [_veto_table(kind) for kind in scheme.vetoes],
    }
    if scheme.quota:
        quota = scheme.quota
        table["quota"] = {
            "share": decimal_text(quota.share),
            "rounding": quota.rounding.value,
            "tie": quota.tie.value,
        }
    if scheme.role_factors:
        table["role_factors"] = {role.value: decimal_text(factor) for role, factor in scheme.role_factors.items()}
    return table


def _choice(table: TableReader, key: str, default: Choice) -> Choice:
    choices = type(default)
    word = table.text(key, default.value)
    try:
        return choices(word)
    except ValueError:
        words = "、".join(choice.value for choice in choices)
        raise table.fail(f"不认识的取值“{word}”", f"可写的有：{words}", key=key) from None


_HEADER: dict[str, Callable[[TableReader], Any]] = {
    "code": lambda header: header.text("code"),
    "title": lambda header: header.text("title"),
    "group": lambda header: header.text("group"),
    "full_marks": lambda header: header.decimal("full_marks", Decimal(100)),
    "decimals": lambda header: header.integer("decimals", 2),
    "not_applicable": lambda header: _choice(header, "not_applicable", NotApplicablePolicy.RESCALE),
    "min_coverage": lambda header: header.decimal("min_coverage", Decimal("0.5")),
    "ceiling": lambda header: _choice(header, "ceiling", Ceiling.FULL_MARKS),
    "tie_break": lambda header: header.texts("tie_break", ()),
    "is_default": lambda header: header.boolean("is_default", False),
    "note": lambda header: header.text("note", ""),
}
"""Field of ``Scheme`` -> how it is read from ``[scheme]``."""


def _read_figure(table: TableReader) -> Figure:
    figure = Figure(
        code=table.text("code"),
        title=table.text("title"),
        measure=table.text("measure", ""),
        scope=_choice(table, "scope", Scope.UNIT),
    )
    table.finish()
    return figure


def _read_category(table: TableReader, place: str) -> Category:
    code, title = _read_category_head(table, place)
    category = Category(code, title, tuple(_read_indicator(item, place) for item in table.tables("indicator")))
    table.finish()
    return category


def _read_category_head(table: TableReader, place: str) -> tuple[str, str]:
    code = table.text("code")
    table.place = f"{place} 一级指标 {code}"
    return code, table.text("title")


def _read_indicator(table: TableReader, place: str) -> Indicator:
    code = table.text("code")
    table.place = f"{place} 指标 {code}"
    indicator = Indicator(
        code=code,
        title=table.text("title"),
        points=table.decimal("points"),
        rule=read_rule(table.table("rule")),
        scope=_choice(table, "scope", Scope.UNIT),
        content=table.text("content", ""),
        criterion=table.text("criterion", ""),
        proof=table.text("proof", ""),
    )
    table.finish()
    return indicator


def _read_grade(table: TableReader) -> Grade:
    grade = Grade(table.text("title"), table.decimal("minimum"), table.optional_decimal("category_share"))
    table.finish()
    return grade


def _read_quota(table: TableReader) -> Quota:
    quota = Quota(
        share=table.decimal("share"),
        rounding=_choice(table, "rounding", QuotaRounding.FLOOR),
        tie=_choice(table, "tie", QuotaTie.EXCLUDE),
    )
    table.finish()
    return quota


def _read_role_factors(table: TableReader) -> dict[Role, Decimal]:
    factors = {role: table.decimal(role.value, Decimal(1)) for role in Role if table.has(role.value)}
    if not factors:
        raise table.fail("没有写角色系数", "请写 lead = 牵头系数，participant = 责任系数，或删去这一节")
    table.finish()
    return factors


def _read_entry_kind(table: TableReader) -> EntryKind:
    if not table.has("cap"):
        raise table.fail("没有写分数上限", "加分、扣分的每一类都要有上限，例如 cap = 3", key="cap")
    kind = EntryKind(
        code=table.text("code"),
        title=table.text("title"),
        cap=table.decimal("cap"),
        criterion=table.text("criterion", ""),
        proof=table.text("proof", ""),
    )
    table.finish()
    return kind


def _read_veto(table: TableReader) -> VetoKind:
    kind = VetoKind(table.text("code"), table.text("title"), table.text("limit"), table.text("criterion", ""))
    table.finish()
    return kind


_LISTS: dict[str, tuple[Callable[[TableReader], object], bool]] = {
    "grade": (_read_grade, True),
    "bonus": (_read_entry_kind, False),
    "deduction": (_read_entry_kind, False),
    "veto": (_read_veto, False),
    "figure": (_read_figure, False),
}
"""Lists beside the categories: how an item is read, and whether there must be one."""


def _header_table(scheme: Scheme) -> dict[str, Any]:
    return {
        "code": scheme.code,
        "title": scheme.title,
        "group": scheme.group,
        "full_marks": decimal_text(scheme.full_marks),
        "decimals": scheme.decimals,
        "not_applicable": scheme.not_applicable.value,
        "min_coverage": decimal_text(scheme.min_coverage),
        "ceiling": scheme.ceiling.value,
        "tie_break": list(scheme.tie_break),
        "is_default": scheme.is_default,
        "note": scheme.note,
    }


def _figure_table(figure: Figure) -> dict[str, Any]:
    return {"code": figure.code, "title": figure.title, "measure": figure.measure, "scope": figure.scope.value}


def _category_table(category: Category) -> dict[str, Any]:
    return {
        "code": category.code,
        "title": category.title,
        "indicator": [_indicator_table(indicator) for indicator in category.indicators],
    }


def _indicator_table(indicator: Indicator) -> dict[str, Any]:
    return {
        "code": indicator.code,
        "title": indicator.title,
        "points": decimal_text(indicator.points),
        "scope": indicator.scope.value,
        "content": indicator.content,
        "criterion": indicator.criterion,
        "proof": indicator.proof,
        "rule": rule_table(indicator.rule),
    }


def _grade_table(grade: Grade) -> dict[str, Any]:
    share = {} if grade.category_share is None else {"category_share": decimal_text(grade.category_share)}
    return {"title": grade.title, "minimum": decimal_text(grade.minimum), **share}


def _entry_kind_table(kind: EntryKind) -> dict[str, Any]:
    return {
        "code": kind.code,
        "title": kind.title,
        "cap": decimal_text(kind.cap),
        "criterion": kind.criterion,
        "proof": kind.proof,
    }


def _veto_table(kind: VetoKind) -> dict[str, Any]:
    return {"code": kind.code, "title": kind.title, "limit": kind.limit, "criterion": kind.criterion}
