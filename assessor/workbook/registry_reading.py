"""What the page of units shows beyond the year that is looked at: contacts, and how every unit stood in every year."""

from __future__ import annotations

from decimal import Decimal

from assessor.domain.registry_change import YearHoldings
from assessor.domain.registry_table import RegistryData, UnitYear, standings_of
from assessor.domain.result_lines import UNIT
from assessor.domain.results import YearResult
from assessor.domain.scoring import score_year
from assessor.domain.seal import SealLine
from assessor.workbook.facts import load_facts
from assessor.workbook.registry import load_registry_state
from assessor.workbook.seals import load_seal_state, load_seals
from assessor.workbook.unit_contacts import load_contacts
from assessor.workbook.workbook import Reading


def read_registry(source: Reading, known: YearResult | None = None, before: RegistryData | None = None) -> RegistryData:
    """``known``: results that need not be computed again; ``before``: what was read earlier, of which the standings of
    years that are still under the same seal are taken. Sealed years stand as they were sealed."""
    with source.snapshot():
        state = load_registry_state(source)
        seals = {seal.year: seal.digest for seal in load_seals(source) if seal.is_open}
        found: dict[str, tuple[UnitYear, ...]] = {}
        for item in state.years:
            is_same = before is not None and item.year in seals and before.seals.get(item.year) == seals[item.year]
            standings = before.standings_in(item.year) if before and is_same else _standings(source, item, known)
            for unit, standing in standings.items():
                found[unit] = (*found.get(unit, ()), standing)
        return RegistryData(state, load_contacts(source), found, seals)


def _standings(source: Reading, item: YearHoldings, known: YearResult | None) -> dict[str, UnitYear]:
    if known is not None and known.year.year == item.year:
        return standings_of(known, is_sealed=item.is_sealed)
    lines = load_seal_state(source, item.year).results if item.is_sealed else ()
    if lines:
        return {str(line.key[0]): _sealed(item.year, line) for line in lines if line.kind == UNIT}
    if not item.groups:
        return {}
    return standings_of(score_year(load_facts(source, item.year)), is_sealed=item.is_sealed)


def _sealed(year: int, line: SealLine) -> UnitYear:
    fields = line.fields
    rank, total, grade = fields["rank"], fields["total"], fields["grade"]
    words = "不参评" if fields["exempt"] else "暂估" if fields["provisional"] else str(grade or "未排名")
    is_assessed = total is not None and not fields["exempt"]
    return UnitYear(
        year, Decimal(str(total)) if is_assessed else None, rank if isinstance(rank, int) else None, words, True
    )
