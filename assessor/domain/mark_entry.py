"""What is typed, pasted or cleared in a scoring table: read, and joined per row to what the workbook is to keep."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import Enum

from assessor.domain.facts import Award, Mark
from assessor.domain.mark_table import MarkRow, RowKey, given_inputs
from assessor.domain.rules.rule import LeafState, LevelRule, OfficeInput
from assessor.domain.wording import plain
from assessor.errors import InputError

RECUSED = "回避"
"""Beside a mark of a reviewer who comes from the unit itself, and in the place of one."""


class Field(Enum):
    MARK = "mark"
    POINTS = "points"
    LEVEL = "level"
    PERCENTAGE = "percentage"
    BASIS = "basis"
    """The award's reason, or the facts behind the marks."""
    SELF_SCORE = "self_score"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Cell:
    """A column of the table: what is entered there, and of marks whose."""

    field: Field
    panel: str = ""
    reviewer: str = ""


@dataclass(frozen=True)
class Entry:
    """A value for a cell of a row. None: the cell is cleared."""

    row: MarkRow
    cell: Cell
    value: Decimal | str | None


@dataclass(frozen=True)
class MarkGiven:
    unit: str
    mark: Mark


@dataclass(frozen=True)
class MarkTaken:
    """Only whose mark it is, on what, is looked at."""

    unit: str
    mark: Mark


@dataclass(frozen=True)
class AwardGiven:
    unit: str
    award: Award


@dataclass(frozen=True)
class AwardTaken:
    unit: str
    indicator: str
    task: str | None


@dataclass(frozen=True)
class SelfScoreGiven:
    unit: str
    indicator: str
    points: Decimal | None
    """None: taken back."""


@dataclass(frozen=True)
class Ruled:
    """Whether an indicator, or one task, applies to the unit."""

    unit: str
    indicator: str
    task: str | None
    reason: str
    """Why it does not; empty: it does."""


Decision = MarkGiven | MarkTaken | AwardGiven | AwardTaken | SelfScoreGiven | Ruled


def refusal(row: MarkRow, cell: Cell) -> str:
    """Why nothing can be entered in a cell, whatever it is; empty where something can."""
    if row.unit.exempt:
        return f"不参评：{row.unit.exempt}"
    if cell.field is Field.NOT_APPLICABLE:
        return ""
    if cell.field is Field.SELF_SCORE:
        return "自评分是整项指标的，不逐项任务填写" if row.task else ""
    if row.state is LeafState.NOT_APPLICABLE:
        return "不涉及的不评分；要评分，请先清空“不涉及”一栏的理由"
    return _refused_score(row, cell)


def read_cell(row: MarkRow, cell: Cell, text: str) -> Decimal | str | None:
    """The value of a text that is not cut. Raises InputError: what is wrong with it, and how to mend it."""
    wanted = text.strip()
    if not wanted:
        return None
    if cell.field is Field.MARK:
        wanted = wanted.removesuffix(RECUSED).removesuffix(f"（{RECUSED}）")  # as the table shows and copies it
        if not wanted:
            return None
        return _number(wanted, Decimal(100), "评委评分按百分制填写")
    if cell.field is Field.PERCENTAGE:
        return _number(wanted.removesuffix("%"), Decimal(100), "百分比按 0 到 100 填写")
    if cell.field in (Field.POINTS, Field.SELF_SCORE):
        return _number(wanted, row.indicator.points, f"这个指标 {plain(row.indicator.points)} 分")
    if cell.field is Field.LEVEL and wanted not in row.levels:
        raise InputError(f"细则没有“{wanted}”这个等级", remedy=f"请从 {'、'.join(row.levels)} 中选一个")
    return wanted


def decisions(entries: Sequence[Entry]) -> tuple[Decision, ...]:
    """What the entries of one action come to, row by row: a level and its percentage, points and their reason are one
    award, and facts go with the marks. Raises InputError where a reason has nothing to stand for."""
    rows: dict[RowKey, list[Entry]] = {}
    for entry in entries:
        rows.setdefault(entry.row.key, []).append(entry)
    return tuple(decision for of_row in rows.values() for decision in _of_row(of_row))


def basis_text(row: MarkRow) -> str:
    """The award's reason, or the facts behind the marks: one for all, or for each that has one ``张三：…；李四：…``."""
    if row.award is not None or OfficeInput.MARKS not in row.inputs:
        return row.award.reason if row.award else ""
    founded = [mark for mark in row.marks if mark.fact]
    if len({mark.fact for mark in founded}) == 1 and not any(row.lacks_fact(mark) for mark in row.marks):
        return founded[0].fact
    return "；".join(f"{mark.reviewer}：{mark.fact}" for mark in founded)


