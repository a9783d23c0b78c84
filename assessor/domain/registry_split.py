"""Splitting a unit from a year on: new units take some of its tasks; one carries the history, or the unit stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assessor.domain.lineage import plan_in_year
from assessor.domain.plan import Plan, Section, Task
from assessor.domain.registry_change import (
    Consequence,
    Handover,
    Move,
    Refusal,
    RegistryChange,
    RegistryState,
    YearHoldings,
    move_text,
    order_refusals,
    record_refusal,
    sealed_refusal,
    taken_over,
    with_units,
)
from assessor.domain.registry_edits import new_unit_refusals
from assessor.domain.registry_merge import (
    ending_refusals,
    handover_consequences,
    plan_consequences,
    sealed_consequences,
)
from assessor.domain.registry_names import name_refusals
from assessor.domain.unit import Succession, SuccessionKind, Unit


@dataclass(frozen=True)
class Part:
    """A unit that comes of a split, with the codes of the tasks that it takes."""

    unit: Unit
    tasks: tuple[str, ...] = ()


def tasks_of(state: RegistryState, unit: str, year: int) -> tuple[Task, ...]:
    """What a split from ``year`` on has to divide: the unit's tasks by the plan, and those it was assigned besides."""
    plan = plan_in_year(state.plan, year)
    assigned = {mine.task for item in state.open_from(year) for mine in item.assignments if mine.unit == unit}
    return tuple(task for task in plan.tasks if unit in task.units or task.code in assigned)


def split_unit(
    state: RegistryState, *, unit: str, parts: Sequence[Part], carrier: str | None, year: int, note: str = ""
) -> RegistryChange:
    """``carrier``: code of the part that carries the history and has all tasks that no other part takes; None: the
    unit stays, and keeps what nobody takes."""
    whole = state.unit(unit)
    label = f"拆分单位 {whole.in_year(year).short_name} → {'、'.join(part.unit.short_name for part in parts)}"
    refusals = tuple(_refusals(state, whole, parts, carrier, year))
    if refusals:
        return RegistryChange(label, state.plan, refusals=refusals)
    taker = {task: part.unit.code for part in parts for task in part.tasks}
    plan = _split_plan(state, whole, parts, carrier, year, note)
    years = state.open_from(year)
    moves = tuple(move for item in years for move in _moves(item, unit, taker, carrier, plan_in_year(plan, item.year)))
    change = RegistryChange(
        label=label,
        plan=plan,
        moves=moves,
        handovers=tuple(Handover(item.year, unit, carrier) for item in years) if carrier is not None else (),
    )
    return replace(change, consequences=tuple(_consequences(state, change, whole, parts, carrier, year)))


def _split_plan(
    state: RegistryState, whole: Unit, parts: Sequence[Part], carrier: str | None, year: int, note: str
) -> Plan:
    after = whole if carrier is None else replace(whole, valid_to=year - 1, successor=carrier)
    successions = [Succession(whole.code, part.unit.code, year, SuccessionKind.SPLIT, note.strip()) for part in parts]
    plan = with_units(state.plan, [after, *(part.unit for part in parts)])
    return replace(
        plan,
        units=_beside(plan.units, whole.code, [part.unit.code for part in parts]),
        successions=tuple(sorted((*plan.successions, *successions), key=lambda item: item.from_year)),
        sections=tuple(_section_with(state, section, whole.code, parts, year) for section in plan.sections),
    )


def _beside(units: Sequence[Unit], code: str, new: Sequence[str]) -> tuple[Unit, ...]:
    """The new units stand behind the one they come from."""
    mine = [unit for unit in units if unit.code in new]
    rest = [unit for unit in units if unit.code not in new]
    place = next(at for at, unit in enumerate(rest) if unit.code == code) + 1
    return (*rest[:place], *mine, *rest[place:])


def _section_with(state: RegistryState, section: Section, unit: str, parts: Sequence[Part], year: int) -> Section:
    """Who takes a task is listed with it beside the unit (``lineage.takers``), and leads where the unit led."""
    present = plan_in_year(state.plan, year).section_by_code[section.code]
    here = {task.code for task in present.tasks if unit in task.units}
    leads = [part.unit.code for part in parts if unit in present.leads and here & set(part.tasks)]
    takers = {task: [part.unit.code for part in parts if task in part.tasks] for task in here}
    tasks = tuple(replace(task, units=(*task.units, *takers.get(task.code, ()))) for task in section.tasks)
    return replace(section, leads=(*section.leads, *leads), tasks=tasks)


