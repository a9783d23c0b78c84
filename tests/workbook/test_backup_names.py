"""Names of backups: what is put into one is read back from it, on any system."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.workbook.backup_names import (
    LONGEST_LABEL,
    Reason,
    backup_name,
    damaged_name,
    folder_beside,
    folder_within,
    read_name,
    safe_label,
)

AT = datetime(2026, 11, 24, 10, 32)  # noqa: DTZ001 - wall-clock time
HOME = Path("/考核")


def test_a_name_says_when_and_why() -> None:
    assert backup_name(HOME / "宜春.assess", AT, Reason.AUTOMATIC) == "宜春-20261124-103200-自动.assess"
    assert backup_name(HOME / "宜春.assess", AT, Reason.MANUAL, "初评后") == "宜春-20261124-103200-手动-初评后.assess"
    assert backup_name(HOME / "宜春.assess", AT, Reason.SEAL, number=2) == "宜春-20261124-103200-定稿前 (2).assess"


@given(st.text(), st.sampled_from(Reason), st.integers(1, 99))
def test_what_a_name_says_is_read_back(label: str, reason: Reason, number: int) -> None:
    name = backup_name(HOME / "宜春-2024.assess", AT, reason, label, number)
    assert len(name.encode()) <= 255
    assert not set(name) & set('\\/:*?"<>|\n\r\t\0')
    found = read_name(name)
    assert found is not None
    assert found[:2] == (AT, reason)
    assert len(found[2]) <= LONGEST_LABEL
    if number == 1:
        assert found[2] == safe_label(label)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("初评后", "初评后"), (" 一 次\n评 ", "一 次 评"), ("a/b:c", "a_b_c"), ("...", ""), ("", ""), ("CON", "_CON")],
)
def test_labels_become_safe(typed: str, kept: str) -> None:
    assert safe_label(typed) == kept


def test_the_longest_names_still_fit() -> None:
    workbook = HOME / ("核" * 82 + ".assess")
    assert len(folder_beside(workbook).name.encode()) <= 255
    assert len(backup_name(workbook, AT, Reason.UNSEAL, "字" * 99, 12).encode()) <= 255
    assert read_name(backup_name(workbook, AT, Reason.UNSEAL, "字" * 99, 12)) == (AT, Reason.UNSEAL, "字" * 30)


def test_folders_bear_the_name_of_the_workbook(tmp_path: Path) -> None:
    assert folder_beside(tmp_path / "宜春.assess") == tmp_path / "宜春.backups"
    assert folder_within(tmp_path / "备份", tmp_path / "宜春.assess") == tmp_path / "备份" / "宜春.backups"


@pytest.mark.parametrize(
    "name",
    [
        "宜春.assess",
        "宜春-20261124-103200-自动.assess.tmp",
        "宜春-20261399-103200-自动.assess",
        "宜春-20261124-103200-别的.assess",
        damaged_name(HOME / "宜春.assess", AT),
        damaged_name(HOME / "宜春.assess", AT, 2),
    ],
)
def test_other_files_are_no_backups(name: str) -> None:
    assert read_name(name) is None
