"""Whether a digest is that of a seal of this workbook, and whether the sealed year is still what was sealed (核验)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from assessor.domain.result_lines import RESULTS, result_lines
from assessor.domain.scoring import ENGINE_VERSION, score_year
from assessor.domain.seal import (
    DIGEST_DIGITS,
    Difference,
    SealLine,
    SealRecord,
    differences,
    digest_of,
    read_digest,
)
from assessor.errors import AssessorError
from assessor.workbook.facts import load_facts
from assessor.workbook.row_words import load_names
from assessor.workbook.seal_text import row_sections, seal_text
from assessor.workbook.seal_words import DifferenceWords, difference_words
from assessor.workbook.seals import StoredSeal, stored_seals
from assessor.workbook.workbook import Reading

_UNREADABLE = (AssessorError, ValueError, ArithmeticError, LookupError, TypeError)
"""What loading and scoring raise of values that no edit could have written."""


class VerdictKind(Enum):
    HOLDS = "holds"
    UNDONE = "undone"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Examination:
    """A seal against the year as it is now."""

    seal: SealRecord
    record_fault: str
    """The stored seal itself was altered: how; empty: it was not."""
    rows: tuple[DifferenceWords, ...]
    """What of the year's rows is not as sealed."""
    results: tuple[DifferenceWords, ...]
    """What scoring gives otherwise than sealed."""
    scoring_fault: str
    """Why the year cannot be scored any more; empty: it can."""

    @property
    def differences(self) -> tuple[DifferenceWords, ...]:
        return self.rows + self.results

    @property
    def is_recomputed(self) -> bool:
        """The rows are as sealed, and only a program with other rules of scoring computes something else."""
        return bool(self.results) and not self.rows and self.seal.engine_version != ENGINE_VERSION

    @property
    def is_intact(self) -> bool:
        return not (self.record_fault or self.rows or self.results or self.scoring_fault)


