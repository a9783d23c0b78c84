"""The commands of the window: the menu, its keys and its buttons are built from them. One file for each feature.

A module here is imported before the first paint: what is heavy is imported within its functions.
"""

from __future__ import annotations

from assessor.ui.commands import (
    backups,
    editing,
    files,
    manual,
    operator,
    pack,
    password,
    scheme_files,
    score_sheet,
    seal,
    settings,
    starting,
    viewing,
    years,
)
from assessor.ui.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    starting.NEW,
    files.OPEN,
    files.RELOAD,
    files.REPORT,
    score_sheet.EXPORT,
    scheme_files.IMPORT,
    scheme_files.EXPORT,
    backups.BACKUPS,
    backups.RECOVER,
    password.SET,
    password.CHANGE,
    password.REMOVE,
    pack.EXPORT,
    pack.OPEN,
    files.LEAVE,
    editing.UNDO,
    editing.REDO,
    editing.FIND,
    viewing.SEARCH,
    *viewing.GO,
    viewing.BACK,
    viewing.FORWARD,
    viewing.PREVIOUS_YEAR,
    viewing.NEXT_YEAR,
    viewing.DETAIL,
    *viewing.LOOKS,
    years.NEW,
    years.PROPERTIES,
    years.DELETE,
    years.ADVANCE,
    years.CLOSE,
    years.BACK,
    operator.OPERATOR,
    settings.SETTINGS,
    seal.SEAL,
    seal.UNSEAL,
    seal.VERIFY,
    manual.MANUAL,
    manual.KEYS,
    starting.SAMPLE,
)
