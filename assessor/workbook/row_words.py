"""Changed rows in words: where a row belongs (市教育局 1.1 完成率 评委 张某), what stood and stands in its cells."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum

from assessor.domain.facts import AdjustmentKind, EventKind
from assessor.domain.plan import Role, SectionKind
from assessor.domain.rules import RULES
from assessor.domain.scheme import Ceiling, NotApplicablePolicy, QuotaRounding, QuotaTie, Scope
from assessor.domain.submission import Blank, SubmissionState
from assessor.domain.target import TargetKind
from assessor.domain.year import Stage
from assessor.workbook.conversions import key_words, value_words
from assessor.workbook.history import RowChange
from assessor.workbook.row_titles import column_title, table_title
from assessor.workbook.workbook import Reading, Value

EMPTY = "空"
_HIDDEN = "（不显示）"
_TECHNICAL = ("position", "group_code", "key", "id")
"""Columns that say nothing by themselves: shown only where they changed."""


class Deed(Enum):
    """What was done to a row; the value is the word for it."""

    ADDED = "新增"
    CHANGED = "修改"
    REMOVED = "删除"


@dataclass(frozen=True)
class FieldChange:
    column: str
    title: str
    old: str
    new: str
    is_changed: bool


@dataclass(frozen=True)
class Names:
    """What codes stand for, as the workbook has it now; a code that it no longer has stands for itself."""

    units: Mapping[str, str] = field(default_factory=dict)
    """By code, as they are called last."""
    renamed: Mapping[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    """Unit -> its names with the year that each came up in, in order; the first name came up in year 0."""
    groups: Mapping[str, str] = field(default_factory=dict)
    targets: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[tuple[int, str, str], str] = field(default_factory=dict)
    """By year, group and code; so are categories, figures, entry kinds and vetoes."""
    figures: Mapping[tuple[int, str, str], str] = field(default_factory=dict)
    entries: Mapping[tuple[int, str, str], str] = field(default_factory=dict)
    group_of: Mapping[str, str] = field(default_factory=dict)
    panels: Mapping[str, str] = field(default_factory=dict)

    def unit(self, code: str, year: Value) -> str:
        """As it is called in the year; as it is called last where there is no year."""
        borne = [name for first, name in self.renamed.get(code, ()) if isinstance(year, int) and first <= year]
        return borne[-1] if borne else self.units.get(code, code)


def load_names(source: Reading) -> Names:
    with source.snapshot():
        units = source.rows("SELECT code, short_name, group_code FROM unit")
        renamed = _renamed(source)
        return Names(
            units={row["code"]: renamed.get(row["code"], ((0, row["short_name"]),))[-1][1] for row in units},
            renamed=renamed,
            groups=_titles(source, "unit_group"),
            targets=_titles(source, "target"),
            sections=_titles(source, "section"),
            indicators=_scheme_titles(source, "indicator"),
            figures=_scheme_titles(source, "figure"),
            entries={**_scheme_titles(source, "entry_kind"), **_scheme_titles(source, "veto_kind")},
            group_of={row["code"]: row["group_code"] for row in units},
            panels=_panels(source),
        )


def deed_of(change: RowChange) -> Deed:
    if change.before is None:
        return Deed.ADDED
    return Deed.REMOVED if change.after is None else Deed.CHANGED


def place_of(change: RowChange, names: Names) -> str:
    """Where the row belongs, without its year: 市教育局 1.1 完成率 评委 张某."""
    row = {**(change.before or {}), **(change.after or {})}
    parts = _PLACES.get(change.table, ())
    words = [_place_word(change.table, column, row.get(column), row, names) for column in parts]
    return " ".join(word for word in words if word and word != EMPTY) or table_title(change.table)


def _place_word(table: str, column: str, value: Value, row: Mapping[str, Value], names: Names) -> str:
    words = cell_words(table, column, value, row, names)
    return f"评委 {words}" if (table, column) == ("mark", "reviewer") else words


def columns_shown(change: RowChange) -> tuple[tuple[str, bool], ...]:
    """The row's columns, each with whether it changed; those that say nothing are left out unless they changed."""
    before, after = change.before, change.after
    if before is None or after is None:
        row = before or after or {}
        return tuple((column, True) for column in row if column not in _TECHNICAL)
    pairs = ((column, before.get(column) != after.get(column)) for column in dict.fromkeys((*before, *after)))
    return tuple((column, changed) for column, changed in pairs if changed or column not in _TECHNICAL)


