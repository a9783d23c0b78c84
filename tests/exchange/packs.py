"""Small packs, good and hostile, for the tests of packs."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

MADE_AT = datetime(2024, 12, 30, 9, 30, 0, tzinfo=UTC)
PROOFS = ("工作总结 ".encode() * 400, bytes(range(256)) * 9, b"x" * 40_000)


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def stored(folder: Path, contents: Sequence[bytes] = PROOFS) -> list[Path]:
    """Files as an evidence store has them."""
    folder.mkdir(exist_ok=True)
    paths = [folder / digest_of(content) for content in contents]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    return paths


def manifest_of(contents: Mapping[str, bytes], **changes: Any) -> bytes:
    entries = [{"name": name, "size": len(content), "sha256": digest_of(content)} for name, content in contents.items()]
    table = {
        "format": "assess-pack",
        "version": 1,
        "program": "",
        "made_at": "2024-12-30T09:30:00+00:00",
        "workbook": "考核",
        "entries": entries,
        "missing": [],
    }
    return json.dumps(table | changes).encode()


def write_zip(path: Path, contents: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