def action_label(entries: Sequence[Entry]) -> str:
    """The name of the edit: what was done, and to which indicator, or else to which unit."""
    rows = [entry.row for entry in entries]
    tasks = {row.task.task for row in rows if row.task}
    if len(tasks) == 1 and all(entry.cell.field is Field.NOT_APPLICABLE for entry in entries):
        return f"{_verb(entries)}：任务 {next(iter(tasks))}"
    indicators = {row.indicator.code: row.indicator.title for row in rows}
    units = {row.unit.unit.short_name for row in rows}
    if len(indicators) == 1:
        ((code, title),) = indicators.items()
        what = f"：{code} {title}"
    else:
        what = f"：{next(iter(units))}" if len(units) == 1 else ""
    return f"{_verb(entries)}{what}"


def _verb(entries: Sequence[Entry]) -> str:
    fields = {entry.cell.field for entry in entries}
    is_clearing = all(entry.value is None for entry in entries)
    if fields == {Field.NOT_APPLICABLE}:
        return "取消不涉及" if is_clearing else "认定不涉及"
    if fields == {Field.BASIS}:
        return "删除评分依据" if is_clearing else "录入评分依据"
    if fields == {Field.SELF_SCORE}:
        return "删除自评分" if is_clearing else "录入自评分"
    return "删除评分" if is_clearing else "录入评分"


def _refused_score(row: MarkRow, cell: Cell) -> str:
    rule = row.indicator.rule
    if not row.inputs:
        if given_inputs(rule):
            return "这个指标逐项任务评分，请在下面各项任务上评"
        return f"这个指标按“{rule.label}”由填报和登记的情况计算，不用评分"
    takes_marks = OfficeInput.MARKS in row.inputs
    if cell.field is Field.MARK:
        if cell.panel not in row.panels:
            return (
                f"这个指标按“{rule.label}”评分，不用这一组评委"
                if takes_marks
                else f"这个指标按“{rule.label}”评分，不用评委评分"
            )
        return ""
    if cell.field is Field.BASIS:
        return ""
    if OfficeInput.AWARD not in row.inputs:
        return f"这个指标按“{rule.label}”评分，请录入评委评分"
    by_level = bool(row.levels)
    if by_level != (cell.field in (Field.LEVEL, Field.PERCENTAGE)):
        return f"这个指标按“{rule.label}”评分，请{'选择等级' if by_level else '填写分数'}"
    return ""


def _number(text: str, most: Decimal, why: str) -> Decimal:
    remedy = f"{why}，请填写 0 到 {plain(most)} 之间的数"
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise InputError(f"“{text}”不是数字", remedy=remedy) from None
    if not value.is_finite() or not 0 <= value <= most:
        raise InputError(f"{text} 不在 0 到 {plain(most)} 之间", remedy=remedy)
    return value


def _of_row(entries: Sequence[Entry]) -> Iterator[Decision]:
    row = entries[0].row
    unit, indicator, task = row.unit.unit.code, row.indicator.code, row.key[2] or None
    by_field: dict[Field, Decimal | str | None] = {entry.cell.field: entry.value for entry in entries}
    if Field.NOT_APPLICABLE in by_field:
        yield Ruled(unit, indicator, task, _text(by_field[Field.NOT_APPLICABLE]))
    if Field.SELF_SCORE in by_field:
        points = by_field[Field.SELF_SCORE]
        yield SelfScoreGiven(unit, indicator, points if isinstance(points, Decimal) else None)
    if OfficeInput.AWARD in row.inputs:
        yield from _award_decisions(row, by_field)
    else:
        yield from _mark_decisions(row, entries)


def _award_decisions(row: MarkRow, by_field: dict[Field, Decimal | str | None]) -> Iterator[Decision]:
    if not by_field.keys() & {Field.POINTS, Field.LEVEL, Field.PERCENTAGE, Field.BASIS}:
        return
    unit, task = row.unit.unit.code, row.key[2] or None
    award = _merged(row, by_field)
    if award is not None:
        if award != row.award:
            yield AwardGiven(unit, award)
        return
    if by_field.get(Field.BASIS) is not None:
        what = f"{row.unit.unit.short_name} {row.indicator.code} 还没有评分，不能只写理由"
        raise InputError(what, remedy="请先评分，或把分数和理由一起粘贴")
    if row.award is not None:
        yield AwardTaken(unit, row.indicator.code, task)


