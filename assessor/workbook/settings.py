"""The workbook's own settings: its title, and whether its data are made up."""

from __future__ import annotations

from dataclasses import dataclass

from assessor.workbook.rows import put_row
from assessor.workbook.workbook import Edit, Reading


@dataclass(frozen=True)
class Settings:
    title: str = ""
    is_sample: bool = False
    """示例数据 is shown wherever its data appear."""


def save_settings(edit: Edit, settings: Settings) -> None:
    put_row(edit, "settings", {"id": 1, "title": settings.title, "is_sample": int(settings.is_sample)})


def load_settings(source: Reading) -> Settings:
    rows = source.rows("SELECT title, is_sample FROM settings")
    return Settings(rows[0]["title"], bool(rows[0]["is_sample"])) if rows else Settings()
