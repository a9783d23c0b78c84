"""A year's seal (定稿): who and when, and the canonical text that its digest is taken of.

The text is UTF-8 with LF: the format's name, a header, and sections of lines ``KIND<TAB>[key]<TAB>{fields}`` in the
order of their keys. Keys and fields are JSON as ``json.dumps`` writes it, so that the same year gives the same bytes
whatever SQLite or its version did in between (``docs/sealing.md``).
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from assessor.domain.year import Stage
from assessor.errors import InputError

FORMAT = "assessor-seal/1"
DIGEST_DIGITS = 64
SHORT_DIGITS = 16
"""Of the short form that is printed and may be typed."""
_GROUP = 8

Value = str | int | None
Key = tuple[str | int, ...]


@dataclass(frozen=True)
class SealRecord:
    """One sealing of a year. A year is sealed while its last one is not undone."""

    year: int
    number: int
    """1, 2, 3 in its year."""
    digest: str
    engine_version: str
    sealed_at: datetime
    sealed_by: str
    stage_before: Stage
    unsealed_at: datetime | None = None
    unsealed_by: str = ""
    unseal_reason: str = ""

    @property
    def is_open(self) -> bool:
        """It has not been undone."""
        return self.unsealed_at is None


@dataclass(frozen=True)
class SealLine:
    """One row of the workbook, or one result."""

    kind: str
    """The row's table; of a result ``result.unit``, ``result.leaf``, ... (``result_lines.py``)."""
    key: Key
    fields: Mapping[str, Value]


@dataclass(frozen=True)
class SealText:
    """A canonical text taken apart."""

    year: int
    engine_version: str
    lines: tuple[SealLine, ...]


@dataclass(frozen=True)
class Difference:
    """A line that is not as it was sealed; None: it was not there, or is not there any more."""

    kind: str
    key: Key
    before: Mapping[str, Value] | None
    after: Mapping[str, Value] | None


def canonical_text(year: int, engine_version: str, sections: Iterable[tuple[str, Iterable[SealLine]]]) -> str:
    """``sections``: title and lines, in the order of the text; lines are put in the order of kind and key."""
    written = [FORMAT, _json({"engine": engine_version, "year": year})]
    for title, lines in sections:
        written.append(f"[{title}]")
        ordered = sorted(lines, key=lambda line: (line.kind, _ordering(line.key)))
        written += [f"{line.kind}\t{_json(list(line.key))}\t{_json(line.fields)}" for line in ordered]
    return "\n".join(written) + "\n"


def read_text(text: str) -> SealText:
    """The inverse of ``canonical_text``. Raises ValueError where it is none."""
    head, header, *rest = text.split("\n")
    if head != FORMAT or rest[-1:] != [""]:
        raise ValueError("not a sealed text")
    try:
        meta = json.loads(header)
        lines = tuple(_line(line) for line in rest[:-1] if not line.startswith("["))
        return SealText(meta["year"], meta["engine"], lines)
    except (KeyError, TypeError) as problem:
        raise ValueError("not a sealed text") from problem


def digest_of(text: str) -> str:
    """SHA-256, 64 lowercase hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def grouped(digest: str) -> str:
    """As it is printed: groups of 8 digits."""
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))


def short(digest: str) -> str:
    """The first 16 digits, as they are printed where there is little room."""
    return grouped(digest[:SHORT_DIGITS])


def read_digest(typed: str) -> str:
    """A digest as typed or pasted: blanks, line breaks, hyphens, capitals and full-width digits do not matter. The
    whole one, or its first 16 digits or more. Raises InputError."""
    text = unicodedata.normalize("NFKC", typed).lower().removeprefix("校验码").lstrip(":")
    digest = re.sub(r"[\s\-·.。…]+", "", text)
    remedy = f"请输入报告上印的 {DIGEST_DIGITS} 位校验码，或其前 {SHORT_DIGITS} 位"
    if not digest:
        raise InputError("没有填写校验码", remedy=remedy)
    wrong = re.search(r"[^0-9a-f]", digest)
    if wrong:
        raise InputError(f"校验码只含数字和字母 a 到 f，“{wrong.group()}”不在其中", remedy=remedy)
    if not SHORT_DIGITS <= len(digest) <= DIGEST_DIGITS:
        raise InputError(f"这个校验码有 {len(digest)} 位", remedy=remedy)
    return digest


def differences(before: Iterable[SealLine], after: Iterable[SealLine]) -> tuple[Difference, ...]:
    """Every line that ``after`` has otherwise than ``before``, in the order of ``before``; what came is last."""
    old = {(line.kind, line.key): line.fields for line in before}
    new = {(line.kind, line.key): line.fields for line in after}
    places = dict.fromkeys((*old, *new))
    return tuple(
        Difference(*place, old.get(place), new.get(place)) for place in places if old.get(place) != new.get(place)
    )


def _line(text: str) -> SealLine:
    kind, key, fields = text.split("\t")
    return SealLine(kind, tuple(json.loads(key)), json.loads(fields))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _ordering(key: Key) -> tuple[tuple[bool, int, str], ...]:
    """Numbers by value, before texts by code point."""
    return tuple((False, part, "") if isinstance(part, int) else (True, 0, part) for part in key)
