"""Reviewers (评委) of a year by panel: who is to mark, whether or not he has."""

from __future__ import annotations

from assessor.errors import InputError
from assessor.workbook.known import require_year
from assessor.workbook.rows import Row, put_row, remove_row
from assessor.workbook.values import required_text
from assessor.workbook.workbook import Edit, Reading


def add_reviewer(edit: Edit, year: int, panel: str, name: str) -> None:
    """Raises InputError where the panel has a reviewer of that name, or there is no name."""
    require_year(edit, year)
    put_row(edit, "reviewer", _new(edit, year, panel, name))


def rename_reviewer(edit: Edit, year: int, panel: str, name: str, new_name: str) -> None:
    """Gives a reviewer another name; marks, and what they rest on, go with it. Raises InputError as ``add_reviewer``,
    and where the panel has no ``name``."""
    _require(edit, year, panel, name)
    if new_name.strip() == name:
        return
    row = _new(edit, year, panel, new_name)
    edit.execute(
        "UPDATE reviewer SET name = ? WHERE year = ? AND panel = ? AND name = ?", (row["name"], year, panel, name)
    )


def remove_reviewer(edit: Edit, year: int, panel: str, name: str) -> None:
    """Raises InputError where the reviewer has marked, or the panel has no such reviewer."""
    _require(edit, year, panel, name)
    given = edit.rows(
        "SELECT count(*) AS marks FROM mark WHERE year = ? AND panel = ? AND reviewer = ?", (year, panel, name)
    )[0]["marks"]
    if given:
        remedy = "请先删去他的评分；只是写错了姓名的，请改名"
        raise InputError(f"评委“{name}”已有 {given} 个评分，不能删除", place=f"{year} 年度 评委", remedy=remedy)
    remove_row(edit, "reviewer", {"year": year, "panel": panel, "name": name})


def copy_reviewers(edit: Edit, year: int) -> int:
    """Takes over the reviewers of the year before; answers how many are new. Raises InputError where it has none."""
    before = load_reviewers(edit, year - 1)
    if not before:
        remedy = "请逐个添加评委"
        raise InputError(f"{year - 1} 年度没有评委可以沿用", place=f"{year} 年度 评委", remedy=remedy)
    known = load_reviewers(edit, year)
    new = [(panel, name) for panel, names in before.items() for name in names if name not in known.get(panel, ())]
    for panel, name in new:
        add_reviewer(edit, year, panel, name)
    return len(new)


def load_reviewers(source: Reading, year: int) -> dict[str, tuple[str, ...]]:
    """Panel -> names, in the order of their characters."""
    reviewers: dict[str, tuple[str, ...]] = {}
    for row in source.rows("SELECT panel, name FROM reviewer WHERE year = ? ORDER BY panel, name", (year,)):
        reviewers[row["panel"]] = (*reviewers.get(row["panel"], ()), row["name"])
    return reviewers


def _new(edit: Edit, year: int, panel: str, name: str) -> Row:
    place = f"{year} 年度 评委"
    wanted = required_text(name, "评委姓名", place).strip()
    if wanted in load_reviewers(edit, year).get(panel, ()):
        raise InputError(f"评委组中已有“{wanted}”", place=place, remedy="同名的请加上单位区分，例如 张三（农科院）")
    return {"year": year, "panel": required_text(panel, "评委所在的组", place), "name": wanted}


def _require(edit: Edit, year: int, panel: str, name: str) -> None:
    if name not in load_reviewers(edit, year).get(panel, ()):
        raise InputError(
            f"评委组中没有“{name}”", place=f"{year} 年度 评委", remedy="请刷新后再试：他可能已被改名或删除"
        )
