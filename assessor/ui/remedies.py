"""What the window offers, beside saying what is wrong, for a workbook that could not be opened: one line each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from assessor.errors import AssessorError, DamagedWorkbookError, PasswordNeededError, WrongPasswordError
from assessor.ui.commands.backups import offer_recovery
from assessor.ui.commands.password import ask_password

if TYPE_CHECKING:
    from assessor.ui.main_window import MainWindow

Offer = Callable[["MainWindow", AssessorError, Path], object]
"""Shows a dialog for the error of opening the workbook at that path."""

REMEDIES: tuple[tuple[type[AssessorError], Offer], ...] = (
    (DamagedWorkbookError, offer_recovery),
    (PasswordNeededError, ask_password),
    (WrongPasswordError, ask_password),
)
"""Kind of error -> what to offer; the first that fits counts."""
