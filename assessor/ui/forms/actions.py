"""What can be done with the forms that are chosen: one action each for buttons, menus and keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from assessor.domain.form_flow import FormStep, is_open_to
from assessor.domain.form_table import FormRow


@dataclass(frozen=True)
class Doing:
    key: str
    title: str
    keys: str
    step: FormStep | None = None
    """That at least one of the chosen forms must be open to. None: asked of the page."""
    writes: bool = True


OPEN, PROPOSE, CLAIMS, HISTORY = "open", "propose", "claims", "history"
DOINGS = (
    Doing(OPEN, "打开", "", writes=False),
    Doing("receive", "登记收到…", "Ins", FormStep.RECEIVE),
    Doing("accept", "审核通过", "Ctrl+Return", FormStep.ACCEPT),
    Doing("return", "退回…", "Ctrl+R", FormStep.RETURN),
    Doing("reopen", "撤回审核", "", FormStep.REOPEN),
    Doing(PROPOSE, "用上年数据预填", ""),
    Doing(CLAIMS, "认定不涉及…", ""),
    Doing("remove", "删除本次填报", "", FormStep.REMOVE),
    Doing(HISTORY, "修改历史", "", writes=False),
)
BUTTONS = (OPEN, "receive", "accept", "return", "reopen", PROPOSE, CLAIMS, "remove")


@dataclass(frozen=True)
class Allowed:
    """What the page knows of the chosen forms besides their states."""

    read_only: str
    """Why nothing can be changed; empty: it can."""
    has_previous: bool
    has_claims: bool


class FormActions:
    """QActions by key, for the widget whose focus their keys need."""

    def __init__(self, owner: QWidget, run: Callable[[str], object]) -> None:
        self._actions: dict[str, QAction] = {}
        for doing in DOINGS:
            action = QAction(doing.title, owner)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.setShortcut(QKeySequence(doing.keys))
            action.triggered.connect(lambda _checked, key=doing.key: run(key))
            owner.addAction(action)
            self._actions[doing.key] = action

    def __getitem__(self, key: str) -> QAction:
        return self._actions[key]

    def all(self) -> Sequence[QAction]:
        return tuple(self._actions.values())

    def allow(self, rows: Sequence[FormRow], allowed: Allowed) -> None:
        for doing in DOINGS:
            action = self._actions[doing.key]
            reason = self._reason(doing, rows, allowed)
            action.setEnabled(not reason)
            keys = f"（{QKeySequence(doing.keys).toString()}）" if doing.keys else ""
            action.setToolTip(reason or f"{doing.title}{keys}")

    def _reason(self, doing: Doing, rows: Sequence[FormRow], allowed: Allowed) -> str:
        """Why it cannot be done; empty: it can."""
        if doing.writes and allowed.read_only:
            return allowed.read_only
        if not rows:
            return "请先选择填报"
        if doing.step is not None and not any(can_take(doing.step, row) for row in rows):
            return f"所选的填报都不能{doing.step.label}"
        if doing.key == PROPOSE and not allowed.has_previous:
            return "所选的单位上年没有填报"
        if doing.key == CLAIMS and not allowed.has_claims:
            return "所选的填报没有待认定的“不涉及”"
        return ""


def can_take(step: FormStep, row: FormRow) -> bool:
    """What is not due is handed in by nobody; what came before it was settled can still be removed."""
    if not row.is_due and step is not FormStep.REMOVE:
        return False
    return is_open_to(step, row.submission)
