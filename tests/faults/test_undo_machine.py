"""Random sequences of edits: undoing all restores the first canonical dump byte for byte, redoing all the last."""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from assessor.domain.facts import Award, Event, EventKind, Mark
from assessor.domain.submission import Evidence
from assessor.errors import AssessorError
from assessor.workbook.events import save_event, save_exemption, save_not_applicable
from assessor.workbook.marks import save_award, save_mark, save_self_score
from assessor.workbook.submissions import save_submission
from assessor.workbook.undo import next_redo, next_undo, redo, undo
from assessor.workbook.workbook import Check, Workbook
from tests.workbook.builders import own_form, small_workbook
from tests.workbook.dump import canonical_dump

YEAR = 2023
units = st.sampled_from(["kexie", "nongye", "dongqu"])


class Undoing(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.workbook = small_workbook(Path(self._folder.name))
        self.stack = [self._dump()]
        """Dumps after each edit that is in effect; ``place`` is the present one."""
        self.place = 0
        self.events = 0

    def teardown(self) -> None:
        while next_undo(self.workbook) is not None:
            undo(self.workbook)
        assert self._dump() == self.stack[0]
        while next_redo(self.workbook) is not None:
            redo(self.workbook)
        assert self._dump() == self.stack[self._reachable()]
        self.workbook.close()
        with Workbook.open(self.workbook.path, check=Check.FULL, read_only=True):
            pass  # raises where rows, history and digests do not agree
        self._folder.cleanup()

    @rule(unit=units, value=st.integers(0, 100), reviewer=st.sampled_from(["张某", "李某"]))
    def mark(self, unit: str, value: int, reviewer: str) -> None:
        with self.workbook.edit("录入评分") as edit:
            save_mark(edit, YEAR, unit, Mark("2.1", reviewer, "office", Decimal(value)))
        self._took_effect(bool(edit.changes))

    @rule(unit=units, points=st.integers(0, 10), reason=st.text(min_size=1, max_size=5))
    def award(self, unit: str, points: int, reason: str) -> None:
        try:
            with self.workbook.edit("核定") as edit:
                save_award(edit, YEAR, unit, Award("2.2", reason, points=Decimal(points)))
        except (AssessorError, UnicodeEncodeError):
            return
        self._took_effect(bool(edit.changes))

    @rule(unit=units, points=st.integers(0, 20))
    def self_score(self, unit: str, points: int) -> None:
        with self.workbook.edit("录入自评") as edit:
            save_self_score(edit, YEAR, unit, "1.2", Decimal(points))
        self._took_effect(bool(edit.changes))

    @rule(unit=units, reason=st.sampled_from(["", "新设", "不涉及\n“引号”\t"]))
    def exempt(self, unit: str, reason: str) -> None:
        with self.workbook.edit("不参评") as edit:
            save_exemption(edit, YEAR, unit, reason)
            save_not_applicable(edit, YEAR, unit, "1.2", reason)
        self._took_effect(bool(edit.changes))

    @rule(unit=units, figure=st.integers(0, 10**6))
    def submit(self, unit: str, figure: int) -> None:
        sql = "SELECT coalesce(max(revision), 0) FROM submission WHERE unit = ? AND form = ''"
        revision = self.workbook.rows(sql, (unit,))[0][0] + 1
        evidence = (Evidence("文件", date(2023, 5, 1)), Evidence("照片"))
        with self.workbook.edit("录入填报") as edit:
            form = own_form(unit, revision, figures={"articles": Decimal(figure)}, evidence=evidence)
            save_submission(edit, YEAR, form)
        self._took_effect(bool(edit.changes))

    @rule(unit=units)
    def event(self, unit: str) -> None:
        self.events += 1
        happened = Event(f"E{self.events}", EventKind.BONUS, "zan", date(2023, 6, 1), "表彰", "获奖", Decimal(1))
        with self.workbook.edit("加分") as edit:
            save_event(edit, YEAR, unit, happened)
        self._took_effect(bool(edit.changes))

    @rule(code=st.sampled_from(["kx", "kexie"]))
    def rename_unit(self, code: str) -> None:
        """Follows along every foreign key; then the way back must put all of it back."""
        with self.workbook.edit("改代码") as edit:
            edit.execute("UPDATE unit SET code = ? WHERE code = 'xiangcun'", (f"{code}-x",))
            edit.execute("UPDATE unit SET code = 'xiangcun' WHERE code = ?", (f"{code}-x",))
            edit.execute("UPDATE unit SET code = code || 'x' WHERE code GLOB 'xiangcun*'")
        self._took_effect(bool(edit.changes))

    @rule(unit=units)
    def clear(self, unit: str) -> None:
        with self.workbook.edit("删除填报") as edit:
            edit.execute("DELETE FROM submission WHERE unit = ?", (unit,))
            edit.execute("DELETE FROM mark WHERE unit = ?", (unit,))
        self._took_effect(bool(edit.changes))

    @rule()
    def undo(self) -> None:
        if next_undo(self.workbook) is None:
            assert self.place == 0
            return
        undo(self.workbook)
        self.place -= 1

    @rule()
    def redo(self) -> None:
        if next_redo(self.workbook) is None:
            assert self.place == len(self.stack) - 1
            return
        redo(self.workbook)
        self.place += 1

    @rule()
    def reopen(self) -> None:
        self.workbook.close()
        self.workbook = Workbook.open(self.workbook.path, operator="张三")

    @invariant()
    def the_data_are_those_of_the_present_place(self) -> None:
        assert self._dump() == self.stack[self.place]

    def _took_effect(self, changed: bool) -> None:
        if not changed:
            return
        del self.stack[self.place + 1 :]
        self.stack.append(self._dump())
        self.place += 1

    def _reachable(self) -> int:
        return len(self.stack) - 1

    def _dump(self) -> bytes:
        return canonical_dump(self.workbook.path)


TestUndoing = Undoing.TestCase
TestUndoing.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
