"""A new year of a workbook: where it may come from, what would be in it, and making it. The window and the command line
ask here alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessor.domain.lineage import plan_in_year
from assessor.domain.plan import Plan
from assessor.domain.scheme import Scheme
from assessor.domain.unit import Unit
from assessor.domain.year import Year
from assessor.domain.year_copy import Handover, next_header
from assessor.errors import WorkbookError
from assessor.workbook.creation import add_year_from_plan, calendar_year
from assessor.workbook.plans import load_plan
from assessor.workbook.settings import load_settings
from assessor.workbook.workbook import Edit, Reading
from assessor.workbook.year_copying import CopyPreview, copy_year, preview_copy
from assessor.workbook.years import list_years, load_year


@dataclass(frozen=True)
class NewYear:
    """What a new year would be, a sentence for each part."""

    header: Year
    kept: tuple[str, ...]
    left_behind: tuple[str, ...]
    changes: tuple[str, ...]
    """What becomes of the parts of units that are gone, or new."""


def preview_year(source: Reading, to: int, copied: int | None, schemes: Sequence[Scheme]) -> NewYear:
    """``copied``: the year to copy; None: the plan and ``schemes``. Raises WorkbookError where the year exists, and as
    ``preview_copy``."""
    with source.snapshot():
        if any(year.year == to for year in list_years(source)):
            raise WorkbookError("年度已经存在", place=f"{to} 年度", remedy="请改建另一个年度，或直接修改这个年度")
        if copied is not None:
            return _of_copy(preview_copy(source, copied, to))
        header = calendar_year(to, is_sample=load_settings(source).is_sample)
        return _of_plan(load_plan(source), schemes, header)


def suggested_header(source: Reading, to: int, copied: int | None) -> Year:
    """The dates that a year begins with unless the office sets others. Raises WorkbookError where ``copied`` is
    missing."""
    if copied is not None:
        return next_header(load_year(source, copied), to)
    return calendar_year(to, is_sample=load_settings(source).is_sample)


def make_year(edit: Edit, header: Year, copied: int | None, schemes: Sequence[Scheme]) -> None:
    """Raises as ``copy_year`` and ``add_year_from_plan``."""
    if copied is not None:
        copy_year(edit, copied, header)
    else:
        add_year_from_plan(edit, load_plan(edit), schemes, header)


def _of_copy(preview: CopyPreview) -> NewYear:
    assignments = preview.copy.assignments
    targets = sum(item.target is not None for item in assignments)
    kept = [
        f"任务分解 {len(assignments)} 项（{preview.units} 个单位），其中目标值 {targets} 项，连同角色、权重和期限",
        f"考核细则 {len(preview.schemes)} 个：{'、'.join(f'《{title}》' for title in preview.schemes)}",
    ]
    if preview.requirements:
        kept.append(f"任务的年度要求 {preview.requirements} 条")
    kept.append("年度设置；期限和起止日期顺延")
    left = tuple(f"{title} {count}" for title, count in preview.left_behind)
    joined = [f"{preview.names[item.unit].short_name} {item.task}" for item in preview.copy.joined]
    changes = list(_handovers(preview.copy.handovers, preview.names))
    if joined:
        changes.append(f"新增单位按实施方案下达：{'、'.join(joined)}")
    return NewYear(preview.copy.header, tuple(kept), left, tuple(changes))


def _handovers(items: Sequence[Handover], names: Mapping[str, Unit]) -> list[str]:
    """A line for each unit that is gone."""
    lines = []
    for unit in dict.fromkeys(item.unit for item in items):
        mine = [item for item in items if item.unit == unit]
        heirs = dict.fromkeys(heir for item in mine for heir in item.heirs)
        name = names[unit].short_name
        if not heirs:
            lines.append(f"{name}已撤销，没有承接单位：{len(mine)} 项任务不再下达")
            continue
        line = f"{name} → {'、'.join(names[heir].short_name for heir in heirs)}：{len(mine)} 项任务"
        joined = sum(item.is_joined for item in mine)
        if joined:
            line += f"，其中 {joined} 项与承接单位原有的合并，同计量单位的目标值相加"
        if any(len(item.heirs) > 1 for item in mine):
            line += "，目标值需重新分配"
        lines.append(line)
    return lines


def _of_plan(plan: Plan, schemes: Sequence[Scheme], header: Year) -> NewYear:
    present = plan_in_year(plan, header.year)
    parts = [(task.code, unit) for task in present.tasks for unit in task.units]
    units = len({unit for _task, unit in parts})
    kept = [
        f"任务分解 {len(parts)} 项（{units} 个单位），按《{plan.title}》下达，目标值待定",
        f"考核细则 {len(schemes)} 个：{'、'.join(f'《{scheme.title}》' for scheme in schemes)}",
    ]
    if not plan.first_year <= header.year <= plan.last_year:
        kept.append(f"请注意：实施方案的考核年度是 {plan.first_year}—{plan.last_year} 年")
    return NewYear(header, tuple(kept), (), ())
