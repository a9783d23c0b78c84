"""Made-up contacts of the units. The telephone numbers cannot be real: no subscriber's number begins with 000."""

from __future__ import annotations

from assessor.domain.contact import Contact
from sample_db.unit_data import UNITS

_AREA_CODE = "0795"
_SECOND_EVERY = 4
"""Every so many units have a second contact."""


def contacts() -> dict[str, tuple[Contact, ...]]:
    """Unit -> its contacts: who fills in the forms, here and there a leader beside."""
    return {code: tuple(_contacts(place, code)) for place, code in enumerate(UNITS, start=1)}


def _contacts(place: int, code: str) -> list[Contact]:
    first = Contact(UNITS[code].contact, "填报人", _phone(2 * place), "示例")
    if place % _SECOND_EVERY:
        return [first]
    return [first, Contact(f"{UNITS[code].contact[0]}主任", "分管负责人", _phone(2 * place + 1), "示例")]


def _phone(number: int) -> str:
    return f"{_AREA_CODE}-000{number:04d}"
