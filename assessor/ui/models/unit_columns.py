"""The columns of the page of units: the registry itself, a unit's contacts, years and tasks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assessor.domain.contact import Contact
from assessor.domain.registry_table import (
    NONE,
    RegistryData,
    TaskLine,
    UnitRow,
    UnitYear,
    checked_aliases,
    checked_name,
    group_refusal,
    name_refusal,
)
from assessor.errors import InputError
from assessor.ui.grid.column import CellEdit, CellKind, Column


@dataclass(frozen=True)
class ContactRow:
    """A contact's place with the unit; the last place is empty, to be filled in."""

    place: int
    contact: Contact


def unit_columns(data: Callable[[], RegistryData], year: Callable[[], int]) -> tuple[Column[UnitRow], ...]:
    """``data`` and ``year``: what is shown when a cell is about to be edited."""

    def names(row: UnitRow) -> str:
        return name_refusal(data(), row.code, year())

    def groups() -> Mapping[str, str]:
        return {group.title: group.code for group in data().state.plan.groups}

    def name(row: UnitRow, text: str) -> str:
        return checked_name(data(), row, year(), name=text)

    def short_name(row: UnitRow, text: str) -> str:
        return checked_name(data(), row, year(), short_name=text)

    short = CellEdit[UnitRow](lambda row: row.short_name, short_name, names)
    full = CellEdit[UnitRow](lambda row: row.name, name, names)
    group = CellEdit[UnitRow](
        lambda row: row.group_title,
        lambda _row, text: _group_code(groups(), text),
        lambda row: group_refusal(data(), row.code),
        lambda _row: tuple(groups()),
    )
    aliases = CellEdit[UnitRow](
        lambda row: "、".join(row.aliases), lambda row, text: checked_aliases(data(), row, text)
    )
    contact = CellEdit[UnitRow](lambda row: row.contact, lambda _row, text: text.strip())
    phone = CellEdit[UnitRow](lambda row: row.phone, lambda _row, text: text.strip())
    return (
        _words("short_name", "简称", lambda row: row.short_name, 132, short, is_bold=True),
        _words("name", "全称", lambda row: row.name, 176, full),
        _words("group", "组别", lambda row: row.group_title, 74, group, CellKind.CHOICE),
        _words("contact", "联系人", lambda row: row.contact, 72, contact, tooltip=_more),
        _words("phone", "电话", lambda row: row.phone, 108, phone),
        Column("tasks", "本年\n任务", CellKind.NUMBER, _tasks, _task_count, width=60, tooltip=_leads, tone=_tone),
        _words("grade_before", "上年\n等次", lambda row: row.grade_before, 64),
        _words("validity", "参加考核", lambda row: row.validity, 116),
        _words("successor", "承接单位", lambda row: row.successor, 116),
        _words("aliases", "别名", lambda row: "、".join(row.aliases), 260, aliases),
    )


def contact_columns() -> tuple[Column[ContactRow], ...]:
    fields = (("name", "姓名", 68), ("duty", "职务", 78), ("phone", "电话", 106), ("note", "备注", 72))
    return tuple(_contact_column(*field) for field in fields)


def year_columns() -> tuple[Column[UnitYear], ...]:
    number, text = CellKind.NUMBER, CellKind.TEXT
    return (
        Column("year", "年度", number, lambda row: str(row.year), lambda row: row.year, width=60, is_bold=True),
        Column("total", "总分", number, lambda row: row.total_text, lambda row: row.total, width=70),
        Column("rank", "名次", number, lambda row: row.rank_text, lambda row: row.rank, width=56),
        Column("grade", "等次", text, lambda row: row.grade, width=66),
        Column("state", "状态", text, lambda row: "已定稿" if row.is_sealed else "未定稿", width=70, tone=_open),
    )


def task_columns() -> tuple[Column[TaskLine], ...]:
    return (
        Column("code", "编号", CellKind.TEXT, lambda row: row.code, width=56, is_bold=True),
        Column("title", "任务", CellKind.TEXT, lambda row: row.title, width=134),
        Column("role", "职责", CellKind.TEXT, lambda row: row.role, width=62),
        Column("target", "目标", CellKind.TEXT, lambda row: row.target, width=84),
        Column("state", "备注", CellKind.TEXT, lambda row: row.state, width=90, tone=lambda _row: "muted"),
    )


def _words(
    key: str,
    title: str,
    text: Callable[[UnitRow], str],
    width: int,
    edit: CellEdit[UnitRow] | None = None,
    kind: CellKind = CellKind.TEXT,
    *,
    tooltip: Callable[[UnitRow], str] | None = None,
    is_bold: bool = False,
) -> Column[UnitRow]:
    """A column of words; of a unit that is not in the year they are faint."""
    hint = tooltip or (lambda _row: "")
    return Column(key, title, kind, text, edit=edit, width=width, tone=_tone, tooltip=hint, is_bold=is_bold)


def _contact_column(key: str, title: str, width: int) -> Column[ContactRow]:
    def text(row: ContactRow) -> str:
        return str(getattr(row.contact, key))

    edit = CellEdit[ContactRow](text, lambda _row, typed: typed.strip())
    return Column(key, title, CellKind.TEXT, text, edit=edit, width=width, tooltip=_contact_hint)


def _group_code(groups: Mapping[str, str], text: str) -> str:
    if text not in groups:
        raise InputError(f"没有“{text}”这个组别" if text else "没有选择组别", remedy=f"请选择：{'、'.join(groups)}")
    return groups[text]


def _tone(row: UnitRow) -> str:
    return "" if row.is_valid else "faint"


def _task_count(row: UnitRow) -> int | None:
    return row.tasks


def _tasks(row: UnitRow) -> str:
    return NONE if row.tasks is None else str(row.tasks)


def _leads(row: UnitRow) -> str:
    return f"{row.tasks} 项任务，其中牵头 {row.leads} 项" if row.tasks else ""


def _more(row: UnitRow) -> str:
    return f"{row.contact}（另有 {row.more_contacts} 位联系人）" if row.more_contacts else ""


def _contact_hint(row: ContactRow) -> str:
    return "在这一行填写，即新增一位联系人" if row.contact.is_empty else ""


def _open(row: UnitYear) -> str:
    return "muted" if row.is_sealed else "warn"
