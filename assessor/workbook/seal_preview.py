"""What sealing a year would seal, and what speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessor.domain.facts import YearFacts
from assessor.domain.mark_table import unfounded_count
from assessor.domain.results import UnitResult, YearResult
from assessor.domain.scoring import score_year
from assessor.domain.seal import SealRecord
from assessor.domain.standing import due_forms
from assessor.domain.submission import SubmissionState
from assessor.domain.year import Year
from assessor.workbook.evidence_list import EvidenceItem, list_evidence
from assessor.workbook.evidence_store import Condition, Store, glance
from assessor.workbook.facts import load_facts
from assessor.workbook.seals import load_seals
from assessor.workbook.workbook import Reading
from assessor.workbook.years import list_years


@dataclass(frozen=True)
class Obstacle:
    """Why a year cannot be sealed, and how to mend it."""

    what: str
    remedy: str


@dataclass(frozen=True)
class SealPreview:
    year: Year
    result: YearResult
    seals: tuple[SealRecord, ...]
    """The year's earlier seals, all of them undone, unless it is sealed."""
    obstacles: tuple[Obstacle, ...]
    provisional: tuple[UnitResult, ...]
    """Units with pending indicators: sealed only where that is expressly accepted."""
    warnings: tuple[str, ...]
    """What the office should know; none of it prevents."""

    @property
    def is_sealed(self) -> bool:
        return any(seal.is_open for seal in self.seals)

    @property
    def units(self) -> int:
        return sum(len(group.units) for group in self.result.groups)

    @property
    def ranked(self) -> int:
        return sum(unit.rank is not None for group in self.result.groups for unit in group.units)


def preview_seal(source: Reading, year: int, store: Store | None = None) -> SealPreview:
    """``store``: where the files of evidence are looked for; None: nowhere.

    Raises WorkbookError where the year or a scheme is missing, and what scoring raises where facts or scheme are
    unsound: such a year cannot be sealed."""
    with source.snapshot():
        facts = load_facts(source, year)
        seals = load_seals(source)
        earlier = [known.year for known in list_years(source) if known.year < year]
        lost = () if store is None else _lost_files(list_evidence(source, year), store)
    result = score_year(facts)
    mine = tuple(seal for seal in seals if seal.year == year)
    open_years = {seal.year for seal in seals if seal.is_open}
    return SealPreview(
        year=facts.year,
        result=result,
        seals=mine,
        obstacles=_obstacles(facts, result, is_sealed=year in open_years),
        provisional=tuple(
            unit for group in result.groups for unit in group.units if unit.provisional and not unit.exempt
        ),
        warnings=(
            *_warnings(facts, result),
            *lost,
            *_earlier_warning([past for past in earlier if past not in open_years]),
        ),
    )


def _obstacles(facts: YearFacts, result: YearResult, *, is_sealed: bool) -> tuple[Obstacle, ...]:
    if is_sealed:
        return (Obstacle("已经定稿", "如需修改，请先解除定稿并写明原因"),)
    found = []
    if not facts.year.collection_closed:
        found.append(Obstacle("填报收集尚未截止", "请先截止收集：截止后未报的按 0 分计，不再待评"))
    if not any(group.units for group in result.groups):
        found.append(Obstacle("没有考核单位", "请检查实施方案中各单位的组别和起止年份"))
    return tuple(found)


def _warnings(facts: YearFacts, result: YearResult) -> list[str]:
    forms = [form for form in due_forms(facts) if form.submission is not None]
    awaiting = sum(form.awaits_check for form in forms)
    returned = sum(form.submission is not None and form.submission.state is SubmissionState.RETURNED for form in forms)
    found = []
    if awaiting:
        found.append(f"{awaiting} 份填报表尚未审核，按所填内容计分")
    if returned:
        found.append(f"{returned} 份填报表退回后没有重报，按未报计分")
    unfounded = unfounded_count(facts)
    if unfounded:
        found.append(f"{unfounded} 个评分缺少依据：极端分没有写明事实，或考核办评分没有写理由")
    waiting = len(facts.review.open_appeals)
    if waiting:
        found.append(f"{waiting} 件申诉、异议尚未处理")
    found += [
        f"{group.group.title}用的是默认细则《{group.scheme.title}》，尚未经本单位确定"
        for group in result.groups
        if group.scheme.is_default
    ]
    return found + [warning for group in result.groups for warning in group.warnings]


def _lost_files(items: Sequence[EvidenceItem], store: Store) -> tuple[str, ...]:
    """By what the folder shows, without reading the files."""
    files = {version.file.digest: (item, version.file) for item in items for version in item.versions}
    return tuple(
        f"佐证文件“{file.name}”缺失或被改动（{item.unit_name} {item.title}）"
        for item, file in files.values()
        if glance(store, file) is not Condition.GOOD
    )


def _earlier_warning(years: list[int]) -> list[str]:
    if not years:
        return []
    names = "、".join(map(str, years))
    return [f"{names} 年度尚未定稿：报告中与上年的比较和累计目标仍会随之变化"]
