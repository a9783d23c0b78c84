"""The columns of the lists of a scheme: grades, kinds of bonus and deduction, vetoes, figures; of a category's
indicators; of panels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from assessor.domain.figure_text import YES_NO
from assessor.domain.rules.form_field import FormField
from assessor.domain.scheme import Figure, Indicator, Scheme, Scope
from assessor.domain.scheme_entry import (
    read_minimum,
    read_number,
    read_optional_share,
    read_points,
    read_title,
    share_text,
)
from assessor.domain.scheme_soundness import Part
from assessor.domain.wording import plain
from assessor.errors import InputError
from assessor.ui.grid.column import CellEdit, CellKind, Column
from assessor.ui.scheme.row_table import checked, two_lines

_SCOPES = {"单位年度填报表": Scope.UNIT, "任务填报表": Scope.TASK}


@dataclass(frozen=True)
class ItemRow:
    """One item of a list, and what of the scheme its cells are chosen from."""

    key: str
    item: Any
    choices: tuple[str, ...] = ()
    used_by: str = ""


@dataclass(frozen=True)
class PanelRow:
    indicator: Indicator
    number: int
    texts: tuple[str, ...]


def _column(
    key: str,
    title: str,
    text: Callable[[Any], str],
    parse: Callable[[str], object] | None = None,
    kind: CellKind = CellKind.TEXT,
    width: int = 120,
    **settings: Any,
) -> Column[ItemRow]:
    shown = lambda row: text(row.item)  # noqa: E731
    choices: Callable[[ItemRow], Sequence[str]] = settings.pop("choices", lambda _row: ())
    edit = None if parse is None else CellEdit(shown, lambda _row, typed: parse(typed), choices=choices)
    return Column(key, title, kind, shown, edit=edit, width=width, **settings)


def columns_of(part: Part) -> tuple[Column[ItemRow], ...]:
    return {
        Part.GRADE: _GRADES,
        Part.BONUS: _entry("加分项"),
        Part.DEDUCTION: _entry("扣分项"),
        Part.VETO: _VETOES,
        Part.FIGURE: _FIGURES,
    }[part]


def rows_of(scheme: Scheme, part: Part, items: Sequence[Any]) -> list[ItemRow]:
    if part is Part.GRADE:
        return [ItemRow(item.title, item) for item in items]
    titles = tuple(grade.title for grade in scheme.grades)
    return [ItemRow(item.code, item, titles, _used_by(scheme, part, item.code)) for item in items]


def _used_by(scheme: Scheme, part: Part, code: str) -> str:
    if part is not Part.FIGURE:
        return ""
    return "、".join(item.code for item in scheme.indicators if code in item.rule.figures()) or "没有指标用到"


def _stripped(text: str) -> str:
    return text.strip()


def _read_measure(text: str) -> str:
    return YES_NO if text.strip() in ("是/否", "是否", "是／否") else text.strip()


def _read_scope(text: str) -> Scope:
    if text not in _SCOPES:
        raise InputError(f"没有“{text}”这种填报表", remedy=f"请从{'、'.join(_SCOPES)}中选择")
    return _SCOPES[text]


def _scope_words(item: Figure) -> str:
    return next(words for words, scope in _SCOPES.items() if scope is item.scope)


_GRADES: tuple[Column[ItemRow], ...] = (
    _column("title", "等次", lambda item: item.title, read_title, width=130, is_bold=True),
    _column("minimum", "最低分（含）", lambda item: plain(item.minimum), read_minimum, CellKind.NUMBER, 110),
    _column(
        "category_share",
        "各类得分率\n不低于",
        lambda item: share_text(item.category_share),
        lambda text: read_optional_share(text, "得分率"),
        CellKind.NUMBER,
        110,
        hint="每个一级指标都要达到其分值的这一比例；留空为不要求",
    ),
)
_VETOES: tuple[Column[ItemRow], ...] = (
    _column("code", "代码", lambda item: item.code, read_title, width=100),
    _column("title", "否决事项", lambda item: item.title, read_title, width=180, is_bold=True),
    Column(
        "limit",
        "最高等次",
        CellKind.CHOICE,
        lambda row: row.item.limit,
        edit=CellEdit(
            lambda row: row.item.limit, lambda row, text: _one_of(text, row), choices=lambda row: row.choices
        ),
        width=100,
        hint="有这种情形的单位，总分再高也不超过这个等次",
    ),
    _column("criterion", "认定标准", lambda item: item.criterion, _stripped, CellKind.LONG_TEXT, 360),
)
_FIGURES: tuple[Column[ItemRow], ...] = (
    _column("code", "代码", lambda item: item.code, None, width=110, tone=lambda _row: "muted"),
    _column("title", "填报项", lambda item: item.title, read_title, width=240, is_bold=True),
    _column("measure", "计量单位", lambda item: item.measure, _read_measure, width=90, hint="是/否 为勾选项"),
    _column(
        "scope",
        "在哪张表",
        _scope_words,
        _read_scope,
        CellKind.CHOICE,
        130,
        choices=lambda _row: list(_SCOPES),
    ),
    Column("used_by", "用于指标", CellKind.TEXT, lambda row: row.used_by, width=180, tone=lambda _row: "muted"),
)


def _one_of(text: str, row: ItemRow) -> str:
    if text not in row.choices:
        raise InputError(f"没有“{text}”这个等次", remedy=f"请从{'、'.join(row.choices)}中选择")
    return text


def _read_cap(text: str) -> object:
    value = read_number(text, "上限")
    if value <= 0:
        raise InputError("上限应大于 0", remedy="不要这一类的，请删去它")
    return value


def _entry(title: str) -> tuple[Column[ItemRow], ...]:
    return (
        _column("code", "代码", lambda item: item.code, read_title, width=100),
        _column("title", title, lambda item: item.title, read_title, width=180, is_bold=True),
        _column("cap", "上限\n（分）", lambda item: plain(item.cap), _read_cap, CellKind.NUMBER, 80),
        _column("criterion", "评分标准", lambda item: item.criterion, _stripped, CellKind.LONG_TEXT, 320),
        _column("proof", "考核依据", lambda item: item.proof, _stripped, CellKind.LONG_TEXT, 200),
    )


INDICATORS: tuple[Column[ItemRow], ...] = (
    _column("code", "代码", lambda item: item.code, None, width=64, tone=lambda _row: "muted"),
    _column("title", "二级指标", lambda item: item.title, read_title, width=170, is_bold=True),
    _column("points", "分值", lambda item: plain(item.points), read_points, CellKind.NUMBER, 64),
    _column("rule", "评分规则", lambda item: item.rule.label, None, width=96, tone=lambda _row: "muted"),
    _column("scope", "范围", lambda item: item.scope.label, None, width=76, tone=lambda _row: "muted"),
    _column("criterion", "评分标准", lambda item: item.criterion, _stripped, CellKind.LONG_TEXT, 330),
    _column("proof", "考核依据", lambda item: item.proof, _stripped, CellKind.LONG_TEXT, 200),
)


def panel_columns(fields: Sequence[FormField]) -> tuple[Column[PanelRow], ...]:
    """``fields``: of a row of panels."""
    named: Column[PanelRow] = Column(
        "indicator", "指标", CellKind.TEXT, lambda row: f"{row.indicator.code} {row.indicator.title}", width=170
    )
    return (named, *(_panel_column(place, field) for place, field in enumerate(fields)))


def _panel_column(place: int, field: FormField) -> Column[PanelRow]:
    def text(row: PanelRow) -> str:
        return row.texts[place]

    words = [words for _value, words in field.choices]
    kind = {"number": CellKind.NUMBER, "integer": CellKind.NUMBER, "choice": CellKind.CHOICE}.get(
        field.kind.value, CellKind.TEXT
    )
    is_code = field.key == "code"  # marks hang on it: it is changed at the indicator, with its rule
    edit = None if is_code else CellEdit(text, lambda _row, typed: checked(field, typed), choices=lambda _row: words)
    width = 140 if field.key == "title" else 90
    return Column(field.key, two_lines(field.label), kind, text, edit=edit, width=width)
