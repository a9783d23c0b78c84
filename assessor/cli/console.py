"""What the command line says and where: answers on standard output, troubles on standard error.

Neither a name that the console cannot show nor a reader who has gone may end a command in a traceback.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TextIO

from assessor.errors import OutputError, os_reason


def speak_utf8() -> None:
    """UTF-8 into files and pipes, what the console can show on a console. A file name may hold bytes that are no text:
    they are shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str) -> None:
    """Prints an answer. A reader who has read enough (``| head``) is no trouble.

    Raises OutputError where the answer cannot be written, as on a full disk.
    """
    try:
        print(text, flush=True)
    except BrokenPipeError:
        _fall_silent(sys.stdout)
    except OSError as problem:
        _fall_silent(sys.stdout)
        raise OutputError(
            f"无法输出结果（{os_reason(problem)}）", place="标准输出", remedy="请检查输出到的文件和磁盘空间"
        ) from problem


def complain(text: object) -> None:
    """Prints a trouble. Where that is impossible, too, the exit code alone tells."""
    if sys.stderr is None:  # print() would take standard output instead
        return
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        _fall_silent(sys.stderr)


def _fall_silent(stream: TextIO) -> None:
    """What is still in the stream's buffer would fail again at the end of the program."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
