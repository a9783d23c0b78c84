"""The columns of the page of events: every event with what it counts for, and what each unit's events come to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assessor.domain.entry_table import Effect, EntryRow, UnitEntries
from assessor.domain.event_entry import EventField, event_refusal, read_event_cell
from assessor.domain.wording import plain
from assessor.ui.grid.column import CellEdit, CellKind, Column

FILES = "files"
_KINDS = {
    EventField.DATE: CellKind.DATE,
    EventField.ITEM: CellKind.CHOICE,
    EventField.TASK: CellKind.CHOICE,
    EventField.POINTS: CellKind.NUMBER,
    EventField.SHARED_BY: CellKind.NUMBER,
    EventField.OCCURRENCES: CellKind.NUMBER,
}
_CHOICES: dict[EventField, Callable[[EntryRow], Sequence[str]]] = {
    EventField.ITEM: lambda row: [item.words for item in row.items],
    EventField.TASK: lambda row: row.tasks,
}
_TEXTS: dict[EventField, Callable[[EntryRow], str]] = {
    EventField.DATE: lambda row: row.event.happened_on.isoformat(),
    EventField.ITEM: lambda row: row.item.words if row.item else row.event.code,
    EventField.TASK: lambda row: row.event.task or "",
    EventField.MATTER: lambda row: row.event.matter,
    EventField.REASON: lambda row: row.event.reason,
    EventField.POINTS: lambda row: plain(row.event.points),
    EventField.SHARED_BY: lambda row: str(row.event.shared_by),
    EventField.OCCURRENCES: lambda row: str(row.event.occurrences),
    EventField.EVIDENCE: lambda row: row.event.evidence,
}
_TONES = {Effect.CUT: "warn", Effect.REPEATED: "warn", Effect.LIMITS: "bad", Effect.NONE: "faint"}


def entry_columns() -> tuple[Column[EntryRow], ...]:
    return (
        _typed(EventField.DATE, "日期", 104),
        Column("unit", "单位", CellKind.TEXT, lambda row: row.unit.unit.short_name, is_bold=True, width=116),
        Column("kind", "类别", CellKind.TEXT, lambda row: row.event.kind.label, tone=_kind_tone, width=84),
        _typed(EventField.ITEM, "事项", 116, _item_note),
        _typed(EventField.REASON, "事由", 190),
        _typed(EventField.POINTS, "分值", 62),
        Column(
            "counted",
            "计入",
            CellKind.TEXT,
            lambda row: row.counted_text,
            _counted_key,
            is_bold=True,
            tone=_tone,
            width=74,
        ),
        Column(
            FILES,
            "佐证\n材料",
            CellKind.NUMBER,
            _files_text,
            lambda row: row.files,
            tone=_files_tone,
            tooltip=_files_tip,
            width=64,
        ),
        Column("sentence", "计分说明", CellKind.TEXT, lambda row: row.sentence, tone=_sentence_tone, width=280),
        _typed(EventField.MATTER, "同一事项", 130, _matter_note),
        _typed(EventField.SHARED_BY, "均享\n单位数", 72),
        _typed(EventField.OCCURRENCES, "次数", 62),
        _typed(EventField.EVIDENCE, "证明文件", 140),
        _typed(EventField.TASK, "任务", 72),
        Column(
            "total", "总分", CellKind.NUMBER, lambda row: "" if row.unit.exempt else f"{row.unit.total:f}", width=72
        ),
        Column(
            "grade",
            "等次",
            CellKind.TEXT,
            lambda row: grade_text(row.unit.grade, is_provisional=row.unit.provisional),
            width=72,
        ),
        Column("key", "编号", CellKind.TEXT, lambda row: row.event.key, tone=_muted, width=64),
    )


def unit_entry_columns() -> tuple[Column[UnitEntries], ...]:
    return (
        Column("unit", "单位", CellKind.TEXT, lambda row: row.unit.unit.short_name, is_bold=True, width=130),
        Column("events", "事项", CellKind.NUMBER, lambda row: str(row.events), width=60),
        Column("bonus", "加分", CellKind.NUMBER, lambda row: f"{row.unit.bonus:f}", width=70),
        Column("deduction", "扣分", CellKind.NUMBER, lambda row: f"{row.unit.deduction:f}", width=70),
        Column(
            "uses",
            "各类已计 / 上限",
            CellKind.TEXT,
            lambda row: row.uses_text,
            tone=lambda row: "warn" if row.full_caps else "",
            width=340,
        ),
        Column("occurrences", "扣分情形\n次数", CellKind.NUMBER, lambda row: str(row.occurrences or ""), width=84),
        Column("vetoes", "一票否决", CellKind.TEXT, lambda row: row.vetoes_text, tone=lambda _row: "bad", width=200),
        Column("base", "基础分", CellKind.NUMBER, lambda row: f"{row.unit.base:f}", width=76),
        Column("total", "总分", CellKind.NUMBER, lambda row: f"{row.unit.total:f}", is_bold=True, width=76),
        Column("rank", "名次", CellKind.NUMBER, lambda row: row.unit.rank_text, lambda row: row.unit.rank, width=64),
        Column(
            "grade",
            "等次",
            CellKind.TEXT,
            lambda row: grade_text(row.unit.grade, is_provisional=row.unit.provisional),
            width=70,
        ),
    )


def grade_text(grade: str | None, *, is_provisional: bool) -> str:
    return grade or ("暂估" if is_provisional else "—")


def _typed(
    field: EventField, title: str, width: int, tooltip: Callable[[EntryRow], str] = lambda _row: ""
) -> Column[EntryRow]:
    said = _TEXTS[field]
    edit = CellEdit[EntryRow](
        start=said,
        parse=lambda row, text: read_event_cell(row, field, text),
        refusal=lambda row: event_refusal(row, field),
        choices=_CHOICES.get(field, lambda _row: ()),
    )
    return Column(
        field.value,
        title,
        _KINDS.get(field, CellKind.TEXT),
        lambda row: "" if event_refusal(row, field) else said(row),
        edit=edit,
        width=width,
        tooltip=lambda row: event_refusal(row, field) or tooltip(row),
    )


def _item_note(row: EntryRow) -> str:
    return f"{row.item.words}（{row.item.note}）" if row.item else ""


def _matter_note(row: EntryRow) -> str:
    return row.event.matter or "写同一事项的几条加分（或扣分）只计最高的一条；各不相干的可以不写"


def _kind_tone(row: EntryRow) -> str:
    return {"bonus": "good", "deduction": "warn", "veto": "bad"}.get(row.event.kind.value, "muted")


def _counted_key(row: EntryRow) -> object:
    return row.counted


def _tone(row: EntryRow) -> str:
    return _TONES.get(row.effect, "")


def _sentence_tone(row: EntryRow) -> str:
    return "warn" if row.effect in (Effect.CUT, Effect.REPEATED) else "muted"


def _files_text(row: EntryRow) -> str:
    return str(row.files) if row.files else "缺"


def _files_tone(row: EntryRow) -> str:
    return "" if row.files else "warn"


def _files_tip(row: EntryRow) -> str:
    return f"{row.files} 件佐证材料" if row.files else "还没有佐证材料：把文件拖到这一行，或用“添加佐证…”"


def _muted(_row: EntryRow) -> str:
    return "muted"
