"""Writes the file of the present format into ``released/``, once, when the format is about to be released:
`python -m tests.faults.write_released`. Files of formats before are never written anew.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

from assessor.domain.facts import Mark
from assessor.domain.submission import Evidence
from assessor.workbook.format import FORMAT_VERSION
from assessor.workbook.marks import save_mark
from assessor.workbook.submissions import save_submission
from assessor.workbook.undo import undo
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import clock, own_form, small_workbook

RELEASED = Path(__file__).parent / "released"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        with small_workbook(Path(folder), (2023, 2024)) as workbook:
            path = workbook.path
        with Workbook.open(path, operator="张三", clock=clock) as workbook:
            _edit(workbook)
        shutil.copyfile(path, RELEASED / f"format-{FORMAT_VERSION}.assess")


def _edit(workbook: Workbook) -> None:
    evidence = (Evidence("工作总结", date(2023, 10, 1)),)
    form = own_form("kexie", figures={"articles": Decimal("12.50")}, evidence=evidence)
    with workbook.edit("录入填报") as edit:
        save_submission(edit, 2023, form)
    for unit in ("kexie", "nongye"):
        with workbook.edit("录入评分") as edit:
            save_mark(edit, 2023, unit, Mark("2.1", "张某", "office", Decimal("87.5")))
    undo(workbook)


if __name__ == "__main__":
    main()
