"""The errors a user can cause or mend. Each carries a Chinese message: what, where, and how to mend it.

Anything else that is raised is a fault of the program. Pages and commands catch ``AssessorError`` and show it;
nothing in between swallows it.
"""

from __future__ import annotations


class AssessorError(Exception):
    """A problem to show to the user: ``what`` went wrong, ``place`` (file, key, cell, unit), ``remedy``."""

    exit_code = 1

    def __init__(self, what: str, *, place: str = "", remedy: str = "") -> None:
        self.what = what
        self.place = place
        self.remedy = remedy
        super().__init__(what)

    def __str__(self) -> str:
        head = f"{self.place}：{self.what}" if self.place else self.what
        return f"{head}\n处理办法：{self.remedy}" if self.remedy else head


class PlanError(AssessorError):
    """A plan file that cannot be used."""


class SchemeError(AssessorError):
    """A scheme that cannot be used: it does not sum, a rule's parameters are wrong, a figure is unknown."""


class InputError(AssessorError):
    """A fact that cannot be scored or stored: a mark of 101, a level that the scheme does not have."""


class WorkbookError(AssessorError):
    """A file that is no workbook, a year or unit that it does not have, a write that failed."""


class OutputError(AssessorError):
    """A file or folder that cannot be written."""


class MachineError(AssessorError):
    """What the machine lacks: a display, a system library, a font."""
