"""Evidence under full disks and sudden death: a row never names a file that is not there."""

from __future__ import annotations

import random
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assessor.errors import OutputError
from assessor.exchange.pack import pack, unpack
from assessor.work import Work
from assessor.workbook.evidence import EvidenceFacts, Owner
from assessor.workbook.evidence_adding import Content, Draft, add_drafts
from assessor.workbook.evidence_check import evidence_findings
from assessor.workbook.evidence_list import list_evidence
from assessor.workbook.evidence_store import export_file, open_copy, store_of, stored_names
from assessor.workbook.integrity import FindingKind
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import small_workbook

resource = pytest.importorskip("resource", reason="limits of POSIX")

ROOT = Path(__file__).parents[2]
LARGE = random.Random(3).randbytes(8 << 20)
KILLS = 10


@contextmanager
def full_disk(largest_file: int) -> Iterator[None]:
    """No file grows beyond ``largest_file`` bytes: writing fails as it does on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    (tmp_path / "年").mkdir()
    with small_workbook(tmp_path / "年") as opened:
        add_drafts(opened, 2023, [draft("先.pdf", b"first")], Work())
        yield opened


def draft(name: str, content: bytes) -> Draft:
    return Draft("kexie", EvidenceFacts(name, Owner()), Content(name, content))


def tree(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): path.stat().st_size for path in folder.rglob("*") if path.is_file()}


def test_a_full_disk_while_adding_leaves_rows_and_files_as_they_were(workbook: Workbook) -> None:
    before, rows = stored_names(store_of(workbook)), list_evidence(workbook)
    drafts = [draft("小.pdf", b"small"), draft("大.pdf", LARGE)]
    with full_disk(4 << 20), pytest.raises(OutputError, match="无法保存佐证文件“大") as refusal:
        add_drafts(workbook, 2023, drafts, Work())
    assert refusal.value.place == str(store_of(workbook).folder)
    assert "磁盘空间" in refusal.value.remedy
    assert {path.name for path in store_of(workbook).folder.iterdir()} == before
    assert list_evidence(workbook) == rows
    add_drafts(workbook, 2023, drafts, Work())
    assert evidence_findings(workbook, store_of(workbook)) == ()


def test_a_full_disk_while_taking_out_leaves_nothing_half_written(workbook: Workbook, tmp_path: Path) -> None:
    add_drafts(workbook, 2023, [draft("大.pdf", LARGE)], Work())
    whole = pack(workbook, tmp_path / "好.zip", Work()).path
    file = next(item.file for item in list_evidence(workbook) if item.title == "大.pdf")
    assert file is not None
    store, before = store_of(workbook), tree(tmp_path)
    with full_disk(4 << 20):
        for attempt in (
            lambda: export_file(store, file, tmp_path / "出.pdf"),
            lambda: open_copy(store, file, tmp_path),
            lambda: pack(workbook, tmp_path / "包.zip", Work()),
            lambda: pack(workbook, whole, Work()),
            lambda: unpack(whole, tmp_path / "新.assess", Work()),
        ):
            with pytest.raises(OutputError) as refusal:
                attempt()
            assert refusal.value.remedy
            assert refusal.value.place
    assert tree(tmp_path) == before
    unpack(whole, tmp_path / "新.assess", Work())


_ADDER = """
import sys
from pathlib import Path
from assessor.work import Work
from assessor.workbook.evidence import EvidenceFacts, Owner
from assessor.workbook.evidence_adding import Content, Draft, add_drafts
from assessor.workbook.workbook import Workbook

with Workbook.open(Path(sys.argv[1])) as workbook:
    for number in range(10_000):
        name = f"{sys.argv[2]}-{number}"
        content = Content(name, name.encode() * 20_000)
        add_drafts(workbook, 2023, [Draft("kexie", EvidenceFacts(name, Owner()), content)], Work())
        print(name, flush=True)
"""


def kill_while_adding(path: Path, run: int, chance: random.Random) -> list[str]:
    """Names that the child said were added before it was killed."""
    child = subprocess.Popen(
        [sys.executable, "-c", _ADDER, str(path), str(run)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    said = [child.stdout.readline().strip() for _ in range(chance.randint(1, 4))]
    assert all(said)
    select.select([], [], [], chance.random() / 40)  # somewhere in the next ones
    child.kill()
    rest, _ = child.communicate()
    return [*said, *rest.split()]


def test_a_program_killed_while_adding_leaves_no_row_without_its_file(workbook: Workbook) -> None:
    path, chance, acknowledged = workbook.path, random.Random(20241230), {"先.pdf"}
    workbook.close()
    for run in range(KILLS):
        acknowledged.update(kill_while_adding(path, run, chance))
        with Workbook.open(path) as opened:
            store = store_of(opened)
            found = {finding.kind for finding in evidence_findings(opened, store)}
            assert found <= {FindingKind.EVIDENCE_ORPHANED}
            assert acknowledged <= {item.title for item in list_evidence(opened, 2023)}
            others = {item.name for item in store.folder.iterdir()} - stored_names(store)
            assert others == set(), "opening for writing clears what was half written"
