"""The sample that opens by itself is a copy: the shipped one is never written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assessor import resources
from assessor.errors import OutputError
from assessor.resources import SAMPLE_WORKBOOK
from assessor.ui.commands.starting import open_sample
from assessor.ui.main_window import MainWindow
from assessor.ui.sample_copy import own_sample


def test_the_copy_is_made_once_and_keeps_what_was_done_in_it(tmp_path: Path) -> None:
    shipped = tmp_path / "sample.assess"
    shipped.write_bytes(b"first")
    copy = own_sample(shipped, tmp_path / "data")
    assert copy.name == "sample.assess"
    assert copy.read_bytes() == b"first"
    copy.write_bytes(b"changed by the user")
    assert own_sample(shipped, tmp_path / "data") == copy
    assert copy.read_bytes() == b"changed by the user"


def test_a_new_sample_gets_a_copy_of_its_own(tmp_path: Path) -> None:
    shipped = tmp_path / "sample.assess"
    shipped.write_bytes(b"first")
    old = own_sample(shipped, tmp_path)
    shipped.write_bytes(b"second")
    new = own_sample(shipped, tmp_path)
    assert (old.read_bytes(), new.read_bytes()) == (b"first", b"second")


def test_without_a_file_the_window_opens_the_users_copy(
    empty_window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "shipped" / "sample.assess"  # others open the shipped one itself
    shipped.parent.mkdir()
    shutil.copyfile(SAMPLE_WORKBOOK, shipped)
    monkeypatch.setattr(resources, "SAMPLE_WORKBOOK", shipped)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with qtbot.waitSignal(empty_window.session.loaded):
        open_sample(empty_window)
    loaded = empty_window.session.current
    assert loaded is not None
    assert loaded.path.is_relative_to(tmp_path / "data")
    assert not loaded.is_read_only
    assert shipped.read_bytes() == SAMPLE_WORKBOOK.read_bytes()
    assert list(shipped.parent.iterdir()) == [shipped]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    shipped = tmp_path / "sample.assess"
    shipped.write_bytes(b"first")
    with pytest.raises(OutputError, match="示例工作簿"):
        own_sample(shipped, shipped)
