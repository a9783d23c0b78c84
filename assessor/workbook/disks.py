"""What the disk under a workbook allows: whether it may be written, and whether it is another machine's.

SQLite's write-ahead log needs memory shared by all who have the file open, which a network share cannot give.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path, PurePosixPath

_NETWORK_TYPES = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "fuse.davfs", "davfs"}
_WINDOWS_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW


def is_writable(path: Path) -> bool:
    """False too where a file or folder is marked read-only and only an administrator's rights would get past it."""
    anyone_may_write = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
    return bool(path.stat().st_mode & anyone_may_write) and os.access(path, os.W_OK)


def is_on_network(path: Path) -> bool:
    if sys.platform == "win32":
        return _is_remote_drive(path)
    mounts = Path("/proc/self/mounts")
    return mounts.is_file() and file_system_type(path.resolve(), mounts.read_text("utf-8", "replace")) in _NETWORK_TYPES


def file_system_type(path: Path, mounts: str) -> str:
    """Type of the file system that holds ``path``, by the text of ``/proc/mounts``; empty where it does not say."""
    best, found = -1, ""
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        point = PurePosixPath(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[1]))
        if PurePosixPath(path).is_relative_to(point) and len(point.parts) >= best:
            best, found = len(point.parts), fields[2]
    return found


def _is_remote_drive(path: Path) -> bool:
    import ctypes

    anchor = path.resolve().anchor
    if anchor.startswith("\\\\"):
        return True
    drive_type: int = ctypes.windll.kernel32.GetDriveTypeW(anchor)  # type: ignore[attr-defined,unused-ignore]
    return drive_type == _WINDOWS_REMOTE_DRIVE
