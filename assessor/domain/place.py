"""A place in the window: a page and what is chosen on it. What is searched for, linked to and gone back to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Fields that are empty name nothing: the page is shown as it is."""

    page: str = ""
    """Key of a page; empty: the one that is shown."""
    unit: str = ""
    code: str = ""
    """Of an indicator or a category."""
    group: str = ""
    task: str = ""
    """Code; with ``unit`` and without ``task``, a place among forms is the unit's own yearly form."""
    key: str = ""
    """Of an event or a piece of evidence."""
    year: int | None = None
    """None: the year that is shown."""
