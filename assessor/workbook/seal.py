"""Sealing a year (定稿) and undoing it: each one edit of its own kind, which cannot be undone like other edits.

The stage is set before the seal is put in, and set back after it is undone: the guards let no other order pass.
"""

from __future__ import annotations

from dataclasses import replace

from assessor.domain.scoring import score_year
from assessor.domain.seal import SealRecord, digest_of
from assessor.domain.year import Stage
from assessor.errors import InputError, WorkbookError
from assessor.work import Work
from assessor.workbook.backup import before
from assessor.workbook.backup_names import Reason
from assessor.workbook.facts import load_facts
from assessor.workbook.history import EditKind
from assessor.workbook.known import require_year
from assessor.workbook.rows import Row, put_row
from assessor.workbook.seal_preview import SealPreview, preview_seal
from assessor.workbook.seal_text import pack, seal_text
from assessor.workbook.seals import load_seals, open_seal
from assessor.workbook.workbook import Edit, Reading, Workbook
from assessor.workbook.years import load_year, save_year


def seal_with_backup(
    workbook: Workbook, year: int, *, accept_pending: bool = False, work: Work | None = None
) -> SealRecord:
    """As ``seal_year``, after a backup. Raises also what ``backup.before`` raises; then nothing was sealed."""
    require_sealable(preview_seal(workbook, year), accept_pending=accept_pending)
    before(workbook, Reason.SEAL, f"{year} 年度", work)
    return seal_year(workbook, year, accept_pending=accept_pending)


def unseal_with_backup(workbook: Workbook, year: int, reason: str, *, work: Work | None = None) -> SealRecord:
    """As ``unseal_year``, after a backup. Raises also what ``backup.before`` raises; then the year is still sealed."""
    _written(reason, year)
    _require_open(workbook, year)
    before(workbook, Reason.UNSEAL, f"{year} 年度", work)
    return unseal_year(workbook, year, reason)


def seal_year(workbook: Workbook, year: int, *, accept_pending: bool = False) -> SealRecord:
    """Seals the year as it is.

    Raises WorkbookError where the year is missing, sealed already, still being collected, or has units with pending
    indicators that are not accepted; and what scoring raises.
    """
    with workbook.edit(f"定稿 {year} 年度", kind=EditKind.SEAL) as edit:
        require_sealable(preview_seal(edit, year), accept_pending=accept_pending)
        header = load_year(edit, year)
        save_year(edit, replace(header, stage=Stage.SEAL))
        result = score_year(load_facts(edit, year))
        text = seal_text(edit, result)
        record = SealRecord(
            year=year,
            number=len(load_seals(edit, year)) + 1,
            digest=digest_of(text),
            engine_version=result.engine_version,
            sealed_at=workbook.clock().replace(microsecond=0),
            sealed_by=workbook.operator,
            stage_before=Stage.REVIEW if header.stage is Stage.SEAL else header.stage,
        )
        _put(edit, record, pack(text))
    return record


def unseal_year(workbook: Workbook, year: int, reason: str) -> SealRecord:
    """Opens a sealed year again; the reason stays in history and seal and is named in later reports.

    Raises InputError without a reason, WorkbookError where the year is missing or not sealed.
    """
    written = _written(reason, year)
    with workbook.edit(f"解除定稿 {year} 年度", kind=EditKind.UNSEAL) as edit:
        record = _require_open(edit, year)
        at = workbook.clock().replace(microsecond=0)
        edit.execute(
            "UPDATE seal SET unsealed_at = ?, unsealed_by = ?, unseal_reason = ? WHERE year = ? AND number = ?",
            (at.isoformat(), workbook.operator, written, year, record.number),
        )
        save_year(edit, replace(load_year(edit, year), stage=record.stage_before))
    return replace(record, unsealed_at=at, unsealed_by=workbook.operator, unseal_reason=written)


def _written(reason: str, year: int) -> str:
    """On one line."""
    written = " ".join(reason.split())
    if not written:
        raise InputError("没有写明解除定稿的原因", place=f"{year} 年度", remedy="请写明原因，它将印在以后的报告中")
    return written


def _require_open(source: Reading, year: int) -> SealRecord:
    require_year(source, year)
    record = open_seal(source, year)
    if record is None:
        raise WorkbookError("这个年度没有定稿，不需要解除", place=f"{year} 年度", remedy="可以直接修改")
    return record


def require_sealable(preview: SealPreview, *, accept_pending: bool) -> None:
    """Raises WorkbookError naming the first obstacle."""
    place = f"{preview.year.year} 年度"
    for obstacle in preview.obstacles:
        raise WorkbookError(f"不能定稿：{obstacle.what}", place=place, remedy=obstacle.remedy)
    if preview.provisional and not accept_pending:
        names = "、".join(unit.unit.short_name for unit in preview.provisional[:5])
        more = f"等 {len(preview.provisional)} 个单位" if len(preview.provisional) > 5 else ""
        raise WorkbookError(
            f"不能定稿：{names}{more}有待评指标",
            place=place,
            remedy="请先评完，或明确同意带待评指标定稿（这些单位只有暂估得分，不评等次）",
        )


def _put(edit: Edit, record: SealRecord, packed: str) -> None:
    row: Row = {
        "year": record.year,
        "number": record.number,
        "digest": record.digest,
        "packed": packed,
        "engine_version": record.engine_version,
        "sealed_at": record.sealed_at.isoformat(),
        "sealed_by": record.sealed_by,
        "stage_before": record.stage_before.value,
        "unsealed_at": None,
        "unsealed_by": None,
        "unseal_reason": None,
    }
    put_row(edit, "seal", row)
