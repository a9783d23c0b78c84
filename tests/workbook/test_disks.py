from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from assessor.workbook import connection
from assessor.workbook.disks import file_system_type, is_on_network, is_writable
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import small_workbook

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/share /mnt/office cifs rw 0 0
server:/data /mnt/office/nfs\\040share nfs4 rw 0 0
half a line
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/a.assess", "ext4"),
        ("/mnt/office/a.assess", "cifs"),
        ("/mnt/office2/a.assess", "ext4"),
        ("/mnt/office/nfs share/a.assess", "nfs4"),
    ],
)
def test_the_innermost_mount_says_what_disk_a_file_lies_on(path: str, kind: str) -> None:
    assert file_system_type(Path(path), MOUNTS) == kind


def test_a_file_of_this_machine_is_not_on_the_network(tmp_path: Path) -> None:
    assert not is_on_network(tmp_path)


def test_a_file_marked_read_only_is_not_writable_whoever_asks(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.touch()
    assert is_writable(file)
    file.chmod(0o444)
    assert not is_writable(file)


def test_a_workbook_on_the_network_gives_up_its_log_at_the_first_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_workbook(tmp_path).close()
    monkeypatch.setattr(connection, "is_on_network", lambda _path: True)
    with Workbook.open(tmp_path / "考核.assess") as workbook, workbook.edit("改名") as edit:
        edit.execute("UPDATE settings SET title = '新名'")
    file = sqlite3.connect(tmp_path / "考核.assess")
    assert file.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert file.execute("SELECT title FROM settings").fetchone() == ("新名",)
    file.close()
