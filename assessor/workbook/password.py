"""A workbook's password: set, change, remove; evidence and backups follow (docs/password.md).

The workbook must be open nowhere. What is new is made and verified beside what is old, then the workbook is swapped by
one rename: killed at any moment, it opens with the old password or with the new one. A forgotten one cannot be
recovered by anybody.
"""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from assessor.errors import InputError, OutputError, WorkbookError, WrongPasswordError, os_reason
from assessor.work import Work
from assessor.workbook.connection import can_write
from assessor.workbook.conversion import Protection, convert_backups, convert_evidence, convert_file, settle_log
from assessor.workbook.conversion_log import (
    ConversionLog,
    finish_conversion,
    head_of_file,
    replace_file,
    sync_file,
    workshop,
    write_log,
)
from assessor.workbook.driver import normal, require_installed, wrong_password
from assessor.workbook.evidence_cipher import new_key
from assessor.workbook.format import check_header
from assessor.workbook.lock import LockHeldError, WorkbookLock
from assessor.workbook.password_traces import clear_traces, untouched
from assessor.workbook.protected_header import read_header
from assessor.workbook.settings import load_settings
from assessor.workbook.workbook import OPERATOR, Check, Clock, Workbook, local_now, time_text

SHORTEST = 6
"""Characters."""
NO_RECOVERY = "密码忘记后无法找回，任何人（包括本程序的开发者）都打不开这个工作簿和它的备份。请另行妥善保管密码。"


@dataclass(frozen=True)
class Converted:
    """What has become of a workbook's files."""

    backups: int
    """That were converted."""
    evidence: int
    left: tuple[Path, ...]
    """Copies beside the workbook and among its backups that stay as they were, and folders that were not there."""


@dataclass(frozen=True)
class _Task:
    real: Path
    before: str | None
    after: str | None
    label: str
    clock: Clock


def check_new_password(text: str) -> None:
    """Raises InputError where ``text`` will not do as a password."""
    remedy = "请另想一个密码；较长的短语比短而复杂的更安全"
    if not text:
        raise InputError("没有填写密码", remedy="请填写新密码")
    if len(normal(text)) < SHORTEST:
        raise InputError(f"密码太短，至少要 {SHORTEST} 个字符", remedy=remedy)
    if text != text.strip():
        raise InputError("密码的开头或末尾有空格，容易记错", remedy="请去掉首尾的空格")
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text):
        raise InputError("密码中有不能输入的字符（换行、制表符等）", remedy=remedy)


def set_password(
    path: Path, password: str, *, clock: Clock = local_now, operator: str = OPERATOR, work: Work | None = None
) -> Converted:
    """Protects the plain workbook at ``path``, its evidence and its backups. Called again after it was killed, or where
    a backup could not be converted, it does the rest.

    Raises InputError (see ``check_new_password``), WorkbookError, OutputError, MachineError, Cancelled; then all is as
    it was.
    """
    check_new_password(password)
    return _convert(_Task(path.resolve(), None, password, f"设置密码（{operator}）", clock), operator, work or Work())


def change_password(
    path: Path, old: str, new: str, *, clock: Clock = local_now, operator: str = OPERATOR, work: Work | None = None
) -> Converted:
    """As ``set_password``, for a workbook with the password ``old``; its evidence stays encrypted as it is.

    Raises also WrongPasswordError.
    """
    check_new_password(new)
    if normal(old) == normal(new):
        raise InputError("新密码与原密码相同", remedy="请另想一个密码")
    return _convert(_Task(path.resolve(), old, new, "更改密码", clock), operator, work or Work())


def remove_password(
    path: Path, old: str, *, clock: Clock = local_now, operator: str = OPERATOR, work: Work | None = None
) -> Converted:
    """The workbook, its evidence and its backups lie plainly afterwards. Raises as ``change_password``."""
    return _convert(_Task(path.resolve(), old, None, f"解除密码（{operator}）", clock), operator, work or Work())


def _convert(task: _Task, operator: str, work: Work) -> Converted:
    require_installed()
    real = task.real
    with _held(real, operator, time_text(task.clock)):
        finish_conversion(real)
        _require_tidy(real)
        try:
            made = _convert_held(task, work)
        except OSError as problem:
            what = f"无法转换工作簿（{os_reason(problem)}）"
            raise OutputError(what, place=str(real), remedy=_NOT_WRITTEN) from problem
        except (WorkbookError, OutputError) as problem:
            if problem.place.startswith(str(workshop(real))):  # of a file that the user knows nothing of
                problem.place = str(real)
            raise
        finally:
            finish_conversion(real)
        return replace(made, left=untouched(real, made.left, is_protected=task.after is not None))


