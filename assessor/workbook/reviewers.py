"""Reviewers (评委) of a year by panel: who is to mark, whether or not he has."""

from __future__ import annotations

from collections.abc import Iterable

from assessor.domain.name_order import name_key
from assessor.errors import InputError
from assessor.workbook.known import require_year
from assessor.workbook.rows import Row, put_row, put_rows, remove_row
from assessor.workbook.values import required_text
from assessor.workbook.workbook import Edit, Reading


def add_reviewer(edit: Edit, year: int, panel: str, name: str) -> None:
    """Raises InputError where the panel has a reviewer of that name, or there is no name."""
    require_year(edit, year)
    put_row(edit, "reviewer", _new(edit, year, panel, name))


def rename_reviewer(edit: Edit, year: int, panel: str, name: str, new_name: str) -> None:
    """Gives a reviewer another name; marks, and what they rest on, go with it. Raises InputError as ``add_reviewer``,
    and where the panel has no ``name``."""
    require_reviewer(edit, year, panel, name)
    if new_name.strip() == name:
        return
    row = _new(edit, year, panel, new_name)
    edit.execute(
        "UPDATE reviewer SET name = ? WHERE year = ? AND panel = ? AND name = ?", (row["name"], year, panel, name)
    )


def remove_reviewer(edit: Edit, year: int, panel: str, name: str) -> None:
    """Raises InputError where the reviewer has marked, or the panel has no such reviewer."""
    require_reviewer(edit, year, panel, name)
    given = edit.rows(
        "SELECT count(*) AS marks FROM mark WHERE year = ? AND panel = ? AND reviewer = ?", (year, panel, name)
    )[0]["marks"]
    if given:
        remedy = "请先删去他的评分；只是写错了姓名的，请改名"
        raise InputError(f"评委“{name}”已有 {given} 个评分，不能删除", place=f"{year} 年度 评委", remedy=remedy)
    remove_row(edit, "reviewer", {"year": year, "panel": panel, "name": name})


def copy_reviewers(edit: Edit, year: int) -> int:
    """Takes over the reviewers of the year before, with the units that they come from as far as the year still has
    these; answers how many are new. Raises InputError where it has none."""
    before = load_reviewers(edit, year - 1)
    if not before:
        remedy = "请逐个添加评委"
        raise InputError(f"{year - 1} 年度没有评委可以沿用", place=f"{year} 年度 评委", remedy=remedy)
    known = load_reviewers(edit, year)
    new = [(panel, name) for panel, names in before.items() for name in names if name not in known.get(panel, ())]
    for panel, name in new:
        add_reviewer(edit, year, panel, name)
    _copy_units(edit, year, new)
    return len(new)


def _copy_units(edit: Edit, year: int, reviewers: Iterable[tuple[str, str]]) -> None:
    rows = edit.rows(
        "SELECT panel, reviewer, unit FROM reviewer_unit JOIN unit ON unit.code = reviewer_unit.unit"
        " WHERE reviewer_unit.year = ? AND coalesce(valid_to, ?) >= ?",
        (year - 1, year, year),
    )
    from_units = {(row["panel"], row["reviewer"]): row["unit"] for row in rows}
    kept: list[Row] = [
        {"year": year, "panel": panel, "reviewer": name, "unit": from_units[panel, name]}
        for panel, name in reviewers
        if (panel, name) in from_units
    ]
    put_rows(edit, "reviewer_unit", kept)


def load_reviewers(source: Reading, year: int) -> dict[str, tuple[str, ...]]:
    """Panel -> names, numbered ones as people count: so a block of marks is pasted in the order of its columns."""
    reviewers: dict[str, list[str]] = {}
    for row in source.rows("SELECT panel, name FROM reviewer WHERE year = ? ORDER BY panel, name", (year,)):
        reviewers.setdefault(row["panel"], []).append(row["name"])
    return {panel: tuple(sorted(names, key=name_key)) for panel, names in reviewers.items()}


def _new(edit: Edit, year: int, panel: str, name: str) -> Row:
    place = f"{year} 年度 评委"
    wanted = required_text(name, "评委姓名", place).strip()
    if wanted in load_reviewers(edit, year).get(panel, ()):
        raise InputError(f"评委组中已有“{wanted}”", place=place, remedy="同名的请加上单位区分，例如 张三（农科院）")
    return {"year": year, "panel": required_text(panel, "评委所在的组", place), "name": wanted}


def require_reviewer(edit: Edit, year: int, panel: str, name: str) -> None:
    """Raises InputError where the panel has no reviewer of that name."""
    if name not in load_reviewers(edit, year).get(panel, ()):
        raise InputError(
            f"评委组中没有“{name}”", place=f"{year} 年度 评委", remedy="请刷新后再试：他可能已被改名或删除"
        )
