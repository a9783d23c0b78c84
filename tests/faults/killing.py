"""Programs that are killed at their work: ``python -m tests.faults.killing SCENARIO FOLDER SEED`` runs one, and
without arguments a server runs and kills them, forking so that one start of the interpreter serves many kills.

After each step that returned, the victim says so on a pipe; what was said survives its death.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import IO

from assessor.domain.facts import Mark
from assessor.domain.scoring import score_year
from assessor.domain.target import Observation
from assessor.workbook.backup import backup_workbook
from assessor.workbook.backup_list import list_backups
from assessor.workbook.backup_names import Reason
from assessor.workbook.facts import load_facts
from assessor.workbook.marks import save_mark
from assessor.workbook.observations import save_observation
from assessor.workbook.password import change_password, remove_password, set_password
from assessor.workbook.restore import restore
from assessor.workbook.seal import seal_year, unseal_year
from assessor.workbook.settings import load_settings, save_settings
from assessor.workbook.workbook import Edit, Workbook

ROOT = Path(__file__).parents[2]
NAME = "考核.assess"
YEAR = 2023
PASSWORDS = ("第一个密码2024", "the second one")
IMPORTED = 300
"""Rows of one import."""
NAMES_OF_AN_UPGRADE = 5
"""So often opening an older workbook gives a file its name or takes one away."""
Say = Callable[[str], None]


@dataclass(frozen=True)
class Killed:
    said: tuple[str, ...]
    """What the victim had finished, in order."""


def write_number(edit: Edit, number: int) -> None:
    """In several tables: whoever finds two numbers has found half an edit."""
    save_settings(edit, replace(load_settings(edit), title=str(number)))
    edit.execute("UPDATE unit_group SET title = ?", (str(number),))
    for row in edit.rows("SELECT code FROM target"):
        for year in range(2022, 2026):
            save_observation(edit, Observation(row["code"], year, Decimal(number), "试验"))


def edit_on(path: Path, say: Say) -> None:
    with Workbook.open(path) as workbook:
        _edit_forever(workbook, say)


def import_rows(path: Path, say: Say) -> None:
    with Workbook.open(path) as workbook:
        for number in count(1):
            with workbook.edit("导入评分") as edit:
                for row in range(IMPORTED):
                    save_mark(edit, YEAR, "kexie", Mark("2.1", f"{number}-{row}", "office", Decimal(90)))
            say(str(number))


def score_while_editing(path: Path, say: Say) -> None:
    with Workbook.open(path) as workbook:
        threading.Thread(target=_score_forever, args=(path,), daemon=True).start()
        _edit_forever(workbook, say)


def seal_and_unseal(path: Path, say: Say) -> None:
    with Workbook.open(path) as workbook:
        for number in count(1):
            seal_year(workbook, YEAR, accept_pending=True)
            say(f"sealed {number}")
            unseal_year(workbook, YEAR, f"第 {number} 次更正")
            say(f"unsealed {number}")


def back_up(path: Path, say: Say) -> None:
    with Workbook.open(path) as workbook:
        for number in count(1):
            with workbook.edit("写数") as edit:
                write_number(edit, number)
            say(f"wrote {number}")
            made = backup_workbook(path, Reason.MANUAL, str(number))
            assert made is not None
            say(f"backed-up {number}")


def restore_over(path: Path, say: Say) -> None:
    """The one backup there is, over and over."""
    [backup] = list_backups(path)
    for number in count(1):
        with Workbook.open(path) as workbook, workbook.edit("写数") as edit:
            write_number(edit, number)
        say(f"wrote {number}")
        restore(path, backup.path)
        say(f"restored {number}")


def upgrade_and_edit(path: Path, say: Say) -> None:
    with Workbook.open(path) as workbook:
        _edit_forever(workbook, say)


def set_change_and_remove_password(path: Path, say: Say) -> None:
    first, second = PASSWORDS
    for number in count(1):
        set_password(path, first)
        say(f"set {number}")
        with Workbook.open(path, password=first) as workbook, workbook.edit("写数") as edit:
            write_number(edit, number)
        say(f"wrote {number}")
        change_password(path, first, second)
        say(f"changed {number}")
        remove_password(path, second)
        say(f"removed {number}")


def upgrade_and_die_at_a_name(path: Path, say: Say) -> None:
    """By its own hand, before a file gets or loses a name; before which, the folder's number says."""
    names_left = int(path.parent.name.rpartition("-")[2]) % NAMES_OF_AN_UPGRADE

    def count_names(event: str, _arguments: object) -> None:
        nonlocal names_left
        if event in ("os.link", "os.rename", "os.remove"):
            if not names_left:
                os.kill(os.getpid(), signal.SIGKILL)
            names_left -= 1

    sys.addaudithook(count_names)
    upgrade_and_edit(path, say)


