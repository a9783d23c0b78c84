"""What a verb of the command line is, and what verbs share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Verb:
    name: str
    summary: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def add_workbook_and_year(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=file_name, metavar="工作簿", help="工作簿文件（.assess）")
    parser.add_argument("--year", type=int, required=True, metavar="年度", help="年度，例如 2024")


def file_name(text: str) -> Path:
    """An argument's file. An empty one is none: as a path it would mean the present folder."""
    if not text.strip():
        raise argparse.ArgumentTypeError("文件名是空的，请写出文件名")
    return Path(text)


def signing_date(text: str) -> date:
    """An argument's day, of a year that a document can be of."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2025-01-15 的样子") from None
    if not 1900 <= day.year <= 2200:
        raise argparse.ArgumentTypeError(f"日期“{text}”的年份不合理，请写 1900 到 2200 之间的年份")
    return day
