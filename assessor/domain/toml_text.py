"""A table as TOML text, the inverse of reading it: for schemes that are kept or handed on as files.

Lists of tables become ``[[sections]]`` down to ``INLINE`` tables, which stand in one piece where they belong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

INLINE = frozenset({"rule"})
"""Keys whose tables keep their own lists of tables as values."""

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_LAST_CONTROL, _DELETE = 0x1F, 0x7F


def toml_text(table: Mapping[str, Any]) -> str:
    """Of texts, booleans, integers, decimals, lists and tables. Raises TypeError for anything else."""
    return "\n".join(_lines(table, "")).strip("\n") + "\n"


def _lines(table: Mapping[str, Any], path: str, *, inline: bool = False) -> Iterator[str]:
    """Values first: a section ends where the next begins."""
    sections = {} if inline else {key: value for key, value in table.items() if _is_section(value)}
    for key, value in table.items():
        if key not in sections:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in sections.items():
        name = f"{path}.{_key(key)}" if path else _key(key)
        head = f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
        for part in value if isinstance(value, list) else [value]:
            yield from ("", head)
            yield from _lines(part, name, inline=key in INLINE)


def _is_section(value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, Mapping) for item in value)
    return isinstance(value, Mapping)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, Sequence):
        return _list(value)
    raise TypeError(f"{value!r} has no TOML form here")


def _list(items: Sequence[Any]) -> str:
    if items and all(isinstance(item, Mapping) for item in items):
        return "[\n" + "".join(f"    {_value(item)},\n" for item in items) + "]"
    return f"[{', '.join(_value(item) for item in items)}]"


def _key(key: str) -> str:
    is_bare = bool(key) and key.isascii() and all(sign.isalnum() or sign in "_-" for sign in key)
    return key if is_bare else _quoted(key)


def _quoted(text: str) -> str:
    return '"' + "".join(_escaped(sign) for sign in text) + '"'


def _escaped(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    is_control = ord(sign) <= _LAST_CONTROL or ord(sign) == _DELETE
    return f"\\u{ord(sign):04X}" if is_control else sign