def _edit_forever(workbook: Workbook, say: Say) -> None:
    for number in count(1):
        with workbook.edit("写数") as edit:
            write_number(edit, number)
        say(str(number))


def _score_forever(path: Path) -> None:
    try:
        while True:
            with Workbook.open(path, read_only=True) as reader, reader.snapshot():
                score_year(load_facts(reader, YEAR))
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)


SCENARIOS: dict[str, tuple[Callable[[Path, Say], None], float]] = {
    "edits": (edit_on, 0.04),
    "import": (import_rows, 0.15),
    "score": (score_while_editing, 0.06),
    "seal": (seal_and_unseal, 0.06),
    "backup": (back_up, 0.12),
    "restore": (restore_over, 0.25),
    "upgrade": (upgrade_and_edit, 0.2),
    "rename": (upgrade_and_die_at_a_name, 0.5),
    "password": (set_change_and_remove_password, 0.35),
}
"""With the most seconds that pass between the last awaited word and the kill."""


class KillingServer:
    """Kills one victim after another; leave the ``with`` to end it."""

    def __init__(self) -> None:
        environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.killing"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def __enter__(self) -> KillingServer:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def kill(self, scenario: str, folder: Path, seed: int) -> Killed:
        """Raises AssertionError where the victim failed before it was killed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps([scenario, str(folder), seed]), file=self._process.stdin, flush=True)
        ended, said = json.loads(self._process.stdout.readline())
        assert ended == -signal.SIGKILL, f"{scenario} {seed} ended by itself: {ended}"
        return Killed(tuple(said))


def _serve(requests: IO[str]) -> None:
    for line in requests:
        scenario, folder, seed = json.loads(line)
        print(json.dumps(_kill(scenario, Path(folder), seed)), flush=True)


def _kill(scenario: str, folder: Path, seed: int) -> tuple[int, list[str]]:
    """How the victim ended, and what it had said."""
    chance = random.Random(f"{scenario} {seed}")
    awaited, pause = chance.choice((0, 0, 1, 2, 3)), chance.random() * SCENARIOS[scenario][1]
    ear, mouth = os.pipe()
    victim = os.fork()
    if victim == 0:
        os.close(ear)
        _be_victim(scenario, folder, mouth)
    os.close(mouth)
    heard = b""
    while heard.count(b"\n") < awaited and (more := os.read(ear, 4096)):
        heard += more
    time.sleep(pause)
    os.kill(victim, signal.SIGKILL)
    _, status = os.waitpid(victim, 0)
    while more := os.read(ear, 4096):
        heard += more
    os.close(ear)
    return os.waitstatus_to_exitcode(status), heard.decode().splitlines()


def _be_victim(scenario: str, folder: Path, mouth: int) -> None:
    try:
        SCENARIOS[scenario][0](folder / NAME, lambda word: _say(mouth, word))
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(1)


def _say(mouth: int, word: str) -> None:
    os.write(mouth, f"{word}\n".encode())


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(_kill(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
    else:
        _serve(sys.stdin)
