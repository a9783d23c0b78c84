"""What the page of evidence knows of a year, read in the worker's thread. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assessor.work import Work
from assessor.workbook.evidence_check import EvidenceState, FileCheck, check_files, remove_orphans, state_of
from assessor.workbook.evidence_list import EvidenceItem, OwnerChoice, Reuse, list_evidence, list_owners, reused_digests
from assessor.workbook.evidence_store import Condition, store_of

if TYPE_CHECKING:
    from assessor.workbook.workbook import Workbook


@dataclass(frozen=True)
class EvidenceData:
    items: tuple[EvidenceItem, ...] = ()
    states: Mapping[int, EvidenceState] = field(default_factory=dict)
    """By the item's key."""
    reused: Mapping[str, Reuse] = field(default_factory=dict)
    owners: tuple[OwnerChoice, ...] = ()


@dataclass(frozen=True)
class CheckOutcome:
    data: EvidenceData
    check: FileCheck
    """Of all years."""

    @property
    def sentence(self) -> str:
        found = list(self.check.conditions.values())
        missing, altered = found.count(Condition.MISSING), found.count(Condition.ALTERED)
        orphans = len(self.check.orphans)
        parts = [f"缺失 {missing} 个"] * bool(missing) + [f"被改动 {altered} 个"] * bool(altered)
        parts += [f"另有 {orphans} 个文件没有记录用到"] * bool(orphans)
        return f"已核对各年度的 {len(found)} 个佐证文件：" + ("，".join(parts) or "全部正常")


def read_evidence(workbook: Workbook, year: int) -> EvidenceData:
    with workbook.snapshot():
        items, reused = list_evidence(workbook, year), reused_digests(workbook)
        owners = list_owners(workbook, year)
    store = store_of(workbook)
    return EvidenceData(items, {item.key: state_of(store, item, reused) for item in items}, reused, owners)


def check_evidence(workbook: Workbook, year: int, work: Work) -> CheckOutcome:
    """Reads every file; the states are then sure."""
    store = store_of(workbook)
    check = check_files(workbook, store, work)
    data = read_evidence(workbook, year)
    altered = {
        item.key: EvidenceState.ALTERED
        for item in data.items
        if item.file is not None and check.conditions.get(item.file.digest) is Condition.ALTERED
    }
    return CheckOutcome(replace(data, states={**data.states, **altered}), check)


def clear_orphans(workbook: Workbook) -> int:
    """How many files were deleted that no row and no history names."""
    return len(remove_orphans(workbook, store_of(workbook)))
