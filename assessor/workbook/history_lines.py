"""The history as lines for a file, a paper or a terminal: one for every cell that an edit changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assessor.work import Work
from assessor.workbook.history import RowChange, load_changes
from assessor.workbook.history_list import TASK_COLUMNS, HistoryEntry, HistoryQuery, list_entries
from assessor.workbook.row_titles import area_of, table_title
from assessor.workbook.row_words import Names, deed_of, fields_of, load_names, place_of
from assessor.workbook.workbook import Reading

HEADINGS = ("序号", "时间", "操作员", "修改", "状态", "年度", "范围", "对象", "变动", "项目", "原值", "新值")


@dataclass(frozen=True)
class HistoryLine:
    """A cell before and after, in words. ``year`` is empty where the row belongs to none."""

    number: int
    at: str
    operator: str
    label: str
    status: str
    year: str
    area: str
    place: str
    deed: str
    title: str
    old: str
    new: str

    def cells(self) -> tuple[str, ...]:
        """Under ``HEADINGS``."""
        return (
            str(self.number), self.at, self.operator, self.label, self.status, self.year,
            self.area, self.place, self.deed, self.title, self.old, self.new,
        )  # fmt: skip


def history_lines(
    source: Reading, query: HistoryQuery, work: Work, *, limit: int | None = None
) -> Iterator[HistoryLine]:
    """Newest edits first, at most ``limit`` of them; of rows and fields, what changed. Raises Cancelled."""
    with source.snapshot():
        names = load_names(source)
        entries = list_entries(source, query, limit=limit)
        for place, entry in enumerate(entries):
            if place % 50 == 0:
                work.step(place / len(entries), f"整理第 {place + 1} 次修改，共 {len(entries)} 次")
            for change in rows_of_interest(load_changes(source, entry.record.number), query):
                yield from _lines(entry, change, names)


def rows_of_interest(changes: tuple[RowChange, ...], query: HistoryQuery) -> tuple[RowChange, ...]:
    """Of an edit's rows those that were asked for: one row's history, or one unit's."""
    if query.row is not None:
        return tuple(change for change in changes if (change.table, change.key) == query.row)
    return tuple(
        change
        for change in changes
        if (query.unit is None or change.unit == query.unit)
        and (query.year is None or change.year == query.year)
        and (query.area is None or area_of(change.table) is query.area)
        and (query.indicator is None or _bears_on(change, query))
        and (query.section is None or _is_of_section(change, query.section))
    )


def query_words(query: HistoryQuery, names: Names) -> str:
    """What is looked for, in words: ``2022 年度，市科协，指标 2.1 评议``; empty for everything."""
    parts = [f"{query.year} 年度"] if query.year is not None else []
    parts += [query.area.value] if query.area else []
    parts += [names.unit(query.unit, query.year)] if query.unit else []
    if query.indicator is not None:
        group = names.group_of.get(query.unit or "", "")
        title = names.indicators.get((query.year or 0, group, query.indicator), "")
        parts.append(f"指标 {query.indicator} {title}".rstrip())
    parts += [f"{query.section} 的任务"] if query.section else []
    parts += [f"操作员 {query.operator}"] if query.operator else []
    parts += [f"{query.first_day} 起"] if query.first_day else []
    parts += [f"{query.last_day} 止"] if query.last_day else []
    parts += [f"含“{query.text}”"] if query.text else []
    if query.row is not None:
        parts.append(f"{table_title(query.row[0])}的一项数据")
    return "，".join(parts)


def status_of(entry: HistoryEntry) -> str:
    """已撤销, else what kind of edit it is; empty of a plain one."""
    if entry.is_undone:
        return "已撤销"
    return entry.record.kind.label if entry.record.kind.value != "edit" else ""


def time_words(entry: HistoryEntry) -> str:
    return f"{entry.record.at:%Y-%m-%d %H:%M:%S}"


def _is_of_section(change: RowChange, section: str) -> bool:
    row = change.after or change.before or {}
    return any(str(row.get(column) or "").startswith(f"{section}.") for column in TASK_COLUMNS)


def _bears_on(change: RowChange, query: HistoryQuery) -> bool:
    row = change.after or change.before or {}
    if change.table == "event":
        return row.get("code") == query.indicator
    return row.get("indicator") == query.indicator or row.get("figure") in query.figures


def _lines(entry: HistoryEntry, change: RowChange, names: Names) -> Iterator[HistoryLine]:
    for field in fields_of(change, names):
        if field.is_changed:
            yield HistoryLine(
                number=entry.record.number,
                at=time_words(entry),
                operator=entry.record.operator,
                label=entry.record.label,
                status=status_of(entry),
                year="" if change.year is None else str(change.year),
                area=table_title(change.table),
                place=place_of(change, names),
                deed=deed_of(change).value,
                title=field.title,
                old=field.old,
                new=field.new,
            )
