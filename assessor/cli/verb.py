"""What a verb of the command line is, and what verbs share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assessor.cli.opening import add_password
from assessor.domain.dates import read_date
from assessor.errors import InputError


@dataclass(frozen=True)
class Verb:
    name: str
    summary: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def add_workbook_and_year(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=file_name, metavar="工作簿", help="工作簿文件（.assess）")
    add_password(parser)
    parser.add_argument("--year", type=int, required=True, metavar="年度", help="年度，例如 2024")


def file_name(text: str) -> Path:
    """An argument's file. An empty one is none: as a path it would mean the present folder."""
    if not text.strip():
        raise argparse.ArgumentTypeError("文件名是空的，请写出文件名")
    return Path(text)


def signing_date(text: str) -> date:
    """An argument's day, in any form that the window takes too."""
    try:
        return read_date(text, "")
    except InputError as problem:
        raise argparse.ArgumentTypeError(f"{problem.what}，{problem.remedy}") from None
