"""A scheme from a file that an office brings (.toml, .xlsx), with everything that could not be read, by place.

What could be read is a scheme, sound or not: ``scheme_check`` says the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assessor.domain.scheme import Scheme
from assessor.domain.scheme_reader import read_unsound, unreadable_parts
from assessor.domain.table_reader import TableReader
from assessor.errors import SchemeError
from assessor.exchange.scheme_sheet import read_scheme_sheet
from assessor.exchange.toml_file import read_toml

SUFFIXES = (".toml", ".xlsx")


@dataclass(frozen=True)
class FileFault:
    place: str
    """In the file: ``指标 F7``, ``指标 1.2 [rule]``."""
    what: str
    remedy: str


@dataclass(frozen=True)
class SchemeIntake:
    scheme: Scheme | None
    """None: some of it could not be read."""
    faults: tuple[FileFault, ...] = ()


def take_in(path: Path) -> SchemeIntake:
    """Raises SchemeError where the file as a whole is neither of the two."""
    suffix = path.suffix.casefold()
    if suffix == ".xlsx":
        sheet = read_scheme_sheet(path)
        return SchemeIntake(sheet.scheme, tuple(FileFault(item.place, item.what, item.remedy) for item in sheet.faults))
    if suffix == ".toml":
        return _from_toml(path)
    remedy = "请选择“导出细则”得到的 .toml 或 .xlsx 文件；旧格式 .xls 请先另存为 .xlsx"
    raise SchemeError("不是细则文件", place=path.name, remedy=remedy)


def _from_toml(path: Path) -> SchemeIntake:
    table = read_toml(path, SchemeError)
    try:
        return SchemeIntake(read_unsound(TableReader(table, path.name, SchemeError)))
    except SchemeError as first:
        found = unreadable_parts(table, path.name) or [first]
        return SchemeIntake(None, tuple(_fault(problem, path.name) for problem in found))


def _fault(problem: SchemeError, name: str) -> FileFault:
    return FileFault(problem.place.removeprefix(name).strip() or "整个文件", problem.what, problem.remedy)
