"""The errors a user can cause or mend. Each carries a Chinese message: what, where, and how to mend it.

Anything else that is raised is a fault of the program. Pages and commands catch ``AssessorError`` and show it;
nothing in between swallows it.
"""

from __future__ import annotations

import errno

_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EBUSY: "正被别的程序占用",
    errno.ENOENT: "文件或文件夹不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.EEXIST: "已有同名文件",
    errno.ENAMETOOLONG: "名称太长",
    errno.EFBIG: "超出文件大小的限制",
    errno.EIO: "读写磁盘出错",
}


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


def os_reason(problem: Exception) -> str:
    """Why the system refused: in Chinese where the reason is known, else in the system's own words.

    Windows' own words come first: they are in the user's language, and finer than the errno beside them.
    """
    own = getattr(problem, "strerror", None) or str(problem)
    if getattr(problem, "winerror", None):
        return own
    return _REASONS.get(getattr(problem, "errno", None) or 0, own)


class PlanError(AssessorError):
    """A plan file that cannot be used."""


class SchemeError(AssessorError):
    """A scheme that cannot be used: it does not sum, a rule's parameters are wrong, a figure is unknown."""


class InputError(AssessorError):
    """A fact that cannot be scored or stored: a mark of 101, a level that the scheme does not have."""


class WorkbookError(AssessorError):
    """A file that is no workbook, a year or unit that it does not have, a write that failed."""


class DamagedWorkbookError(WorkbookError):
    """A workbook whose data are not what its edits made of them: a backup or a rescue is called for."""


class PasswordNeededError(WorkbookError):
    """A protected workbook that was opened without a password."""


class WrongPasswordError(WorkbookError):
    """A password that does not open the workbook."""


class OutputError(AssessorError):
    """A file or folder that cannot be written."""


class MachineError(AssessorError):
    """What the machine lacks: a display, a system library, a font."""
