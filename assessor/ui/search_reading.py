"""What the search finds in the open workbook, read and made ready in the worker's thread. No Qt."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assessor.domain.form_table import form_rows
from assessor.domain.search_index import Entry, EvidenceTitle, entries_of

if TYPE_CHECKING:
    from assessor.ui.loading import Loaded
    from assessor.workbook.workbook import Workbook


def read_entries(workbook: Workbook, loaded: Loaded, today: date) -> tuple[Entry, ...]:
    """Of the year that ``loaded`` shows; none without one."""
    from assessor.workbook.evidence_list import list_evidence

    view = loaded.view
    if view is None:
        return ()
    evidence = [
        EvidenceTitle(item.key, item.unit, item.unit_name, item.title, item.file.name if item.file else "")
        for item in list_evidence(workbook, view.year.year)
    ]
    return entries_of(view, loaded.years, form_rows(view, today), evidence)