@dataclass(frozen=True)
class Verdict:
    kind: VerdictKind
    digest: str
    """As it was read of what was typed."""
    examination: Examination | None
    """None: the digest is of no seal of this workbook."""

    @property
    def is_good(self) -> bool:
        """The digest is of a seal that holds, and the year is what was sealed."""
        found = self.examination
        return self.kind is VerdictKind.HOLDS and found is not None and (found.is_intact or found.is_recomputed)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The verdict in words, without the single differences."""
        if self.examination is None:
            return ("这不是本工作簿任何一次定稿的校验码。",)
        return (_headline(self.examination.seal, self.digest), *_state(self.examination))


def verify_digest(source: Reading, typed: str) -> Verdict:
    """Raises InputError where ``typed`` is no digest (``read_digest``)."""
    digest = read_digest(typed)
    with source.snapshot():
        matching = [stored for stored in stored_seals(source) if _matches(stored, digest)]
        if not matching:
            return Verdict(VerdictKind.UNKNOWN, digest, None)
        # The same contents sealed twice have one digest: the seal that holds is meant, else the last.
        best = max(matching, key=lambda stored: (stored.record.is_open, stored.record.year, stored.record.number))
        kind = VerdictKind.HOLDS if best.record.is_open else VerdictKind.UNDONE
        return Verdict(kind, digest, examine(source, best))


def examine_seals(source: Reading) -> tuple[Examination, ...]:
    """Every seal of the workbook, undone ones included."""
    with source.snapshot():
        return tuple(examine(source, stored) for stored in stored_seals(source))


def examine(source: Reading, stored: StoredSeal) -> Examination:
    seal, parsed = stored.record, stored.parsed
    with source.snapshot():
        fault = _record_fault(source, stored)
        present = [line for lines in row_sections(source, seal.year).values() for line in lines]
        computed, scoring_fault = _computed(source, seal.year)
        names = load_names(source)
    if parsed is None:
        return Examination(seal, fault, (), (), scoring_fault)
    sealed_rows = [line for line in parsed.lines if line.kind not in RESULTS]
    sealed_results = [line for line in parsed.lines if line.kind in RESULTS]
    rows = _differences(sealed_rows, present, is_open=seal.is_open)
    results = () if scoring_fault else differences(sealed_results, computed)
    return Examination(
        seal,
        fault,
        difference_words(seal.year, rows, names),
        difference_words(seal.year, results, names),
        scoring_fault,
    )


def _matches(stored: StoredSeal, digest: str) -> bool:
    """By the digest that is stored and by the one that the stored text has: either may have been altered."""
    known = {stored.record.digest} | ({digest_of(stored.text)} if stored.text is not None else set())
    return any(item.startswith(digest) for item in known)


def _record_fault(source: Reading, stored: StoredSeal) -> str:
    seal, parsed = stored.record, stored.parsed
    if parsed is None or stored.text is None:
        return f"留存的定稿全文已损坏，无法读取；{_against_present(source, seal)}"
    if not stored.is_whole:
        return f"留存的定稿全文与登记的校验码不符；{_against_present(source, seal)}"
    if (parsed.year, parsed.engine_version) != (seal.year, seal.engine_version):
        return "登记的年度或计分程序版本与定稿全文不符"
    return ""


def _against_present(source: Reading, seal: SealRecord) -> str:
    try:
        text = seal_text(source, score_year(load_facts(source, seal.year)))
    except _UNREADABLE:
        return "本年度也无法重算"
    agrees = digest_of(text) == seal.digest
    return "本年度现有内容仍与登记的校验码一致" if agrees else "本年度现有内容也与登记的校验码不符"


def _computed(source: Reading, year: int) -> tuple[tuple[SealLine, ...], str]:
    try:
        return result_lines(score_year(load_facts(source, year))), ""
    except _UNREADABLE as problem:
        return (), str(problem)


def _differences(before: Iterable[SealLine], after: Iterable[SealLine], *, is_open: bool) -> tuple[Difference, ...]:
    if is_open:
        return differences(before, after)
    return differences(map(_without_stage, before), map(_without_stage, after))


def _without_stage(line: SealLine) -> SealLine:
    """Undoing a seal sets the stage back, which is no change of the year."""
    if line.kind != "year":
        return line
    return replace(line, fields={name: value for name, value in line.fields.items() if name != "stage"})


def _headline(seal: SealRecord, digest: str) -> str:
    part = f"（按前 {len(digest)} 位核对）" if len(digest) < DIGEST_DIGITS else ""
    what = f"本工作簿 {seal.year} 年度第 {seal.number} 次定稿的校验码{part}"
    made = f"{seal.sealed_at:%Y-%m-%d %H:%M} 由{seal.sealed_by}定稿"
    if seal.unsealed_at is None:
        return f"是{what}，{made}。"
    undone = f"{seal.unsealed_at:%Y-%m-%d %H:%M} 由{seal.unsealed_by}解除，原因：{seal.unseal_reason}"
    return f"曾是{what}，{made}；{undone}。"


def _state(found: Examination) -> tuple[str, ...]:
    said = [f"{found.record_fault}。"] if found.record_fault else []
    if found.scoring_fault:
        said.append(f"本年度现已无法计分：{found.scoring_fault}")
    if found.is_recomputed:
        said.append(
            "本年度内容与定稿时一致。"
            f"计分程序已更新（定稿时为版本 {found.seal.engine_version}，现为 {ENGINE_VERSION}），"
            f"重算有 {len(found.results)} 处不同；以定稿结果为准，没有作任何改动。"
        )
    elif found.differences:
        since = "与定稿时不一致" if found.seal.is_open else "在解除定稿后有改动"
        said.append(f"本年度现有内容{since}，共 {len(found.differences)} 处。")
    elif not said:
        said.append("本年度现有内容与定稿时完全一致。")
    return tuple(said)
