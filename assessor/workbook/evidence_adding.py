"""Taking in files as evidence: all of them are stored first, then one edit names them. What fails leaves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assessor.errors import InputError
from assessor.work import Work
from assessor.workbook.evidence import EvidenceFacts, add_evidence, attach_file
from assessor.workbook.evidence_list import list_evidence, reused_digests
from assessor.workbook.evidence_store import (
    StoredFile,
    add_content,
    add_file,
    remove_stored,
    store_of,
    stored_names,
)
from assessor.workbook.settings import load_settings
from assessor.workbook.workbook import Workbook


@dataclass(frozen=True)
class Content:
    """What is no file yet, such as a picture from the clipboard."""

    name: str
    data: bytes


Source = Path | Content


@dataclass(frozen=True)
class Draft:
    """A new item of evidence, with its file or without one."""

    unit: str
    facts: EvidenceFacts
    source: Source | None = None


@dataclass(frozen=True)
class Added:
    keys: tuple[int, ...]
    notes: tuple[str, ...]
    """What the user should know: the same file elsewhere, an altered one mended."""


def add_drafts(workbook: Workbook, year: int, drafts: Sequence[Draft], work: Work) -> Added:
    """Adds every draft, or none, in one edit. Raises InputError, OutputError, WorkbookError, Cancelled."""
    sources = [draft.source for draft in drafts]
    label = "添加佐证材料" if len(drafts) == 1 else f"添加 {len(drafts)} 件佐证材料"
    with _Taking(workbook, sources, work) as files, workbook.edit(label) as edit:
        keys = [
            add_evidence(edit, year, draft.unit, draft.facts, file) for draft, file in zip(drafts, files, strict=True)
        ]
    return Added(tuple(keys), _notes(workbook, year, keys, files))


def attach_source(workbook: Workbook, year: int, key: int, source: Source, work: Work) -> Added:
    """Gives an item its file, or a new version of it. Raises as ``add_drafts``."""
    has_file = any(item.key == key and item.file for item in list_evidence(workbook, year))
    label = "替换佐证文件" if has_file else "添加佐证文件"
    with _Taking(workbook, [source], work) as files, workbook.edit(label) as edit:
        for file in files:
            if file is not None:
                attach_file(edit, year, key, file)
    return Added((key,), _notes(workbook, year, [key], files))


class _Taking:
    """Stores the files before an edit names them; where that comes to nothing, what it has stored goes again."""

    def __init__(self, workbook: Workbook, sources: Sequence[Source | None], work: Work) -> None:
        self._workbook, self._sources, self._work = workbook, sources, work
        self._store = store_of(workbook)
        self._before = stored_names(self._store)

    def __enter__(self) -> list[StoredFile | None]:
        limit = load_settings(self._workbook).evidence_limit
        try:
            return [self._take(number, source, limit) for number, source in enumerate(self._sources)]
        except BaseException:
            self._take_back()
            raise

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        # Of an edit that was refused. After a failing disk it is not sure that no row names them: then they stay, and
        # the check lists them.
        if kind is not None and issubclass(kind, InputError):
            self._take_back()

    def _take(self, number: int, source: Source | None, limit: int) -> StoredFile | None:
        total = len(self._sources)
        part = Work(lambda done, text: self._work.step((number + done) / total, text))
        part.step(0.0, "正在保存佐证文件")
        if isinstance(source, Content):
            return add_content(self._store, source.name, source.data, limit)
        return add_file(self._store, source, limit, part) if source is not None else None

    def _take_back(self) -> None:
        remove_stored(self._store, stored_names(self._store) - self._before)


def _notes(workbook: Workbook, year: int, keys: Sequence[int], files: Sequence[StoredFile | None]) -> tuple[str, ...]:
    items = {item.key: item for item in list_evidence(workbook, year)}
    reused = reused_digests(workbook)
    notes: list[str] = []
    for key, file in zip(keys, files, strict=True):
        if file is None:
            continue
        if file.mended:
            notes.append(f"“{file.name}”原先存入的文件已被改动，现已换回正确的内容")
        if file.digest in reused:
            places = "；".join(other.place for other in reused[file.digest].others(items[key]))
            notes.append(f"“{file.name}”与以下材料是同一个文件：{places}")
    return tuple(notes)
