"""Looking into a workbook without taking part in it: for backups, checks and diagnoses."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from assessor.errors import WorkbookError
from assessor.open_files import is_open
from assessor.workbook.connection import connect_unchecked, require_own_log
from assessor.workbook.failures import readable, translated
from assessor.workbook.format import APPLICATION_ID, FORMAT_VERSION, corrupt, has_unsaved_log
from assessor.workbook.workbook import PATIENCE, Clock, Workbook, local_now


@contextmanager
def looking_into(path: Path, password: str | None = None) -> Iterator[sqlite3.Connection]:
    """A connection that has checked nothing but whose file and log it is, and leaves a log as it lies.

    Raises WorkbookError; DamagedWorkbookError where the log is another copy's, or what is read within cannot be
    understood.
    """
    if not path.is_file():
        raise WorkbookError("找不到工作簿", place=str(path), remedy="请检查文件名和所在文件夹")
    if not is_open(path):
        require_own_log(path, patience=PATIENCE, password=password)
    connection = connect_unchecked(path, patience=PATIENCE, password=password, read_only=has_unsaved_log(path))
    with closing(connection), translated(path), readable(path):
        number, version = (
            connection.execute(f"PRAGMA {field}").fetchone()[0] for field in ("application_id", "user_version")
        )
        if number != APPLICATION_ID or version < 1:
            raise corrupt(path, "不是工作簿，或文件头无法识别")
        if version != FORMAT_VERSION:
            raise WorkbookError(
                f"工作簿的文件格式是 {version}，本程序的是 {FORMAT_VERSION}",
                place=str(path),
                remedy="较旧的请先在窗口中打开一次，较新的请升级本程序",
            )
        yield connection


@contextmanager
def reading_of(path: Path, password: str | None = None, clock: Clock = local_now) -> Iterator[Workbook]:
    """As ``looking_into``, as a workbook for the functions that load. Raises the same."""
    with looking_into(path, password) as connection:
        yield workbook_on(connection, path, password, clock)


def workbook_on(
    connection: sqlite3.Connection, path: Path, password: str | None = None, clock: Clock = local_now
) -> Workbook:
    """A reader on a connection that stays the caller's."""
    return Workbook(
        path, connection, read_only_reason="只供查看", lock=None, clock=clock, operator="", password=password
    )
