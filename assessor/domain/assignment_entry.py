"""An assignment's cells as they are typed or pasted: text -> value, or why not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import Enum

from assessor.domain.assignment import Assignment
from assessor.domain.dates import read_date
from assessor.domain.plan import Role
from assessor.errors import InputError

_NUMBER = re.compile(r"(\d+|\d{1,3}(,\d{3})+)(\.\d*)?|\.\d+")
_ROLES = {
    "牵头": Role.LEAD,
    "牵头部门": Role.LEAD,
    "牵头单位": Role.LEAD,
    "责任": Role.PARTICIPANT,
    "责任单位": Role.PARTICIPANT,
    "参与": Role.PARTICIPANT,
    "配合": Role.PARTICIPANT,
}
ROLE_LABELS = tuple(role.label for role in Role)


class AssignmentField(Enum):
    """What of an assignment is edited in place; the value names the field of ``Assignment``."""

    ROLE = "role"
    WEIGHT = "weight"
    TARGET = "target"
    MEASURE = "measure"
    DEADLINE = "deadline"
    NOT_APPLICABLE = "not_applicable"


def with_values(assignment: Assignment, values: Mapping[AssignmentField, object]) -> Assignment:
    """``values`` as the readers below give them."""
    return replace(assignment, **{field.value: value for field, value in values.items()})  # type: ignore[arg-type]


def read_role(text: str) -> Role:
    """Raises InputError for any other word, and for none: every unit has a part."""
    role = _ROLES.get(text.strip())
    if role is None:
        what = f"“{text.strip()}”不是角色" if text.strip() else "没有填写角色"
        raise InputError(what, place="角色", remedy=f"请填写{'或'.join(ROLE_LABELS)}")
    return role


def read_weight(text: str) -> Decimal:
    """Empty: 1, which every task weighs until the office says otherwise. Raises InputError where it is no number."""
    return _number(text, "权重", "请填写 0 或正数，一般为 1") if text.strip() else Decimal(1)


def read_goal(text: str, measure: str) -> Decimal | None:
    """Empty: no target is set. The measure may stand behind it. Raises InputError for 0 and what is no number."""
    if not text.strip():
        return None
    remedy = "请填写大于 0 的数；没有目标值时留空"
    typed = unicodedata.normalize("NFKC", text).strip()
    target = _number(typed.removesuffix(unicodedata.normalize("NFKC", measure)), "目标值", remedy)
    if target == 0:
        raise InputError("目标值不能是 0", place="目标值", remedy=remedy)
    return target


def read_deadline(text: str, year_deadline: date) -> date | None:
    """Empty, or the year's own deadline: None, it goes with the year. Raises InputError where it is no date."""
    if not text.strip():
        return None
    typed = read_date(text, "期限")
    return None if typed == year_deadline else typed


def _number(text: str, place: str, remedy: str) -> Decimal:
    typed = unicodedata.normalize("NFKC", text).strip().replace("。", ".")
    if not _NUMBER.fullmatch(typed):
        raise InputError(f"“{text.strip()}”不能用作{place}", place=place, remedy=remedy)
    return Decimal(typed.replace(",", ""))