def fields_of(change: RowChange, names: Names) -> tuple[FieldChange, ...]:
    """The cells of ``columns_shown`` with what stood and what stands there; empty where there was or is no row."""

    def words(column: str, row: Mapping[str, Value] | None) -> str:
        return "" if row is None else cell_words(change.table, column, row.get(column), row, names)

    return tuple(
        FieldChange(
            column,
            column_title(change.table, column),
            words(column, change.before),
            words(column, change.after),
            changed,
        )
        for column, changed in columns_shown(change)
    )


def cell_words(table: str, column: str, value: Value, row: Mapping[str, Value], names: Names) -> str:
    """A stored value in the user's words; null and the empty text are 空."""
    if value is None or (value == "" and column != "form"):
        return EMPTY
    text = str(value)
    labels = _LABELS.get((table, column)) or _LABELS.get(("", column))
    if labels is not None:
        return labels.get(text, text)
    if column in ("unit", "successor"):
        return names.unit(text, row.get("year"))
    if column in ("group_code", "target", "section", "panel"):
        kind = {"group_code": names.groups, "target": names.targets, "section": names.sections, "panel": names.panels}
        return kind[column].get(text, text)
    return _special(table, column, text, row, names)


def _special(table: str, column: str, text: str, row: Mapping[str, Value], names: Names) -> str:
    match column:
        case "indicator":
            return _titled(text, _of_scheme(names.indicators, text, row, names))
        case "figure":
            return _of_scheme(names.figures, text, row, names)
        case "code" if table == "event" and row.get("kind") == EventKind.OCCURRENCE.value:
            return _titled(text, _of_scheme(names.indicators, text, row, names))
        case "code" if table == "event":
            return _of_scheme(names.entries, text, row, names)
        case "form":
            return "年度填报表" if text == "" else f"{text} 任务填报表"
        case "revision":
            return f"第{text}次"
        case "version":
            return f"第{text}版"
        case "tie_break":
            return _codes_words(text)
        case "rule":
            return _rule_words(text)
        case "key" if table == "preference":
            return key_words(text, names.groups)
        case "value" if table == "preference":
            return value_words(str(row.get("key")), text)
        case "packed" | "evidence_key":
            return _HIDDEN
        case "size" | "evidence_limit":
            return _size_words(int(text))
        case _:
            return text


def _titled(code: str, title: str) -> str:
    return code if title == code else f"{code} {title}"


def _of_scheme(titles: Mapping[tuple[int, str, str], str], code: str, row: Mapping[str, Value], names: Names) -> str:
    """The title that the unit's own scheme gave the code in that year."""
    year, unit = row.get("year"), row.get("unit")
    group = row.get("group_code") or names.group_of.get(str(unit))
    return titles.get((year, str(group), code), code) if isinstance(year, int) else code


def _codes_words(text: str) -> str:
    try:
        return "、".join(json.loads(text)) or EMPTY
    except (ValueError, TypeError):  # damaged; what was written is what can be said
        return text


def _rule_words(text: str) -> str:
    try:
        table = json.loads(text)
        kind = table.pop("kind")
        shown = json.dumps(table, ensure_ascii=False) if table else ""
        return f"{RULES[kind].label} {shown}".rstrip()
    except (ValueError, KeyError, AttributeError):  # a rule of another version
        return text


def _size_words(size: int) -> str:
    for name, factor in (("MB", 1 << 20), ("KB", 1 << 10)):
        if size >= factor:
            tenths = size * 10 // factor
            return f"{tenths // 10}.{tenths % 10} {name}" if tenths % 10 else f"{tenths // 10} {name}"
    return f"{size} 字节"


def _titles(source: Reading, table: str) -> dict[str, str]:
    return {row["code"]: row["title"] for row in source.rows(f"SELECT code, title FROM {table}")}


def _scheme_titles(source: Reading, table: str) -> dict[tuple[int, str, str], str]:
    found = source.rows(f"SELECT year, group_code, code, title FROM {table}")
    return {(row["year"], row["group_code"], row["code"]): row["title"] for row in found}


def _renamed(source: Reading) -> dict[str, tuple[tuple[int, str], ...]]:
    """Of the units that were renamed."""
    found: dict[str, tuple[tuple[int, str], ...]] = {}
    rows = source.rows(
        "SELECT unit, from_year, unit_name.short_name, unit.short_name AS first_name FROM unit_name"
        " JOIN unit ON unit.code = unit_name.unit ORDER BY unit, from_year"
    )
    for row in rows:
        before = found.get(row["unit"], ((0, row["first_name"]),))
        found[row["unit"]] = (*before, (row["from_year"], row["short_name"]))
    return found


