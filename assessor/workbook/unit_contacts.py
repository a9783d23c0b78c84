"""Contacts (联系人) of units: several for a unit, the first is the main one. They belong to no year."""

from __future__ import annotations

from collections.abc import Sequence

from assessor.domain.contact import Contact
from assessor.errors import InputError
from assessor.workbook.rows import Row, put_rows
from assessor.workbook.workbook import Edit, Reading

_LONGEST = 200
_TITLES = {"name": "姓名", "duty": "职务", "phone": "电话", "note": "备注"}


def save_contacts(edit: Edit, unit: str, contacts: Sequence[Contact]) -> None:
    """Makes these the unit's contacts, in this order; empty ones are left out. Raises InputError where there is no such
    unit, or a field is too long or has line breaks."""
    found = edit.rows("SELECT short_name FROM unit WHERE code = ?", (unit,))
    if not found:
        raise InputError(f"没有代码为“{unit}”的单位", remedy="请在单位名册中选择")
    kept = [contact for contact in map(_clean, contacts) if not contact.is_empty]
    for contact in kept:
        _check(contact, found[0]["short_name"])
    rows = [_row(unit, at, contact) for at, contact in enumerate(kept)]
    put_rows(edit, "unit_contact", rows)
    edit.execute("DELETE FROM unit_contact WHERE unit = ? AND position >= ?", (unit, len(kept)))


def load_contacts(source: Reading) -> dict[str, tuple[Contact, ...]]:
    """Unit -> its contacts, the main one first."""
    found: dict[str, tuple[Contact, ...]] = {}
    for row in source.rows("SELECT * FROM unit_contact ORDER BY unit, position"):
        contact = Contact(row["name"], row["duty"], row["phone"], row["note"])
        found[row["unit"]] = (*found.get(row["unit"], ()), contact)
    return found


def _row(unit: str, position: int, contact: Contact) -> Row:
    fields = {key: getattr(contact, key) for key in _TITLES}
    return {"unit": unit, "position": position, **fields}


def _clean(contact: Contact) -> Contact:
    return Contact(contact.name.strip(), contact.duty.strip(), contact.phone.strip(), contact.note.strip())


def _check(contact: Contact, unit: str) -> None:
    for key, title in _TITLES.items():
        text = getattr(contact, key)
        if len(text) > _LONGEST or (text and not text.isprintable()):
            raise InputError(
                f"联系人的{title}“{text[:20]}…”不合适", place=unit, remedy=f"请写成一行，不超过 {_LONGEST} 个字"
            )
