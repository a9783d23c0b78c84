"""The manifest of a pack: what lies in it, each entry with size and SHA-256. See docs/evidence-and-packs.md."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

FORMAT = "assess-pack"
VERSION = 1
PROGRAM = "全民科学素质工作年度考核"
MANIFEST = "manifest.json"
WORKBOOK = "workbook.assess"
EVIDENCE = "workbook.evidence/"
"""Named as a workbook's own folder is, so that a pack that was unzipped by hand opens, too."""

_STORED_NAME = re.compile(r"[0-9a-f]{64}")
_ENTRY_NAME = re.compile(rf"{re.escape(WORKBOOK)}|{re.escape(EVIDENCE)}{_STORED_NAME.pattern}")


class ManifestError(ValueError):
    """What is wrong with a manifest, in Chinese."""


class NewerPackError(ManifestError):
    """The pack is of a format that only a newer program knows."""


@dataclass(frozen=True)
class Entry:
    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    made_at: str
    """ISO time."""
    workbook: str
    """The workbook's name, without its ending."""
    entries: tuple[Entry, ...]
    missing: tuple[str, ...] = ()
    """Stored names of evidence that the workbook names but that was not there to pack."""

    @property
    def evidence(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.name != WORKBOOK)

    @property
    def total_size(self) -> int:
        return sum(entry.size for entry in self.entries)


def manifest_bytes(manifest: Manifest) -> bytes:
    head = {"format": FORMAT, "version": VERSION, "program": PROGRAM}
    return json.dumps(head | asdict(manifest), ensure_ascii=False, indent=1).encode()


def parse_manifest(content: bytes) -> Manifest:
    """Raises ManifestError, NewerPackError."""
    try:
        table = json.loads(content.decode("utf-8"), object_pairs_hook=_refuse_twins, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as problem:
        raise ManifestError("清单无法识别") from problem
    if not isinstance(table, dict) or table.get("format") != FORMAT:
        raise ManifestError("清单不是完整工作簿包的清单")
    version = _of(table, "version", int)
    if version > VERSION:
        raise NewerPackError(f"包的格式是 {version}，本程序支持到 {VERSION}")
    entries = tuple(_entry(item) for item in _of(table, "entries", list))
    missing = tuple(_of({"missing": item}, "missing", str) for item in _of(table, "missing", list))
    manifest = Manifest(_of(table, "made_at", str), _of(table, "workbook", str), entries, missing)
    _check_names(manifest)
    return manifest


def _entry(item: object) -> Entry:
    if not isinstance(item, dict):
        raise ManifestError("清单的条目无法识别")
    entry = Entry(_of(item, "name", str), _of(item, "size", int), _of(item, "sha256", str))
    if not _ENTRY_NAME.fullmatch(entry.name):
        raise ManifestError("清单含有不应有的条目")
    if entry.size < 0 or not _STORED_NAME.fullmatch(entry.sha256):
        raise ManifestError("清单中的大小或校验码无效")
    return entry


def _check_names(manifest: Manifest) -> None:
    names = [entry.name for entry in manifest.entries]
    if len(set(names)) != len(names):
        raise ManifestError("清单中有重复的条目")
    if WORKBOOK not in names:
        raise ManifestError("清单中没有工作簿")
    there = {name.removeprefix(EVIDENCE) for name in names}
    if any(not _STORED_NAME.fullmatch(name) or name in there for name in manifest.missing):
        raise ManifestError("清单中缺失的佐证文件无效")


def _of(table: Mapping[str, Any], key: str, kind: type[Any]) -> Any:
    value = table.get(key)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ManifestError(f"清单的 {key} 无效")
    if isinstance(value, str) and any("\ud800" <= sign <= "\udfff" for sign in value):
        raise ManifestError(f"清单的 {key} 无效")
    return value


def _refuse_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ManifestError("清单中有重复的键")
    return table


def _refuse_constant(_text: str) -> object:
    raise ManifestError("清单中有不是数字的数")