def _panels(source: Reading) -> dict[str, str]:
    panels: dict[str, str] = {}
    for row in source.rows("SELECT rule FROM indicator"):
        with suppress(ValueError, LookupError, AttributeError, TypeError):  # damaged, or of another version
            for panel in json.loads(row["rule"]).get("panels", ()):
                panels.setdefault(panel["code"], panel["title"])
    return panels


_YES_NO = {"0": "否", "1": "是"}
_LABELS: dict[tuple[str, str], Mapping[str, str]] = {
    ("", "is_sample"): _YES_NO,
    ("", "is_default"): _YES_NO,
    ("", "collection_closed"): _YES_NO,
    ("", "role"): {item.value: item.label for item in Role},
    ("", "stage"): {item.value: item.label for item in Stage},
    ("", "stage_before"): {item.value: item.label for item in Stage},
    ("", "scope"): {item.value: item.label for item in Scope},
    ("submission", "state"): {item.value: item.label for item in SubmissionState},
    ("submission_figure", "state"): {"number": "已填", **{item.value: item.label for item in Blank}},
    ("section", "kind"): {item.value: item.label for item in SectionKind},
    ("target", "kind"): {item.value: item.label for item in TargetKind},
    ("event", "kind"): {item.value: item.label for item in EventKind},
    ("succession", "kind"): {"merge": "合并", "split": "拆分"},
    ("appeal", "kind"): {"appeal": "申诉", "objection": "公示异议"},
    ("appeal", "state"): {"open": "待处理", "upheld": "采纳", "rejected": "不采纳"},
    ("entry_kind", "kind"): {item.value: item.label for item in EventKind},
    ("adjustment", "kind"): {item.value: item.label for item in AdjustmentKind},
    ("scheme", "not_applicable"): {item.value: item.label for item in NotApplicablePolicy},
    ("scheme", "ceiling"): {item.value: item.label for item in Ceiling},
    ("scheme", "quota_rounding"): {item.value: item.label for item in QuotaRounding},
    ("scheme", "quota_tie"): {item.value: item.label for item in QuotaTie},
}
"""By table and column; an empty table stands for any."""

_PLACES: dict[str, tuple[str, ...]] = {
    "year": ("year",),
    "plan": ("title",),
    "section": ("code", "title"),
    "section_lead": ("section", "unit"),
    "task": ("code", "title"),
    "task_unit": ("task", "unit"),
    "schedule_item": ("title",),
    "requirement": ("group_code", "title"),
    "assignment": ("unit", "task"),
    "unit_group": ("title",),
    "unit": ("short_name",),
    "unit_alias": ("unit", "alias"),
    "submission": ("unit", "form", "revision"),
    "submission_figure": ("unit", "form", "revision", "figure"),
    "reviewer": ("panel", "name"),
    "mark": ("unit", "indicator", "task", "panel", "reviewer"),
    "award": ("unit", "indicator", "task"),
    "self_score": ("unit", "indicator"),
    "not_applicable": ("unit", "indicator"),
    "event": ("unit", "kind", "code", "matter"),
    "exemption": ("unit",),
    "adjustment": ("unit", "indicator"),
    "scheme": ("group_code",),
    "role_factor": ("group_code", "role"),
    "category": ("group_code", "code", "title"),
    "indicator": ("group_code", "code", "title"),
    "grade": ("group_code", "title"),
    "entry_kind": ("group_code", "kind", "title"),
    "veto_kind": ("group_code", "title"),
    "figure": ("group_code", "title"),
    "target": ("title",),
    "observation": ("target", "year"),
    "evidence": ("unit", "title"),
    "evidence_file": ("name", "version"),
    "unit_name": ("unit", "from_year"),
    "unit_contact": ("unit", "name"),
    "succession": ("unit", "successor"),
    "preference": ("key",),
    "year_preference": ("key",),
    "publicity": ("year",),
    "annual_requirement": ("task",),
    "note": ("unit", "indicator"),
    "mark_fact": ("unit", "indicator", "task", "panel", "reviewer"),
    "second_score": ("unit", "indicator"),
    "appeal": ("unit", "indicator"),
    "review_check": ("unit", "topic", "subject"),
    "scheme_version": ("group_code", "number"),
    "scheme_draft": ("title",),
    "reviewer_unit": ("panel", "reviewer", "unit"),
    "reviewer_assignment": ("panel", "reviewer", "unit", "indicator"),
    "seal": ("year", "number"),
}
