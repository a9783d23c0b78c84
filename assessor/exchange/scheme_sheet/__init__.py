"""A scheme as a spreadsheet that an office edits in WPS or Excel and brings back (细则表).

One sheet for each part, one row for each item, matched by its code. What cannot be read is told by sheet and cell, all
of it at once; what can be read is a scheme, sound or not: ``scheme_check`` says the rest.
"""

from __future__ import annotations

from assessor.exchange.scheme_sheet.reading import SchemeSheet, SheetFault, read_scheme_sheet
from assessor.exchange.scheme_sheet.writing import write_scheme_sheet

__all__ = ["SchemeSheet", "SheetFault", "read_scheme_sheet", "write_scheme_sheet"]