def _moves(item: YearHoldings, unit: str, taker: dict[str, str], carrier: str | None, plan: Plan) -> Iterator[Move]:
    for mine in item.assignments:
        to = taker.get(mine.task, carrier) if mine.unit == unit else None
        if to is not None:
            yield Move(item.year, mine, taken_over(mine, to, plan))


def _refusals(
    state: RegistryState, whole: Unit, parts: Sequence[Part], carrier: str | None, year: int
) -> Iterator[Refusal]:
    if not parts:
        yield Refusal("没有填写拆分出的单位", "请至少填写一个新单位")
    if carrier is not None and carrier not in {part.unit.code for part in parts}:
        yield Refusal("没有选择承接历史的单位", "请在拆分出的单位中选一个")
    yield from order_refusals(state, [whole], year)
    yield from _part_refusals(state, parts)
    known = {task.code for task in tasks_of(state, whole.code, year)}
    strange = sorted({task for part in parts for task in part.tasks} - known)
    if strange:
        yield Refusal(f"{whole.short_name}没有任务 {'、'.join(strange)}", "请只分配它自己的任务")
    if carrier is not None:
        yield from ending_refusals(state, whole, year, "拆分后这些数据没有归属：请先删去，或改为从 {0} 年起拆分")
    else:
        yield from _staying_refusals(state, whole, parts, year)


def _part_refusals(state: RegistryState, parts: Sequence[Part]) -> Iterator[Refusal]:
    seen: list[Unit] = list(state.plan.units)
    taken: set[str] = set()
    for part in parts:
        yield from new_unit_refusals(state, part.unit)
        yield from name_refusals(seen, part.unit)
        if any(unit.code == part.unit.code for unit in seen[len(state.plan.units) :]):
            yield Refusal(f"“{part.unit.short_name}”写了两次", "每个新单位只写一次")
        twice = sorted(taken.intersection(part.tasks))
        if twice:
            yield Refusal(f"任务 {'、'.join(twice)} 分给了两个单位", "一项任务只分给一个单位")
        seen.append(part.unit)
        taken.update(part.tasks)


def _staying_refusals(state: RegistryState, whole: Unit, parts: Sequence[Part], year: int) -> Iterator[Refusal]:
    """A unit that stays keeps what it handed in: tasks that have something of it cannot go."""
    if not whole.is_valid_in(year):
        yield Refusal(f"{whole.short_name}在 {year} 年度不是考核单位", "请检查拆分的年度")
    sealed = [item for item in state.sealed_years if item >= year]
    yield from sealed_refusal(sealed, "不能再变动", f"请从 {max(sealed, default=0) + 1} 年或以后开始")
    taken = {task for part in parts for task in part.tasks}
    for item in state.open_from(year):
        mine = [record for record in item.records if record.unit == whole.code and record.task in taken]
        remedy = f"请先删去这些任务上的数据，或改为从 {item.year + 1} 年起拆分"
        yield from record_refusal(item.year, mine, f"{whole.short_name}要分出的任务", remedy)


def _consequences(
    state: RegistryState, change: RegistryChange, whole: Unit, parts: Sequence[Part], carrier: str | None, year: int
) -> Iterator[Consequence]:
    names = {unit.code: unit.in_year(year).short_name for unit in change.plan.units}
    old = names[whole.code]
    for part in parts:
        taken = f"，承担 {len(part.tasks)} 项指定的任务" if part.tasks else ""
        yield Consequence("单位", f"自 {year} 年起新设“{part.unit.short_name}”{taken}")
    if carrier is None:
        yield Consequence("单位", f"“{old}”继续参加考核，其余任务不变")
    else:
        rest = f"其余任务和历史由“{names.get(carrier, carrier)}”承接"
        yield Consequence("单位", f"“{old}”考核到 {year - 1} 年为止，{rest}")
    for move in change.moves:
        yield Consequence(f"{move.year} 年度任务", move_text(state, move, lambda code: names.get(code, code)))
    if carrier is not None:
        for item in state.open_from(year):
            yield from handover_consequences(item, whole.code, names.get(carrier, carrier))
    yield from plan_consequences(state, change, whole, year)
    yield from sealed_consequences(state, year)
    compared = old if carrier is None else names.get(carrier, carrier)
    yield Consequence("与上年比较", f"{year} 年度“{compared}”与“{old}” {year - 1} 年度成绩比较")
