"""A contact (联系人) of a unit: whom the office calls."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Contact:
    name: str
    duty: str = ""
    """Post and what the person is responsible for, e.g. 办公室主任."""
    phone: str = ""
    note: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.duty or self.phone or self.note)
