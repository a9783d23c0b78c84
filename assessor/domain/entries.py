"""Bonus and deduction entries (加分、扣分) and vetoes (一票否决) of one unit: what each counts, and why.

What is decided here:

- What is a unit's of an entry, points / k, is rounded like a leaf, for it is printed like one.
- Entries of one kind of event (加分 or 扣分) over the same non-empty matter count once across all codes: the highest
  share; among equals the earliest, then the first by key. White space in a matter does not tell matters apart.
- A cap is used up in the order of the entries' dates, then keys; what exceeds it is cut from the entry that meets it,
  so that printed entries add up to the printed bonus or deduction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from assessor.domain import trace
from assessor.domain.facts import Event, EventKind, UnitFacts
from assessor.domain.results import EntryResult, VetoResult
from assessor.domain.rounding import round_half_up
from assessor.domain.scheme import EntryKind, Scheme, VetoKind
from assessor.domain.wording import plain
from assessor.errors import InputError


def score_entries(facts: UnitFacts, kind: EventKind, scheme: Scheme) -> tuple[EntryResult, ...]:
    """The unit's BONUS or DEDUCTION entries by date. Raises InputError naming the unit and the event's code."""
    kinds = {item.code: item for item in (scheme.bonuses if kind is EventKind.BONUS else scheme.deductions)}
    events = _in_order(event for event in facts.events if event.kind is kind)
    for event in events:
        _check(event, kinds, facts)
    shares = [round_half_up(Fraction(event.points) / event.shared_by, scheme.decimals) for event in events]
    winners = _highest_by_matter(events, shares)
    used: dict[str, Decimal] = {}
    return tuple(
        _counted(event, share, winners.get(_matter(event), event), kinds[event.code], used, scheme.decimals)
        for event, share in zip(events, shares, strict=True)
    )


def score_vetoes(facts: UnitFacts, scheme: Scheme) -> tuple[VetoResult, ...]:
    """The unit's vetoes by date. Raises InputError naming the unit and the event's code."""
    kinds = {item.code: item for item in scheme.vetoes}
    events = _in_order(event for event in facts.events if event.kind is EventKind.VETO)
    results = []
    for event in events:
        _check_code(event, kinds, facts)
        kind = kinds[event.code]
        sentence = trace.veto(event, kind.title, kind.limit)
        results.append(VetoResult(event, kind.title, kind.limit, sentence))
    return tuple(results)


def _in_order(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=lambda event: (event.happened_on, event.key))


def _check_code(event: Event, kinds: Mapping[str, EntryKind] | Mapping[str, VetoKind], facts: UnitFacts) -> None:
    if event.code not in kinds:
        known = "、".join(kinds) or "（没有设置）"
        raise InputError(
            f"细则中没有代码为“{event.code}”的{event.kind.label}项目",
            place=f"{facts.unit.short_name} {event.code}",
            remedy=f"请改用细则中的代码：{known}",
        )


def _check(event: Event, kinds: Mapping[str, EntryKind], facts: UnitFacts) -> None:
    _check_code(event, kinds, facts)
    place = f"{facts.unit.short_name} {event.code} {kinds[event.code].title}"
    if event.points < 0:
        raise InputError(f"{event.kind.label}分值 {plain(event.points)} 小于 0", place=place, remedy="请填写正数")
    if event.shared_by < 1:
        raise InputError(f"共享单位数 {event.shared_by} 小于 1", place=place, remedy="请填写 1 或更大的整数")


def _matter(event: Event) -> str:
    return "".join(event.matter.split())


def _highest_by_matter(events: Sequence[Event], shares: Sequence[Decimal]) -> dict[str, Event]:
    """Matter -> the one entry that counts; entries without a matter stand for themselves and are not in it."""
    best: dict[str, tuple[Event, Decimal]] = {}
    for event, share in zip(events, shares, strict=True):
        matter = _matter(event)
        if matter and (matter not in best or share > best[matter][1]):
            best[matter] = (event, share)
    return {matter: event for matter, (event, _) in best.items()}


def _counted(
    event: Event, share: Decimal, winner: Event, kind: EntryKind, used: dict[str, Decimal], decimals: int
) -> EntryResult:
    sentence = trace.entry(event, kind.title, share)
    if winner is not event:
        nothing, why = round_half_up(0, decimals), trace.entry_repeats(sentence, winner)
        return EntryResult(event, kind.title, nothing, why, share, repeats=True)
    before = used.get(kind.code, round_half_up(0, decimals))
    counted = min(share, round_half_up(kind.cap, decimals) - before)
    used[kind.code] = before + counted
    if counted < share:
        sentence = trace.entry_cut(sentence, kind.cap, before, counted)
    return EntryResult(event, kind.title, counted, sentence, share)
