"""Plan files (实施方案, .toml): finding one by its shipped name or its path, and loading it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assessor.domain.plan import Plan
from assessor.domain.plan_reader import read_plan
from assessor.domain.table_reader import TableReader
from assessor.errors import PlanError
from assessor.exchange.toml_file import read_toml
from assessor.resources import PLANS


@dataclass(frozen=True)
class LoadedPlan:
    plan: Plan
    warnings: tuple[str, ...]
    """What is odd in the file but does no harm, each a sentence for the user."""


def load_plan(path: Path) -> LoadedPlan:
    """Raises PlanError naming the file, the place in it and the remedy."""
    plan, warnings = read_plan(TableReader(read_toml(path, PlanError), path.name, PlanError))
    return LoadedPlan(plan, warnings)


def shipped_plans() -> tuple[str, ...]:
    """Names of the plans that come with the program."""
    return tuple(sorted(path.stem for path in PLANS.glob("*.toml")))


def find_plan(name_or_path: str) -> Path:
    """A shipped plan's file by its name, or the file itself. Raises PlanError listing the shipped names."""
    if name_or_path in shipped_plans():
        return PLANS / f"{name_or_path}.toml"
    path = Path(name_or_path)
    if name_or_path and _may_exist(path):
        return path
    names = "、".join(shipped_plans())
    raise PlanError(
        f"没有名为“{name_or_path}”的方案，也没有这个文件", remedy=f"随附的方案有：{names}；或写出方案文件的完整路径"
    )


def _may_exist(path: Path) -> bool:
    """Also where the system will not tell: reading it says why."""
    try:
        return path.exists()
    except OSError:
        return True
