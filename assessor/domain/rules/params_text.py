"""A rule's parameters as a few lines of text that an office can edit in a spreadsheet's cell, and back.

One line for each field, ``名称：值``; a field of rows has a line for each row, its columns apart by ``｜``. What is
left out takes the rule's default. The names are those of ``Rule.form``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from assessor.domain.rules.form_field import FieldKind, FormField
from assessor.domain.rules.rule import Rule
from assessor.domain.wording import plain
from assessor.errors import SchemeError

_COLON, _BAR = "：", "｜"
_YES, _NO = "是", "否"
_ASSIGNED = "下达的目标值"
_OF_FORM = "填报项 "


def params_text(rule: Rule) -> str:
    params = rule.params()
    return "\n".join(line for field in rule.form for line in _lines(field, params))


def read_params(form: Sequence[FormField], text: str) -> dict[str, Any]:
    """The inverse: what ``Rule.read`` takes, besides the kind. Raises SchemeError without a place."""
    params: dict[str, Any] = {}
    fields = {_name(field): field for field in form}
    for line in filter(None, (part.strip() for part in text.splitlines())):
        name, value = _split(line, fields)
        field = fields[name]
        if field.kind is FieldKind.ROWS:
            params.setdefault(field.key, []).append(_read_row(field, value))
        elif value:
            params.update(_read_target(value) if field.kind is FieldKind.TARGET else {field.key: _read(field, value)})
    return params


def form_text(form: Sequence[FormField]) -> str:
    """How the lines of a kind of rule are written, for a hint beside the cell."""
    return "\n".join(f"{_name(field)}{_COLON}{field.hint or field.label}" for field in form) or "没有参数"


def shown(field: FormField, params: Mapping[str, Any]) -> str:
    """A field's value in words; empty where it is not given. Not of ROWS."""
    if field.kind is FieldKind.TARGET:
        return _target_words(params)
    value = params.get(field.key)
    return "" if value is None else _words(field, value)


def read_shown(field: FormField, text: str) -> dict[str, Any]:
    """The inverse of ``shown``; nothing where the text is empty. Raises SchemeError without a place."""
    value = text.strip()
    if not value:
        return {}
    return _read_target(value) if field.kind is FieldKind.TARGET else {field.key: _read(field, value)}


def _lines(field: FormField, params: Mapping[str, Any]) -> Iterator[str]:
    if field.kind is FieldKind.ROWS:
        for row in params.get(field.key, ()):
            cells = (_words(column, row[column.key]) for column in field.columns)
            yield f"{_name(field)}{_COLON}{_BAR.join(cells)}"
        return
    words = shown(field, params)
    if words:
        yield f"{_name(field)}{_COLON}{words}"


def _name(field: FormField) -> str:
    columns = _BAR.join(column.label for column in field.columns)
    return f"{field.label}（{columns}）" if columns else field.label


def _split(line: str, fields: Mapping[str, FormField]) -> tuple[str, str]:
    """The field's name and the rest; the longest name that fits, because names may end alike."""
    for name in sorted(fields, key=len, reverse=True):
        for sign in (_COLON, ":"):
            if line.startswith(name + sign):
                return name, line[len(name) + 1 :].strip()
    label = line.replace(":", _COLON).split(_COLON)[0].split("（")[0]
    found = next((name for name, field in fields.items() if field.label == label), None)
    if found is not None and (_COLON in line or ":" in line):
        return found, line.replace(":", _COLON, 1).split(_COLON, 1)[1].strip()
    known = "、".join(fields) or "（这种规则没有参数）"
    raise SchemeError(f"不认识的参数“{line}”", remedy=f"每行写“名称：值”，可用的名称：{known}")


def _read_row(field: FormField, text: str) -> dict[str, Any]:
    columns = field.columns
    cells = re.split("[｜|]", text, maxsplit=len(columns) - 1)
    if len(cells) != len(columns):
        wanted = _BAR.join(column.label for column in columns)
        what = f"“{field.label}：{text}”有 {len(cells)} 列，应有 {len(columns)} 列"
        raise SchemeError(what, remedy=f"请写成“{wanted}”，用｜分开")
    return {column.key: _read(column, cell.strip()) for column, cell in zip(columns, cells, strict=True)}


def _words(field: FormField, value: Any) -> str:
    match field.kind:
        case FieldKind.SHARE:
            return f"{plain(Decimal(value) * 100)}%"
        case FieldKind.NUMBER:
            return plain(Decimal(value))
        case FieldKind.CHOICE:
            return dict(field.choices)[value]
        case FieldKind.CHECK:
            return _YES if value else _NO
        case _:
            return str(value)


def _read(field: FormField, text: str) -> Any:
    match field.kind:
        case FieldKind.SHARE:
            is_percent = text.endswith(("%", "％"))
            number = _number(field, text.rstrip("%％").strip())
            return plain(number / 100 if is_percent else number)
        case FieldKind.NUMBER:
            return plain(_number(field, text))
        case FieldKind.INTEGER:
            number = _number(field, text)
            if number != number.to_integral_value():
                raise SchemeError(f"“{field.label}”应为整数，现为“{text}”", remedy="请写整数，例如 3")
            return int(number)
        case FieldKind.CHOICE:
            return _choice(field, text)
        case FieldKind.CHECK:
            if text not in (_YES, _NO):
                raise SchemeError(f"“{field.label}”应为是或否，现为“{text}”", remedy="请写“是”或“否”")
            return text == _YES
        case _:
            return text


def _number(field: FormField, text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise SchemeError(f"“{field.label}”应为数字，现为“{text}”", remedy="请写数字，例如 2；比例也可以写 60%")
    return number


def _choice(field: FormField, text: str) -> str:
    found = next((value for value, words in field.choices if text in (words, value)), None)
    if found is None:
        words = "、".join(words for _value, words in field.choices)
        raise SchemeError(f"“{field.label}”没有“{text}”这一项", remedy=f"可写的有：{words}")
    return found


def _target_words(params: Mapping[str, Any]) -> str:
    if "target" in params:
        return plain(Decimal(params["target"]))
    if "target_figure" in params:
        return f"{_OF_FORM}{params['target_figure']}"
    return _ASSIGNED if "target_source" in params else ""


def _read_target(text: str) -> dict[str, Any]:
    if text == _ASSIGNED:
        return {"target_source": "assignment"}
    if text.startswith(_OF_FORM.strip()):
        return {"target_figure": text.removeprefix(_OF_FORM.strip()).strip()}
    try:
        number = Decimal(text)
    except InvalidOperation:
        what = f"“目标”应为数字、“{_OF_FORM}代码”或“{_ASSIGNED}”，现为“{text}”"
        raise SchemeError(what, remedy="请改写成其中一种") from None
    return {"target": plain(number)}
