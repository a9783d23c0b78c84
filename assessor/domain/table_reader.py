"""Reads a table of a plan or scheme file key by key, and refuses what is missing, misspelt or of the wrong kind.

Pure: it gets the parsed table and the words for its place (``地方方案.toml 第3个 [[section]]``), and raises the error
class it was given, so that plans and schemes share one set of messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from assessor.errors import AssessorError

_REQUIRED: Any = object()
_LONGEST = 40
"""Characters of a wrong value that a message shows."""


class TableReader:
    """One table. Getters take a default; without one the key is required. ``finish`` refuses keys nobody asked for."""

    def __init__(self, table: Mapping[str, Any], place: str, error: type[AssessorError]) -> None:
        self._table = table
        self._error = error
        self._asked: set[str] = set()
        self.place = place

    def fail(self, what: str, remedy: str, *, key: str = "") -> AssessorError:
        """The error to raise, naming this place (and key)."""
        place = f"{self.place} 的 {key}" if key else self.place
        return self._error(what, place=place, remedy=remedy)

    def has(self, key: str) -> bool:
        return key in self._table

    def text(self, key: str, default: str = _REQUIRED) -> str:
        value = self._get(key, default)
        if not isinstance(value, str):
            raise self.fail(f"应为文字，现为 {_as_written(value)}", '请用引号写成文字，例如 "市科协"', key=key)
        if default is _REQUIRED and not value.strip():
            raise self.fail("不能为空", "请填写文字", key=key)
        return value.strip()

    def decimal(self, key: str, default: Decimal | None = _REQUIRED) -> Decimal:
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
            raise self.fail(f"应为数字，现为 {_as_written(value)}", "请写成数字，例如 14.5", key=key)
        try:
            number = Decimal(value)
        except InvalidOperation:
            raise self.fail(f"“{value}”不是数字", "请写成数字，例如 14.5", key=key) from None
        if not number.is_finite():
            raise self.fail(f"“{value}”不是有限的数字", "请写成数字，例如 14.5", key=key)
        return number

    def optional_decimal(self, key: str) -> Decimal | None:
        return self.decimal(key) if self.has(key) else None

    def integer(self, key: str, default: int = _REQUIRED) -> int:
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.fail(f"应为整数，现为 {_as_written(value)}", "请写成整数，例如 2025", key=key)
        return value

    def boolean(self, key: str, default: bool = _REQUIRED) -> bool:
        value = self._get(key, default)
        if not isinstance(value, bool):
            raise self.fail(f"应为 true 或 false，现为 {_as_written(value)}", "请写 true 或 false，不加引号", key=key)
        return value

    def texts(self, key: str, default: tuple[str, ...] = _REQUIRED) -> tuple[str, ...]:
        value = self._get(key, default)
        if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
            raise self.fail("应为一列文字", '请写成 ["市科协", "市教体局"] 的样子', key=key)
        return tuple(item.strip() for item in value)

    def table(self, key: str) -> TableReader:
        value = self._get(key, _REQUIRED)
        if not isinstance(value, Mapping):
            raise self.fail("应为一个表", f"请写成 [{key}] 一节", key=key)
        return TableReader(value, f"{self.place} [{key}]", self._error)

    def tables(self, key: str, *, required: bool = True) -> tuple[TableReader, ...]:
        value = self._get(key, _REQUIRED if required else ())
        if not isinstance(value, (list, tuple)) or not all(isinstance(item, Mapping) for item in value):
            raise self.fail("应为若干个表", f"请写成若干个 [[{key}]] 小节", key=key)
        return tuple(
            TableReader(item, f"{self.place} 第{number}个 [[{key}]]", self._error)
            for number, item in enumerate(value, start=1)
        )

    def finish(self) -> None:
        unknown = [key for key in self._table if key not in self._asked]
        if unknown:
            known = "、".join(sorted(self._asked))
            raise self.fail(f"不认识的项目“{unknown[0]}”", f"请检查拼写；此处可用的项目有：{known}")

    def _get(self, key: str, default: Any) -> Any:
        self._asked.add(key)
        if key in self._table:
            return self._table[key]
        if default is _REQUIRED:
            raise self.fail(f"缺少“{key}”", f"请补上 {key} = …")
        return default


def _as_written(value: Any) -> str:
    """As it stands in the file, in short."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "一个表"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_as_written(item) for item in value[:3])}{', …' if len(value) > 3 else ''}]"
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
