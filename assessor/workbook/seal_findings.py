"""What the check of a workbook says of its seals."""

from __future__ import annotations

from collections.abc import Iterator

from assessor.domain.seal import SealRecord
from assessor.domain.year import Stage
from assessor.workbook.integrity import Finding, FindingKind
from assessor.workbook.seal_verify import Examination, examine_seals
from assessor.workbook.workbook import Reading

_REMEDY = "请保留此文件，改用定稿后的备份；确属应有的修改，应先解除定稿再改"
_KEEP = "请保留此文件，并与备份和已印发的报告核对"


def seal_findings(source: Reading) -> tuple[Finding, ...]:
    """Every place where a sealed year, or the record of a seal, is not what was sealed. A program with other rules of
    scoring is no finding."""
    with source.snapshot():
        found = examine_seals(source)
        stages = source.rows("SELECT year FROM year WHERE stage = ? ORDER BY year", (Stage.SEAL.value,))
    sealed = {item.seal.year for item in found if item.seal.is_open}
    return (
        *(finding for item in found for finding in _of(item)),
        *(
            Finding(FindingKind.SEAL, "阶段为定稿，却没有定稿记录", f"{row['year']} 年度", _KEEP)
            for row in stages
            if row["year"] not in sealed
        ),
    )


def _of(found: Examination) -> Iterator[Finding]:
    place = _place(found.seal)
    if found.record_fault:
        yield Finding(FindingKind.SEAL, found.record_fault, place, _KEEP)
    if not found.seal.is_open:
        return
    if found.scoring_fault:
        yield Finding(FindingKind.SEAL, f"已无法计分：{found.scoring_fault}", place, _REMEDY)
    # What is scored otherwise follows from the rows that were altered.
    altered = found.rows or (() if found.is_recomputed else found.results)
    for item in altered:
        field = f"{item.field}：" if item.field else ""
        what = f"与定稿不一致：{field}定稿时为“{item.sealed}”，现为“{item.present}”"
        yield Finding(FindingKind.SEAL, what, item.place, _REMEDY)


def _place(seal: SealRecord) -> str:
    return f"{seal.year} 年度第 {seal.number} 次定稿"
