"""A spreadsheet computed anew by LibreOffice, and its cells read back."""

from __future__ import annotations

import math
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import openpyxl

Cell = float | int | str
Cells = dict[tuple[str, str], Cell]
"""Sheet and coordinate -> value; an empty cell is an empty text."""
Changes = Mapping[tuple[str, str], Cell | None]

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def without_values(content: bytes, target: Path, changes: Changes) -> None:
    """Writes the book with ``changes`` to its cells and without the values of its formulas, which are computed anew."""
    book = openpyxl.load_workbook(BytesIO(content))
    for (sheet, coordinate), value in changes.items():
        book[sheet][coordinate] = value
    book.save(target)


def recalculate(files: Sequence[Path], folder: Path) -> list[Path]:
    """The same books with values, in ``folder``; all in one start of LibreOffice."""
    assert SOFFICE is not None
    kind = "xlsx:Calc MS Excel 2007 XML"
    command = [SOFFICE, "--headless", "--convert-to", kind, "--outdir", str(folder), *map(str, files)]
    environment = {**os.environ, "HOME": str(folder)}
    subprocess.run(command, check=True, capture_output=True, timeout=110, env=environment)
    return [folder / file.name for file in files]


def formulas(content: bytes) -> Cells:
    """Every formula, by its cell."""
    book = openpyxl.load_workbook(BytesIO(content))
    found = ((sheet.title, cell) for sheet in book for row in sheet.iter_rows() for cell in row)
    return {(title, cell.coordinate): cell.value for title, cell in found if str(cell.value).startswith("=")}


def values(content: bytes) -> Cells:
    book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    found = ((sheet.title, cell) for sheet in book for row in sheet.iter_rows() for cell in row)
    return {(title, cell.coordinate): "" if cell.value is None else cell.value for title, cell in found}


def differing(of: Cells, wanted: Cells, found: Cells) -> list[str]:
    """The formulas ``of`` whose values differ, with both and the formula."""
    return [
        f"{sheet}!{at}: {wanted.get((sheet, at), '')!r} / {found.get((sheet, at), '')!r} {formula}"[:300]
        for (sheet, at), formula in of.items()
        if not _is_same(wanted.get((sheet, at), ""), found.get((sheet, at), ""))
    ]


def _is_same(one: Cell, other: Cell) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one == other
