"""What is left of a program that was struck dead (a crash in a library, not an exception): a trace, told once.

Python's ``faulthandler`` writes it into a file that is kept open for it; the next start moves it into the log.
"""

from __future__ import annotations

import faulthandler
from datetime import datetime
from pathlib import Path
from typing import TextIO

from assessor.errors import MachineError

_NAME = "崩溃记录.txt"
_FATAL = ("Fatal Python error", "access violation", "stack overflow")
"""On Windows faulthandler writes of exceptions, too, that a library has caught itself: those are no crash."""
_open: list[TextIO] = []
"""The file of this run: faulthandler needs it open to the end."""


def watch(log: Path) -> MachineError | None:
    """From now on a crash leaves its trace beside ``log``. Answers with what is to be said of the run before: that it
    crashed, and where the log is, into which its trace was moved. Raises nothing: a program starts without a log, too.
    """
    place = log.with_name(_NAME)
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        trace = place.read_text(encoding="utf-8", errors="replace") if place.exists() else ""
        has_crashed = any(word in trace for word in _FATAL)
        if has_crashed:
            with log.open("a", encoding="utf-8") as stream:
                stream.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')} 上次运行时崩溃\n{trace}\n")
        stream = place.open("w", encoding="utf-8")
    except OSError:
        return None
    _open.append(stream)
    faulthandler.enable(stream)
    if not has_crashed:
        return None
    remedy = "已保存的修改都在，可以继续使用。如再次出现，请把故障记录交给维护人员"
    return MachineError("程序上次意外终止", place=f"故障记录 {log}", remedy=remedy)


def stop_watching() -> None:
    faulthandler.disable()
    while _open:
        _open.pop().close()
