"""Ranks within a group: by printed total, then the scheme's tie-break, else a shared rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assessor.domain import trace
from assessor.domain.results import UnitResult
from assessor.domain.scheme import Scheme

RankKey = tuple[tuple[bool, Decimal], ...]


def rank_units(results: Sequence[UnitResult], scheme: Scheme) -> tuple[UnitResult, ...]:
    """``results`` in the registry's order -> as printed: by rank, then the unranked, then the exempt.

    Equals, the unranked and the exempt stay in the registry's order. Provisional units are ranked, provisionally.
    """
    keys = [(_rank_key(result, scheme), result) for result in results if _is_ranked(result, scheme)]
    ranked: list[UnitResult] = []
    previous: RankKey | None = None
    for place, (key, result) in enumerate(sorted(keys, key=lambda pair: pair[0]), start=1):
        rank = ranked[-1].rank if key == previous else place
        ranked.append(replace(result, rank=rank, unranked=""))
        previous = key
    unranked = [
        replace(result, rank=None, unranked=trace.below_coverage(result.coverage, scheme.min_coverage))
        for result in results
        if not result.exempt and not _is_ranked(result, scheme)
    ]
    exempt = [replace(result, rank=None, unranked=trace.exempt(result.exempt)) for result in results if result.exempt]
    return (*ranked, *unranked, *exempt)


def _is_ranked(result: UnitResult, scheme: Scheme) -> bool:
    return not result.exempt and result.coverage >= scheme.min_coverage


def _rank_key(result: UnitResult, scheme: Scheme) -> RankKey:
    """Sorts the best first; a category that was left out or a leaf without a score goes below any number."""
    values: list[Decimal | None] = [result.total]
    if scheme.tie_break:
        by_code = {item.category.code: item.contribution for item in result.categories}
        by_code |= {leaf.indicator.code: leaf.score for leaf in result.leaves}
        values += [by_code[code] for code in scheme.tie_break]
    return tuple((value is None, -value if value is not None else Decimal(0)) for value in values)
