"""Reads a plan file's groups and its registry of units, and resolves the names by which tasks refer to them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assessor.domain.table_reader import TableReader
from assessor.domain.unit import Group, Succession, SuccessionKind, Unit
from assessor.domain.unit_names import nearest_names, normalize_name
from assessor.errors import AssessorError

EARLIEST, LATEST = 2000, 2100
"""A year outside is a typing error."""


@dataclass(frozen=True)
class Registry:
    groups: tuple[Group, ...]
    units: tuple[Unit, ...]
    by_name: dict[str, Unit]
    """Every normalized name and code -> unit."""

    @property
    def successions(self) -> tuple[Succession, ...]:
        """The file says who carries on a unit's history: it was merged into that one."""
        found = [
            Succession(unit.code, unit.successor, unit.valid_to + 1, SuccessionKind.MERGE)
            for unit in self.units
            if unit.successor is not None and unit.valid_to is not None
        ]
        return tuple(sorted(found, key=lambda item: item.from_year))

    def unit(self, name: str, table: TableReader, key: str) -> Unit:
        """Raises the table's error, with the nearest names, where no unit is called ``name``."""
        unit = self.by_name.get(normalize_name(name))
        if unit is None:
            raise _unknown_unit(self.units, name, table, key)
        return unit

    def group(self, name: str, table: TableReader, key: str = "group") -> Group:
        for group in self.groups:
            if name in (group.code, group.title):
                return group
        known = "、".join(group.title for group in self.groups)
        raise table.fail(f"没有“{name}”这个组别", f"请写已有的组别：{known}；或先补一节 [[group]]", key=key)


def read_registry(table: TableReader) -> Registry:
    """From the keys ``group`` and ``unit`` of the plan's table. Raises the table's error."""
    groups = _read_groups(table)
    plain = Registry(groups, (), {})
    entries = [_read_unit(item, plain) for item in table.tables("unit")]
    if not entries:
        raise table.fail("没有单位", "请至少写一节 [[unit]]")
    units = tuple(entry.unit for entry in entries)
    registry = Registry(groups, units, _index_names(entries))
    resolved = tuple(_with_successor(entry, registry) for entry in entries)
    _refuse_circles(resolved, entries)
    by_code = {unit.code: unit for unit in resolved}
    by_name = {name: by_code[unit.code] for name, unit in registry.by_name.items()}
    return Registry(groups, resolved, by_name)


def read_year(table: TableReader, key: str) -> int:
    year = table.integer(key)
    if not EARLIEST <= year <= LATEST:
        raise table.fail(f"{year} 不像年份", "请写四位年份，例如 2025", key=key)
    return year


def read_code(table: TableReader, default: str | None = None) -> str:
    """The key ``code``: an identifier without blanks, at most 40 characters."""
    code = table.text("code") if default is None else table.text("code", default) or default
    if len(code) > 40 or any(character.isspace() or not character.isprintable() for character in code):
        raise table.fail(f"代码“{code}”不能用", "代码中不要有空格，不超过 40 个字，例如 kexie", key="code")
    return code


@dataclass(frozen=True)
class _Entry:
    """A unit as its table has it, with the successor still a written name."""

    table: TableReader
    unit: Unit
    successor: str


def _unknown_unit(units: tuple[Unit, ...], name: str, table: TableReader, key: str) -> AssessorError:
    near = nearest_names(units, name)
    hint = f"是不是“{'”或“'.join(near)}”？" if near else ""
    remedy = f"{hint}请写 [[unit]] 中已有的简称、全称或别名；确是新单位的，先补一节 [[unit]]"
    return table.fail(f"没有登记“{name}”这个单位", remedy, key=key)


def _read_groups(table: TableReader) -> tuple[Group, ...]:
    groups: list[Group] = []
    for item in table.tables("group"):
        group = Group(code=read_code(item), title=item.text("title"))
        item.finish()
        taken = {name for other in groups for name in (other.code, other.title)}
        for key, name in (("code", group.code), ("title", group.title)):
            if name in taken:
                raise item.fail(f"组别“{name}”重复", "每个组别的代码和名称都要不同", key=key)
        groups.append(group)
    if not groups:
        raise table.fail("没有考核组别", "请至少写一节 [[group]]")
    return tuple(groups)


def _read_unit(table: TableReader, registry: Registry) -> _Entry:
    short_name = table.text("short_name")
    unit = Unit(
        code=read_code(table, default=short_name),
        name=table.text("name"),
        short_name=short_name,
        group=registry.group(table.text("group"), table).code,
        aliases=_read_aliases(table),
        valid_from=read_year(table, "valid_from") if table.has("valid_from") else None,
        valid_to=read_year(table, "valid_to") if table.has("valid_to") else None,
    )
    successor = table.text("successor", "")
    table.finish()
    if unit.valid_from is not None and unit.valid_to is not None and unit.valid_from > unit.valid_to:
        raise table.fail(f"起始年份 {unit.valid_from} 晚于最后年份 {unit.valid_to}", "请核对两个年份", key="valid_from")
    if successor and unit.valid_to is None:
        raise table.fail(
            f"写了承接单位“{successor}”，但没有写最后年份", "请补上 valid_to，或删去 successor", key="successor"
        )
    return _Entry(table, unit, successor)


def _read_aliases(table: TableReader) -> tuple[str, ...]:
    aliases = table.texts("aliases", ())
    if "" in aliases:
        raise table.fail("别名中有空白的一项", "请删去多余的引号和逗号", key="aliases")
    return aliases


def _index_names(entries: list[_Entry]) -> dict[str, Unit]:
    index: dict[str, Unit] = {}
    for entry in entries:
        unit = entry.unit
        named = [("code", unit.code), ("name", unit.name), ("short_name", unit.short_name)]
        for key, name in [*named, *(("aliases", alias) for alias in unit.aliases)]:
            other = index.setdefault(normalize_name(name), unit)
            if other is not unit:
                raise entry.table.fail(
                    f"“{name}”已经是“{other.short_name}”的代码或名称",
                    "一个代码或名称只能指一个单位，请改用能分清的写法",
                    key=key,
                )
    return index


def _with_successor(entry: _Entry, registry: Registry) -> Unit:
    unit = entry.unit
    if not entry.successor:
        return unit
    successor = registry.unit(entry.successor, entry.table, "successor")
    if successor.code == unit.code:
        raise entry.table.fail("承接单位是它自己", "请写承接其职责的另一个单位", key="successor")
    return replace(unit, successor=successor.code)


def _refuse_circles(units: tuple[Unit, ...], entries: list[_Entry]) -> None:
    successors = {unit.code: unit.successor for unit in units}
    for entry in entries:
        start = entry.unit.code
        seen = {start}
        following = successors[start]
        while following is not None:
            if following == start:
                raise entry.table.fail(
                    f"“{entry.unit.short_name}”的承接关系绕回了自己", "请核对各单位的 successor", key="successor"
                )
            if following in seen:
                break
            seen.add(following)
            following = successors[following]
