from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assessor.work import Cancelled, Work
from assessor.workbook.evidence import EvidenceFacts, Owner, remove_evidence
from assessor.workbook.evidence_adding import Content, Draft, add_drafts, attach_source
from assessor.workbook.evidence_check import (
    EvidenceState,
    evidence_findings,
    named_files,
    orphans,
    remove_orphans,
    state_of,
)
from assessor.workbook.evidence_list import list_evidence, reused_digests
from assessor.workbook.evidence_store import Store, store_of, stored_names
from assessor.workbook.integrity import FindingKind
from assessor.workbook.submissions import save_submission
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import own_form, small_workbook

OWN = Owner("", 1)


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with small_workbook(tmp_path) as opened:
        with opened.edit("录入填报") as edit:
            save_submission(edit, 2023, own_form())
            save_submission(edit, 2023, own_form("nongye"))
        yield opened


def add(workbook: Workbook, name: str, content: bytes, unit: str = "kexie") -> int:
    draft = Draft(unit, EvidenceFacts(name, OWN), Content(name, content))
    return add_drafts(workbook, 2023, [draft], Work()).keys[0]


def path_of(workbook: Workbook, key: int) -> Path:
    (file,) = [item.file for item in list_evidence(workbook, 2023) if item.key == key]
    assert file is not None
    return store_of(workbook).path(file.digest)


def states(workbook: Workbook, store: Store) -> dict[str, EvidenceState]:
    reused = reused_digests(workbook)
    return {item.title: state_of(store, item, reused) for item in list_evidence(workbook, 2023)}


def test_a_sound_store_has_no_findings(workbook: Workbook) -> None:
    assert evidence_findings(workbook, store_of(workbook)) == ()
    add(workbook, "甲", b"1")
    assert evidence_findings(workbook, store_of(workbook)) == ()


def test_missing_altered_and_orphaned_files_are_found_with_their_places(workbook: Workbook) -> None:
    keys = [add(workbook, name, name.encode()) for name in ("甲", "乙", "丙")]
    store = store_of(workbook)
    path_of(workbook, keys[0]).unlink()
    path_of(workbook, keys[1]).write_bytes("已".encode())  # of the same size
    (store.folder / ("0" * 64)).write_bytes(b"whose?")
    found = evidence_findings(workbook, store)
    assert [(finding.kind, finding.place) for finding in found] == [
        (FindingKind.EVIDENCE_MISSING, "2023 年度 市科协 年度填报表“甲”"),
        (FindingKind.EVIDENCE_ALTERED, "2023 年度 市科协 年度填报表“乙”"),
        (FindingKind.EVIDENCE_ORPHANED, str(store.folder / ("0" * 64))),
    ]
    assert all(finding.remedy for finding in found)


def test_the_page_sees_at_a_glance_what_a_glance_can_tell(workbook: Workbook) -> None:
    missing, altered = add(workbook, "缺", b"1"), add(workbook, "改", b"2")
    add(workbook, "好", b"3")
    for unit in ("kexie", "nongye"):
        add(workbook, f"重{unit}", b"4", unit)
    add_drafts(workbook, 2023, [Draft("kexie", EvidenceFacts("无", OWN))], Work())
    path_of(workbook, missing).unlink()
    path_of(workbook, altered).write_bytes(b"longer")
    assert states(workbook, store_of(workbook)) == {
        "缺": EvidenceState.MISSING,
        "改": EvidenceState.ALTERED,
        "好": EvidenceState.GOOD,
        "重kexie": EvidenceState.REUSED,
        "重nongye": EvidenceState.REUSED,
        "无": EvidenceState.NO_FILE,
    }


def test_older_versions_and_removed_items_still_want_their_files(workbook: Workbook) -> None:
    replaced, removed = add(workbook, "甲", b"1"), add(workbook, "乙", b"2")
    attach_source(workbook, 2023, replaced, Content("甲二", b"3"), Work())
    with workbook.edit("删除佐证材料") as edit:
        remove_evidence(edit, 2023, [removed])
    store = store_of(workbook)
    assert orphans(workbook, store) == ()
    assert [named.file.name for named in named_files(workbook)] == ["甲二", "甲", "乙"]
    for name in stored_names(store):
        (store.folder / name).unlink()
    places = [finding.place for finding in evidence_findings(workbook, store)]
    assert len(places) == 3
    assert places[2].startswith("修改历史 第 ")


def test_only_orphans_are_removed(workbook: Workbook) -> None:
    key = add(workbook, "甲", b"1")
    store = store_of(workbook)
    (store.folder / ("0" * 64)).write_bytes(b"whose?")
    (store.folder / "说明.txt").write_bytes(b"put there by hand")
    assert remove_orphans(workbook, store) == ("0" * 64,)
    assert {item.name for item in store.folder.iterdir()} == {path_of(workbook, key).name, "说明.txt"}


def test_the_check_reports_progress_and_can_be_cancelled(workbook: Workbook) -> None:
    for name in ("甲", "乙"):
        add(workbook, name, name.encode())
    steps: list[float] = []
    evidence_findings(workbook, store_of(workbook), Work(lambda done, _text: steps.append(done)))
    assert steps == [0.0, 0.5]
    work = Work()
    work.cancel()
    with pytest.raises(Cancelled):
        evidence_findings(workbook, store_of(workbook), work)
