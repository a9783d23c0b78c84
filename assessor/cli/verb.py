"""What a verb of the command line is, and what verbs share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Verb:
    name: str
    summary: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def add_workbook_and_year(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="工作簿", help="工作簿文件（.assess）")
    parser.add_argument("--year", type=int, required=True, metavar="年度", help="年度，例如 2024")
