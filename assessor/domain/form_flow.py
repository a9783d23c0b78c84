"""What the office may do with a form (填报) in the state that it is in: receive, accept, return, take back, remove.

One table of steps for the page, which greys out what is refused, and for the workbook, which refuses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from assessor.domain.submission import Submission, SubmissionState


@dataclass(frozen=True, order=True)
class FormKey:
    """A unit's form of a year: for a task, or (``task`` empty) its own yearly one."""

    unit: str
    task: str = ""

    @property
    def title(self) -> str:
        return f"任务 {self.task}" if self.task else OWN_FORM


OWN_FORM = "年度填报表"


class FormStep(Enum):
    RECEIVE = "receive"
    """Hand in, or hand in again: the next revision."""
    CORRECT = "correct"
    """Mend a figure, date or note of the latest revision in place."""
    ACCEPT = "accept"
    RETURN = "return"
    REOPEN = "reopen"
    """Take back the acceptance or the return."""
    REMOVE = "remove"
    """Remove the latest revision, which was entered by mistake."""

    @property
    def label(self) -> str:
        return {
            "receive": "登记收到",
            "correct": "更正",
            "accept": "审核通过",
            "return": "退回",
            "reopen": "撤回审核",
            "remove": "删除本次填报",
        }[self.value]


_FROM: dict[FormStep, frozenset[SubmissionState]] = {
    FormStep.RECEIVE: frozenset(SubmissionState),
    FormStep.CORRECT: frozenset({SubmissionState.SUBMITTED, SubmissionState.ACCEPTED}),
    FormStep.ACCEPT: frozenset({SubmissionState.SUBMITTED}),
    FormStep.RETURN: frozenset({SubmissionState.SUBMITTED, SubmissionState.ACCEPTED}),
    FormStep.REOPEN: frozenset({SubmissionState.ACCEPTED, SubmissionState.RETURNED}),
    FormStep.REMOVE: frozenset(SubmissionState),
}
_AFTER = {
    FormStep.ACCEPT: SubmissionState.ACCEPTED,
    FormStep.RETURN: SubmissionState.RETURNED,
    FormStep.REOPEN: SubmissionState.SUBMITTED,
}
RETURN_REASONS = (
    "缺少佐证材料，请补充",
    "佐证材料与填报内容不符，请核对",
    "数据与上年相差较大，请核实并说明",
    "填报项未填全，请补填",
    "“不涉及”理由不充分，请如实填报",
    "缺少单位负责人签字或盖章",
)
"""What forms are mostly returned for: offered, to be completed."""


@dataclass(frozen=True)
class Refusal:
    what: str
    remedy: str


def refusal(step: FormStep, state: SubmissionState | None) -> Refusal | None:
    """Why the step cannot be taken; ``state`` None: nothing was handed in. None: it can."""
    if state is None:
        return None if step is FormStep.RECEIVE else Refusal("还没有收到填报", "请先登记收到")
    if state in _FROM[step]:
        return None
    if step is FormStep.CORRECT:
        return Refusal("已退回，数据不再计入", "请等单位重报后点“登记收到”，或先撤回退回")
    if step is FormStep.ACCEPT and state is SubmissionState.RETURNED:
        return Refusal("已退回，正等单位重报", "请等单位重报后点“登记收到”，或先撤回退回")
    return Refusal(f"{state.label}，不能{step.label}", "请先刷新，看它现在的状态")


def state_after(step: FormStep) -> SubmissionState:
    """Of a step that changes the state alone. Raises KeyError for another."""
    return _AFTER[step]


def is_open_to(step: FormStep, submission: Submission | None) -> bool:
    return refusal(step, submission.state if submission else None) is None
