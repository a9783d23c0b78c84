"""The check of the machine names the one thing that mends it."""

from __future__ import annotations

import pytest

from assessor.errors import MachineError
from assessor.machine import check_window_possible, missing_packages


def test_without_a_display_the_verbs_that_need_none_are_named() -> None:
    with pytest.raises(MachineError) as caught:
        check_window_possible({}, "linux")
    assert "没有可用的显示器" in str(caught.value)
    for verb in ("new", "sample", "score", "report", "chart"):
        assert verb in caught.value.remedy


def test_windows_and_mac_are_not_asked_for_debian_libraries() -> None:
    check_window_possible({}, "win32")
    check_window_possible({}, "darwin")


def test_a_missing_library_is_named_by_its_package_once() -> None:
    needed = {"libnone.so.1": "libnone1", "libnone-more.so.1": "libnone1", "libhere.so.2": "libhere2"}
    assert missing_packages(needed, present=["libhere.so.2"]) == ["libnone1"]


def test_a_library_that_cannot_be_loaded_gives_one_install_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessor.machine._XCB_LIBRARIES", {"libxcb-nowhere.so.0": "libxcb-nowhere0"})
    with pytest.raises(MachineError) as caught:
        check_window_possible({"DISPLAY": ":0"}, "linux")
    assert "sudo apt-get install -y libxcb-nowhere0" in caught.value.remedy


def test_an_offscreen_platform_needs_no_display() -> None:
    check_window_possible({"QT_QPA_PLATFORM": "offscreen"}, "linux")
