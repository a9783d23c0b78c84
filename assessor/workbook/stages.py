"""A year's way through its stages. Each step is an ordinary edit, which can be undone; sealing is none of them."""

from __future__ import annotations

from dataclasses import replace

from assessor.domain.stage_step import earlier_stages, forward_step
from assessor.domain.year import Stage, Year
from assessor.domain.year_view import view_year
from assessor.errors import InputError, WorkbookError
from assessor.workbook.facts import load_facts
from assessor.workbook.plans import load_plan
from assessor.workbook.scheme_versions import freeze_schemes
from assessor.workbook.values import required_text
from assessor.workbook.workbook import Edit
from assessor.workbook.years import load_year, save_year

START_OF_SCORING = "开始评分"
START_AGAIN = "重新开始评分"


def advance_stage(edit: Edit, year: int, *, keeps_open: bool = False) -> Year:
    """Takes the year to its next stage. Starting to score closes the collection, unless it ``keeps_open``, and freezes
    the schemes; starting the review closes it in any case.

    Raises WorkbookError where the year is missing, nothing has been assigned, a scheme is unsound, or the next stage
    is the seal.
    """
    header = load_year(edit, year)
    step = forward_step(view_year(load_plan(edit), load_facts(edit, year)), edit.at.date())
    place = f"{year} 年度"
    if step is None:
        raise WorkbookError("下一步是定稿", place=place, remedy="请用“工具 > 定稿…”")
    for obstacle in step.obstacles:
        raise WorkbookError(f"不能{step.title}：{obstacle.what}", place=place, remedy=obstacle.remedy)
    is_closed = header.collection_closed
    if step.after is Stage.SCORE:
        is_closed = is_closed or not keeps_open
        _freeze(edit, year)
    elif step.after is Stage.REVIEW:
        is_closed = True
    advanced = replace(header, stage=step.after, collection_closed=is_closed)
    save_year(edit, advanced)
    return advanced


def close_collection(edit: Edit, year: int) -> Year:
    """What is not submitted is not awaited any longer and scores 0."""
    closed = replace(load_year(edit, year), collection_closed=True)
    save_year(edit, closed)
    return closed


def go_back(edit: Edit, year: int, to: Stage, reason: str) -> Year:
    """Takes the year back to an earlier stage; collection opens again where it is one that collects. The reason is the
    edit's: it belongs into its label (``back_label``).

    Raises InputError without a reason or where ``to`` is no earlier stage, WorkbookError where the year is missing.
    """
    header = load_year(edit, year)
    place = f"{year} 年度"
    required_text(reason, "退回的原因", place)
    if to not in earlier_stages(header.stage):
        raise InputError(
            f"现在是{header.stage.label}阶段，不能退回到{to.label}阶段", place=place, remedy=_remedy(header)
        )
    collects = to.position <= Stage.COLLECT.position
    back = replace(header, stage=to, collection_closed=header.collection_closed and not collects)
    save_year(edit, back)
    return back


def back_label(year: int, to: Stage, reason: str) -> str:
    """Of the edit that takes a year back: it keeps the reason, on one line."""
    return f"{year} 年度退回{to.label}阶段：{' '.join(reason.split())}"


def _remedy(header: Year) -> str:
    if header.stage is Stage.SEAL:
        return "已定稿的年度请先用“工具 > 解除定稿…”"
    before = "、".join(stage.label for stage in earlier_stages(header.stage))
    return f"可以退回到：{before}" if before else "这已经是第一个阶段"


def _freeze(edit: Edit, year: int) -> None:
    frozen = edit.rows("SELECT 1 FROM scheme_version WHERE year = ? LIMIT 1", (year,))
    freeze_schemes(edit, year, START_AGAIN if frozen else START_OF_SCORING)
