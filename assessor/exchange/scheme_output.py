"""A scheme as a file to hand on: .toml for the program, .xlsx for WPS and Excel."""

from __future__ import annotations

from pathlib import Path

from assessor.domain.scheme import Scheme
from assessor.domain.scheme_reader import scheme_table
from assessor.domain.toml_text import toml_text
from assessor.errors import OutputError
from assessor.exchange.scheme_sheet import write_scheme_sheet
from assessor.output import check_target, write_file


def write_scheme(scheme: Scheme, path: Path) -> None:
    """By the suffix of ``path``. Raises OutputError where it is another one, or cannot be written."""
    suffix = path.suffix.casefold()
    if suffix == ".xlsx":
        write_scheme_sheet(scheme, path)
    elif suffix == ".toml":
        check_target(path)
        write_file(path, toml_text(scheme_table(scheme)).encode("utf-8"))
    else:
        remedy = "请把文件名写成以 .toml 或 .xlsx 结尾"
        raise OutputError("细则只能写成 .toml 或 .xlsx 文件", place=str(path), remedy=remedy)
