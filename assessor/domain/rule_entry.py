"""A rule's parameters as they are typed: a text for each field of ``Rule.form``, and the rule that they make.

Texts may be wrong or missing while they are typed; ``read_entry`` answers with the rule or says what is wrong where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assessor.domain.rules import RULES, read_rule
from assessor.domain.rules.form_field import FieldKind, FormField
from assessor.domain.rules.params_text import read_shown, shown
from assessor.domain.rules.rule import Rule
from assessor.domain.table_reader import TableReader
from assessor.errors import SchemeError

Row = tuple[str, ...]
"""A text for each column of a field of rows."""


@dataclass(frozen=True)
class RuleEntry:
    kind: str
    texts: Mapping[str, str] = field(default_factory=dict)
    """By the key of the field; missing: nothing typed."""
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    """Of fields of rows."""

    @property
    def form(self) -> Sequence[FormField]:
        return RULES[self.kind].form


def entry_of(rule: Rule) -> RuleEntry:
    """The texts that stand for a rule; ``read_entry`` is the inverse."""
    params = rule.params()
    texts = {item.key: shown(item, params) for item in rule.form if item.kind is not FieldKind.ROWS}
    rows = {item.key: _rows(item, params) for item in rule.form if item.kind is FieldKind.ROWS}
    return RuleEntry(rule.kind, texts, rows)


def entry_of_kind(kind: str, before: RuleEntry, titles: Mapping[str, str]) -> RuleEntry:
    """Another kind of rule to be filled in: what the rule before has of the same sort comes along. ``titles``: of the
    figures, by code."""
    figures = list(_figures(before))
    texts: dict[str, str] = {}
    rows: dict[str, tuple[Row, ...]] = {}
    for item in RULES[kind].form:
        if item.kind is FieldKind.ROWS:
            rows[item.key] = item.start or _rows_of_figures(item, figures, titles)
        elif item.kind is FieldKind.FIGURE and item.is_required:
            texts[item.key] = figures[0] if figures else ""
        else:
            texts[item.key] = before.texts.get(item.key) or _start(item)
    return RuleEntry(kind, texts, rows)


def read_entry(entry: RuleEntry) -> Rule:
    """Raises SchemeError, in the words of the form, where the texts make no rule."""
    params: dict[str, Any] = {"kind": entry.kind}
    for item in entry.form:
        if item.kind is FieldKind.ROWS:
            params[item.key] = [_read_row(item, row, number) for number, row in enumerate(entry.rows[item.key], 1)]
        else:
            params.update(read_field(item, entry.texts.get(item.key, "")))
    try:
        return read_rule(TableReader(params, RULES[entry.kind].label, SchemeError))
    except SchemeError as problem:
        raise SchemeError(
            _in_words(problem.what, entry.form),
            place=RULES[entry.kind].label,
            remedy=_in_words(problem.remedy, entry.form),
        ) from None


def read_field(item: FormField, text: str) -> dict[str, Any]:
    """A field's part of ``Rule.params``. Raises SchemeError where it is missing or of the wrong kind."""
    if item.is_required and not text.strip():
        raise SchemeError(f"没有填写“{item.label}”", remedy=item.hint or f"请填写{item.label}")
    return read_shown(item, text)


def _start(item: FormField) -> str:
    if item.start:
        return item.start[0][0]
    return item.choices[0][1] if item.choices else ""


def _figures(entry: RuleEntry) -> Iterator[str]:
    for item in entry.form:
        if item.kind is FieldKind.FIGURE and entry.texts.get(item.key):
            yield entry.texts[item.key]
        for place, column in enumerate(item.columns):
            if column.kind is FieldKind.FIGURE:
                yield from (row[place] for row in entry.rows[item.key])


def _rows_of_figures(item: FormField, figures: Sequence[str], titles: Mapping[str, str]) -> tuple[Row, ...]:
    """A row for each figure, where the rows have one: with its title, and 1 for every number."""
    if not any(column.kind is FieldKind.FIGURE for column in item.columns):
        return ()
    words = {FieldKind.TEXT: titles, FieldKind.FIGURE: {code: code for code in figures}}
    return tuple(
        tuple(words[column.kind].get(code, code) if column.kind in words else "1" for column in item.columns)
        for code in dict.fromkeys(figures)
    )


def _rows(item: FormField, params: Mapping[str, Any]) -> tuple[Row, ...]:
    return tuple(tuple(shown(column, row) for column in item.columns) for row in params[item.key])


def _read_row(item: FormField, row: Row, number: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column, text in zip(item.columns, row, strict=True):
        try:
            found |= read_field(column, text)
        except SchemeError as problem:
            raise SchemeError(f"{item.label}第 {number} 行：{problem.what}", remedy=problem.remedy) from None
    return found


def _in_words(text: str, form: Sequence[FormField]) -> str:
    """The names of scheme files in a message, as the form has them: ``bands 的 bound`` is “档”的“达到”."""
    words = {item.key: item.label for item in form}
    words |= {column.key: column.label for item in form for column in item.columns}
    pattern = "|".join(re.escape(key) for key in sorted(words, key=len, reverse=True))
    if not pattern:
        return text
    return re.sub(rf"(?<![A-Za-z_])({pattern})(?![A-Za-z_])", lambda found: f"“{words[found[1]]}”", text).replace(
        "” 的 “", "”的“"
    )
