"""Changes of one unit of the registry: a new one, its names, group, years and place. Each answers a RegistryChange."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assessor.domain.plan import Plan
from assessor.domain.registry_change import (
    Consequence,
    Refusal,
    RegistryChange,
    RegistryState,
    record_refusal,
    sealed_refusal,
    with_units,
    year_words,
)
from assessor.domain.registry_names import clean_aliases, clean_name, name_refusals, new_code
from assessor.domain.unit import Rename, Unit
from assessor.errors import InputError

_UNSEAL = "确需修改时，请先在“工具 > 解除定稿…”写明原因"


def new_unit(
    plan: Plan,
    name: str,
    short_name: str,
    group: str,
    *,
    aliases: Iterable[str] = (),
    valid_from: int | None = None,
    code: str = "",
) -> Unit:
    """A unit as it was typed. Raises InputError where a name is none, or there is no such group."""
    if group not in {known.code for known in plan.groups}:
        raise InputError(f"没有代码为“{group}”的组别", remedy="请选择考核组别")
    short = clean_name(short_name, "简称")
    return Unit(
        code=code or new_code(plan.units, short),
        name=clean_name(name, "全称"),
        short_name=short,
        group=group,
        aliases=clean_aliases(aliases),
        valid_from=valid_from,
    )


def add_unit(state: RegistryState, *, unit: Unit) -> RegistryChange:
    joins = [item for item in state.years if unit.is_valid_in(item.year)]
    text = f"新增“{unit.short_name}”（{_group_title(state, unit.group)}），{validity_words(unit)}参加考核"
    return RegistryChange(
        label=f"新增单位 {unit.short_name}",
        plan=with_units(state.plan, [unit]),
        consequences=(Consequence("单位", text), *_joining(joins)),
        refusals=(*new_unit_refusals(state, unit), *name_refusals(state.plan.units, unit)),
    )


def new_unit_refusals(state: RegistryState, unit: Unit) -> Iterator[Refusal]:
    """Of a unit that would join a sealed year, or a year in which its group has no scheme."""
    if unit.code in state.plan.unit_by_code:
        yield Refusal(f"代码“{unit.code}”已有单位使用", "请换一个代码")
    joined = [item for item in state.years if unit.is_valid_in(item.year)]
    sealed = [item.year for item in joined if item.is_sealed]
    first = max(state.sealed_years, default=0) + 1
    yield from sealed_refusal(sealed, "不能再加入单位", f"请把起始年度改为 {first} 年或以后")
    yield from _missing_schemes(state, unit, [item.year for item in joined if not item.is_sealed])


def rename_unit(state: RegistryState, *, unit: str, name: str, short_name: str, year: int) -> RegistryChange:
    """A real renaming: from ``year`` on the unit bears other names; what came before keeps the old ones."""
    before = state.unit(unit)
    rename = Rename(year, clean_name(name, "新全称"), clean_name(short_name, "新简称"))
    others = [item for item in before.renames if item.from_year != year]
    after = replace(before, renames=tuple(sorted((*others, rename), key=lambda item: item.from_year)))
    old, new = before.in_year(year), after.in_year(year)
    sealed = [item for item in state.sealed_years if item >= year]
    refusals = [
        *sealed_refusal(sealed, "其中的单位名称不变", f"请从 {max(sealed, default=0) + 1} 年或以后更名"),
        *name_refusals(state.plan.units, after),
    ]
    if not before.is_valid_in(year):
        refusals.append(Refusal(f"{old.short_name}在 {year} 年度不是考核单位", "请检查更名的年度"))
    if (old.name, old.short_name) == (new.name, new.short_name):
        refusals.append(Refusal("名称没有变化", "请填写新的全称或简称"))
    return RegistryChange(
        label=f"单位更名 {old.short_name} → {new.short_name}",
        plan=with_units(state.plan, [after]),
        consequences=tuple(_renaming(state, old, after, year)),
        refusals=tuple(refusals),
    )


def correct_names(state: RegistryState, *, unit: str, name: str, short_name: str, year: int) -> RegistryChange:
    """Mends a slip in the names that the unit bears in ``year``: they are others in every year that has them."""
    before = state.unit(unit)
    borne = [item for item in before.renames if item.from_year <= year]
    new_name, new_short = clean_name(name, "全称"), clean_name(short_name, "简称")
    if borne:
        mended = replace(borne[-1], name=new_name, short_name=new_short)
        after = replace(before, renames=tuple(mended if item is borne[-1] else item for item in before.renames))
    else:
        after = replace(before, name=new_name, short_name=new_short)
    old, new = before.in_year(year), after.in_year(year)
    refusals: tuple[Refusal, ...] = (*slip_refusals(state, before, year), *name_refusals(state.plan.units, after))
    return RegistryChange(
        label=f"改正单位名称 {new.short_name}",
        plan=with_units(state.plan, [after]),
        consequences=(Consequence("单位", f"“{old.name}（{old.short_name}）”改正为“{new.name}（{new.short_name}）”"),),
        refusals=() if before == after else refusals,
    )


def slip_refusals(state: RegistryState, unit: Unit, year: int) -> Iterator[Refusal]:
    """Why the names that the unit bears in ``year`` cannot be mended: a sealed year has them."""
    present = unit.in_year(year)
    names = (present.name, present.short_name)
    sealed = [item for item in state.sealed_years if unit.is_valid_in(item) and _names_in(unit, item) == names]
    yield from sealed_refusal(sealed, "用的就是这个名称", "单位更了名的，请点“更名…”，写明从哪一年起")


def set_aliases(state: RegistryState, *, unit: str, aliases: Iterable[str]) -> RegistryChange:
    before = state.unit(unit)
    after = replace(before, aliases=clean_aliases(aliases))
    return RegistryChange(
        label=f"修改别名 {before.short_name}",
        plan=with_units(state.plan, [after]),
        consequences=(Consequence("单位", f"别名：{'、'.join(after.aliases) or '无'}"),),
        refusals=tuple(name_refusals(state.plan.units, after)),
    )


def move_to_group(state: RegistryState, *, unit: str, group: str) -> RegistryChange:
    """Another group in every year: a unit has one group, with the scheme of which it is scored."""
    before = state.unit(unit)
    after = replace(before, group=group)
    title = _group_title(state, group)
    return RegistryChange(
        label=f"调整组别 {before.short_name} → {title}",
        plan=with_units(state.plan, [after]),
        consequences=(Consequence("单位", f"“{before.short_name}”改在{title}排名，按该组细则计分"),),
        refusals=() if before.group == group else tuple(group_refusals(state, after)),
    )


def group_refusals(state: RegistryState, unit: Unit) -> Iterator[Refusal]:
    """Why the unit cannot change to ``unit.group``."""
    sealed = [year for year in state.sealed_years if unit.is_valid_in(year)]
    remedy = "确需换组的，请从次年起新增一个单位承接它（先“新增单位”，再“合并”）"
    yield from sealed_refusal(sealed, f"其中“{unit.short_name}”的组别不变", remedy)
    for item in state.years:
        if not item.is_sealed:
            mine = [record for record in item.records + item.lapsing if record.unit == unit.code]
            yield from record_refusal(item.year, mine, unit.short_name, "请先删去这些数据，再调整组别")
    open_years = [item.year for item in state.years if not item.is_sealed and unit.is_valid_in(item.year)]
    yield from _missing_schemes(state, unit, open_years)


def set_years(state: RegistryState, *, unit: str, valid_from: int | None, valid_to: int | None) -> RegistryChange:
    """The years in which the unit is assessed; None: from the beginning, without end."""
    before = state.unit(unit)
    after = replace(before, valid_from=valid_from, valid_to=valid_to)
    return RegistryChange(
        label=f"修改起止年度 {before.short_name}",
        plan=with_units(state.plan, [after]),
        consequences=(Consequence("单位", f"“{before.short_name}”{validity_words(after)}参加考核"),),
        refusals=() if before == after else tuple(_year_refusals(state, before, after)),
    )


def move_unit(state: RegistryState, *, unit: str, after: str | None) -> RegistryChange:
    """The unit stands behind another in the registry (None: first): the order among equals, on screen and paper."""
    moved = state.unit(unit)
    rest = [item for item in state.plan.units if item.code != unit]
    place = 0 if after is None else rest.index(state.unit(after)) + 1
    units = (*rest[:place], moved, *rest[place:])
    behind = "最前" if after is None else f"“{state.unit(after).short_name}”之后"
    return RegistryChange(
        label=f"调整单位顺序 {moved.short_name}",
        plan=replace(state.plan, units=units),
        consequences=(Consequence("单位", f"“{moved.short_name}”排在{behind}"),),
    )


def step_unit(state: RegistryState, *, unit: str, steps: int) -> RegistryChange:
    """One place up (-1) or down (1) among the units of its group; where it is the first or last already, nothing."""
    moved = state.unit(unit)
    mates = [item.code for item in state.plan.units if item.group == moved.group]
    place = mates.index(unit) + steps
    if not 0 <= place < len(mates):
        return RegistryChange(f"调整单位顺序 {moved.short_name}", state.plan)
    if steps > 0:
        return move_unit(state, unit=unit, after=mates[place])
    rest = [item.code for item in state.plan.units if item.code != unit]
    at = rest.index(mates[place])
    return move_unit(state, unit=unit, after=rest[at - 1] if at else None)


def validity_words(unit: Unit) -> str:
    """``2022—2024 年``, ``自 2024 年起``, ``到 2023 年为止``, ``一直``."""
    if unit.valid_from is None:
        return "一直" if unit.valid_to is None else f"到 {unit.valid_to} 年为止"
    return f"自 {unit.valid_from} 年起" if unit.valid_to is None else f"{unit.valid_from}—{unit.valid_to} 年"


def _names_in(unit: Unit, year: int) -> tuple[str, str]:
    present = unit.in_year(year)
    return present.name, present.short_name


def _joining(joined: Sequence[object]) -> Iterator[Consequence]:
    if joined:
        yield Consequence("任务", "新单位还没有任务，请在“任务”页分配；没有任务的指标按不涉及处理", needs_care=True)


def _renaming(state: RegistryState, old: Unit, after: Unit, year: int) -> Iterator[Consequence]:
    new = after.in_year(year)
    until = next((item.from_year for item in after.renames if item.from_year > year), None)
    span = f"自 {year} 年度起" if until is None else f"{year}—{until - 1} 年度"
    yield Consequence("单位", f"{span}称“{new.name}”，简称“{new.short_name}”")
    earlier = [item.year for item in state.years if item.year < year]
    if earlier:
        yield Consequence("以前的年度", f"{year_words(earlier)}仍用“{old.short_name}”")
    yield Consequence("导入", f"“{old.name}”“{old.short_name}”仍能认出是这个单位")


def _year_refusals(state: RegistryState, before: Unit, after: Unit) -> Iterator[Refusal]:
    if after.valid_from is not None and after.valid_to is not None and after.valid_from > after.valid_to:
        yield Refusal("起始年度晚于最后年度", "请检查两个年度")
    taken = [item for item in state.plan.successions if after.code in (item.unit, item.successor)]
    if after.valid_to != before.valid_to and any(item.unit == after.code for item in taken) and before.valid_to:
        yield Refusal(f"“{after.short_name}”已经合并或拆分", "要改年度的，请先撤销那次合并或拆分")
    if after.valid_from is not None and any(item.from_year < after.valid_from for item in taken):
        yield Refusal(f"“{after.short_name}”在起始年度之前有合并或拆分", "请检查起始年度")
    moved = [item for item in state.years if before.is_valid_in(item.year) != after.is_valid_in(item.year)]
    yield from sealed_refusal([item.year for item in moved if item.is_sealed], "其中参加考核的单位不变", _UNSEAL)
    for item in moved:
        if not item.is_sealed and not after.is_valid_in(item.year):
            tasks = sum(assignment.unit == after.code for assignment in item.assignments)
            mine = [record for record in item.records if record.unit == after.code]
            remedy = "请先删去这些数据，或用“合并…”把任务转给承接单位"
            if tasks:
                yield Refusal(f"{after.short_name}在 {item.year} 年度有 {tasks} 项任务", remedy)
            yield from record_refusal(item.year, mine, after.short_name, remedy)
    yield from _missing_schemes(state, after, [item.year for item in moved if not item.is_sealed])


def _missing_schemes(state: RegistryState, unit: Unit, years: Sequence[int]) -> Iterator[Refusal]:
    missing = [item.year for item in state.years if item.year in years and unit.group not in item.groups]
    if missing and all(unit.is_valid_in(year) for year in missing):
        what = f"{year_words(missing)}的{_group_title(state, unit.group)}还没有考核细则"
        yield Refusal(what, "请先在“细则”页为这个组别设置细则")


def _group_title(state: RegistryState, code: str) -> str:
    return next((group.title for group in state.plan.groups if group.code == code), code)