def _require_tidy(real: Path) -> None:
    """Raises OutputError where the rest of an earlier conversion cannot be put away."""
    if workshop(real).exists():
        remedy = "请检查文件夹的权限，关闭正在使用其中文件的程序，再试一次"
        raise OutputError("上一次转换密码没有收拾完", place=str(workshop(real)), remedy=remedy)


def _convert_held(task: _Task, work: Work) -> Converted:
    present = _present_password(task)
    workshop(task.real).mkdir()
    clear_traces(task.real)
    work.step(0.0, "正在检查工作簿")
    settle_log(task.real, present)
    wanted = _wanted(task, present)
    if present == task.after:  # only the rest is to be done
        write_log(task.real, ConversionLog(head_of_file(task.real), (), ()))
        backups, left = _convert_backups(task, present, wanted, work)
        return Converted(backups, 0, tuple(left))
    fresh = workshop(task.real) / task.real.name
    convert_file(task.real, fresh, present, wanted, task.label, task.clock)
    head = head_of_file(fresh)

    def note(made: Sequence[str]) -> None:
        write_log(task.real, ConversionLog(head, made, ()))

    with Workbook.open(task.real, read_only=True, check=Check.NONE, password=present) as workbook:
        evidence = convert_evidence(workbook, wanted, note, work.part(0.1, 0.5))
    backups, left = _convert_backups(task, present, wanted, work)
    write_log(task.real, ConversionLog(head, evidence.made, evidence.gone))
    shutil.copymode(task.real, fresh)
    sync_file(fresh)
    work.step(1.0, "正在换上转换好的工作簿")
    replace_file(fresh, task.real)
    return Converted(backups, len(evidence.gone), (*left, *evidence.left))


def _convert_backups(task: _Task, present: str | None, wanted: Protection, work: Work) -> tuple[int, list[Path]]:
    others = tuple(dict.fromkeys(word for word in (present, task.before, None) if word != task.after))
    return convert_backups(task.real, others, wanted, task.clock, work.part(0.5, 0.95))


def _present_password(task: _Task) -> str | None:
    """The one that the workbook has now: it may have the wanted one already."""
    if not check_header(task.real).is_protected:
        if task.before is not None and task.after is not None:
            raise WorkbookError("工作簿没有密码", place=str(task.real), remedy="请改用“设置密码”")
        return None
    for word in filter(None, (task.after, task.before)):
        with suppress(WrongPasswordError):
            read_header(task.real, word)
            return word
    if task.before is None:
        raise WorkbookError("工作簿已有密码", place=str(task.real), remedy="请先用它的密码打开，再改用“更改密码”")
    raise wrong_password(task.real)


def _wanted(task: _Task, present: str | None) -> Protection:
    """Of a protected workbook the evidence stays as it is."""
    if task.after is None:
        return Protection(None, None)
    with Workbook.open(task.real, read_only=True, check=Check.NONE, password=present) as workbook:
        key = load_settings(workbook).evidence_key
    return Protection(task.after, key if present is not None and key is not None else new_key())


@contextmanager
def _held(real: Path, operator: str, at: str) -> Iterator[None]:
    """Nobody else may write meanwhile."""
    if not real.is_file():
        raise WorkbookError("找不到工作簿", place=str(real), remedy="请检查文件名和所在文件夹")
    if not can_write(real):
        raise WorkbookError("工作簿或它的文件夹是只读的", place=str(real), remedy="请先取消只读属性")
    try:
        lock = WorkbookLock.acquire(real, operator=operator, at=at)
    except LockHeldError as problem:
        who = f"，正由 {problem.holder.operator}（{problem.holder.host}）打开" if problem.holder else ""
        remedy = "请关闭打开这个工作簿的其他窗口和程序后再试"
        raise WorkbookError(f"工作簿正被使用{who}", place=str(real), remedy=remedy) from problem
    except OSError as problem:
        raise OutputError(f"无法锁定工作簿（{os_reason(problem)}）", place=str(real), remedy=_NOT_WRITTEN) from problem
    try:
        yield
    finally:
        lock.release()


_NOT_WRITTEN = "请检查磁盘空间和文件夹权限；工作簿保持原样"
