"""Reviewers' sheets (评委评分表): issued one for each reviewer, filled in WPS or Excel, and read back.

A line is known by the codes in its hidden columns, a sheet by what its hidden sheet says, so that rows may be sorted
and columns made wider.
"""

from __future__ import annotations

from assessor.exchange.reviewer_sheet.importing import SheetBatch, import_sheets, read_sheets, sheets_of
from assessor.exchange.reviewer_sheet.reading import read_reviewer_sheet
from assessor.exchange.reviewer_sheet.writing import issue_sheets, reviewer_sheet, sheet_name

__all__ = [
    "SheetBatch",
    "import_sheets",
    "issue_sheets",
    "read_reviewer_sheet",
    "read_sheets",
    "reviewer_sheet",
    "sheet_name",
    "sheets_of",
]
