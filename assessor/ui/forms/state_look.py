"""How the states of forms look: one colour behind each, one for its words, in the matrix, the list and the legend."""

from __future__ import annotations

from collections.abc import Sequence

from assessor.domain.form_table import FormRow, FormState
from assessor.domain.next_steps import Topic

NOT_ASSIGNED = "未分解"
NOT_ASSIGNED_FILL = "window"
LATE = "late"
"""Key of 逾期报送 among the states, which is a mark on them and none of them."""
CLAIM = "claim"
"""Key of forms in which a 不涉及 waits for the office, which is a mark on them, too."""
MARKS = {LATE: "逾期报送（+天数）", CLAIM: "不涉及待认定（?）"}
"""Labels of what may be marked on a form in any state."""

_TOPICS = {
    Topic.RETURNED: FormState.RETURNED.value,
    Topic.CHECK: FormState.SUBMITTED.value,
    Topic.APPLICABILITY: CLAIM,
    Topic.LATE: LATE,
}
_FILLS = {
    FormState.MISSING: "surface",
    FormState.OVERDUE: "bad_soft",
    FormState.SUBMITTED: "accent_soft",
    FormState.RETURNED: "warn_soft",
    FormState.ACCEPTED: "good_soft",
    FormState.NOT_APPLICABLE: "raised",
    FormState.EXEMPT: "raised",
}
_TONES = {
    FormState.MISSING: "muted",
    FormState.OVERDUE: "bad",
    FormState.SUBMITTED: "accent",
    FormState.RETURNED: "warn",
    FormState.ACCEPTED: "good",
    FormState.NOT_APPLICABLE: "faint",
    FormState.EXEMPT: "faint",
}


def state_of(topic: Topic, rows: Sequence[FormRow]) -> str:
    """State or mark of the forms that a finding is about; of what is missing, overdue first. Empty: all."""
    if topic in (Topic.CHASE, Topic.MISSING):
        is_overdue = any(row.state is FormState.OVERDUE for row in rows)
        return str((FormState.OVERDUE if is_overdue else FormState.MISSING).value)
    return _TOPICS.get(topic, "")


def fill_of(state: FormState) -> str:
    """Name of a colour of the theme."""
    return _FILLS[state]


def tone_of(state: FormState) -> str:
    return _TONES[state]


def is_meant(row: FormRow, wanted: str) -> bool:
    """Whether the row is in the ``wanted`` state (its value) or bears that mark; empty: any is."""
    if wanted in MARKS:
        return row.is_late if wanted == LATE else row.has_claim
    return not wanted or row.state.value == wanted
