"""The sample that opens by itself is a copy: the shipped one is never written."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.errors import OutputError
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


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    shipped = tmp_path / "sample.assess"
    shipped.write_bytes(b"first")
    with pytest.raises(OutputError, match="示例工作簿"):
        own_sample(shipped, shipped)
