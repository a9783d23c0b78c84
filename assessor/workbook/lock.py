"""One writer at a time: an advisory lock on ``.NAME.assess.lock`` beside the workbook.

The operating system frees the lock when its process ends, however that happens, so a dead process blocks nobody. The
file names the holder for whoever is refused; content that nobody holds is what an unclean exit left behind.
"""

from __future__ import annotations

import errno
import json
import os
import socket
import stat
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

_LARGEST = 4096
_NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


@dataclass(frozen=True)
class Holder:
    """Who writes in the workbook. ``since`` as given to ``acquire``."""

    operator: str
    host: str
    process: int
    since: str


class LockHeldError(Exception):
    """Somebody else writes in the workbook: ``holder``, or None where the file does not say who."""

    def __init__(self, holder: Holder | None) -> None:
        self.holder = holder
        super().__init__(f"held by {holder}")


class WorkbookLock:
    """A lock that is held until ``release`` or the end of the process."""

    def __init__(self, place: Path, handle: int, holder: Holder, *, is_enforced: bool) -> None:
        self.place = place
        self.holder = holder
        self.is_enforced = is_enforced
        """False on a file system without locks: then nothing keeps a second writer out."""
        self.was_left_behind = bool(_read(handle).strip())
        """The one who held it before did not release it."""
        self._handle: int | None = handle

    @classmethod
    def acquire(cls, path: Path, *, operator: str, at: str) -> WorkbookLock:
        """For the workbook at ``path``. Raises LockHeldError; OSError where the lock's file cannot be made."""
        place = lock_place(path)
        holder = Holder(operator, socket.gethostname(), os.getpid(), at)
        while True:
            handle = _open(place, like=path)
            try:
                is_enforced = _lock(handle)
                if _is_named(place, handle):
                    lock = cls(place, handle, holder, is_enforced=is_enforced)
                    lock._write()
                    _sync_folder(place.parent)
                    return lock
            except BlockingIOError:
                os.close(handle)
                raise LockHeldError(read_holder(path)) from None
            except BaseException:
                os.close(handle)
                raise
            os.close(handle)  # its holder removed the file in the meantime: this lock would keep nobody out

    def rename_holder(self, operator: str) -> None:
        self.holder = Holder(operator, self.holder.host, self.holder.process, self.holder.since)
        self._write()

    def release(self) -> None:
        """Removes the file. A second call does nothing."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        with suppress(OSError):  # without content, what cannot be removed says nothing of an unclean exit
            os.ftruncate(handle, 0)
        if os.name == "posix":
            with suppress(OSError):
                self.place.unlink()
            os.close(handle)
        else:  # Windows removes no open file; another process that has it open by now keeps it
            _unlock(handle)
            os.close(handle)
            with suppress(OSError):
                self.place.unlink()

    def _write(self) -> None:
        if self._handle is None:
            raise RuntimeError("the lock was released")
        text = json.dumps(asdict(self.holder), ensure_ascii=False).encode()
        try:
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, text)
            os.ftruncate(self._handle, len(text))
            os.fsync(self._handle)
        except OSError as problem:
            if problem.errno not in _NO_ROOM:  # a full disk keeps nobody from holding the lock, only from saying so
                raise


def lock_place(path: Path) -> Path:
    """Where the lock of the workbook at ``path`` lies; the same for every link to it."""
    real = path.resolve()
    return real.with_name(f".{real.name}.lock")


def read_holder(path: Path) -> Holder | None:
    """Who the lock's file of the workbook at ``path`` names; None where it names nobody."""
    try:
        handle = os.open(lock_place(path), os.O_RDONLY | _flags())
    except OSError:
        return None
    try:
        return _holder(_read(handle))
    finally:
        os.close(handle)


def _holder(text: bytes) -> Holder | None:
    try:
        fields = json.loads(text)
        return Holder(str(fields["operator"]), str(fields["host"]), int(fields["process"]), str(fields["since"]))
    except (ValueError, KeyError, TypeError):  # being written at this moment, or not ours
        return None


def _flags() -> int:
    """A lock's file that is a link or a pipe must neither be followed nor waited for."""
    return int(getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))


def _open(place: Path, *, like: Path) -> int:
    """Whoever may write the workbook may write its lock: the file takes the workbook's permissions."""
    mode = stat.S_IMODE(like.stat().st_mode) & 0o666
    try:
        handle = os.open(place, os.O_RDWR | os.O_CREAT | os.O_EXCL | _flags(), mode)
    except FileExistsError:
        handle = os.open(place, os.O_RDWR | os.O_CREAT | _flags(), mode)
    else:
        if sys.platform != "win32":
            with suppress(OSError):  # a file system without permissions
                os.fchmod(handle, mode)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EEXIST, os.strerror(errno.EEXIST), str(place))
    return handle


def _is_named(place: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), place.stat())
    except FileNotFoundError:
        return False


def _read(handle: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    return os.read(handle, _LARGEST)


if sys.platform == "win32":
    import msvcrt

    _FAR_BYTE = 0x3FFF_FFFF  # locked bytes cannot be read: those that say who holds it must stay readable

    def _lock(handle: int) -> bool:
        os.lseek(handle, _FAR_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as problem:
            if problem.errno in _NO_LOCKS:
                return False
            if problem.errno in {errno.EACCES, errno.EDEADLK}:
                raise BlockingIOError(errno.EWOULDBLOCK, "locked") from problem
            raise
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, _FAR_BYTE, os.SEEK_SET)
        with suppress(OSError):  # closing unlocks it, too
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

    def _sync_folder(folder: Path) -> None:
        """Windows has no such call."""
else:
    import fcntl

    def _lock(handle: int) -> bool:
        """Whether the file system has locks. Raises BlockingIOError where another holds it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            if problem.errno in _NO_LOCKS:
                return False
            if problem.errno == errno.EACCES:  # some network file systems say it so
                raise BlockingIOError(errno.EWOULDBLOCK, "locked") from problem
            raise
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)

    def _sync_folder(folder: Path) -> None:
        """After a power cut the file must still be there to tell of it."""
        with suppress(OSError):  # not every file system can
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
