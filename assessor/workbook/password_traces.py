"""What a change of the password does not reach: copies that somebody else made, folders that are not there.

They are named to the user, who alone can know what is to become of them. What a killed program left half done is
nobody's, and is taken away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from assessor.workbook.backup import clear_leftovers
from assessor.workbook.backup_list import backup_folders, chosen_folder, list_backups
from assessor.workbook.backup_names import DAMAGED, folder_beside, folder_within
from assessor.workbook.conversion_log import backup_workshop, remove_tree
from assessor.workbook.format import SUFFIX, is_protected_file

_HALF_RESTORED, _HALF_BACKED_UP = ".restore-*", ".backup-*"
_HALF_MADE = (".new-", ".pack-", ".unpack-")
"""May be another workbook's: only old ones go."""


def untouched(real: Path, left: Sequence[Path], *, is_protected: bool) -> tuple[Path, ...]:
    """All that is not as the workbook is now: ``left`` by the conversion, copies beside it, the chosen folder of
    backups where it is not there, and backups that somebody made meanwhile."""
    others = [backup.path for backup in list_backups(real) if is_protected_file(backup.path) != is_protected]
    return tuple(dict.fromkeys([*left, *copies_beside(real), *_missing_folder(real), *others]))


def copies_beside(path: Path) -> tuple[Path, ...]:
    """Files of the workbook beside it that are converted by nobody: originals kept by an upgrade, packs, damaged files
    that a restore has put aside, each as old as it is."""
    real = path.resolve()
    found = [*_matching(real.parent, f"{real.stem}.格式", SUFFIX), *_matching(real.parent, real.stem, ".assess.zip")]
    aside = [item for item in _matching(folder_beside(real), "", "") if DAMAGED in item.name]
    return tuple(sorted(item for item in [*found, *aside] if item != real))


def clear_traces(real: Path) -> None:
    """Takes away what killed programs left of this workbook, as far as the disk allows. Only for the holder of its
    lock."""
    for folder in backup_folders(real):
        with suppress(OSError):
            for scratch in [backup_workshop(folder), *folder.glob(_HALF_BACKED_UP)]:
                if scratch.is_dir():
                    remove_tree(scratch)
    with suppress(OSError):
        for scratch in real.parent.glob(_HALF_RESTORED):
            if (scratch / real.name).exists():
                remove_tree(scratch)
    for prefix in _HALF_MADE:
        clear_leftovers(real.parent, prefix)


def _missing_folder(real: Path) -> Iterator[Path]:
    chosen = chosen_folder(real)
    if chosen is not None and not chosen.is_dir():
        yield folder_within(chosen, real)


def _matching(folder: Path, start: str, end: str) -> list[Path]:
    try:
        return [item for item in folder.iterdir() if item.name.startswith(start) and item.name.endswith(end)]
    except OSError:
        return []
