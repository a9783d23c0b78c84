"""Forty marks as another program puts them on the clipboard: eight units by five reviewers.

`python -m tests.journeys.marks_of_a_spreadsheet` writes them with XlsxWriter, lets LibreOffice read the .xlsx, and
keeps what it makes of it: ``marks.html`` and ``marks.tsv``. The values below are what the sheet holds.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QMimeData

HERE = Path(__file__).parent
UNITS, REVIEWERS = 8, 5
_AS_HTML = "html:HTML (StarCalc)"
_AS_TEXT = "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,true"
"""Tabs between values, UTF-8, each value as it is shown."""


def mark(unit: int, reviewer: int) -> Decimal:
    half = Decimal("0.5") if (unit + reviewer) % 3 == 0 else Decimal(0)
    return 68 + (unit * 7 + reviewer * 5) % 27 + half


def clipboard_block() -> QMimeData:
    """Both flavours, as LibreOffice, Excel and WPS offer a copied block; lines of text end as on Windows."""
    data = QMimeData()
    text = (HERE / "marks.tsv").read_text(encoding="utf-8")
    data.setText("".join(f"{line}\r\n" for line in text.splitlines()))
    data.setHtml((HERE / "marks.html").read_text(encoding="utf-8"))
    return data


def write() -> None:
    import xlsxwriter

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "marks.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("评委打分")
            shown = book.add_format({"num_format": "0.0"})
            for unit in range(UNITS):
                for reviewer in range(REVIEWERS):
                    sheet.write_number(unit, reviewer, float(mark(unit, reviewer)), shown)
        office = shutil.which("soffice") or "soffice"
        for kind in (_AS_HTML, _AS_TEXT):
            command = [office, "--headless", "--convert-to", kind, "--outdir", folder, str(path)]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
        shutil.copy(path.with_suffix(".html"), HERE / "marks.html")
        shutil.copy(path.with_suffix(".csv"), HERE / "marks.tsv")


if __name__ == "__main__":
    write()
