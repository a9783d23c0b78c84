"""Merging a unit into another from a year on: what follows it there, what is joined, what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assessor.domain.assignment import join
from assessor.domain.lineage import plan_in_year
from assessor.domain.plan import Plan
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
    year_words,
)
from assessor.domain.unit import Succession, SuccessionKind, Unit


def merge_units(state: RegistryState, *, unit: str, into: str, year: int, note: str = "") -> RegistryChange:
    """``unit`` is assessed up to the year before; from ``year`` on ``into`` has its tasks and carries its history."""
    gone, heir = state.unit(unit), state.unit(into)
    old, new = gone.in_year(year).short_name, heir.in_year(year).short_name
    label = f"合并单位 {old} → {new}"
    refusals = tuple(_refusals(state, gone, heir, year))
    if refusals:
        return RegistryChange(label, state.plan, refusals=refusals)
    succession = Succession(unit, into, year, SuccessionKind.MERGE, note.strip())
    ended = replace(gone, valid_to=year - 1, successor=into)
    plan = replace(
        with_units(state.plan, [ended]),
        successions=tuple(sorted((*state.plan.successions, succession), key=lambda item: item.from_year)),
    )
    years = state.open_from(year)
    moves = tuple(move for item in years for move in _merged(item, unit, into, plan_in_year(plan, item.year)))
    change = RegistryChange(
        label=label,
        plan=plan,
        moves=moves,
        handovers=tuple(Handover(item.year, unit, into) for item in years),
    )
    return replace(change, consequences=tuple(_consequences(state, change, gone, heir, year)))


def handover_consequences(item: YearHoldings, unit: str, to: str) -> Iterator[Consequence]:
    """What goes along with the unit's work in a year, and what lapses."""
    for records, words in ((item.followers, f"转到{to}名下"), (item.lapsing, "随单位取消")):
        for record in records:
            if record.unit == unit:
                yield Consequence(f"{item.year} 年度", f"{record.title} {record.count} 条{words}")


def plan_consequences(state: RegistryState, change: RegistryChange, unit: Unit, year: int) -> Iterator[Consequence]:
    """What the plan's sections and tasks say of the unit's parts from ``year`` on."""
    before, after = plan_in_year(state.plan, year), plan_in_year(change.plan, year)
    names = {known.code: known.short_name for known in after.units}
    for old, new in zip(before.sections, after.sections, strict=True):
        if unit.code in old.leads and old.leads != new.leads:
            leads = "、".join(names[code] for code in new.leads) or "（无）"
            yield Consequence("方案", f"{old.code} {old.title}的牵头部门：{leads}")
    given = [task for task in before.tasks if unit.code in task.units]
    left = sum(unit.code not in after.task_by_code[task.code].units for task in given)
    if left:
        yield Consequence("方案", f"{left} 项任务的责任单位随之改变；以后新建的年度按此下达")


def sealed_consequences(state: RegistryState, year: int) -> Iterator[Consequence]:
    earlier = [item for item in state.sealed_years if item < year]
    if earlier:
        yield Consequence("以前的年度", f"{year_words(earlier)}已定稿，单位、任务和得分都不变")


def ending_refusals(state: RegistryState, gone: Unit, year: int, remedy: str) -> Iterator[Refusal]:
    """Why a unit cannot end with the year before ``year``."""
    name = gone.in_year(year).short_name
    if not gone.is_valid_in(year) or not gone.is_valid_in(year - 1):
        yield Refusal(f"{name}在 {year - 1}、{year} 年度不都是考核单位", "请检查年度：它应是承接后的第一年")
    sealed = [item for item in state.sealed_years if item >= year and gone.is_valid_in(item)]
    yield from sealed_refusal(sealed, "不能再变动", f"请从 {max(sealed, default=0) + 1} 年或以后开始")
    for item in state.open_from(year):
        mine = [record for record in item.records if record.unit == gone.code]
        yield from record_refusal(item.year, mine, name, remedy.format(item.year + 1))


def _merged(item: YearHoldings, unit: str, into: str, plan: Plan) -> Iterator[Move]:
    """The unit's assignments of a year, each as the other unit has it then."""
    twins = {assignment.task: assignment for assignment in item.assignments if assignment.unit == into}
    for mine in item.assignments:
        if mine.unit == unit:
            twin = twins.get(mine.task)
            taken = taken_over(mine, into, plan)
            yield Move(item.year, mine, taken if twin is None else join(taken, twin), twin)


def _refusals(state: RegistryState, gone: Unit, heir: Unit, year: int) -> Iterator[Refusal]:
    if gone.code == heir.code:
        yield Refusal("承接单位是它自己", "请选择另一个单位")
        return
    new = heir.in_year(year).short_name
    remedy = "合并后这些数据没有归属：请先删去，或改为从 {0} 年起合并"
    yield from ending_refusals(state, gone, year, remedy)
    yield from order_refusals(state, (gone, heir), year)
    split = [item for item in state.plan.successions if item.kind is SuccessionKind.SPLIT and item.from_year == year]
    if any(item.unit == heir.code for item in split):
        remedy = "请先撤销那次拆分，合并后再拆分"
        yield Refusal(f"{new}在 {year} 年已经拆分，并过来的任务归谁说不清", remedy)
    if any((item.unit, item.successor) == (gone.code, heir.code) for item in split):
        remedy = "请撤销那次拆分，或改为更名"
        yield Refusal(f"{new}就是 {year} 年从它拆分出来的", remedy)
    if not heir.is_valid_in(year):
        yield Refusal(f"{heir.short_name}在 {year} 年度不是考核单位", "请选择当年的考核单位")


def _consequences(
    state: RegistryState, change: RegistryChange, gone: Unit, heir: Unit, year: int
) -> Iterator[Consequence]:
    old, new = gone.in_year(year).short_name, heir.in_year(year).short_name
    yield Consequence("单位", f"“{old}”考核到 {year - 1} 年为止，自 {year} 年起由“{new}”承接")
    if gone.group != heir.group:
        yield Consequence("单位", "两个单位不在同一考核组别，任务转过去后按承接单位所在组的细则计分", needs_care=True)
    names = {unit.code: unit.in_year(year).short_name for unit in state.plan.units}
    for move in change.moves:
        text = move_text(state, move, lambda code: names[code])
        yield Consequence(f"{move.year} 年度任务", text, needs_care=_needs_care(move))
    for item in state.open_from(year):
        yield from handover_consequences(item, gone.code, new)
    yield from plan_consequences(state, change, gone, year)
    yield from sealed_consequences(state, year)
    compared = f"“{new}”自己的" if heir.is_valid_in(year - 1) else f"“{old}”的"
    yield Consequence("与上年比较", f"{year} 年度“{new}”与{compared} {year - 1} 年度成绩比较")


def _needs_care(move: Move) -> bool:
    """Two targets of different measures cannot be added: somebody has to look at them."""
    mine, twin = move.before, move.twin
    both = twin is not None and mine.target is not None and twin.target is not None
    return twin is not None and both and mine.measure != twin.measure