def _merged(row: MarkRow, by_field: dict[Field, Decimal | str | None]) -> Award | None:
    """The row's award with what was entered; None where nothing is left of it."""
    award = row.award or Award(row.indicator.code, "", task=row.key[2] or None)
    if Field.POINTS in by_field:
        points = by_field[Field.POINTS]
        award = replace(award, points=points if isinstance(points, Decimal) else None)
    if Field.LEVEL in by_field:
        award = _with_level(row, award, _text(by_field[Field.LEVEL]) or None)
    if Field.PERCENTAGE in by_field:
        percentage = by_field[Field.PERCENTAGE]
        is_free = by_field.get(Field.LEVEL) is None
        award = _with_percentage(row, award, percentage if isinstance(percentage, Decimal) else None, is_free=is_free)
    if award.points is None and award.level is None:
        return None
    return replace(award, reason=_text(by_field[Field.BASIS])) if Field.BASIS in by_field else award


def _with_level(row: MarkRow, award: Award, title: str | None) -> Award:
    """A percentage that the level does not hold goes."""
    rule, percentage = row.indicator.rule, award.percentage
    if title is None or percentage is None or not isinstance(rule, LevelRule):
        return replace(award, level=title, percentage=None)
    held = any(level.title == title and level.holds(percentage) for level in rule.levels)
    return replace(award, level=title, percentage=percentage if held else None)


def _with_percentage(row: MarkRow, award: Award, percentage: Decimal | None, *, is_free: bool) -> Award:
    """``is_free``: no level was entered with it, so that the percentage says which one it is."""
    rule = row.indicator.rule
    if percentage is None or not is_free or not isinstance(rule, LevelRule):
        return replace(award, percentage=percentage)
    level = next((level.title for level in rule.levels if level.holds(percentage)), award.level)
    return replace(award, level=level, percentage=percentage)


def _mark_decisions(row: MarkRow, entries: Sequence[Entry]) -> Iterator[Decision]:
    before = {(mark.panel, mark.reviewer): mark for mark in row.marks}
    after = dict(before)
    for entry in entries:
        key = entry.cell.panel, entry.cell.reviewer
        if entry.cell.field is Field.MARK and isinstance(entry.value, Decimal):
            fact = before[key].fact if key in before else ""
            after[key] = Mark(row.indicator.code, key[1], key[0], entry.value, row.key[2] or None, fact)
        elif entry.cell.field is Field.MARK:
            after.pop(key, None)
    for entry in entries:
        if entry.cell.field is Field.BASIS:
            after = _founded(row, after, _text(entry.value))
    unit = row.unit.unit.code
    yield from (MarkTaken(unit, mark) for key, mark in before.items() if key not in after)
    yield from (MarkGiven(unit, mark) for key, mark in after.items() if mark != before.get(key))


def _founded(row: MarkRow, marks: dict[tuple[str, str], Mark], text: str) -> dict[tuple[str, str], Mark]:
    """``text`` as ``basis_text`` writes it: what begins with a reviewer's name is about his mark, all else about the
    extreme marks that are not named, or about every mark where none is extreme."""
    if not marks and text:
        what = f"{row.unit.unit.short_name} {row.indicator.code} 还没有评分，不能只写依据"
        raise InputError(what, remedy="请先录入评委的评分")
    own, shared = _by_reviewer(text, sorted({mark.reviewer for mark in marks.values()}))
    rest = [mark for mark in marks.values() if mark.reviewer not in own]
    meant = [mark for mark in rest if row.extremes.holds(mark.value)] or ([] if own else rest)
    facts = dict.fromkeys(((mark.panel, mark.reviewer) for mark in meant), shared)
    return {key: replace(mark, fact=own.get(mark.reviewer, facts.get(key, ""))) for key, mark in marks.items()}


def _by_reviewer(text: str, names: Sequence[str]) -> tuple[dict[str, str], str]:
    """Reviewer -> what is said of his mark; and what is said of nobody in particular."""
    if not names:
        return {}, text.strip()
    one_of = "|".join(map(re.escape, names))
    first, *named = re.split(rf"(?:^|[；;\n])\s*({one_of})\s*[：:]", text)
    own = {name: fact.strip() for name, fact in zip(named[::2], named[1::2], strict=True)}
    return own, first.strip()


def _text(value: Decimal | str | None) -> str:
    return value if isinstance(value, str) else ""
