"""Sets text in the shipped faces only, whatever the machine has installed; writes the sample's documents once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.reports.printed import Printed, print_report
from tests.reports.views import sample_view

os.environ["ASSESSOR_FONTS"] = "bundled"


@pytest.fixture(scope="session")
def overall(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """The assessment report of the sample's year 2024, closed and scored."""
    return print_report("overall", sample_view(2024), _folder(tmp_path_factory))


@pytest.fixture(scope="session")
def provisional(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """The assessment report of the sample's year 2025, whose forms still come in."""
    return print_report("overall", sample_view(2025), _folder(tmp_path_factory))


@pytest.fixture(scope="session")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """The feedback sheet of the unit with most tasks, 2024."""
    return print_report("unit", sample_view(2024), _folder(tmp_path_factory), unit="kexie")


def _folder(factory: pytest.TempPathFactory) -> Path:
    return factory.mktemp("reports")
