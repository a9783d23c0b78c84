"""Killed at a random moment, the program loses nothing that it said was saved. More of it: ``bench/kills.py``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

if os.name != "posix":
    pytest.skip("forking is of POSIX systems only", allow_module_level=True)

from tests.faults.after_death import check, copy_template, prepare
from tests.faults.killing import SCENARIOS, KillingServer

KILLS = {
    "edits": 22,
    "import": 10,
    "score": 12,
    "seal": 14,
    "backup": 12,
    "restore": 11,
    "upgrade": 8,
    "rename": 5,
    "password": 6,
}


@pytest.fixture(scope="module")
def server() -> Iterator[KillingServer]:
    with KillingServer() as running:
        yield running


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    prepare(folder)
    return folder


def test_every_scenario_is_tried_and_a_hundred_kills_in_all() -> None:
    assert KILLS.keys() == SCENARIOS.keys()
    assert sum(KILLS.values()) == 100


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_kill_loses_nothing_and_blocks_nothing(
    server: KillingServer, templates: Path, tmp_path: Path, scenario: str
) -> None:
    for seed in range(KILLS[scenario]):
        path = copy_template(templates, scenario, tmp_path / str(seed))
        check(scenario, path, server.kill(scenario, path.parent, seed).said)
