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
    backup_folder: str = ""
    """Empty: beside the workbook."""
    evidence_limit: int = 50 * 1024 * 1024
    """Bytes that one evidence file may have."""
    evidence_key: str | None = None
    """Of a protected workbook: what its evidence files are encrypted with, hexadecimal."""


def save_settings(edit: Edit, settings: Settings) -> None:
    row: dict[str, str | int | None] = {
        "id": 1,
        "title": settings.title,
        "is_sample": int(settings.is_sample),
        "backup_folder": settings.backup_folder,
        "evidence_limit": settings.evidence_limit,
        "evidence_key": settings.evidence_key,
    }
    put_row(edit, "settings", row)


def load_settings(source: Reading) -> Settings:
    rows = source.rows("SELECT * FROM settings")
    if not rows:
        return Settings()
    row = rows[0]
    return Settings(
        title=row["title"],
        is_sample=bool(row["is_sample"]),
        backup_folder=row["backup_folder"],
        evidence_limit=row["evidence_limit"],
        evidence_key=row["evidence_key"],
    )
