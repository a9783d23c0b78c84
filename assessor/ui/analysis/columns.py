"""The columns of the tables of the page of analyses."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from assessor.domain.bridge import Bridge
from assessor.domain.bridge_table import BridgeRow
from assessor.domain.conversion import ConvertedUnit
from assessor.domain.results import UnitResult
from assessor.domain.robustness_table import Influence, RobustnessRow
from assessor.domain.wording import signed
from assessor.ui.grid.column import CellKind, Column

_NONE = "—"

ROBUSTNESS_COLUMNS: tuple[Column[RobustnessRow], ...] = (
    Column("unit", "单位", CellKind.TEXT, lambda row: row.result.unit.short_name, is_bold=True),
    Column("rank", "名次", CellKind.NUMBER, lambda row: row.result.rank_text, lambda row: row.result.rank),
    Column(
        "interval",
        "名次区间",
        CellKind.TEXT,
        lambda row: row.interval_text,
        lambda row: (row.worst - row.best, row.best),
        hint="分值变动时，5% 至 95% 的测算中的名次",
    ),
    Column(
        "kept",
        "等次不变",
        CellKind.NUMBER,
        lambda row: row.kept_text,
        lambda row: None if row.result.grade is None else row.kept,
        tone=lambda row: "warn" if row.result.grade is not None and row.kept < 90 else "",
        hint="等次与公布的相同的测算占多少",
    ),
    Column(
        "near",
        "并列区间",
        CellKind.TEXT,
        lambda row: row.near_text,
        tone=lambda _row: "muted",
        tooltip=lambda row: row.near_sentence,
        hint="先后难分的相邻单位",
    ),
)

INFLUENCE_COLUMNS: tuple[Column[Influence], ...] = (
    Column("part", "种类", CellKind.TEXT, lambda row: row.part.label, tone=lambda _row: "muted"),
    Column("title", "不计", CellKind.TEXT, lambda row: row.title, is_bold=True, hint="假设没有这一项，重排名次"),
    Column(
        "mean",
        "平均变动\n（名次）",
        CellKind.NUMBER,
        lambda row: f"{row.mean_shift:f}",
        lambda row: row.mean_shift,
        hint="各单位名次变动多少名，不论前后，取平均",
    ),
    Column("moved", "变动\n单位数", CellKind.NUMBER, lambda row: str(row.moved), lambda row: row.moved),
    Column("mover", "变动最大的单位", CellKind.TEXT, lambda row: row.mover_text, lambda row: abs(row.shift)),
)


def _before(row: BridgeRow) -> Decimal | None:
    known = row.before is not None and not row.before.exempt
    return row.before.total if row.before is not None and known else None


def _after(row: BridgeRow) -> Decimal | None:
    return None if row.result.exempt else row.result.total


def _total(key: str, title: str, value: Callable[[BridgeRow], Decimal | None]) -> Column[BridgeRow]:
    return Column(key, title, CellKind.NUMBER, lambda row: _NONE if value(row) is None else f"{value(row):f}", value)


def _part(
    key: str, title: str, value: Callable[[Bridge], Decimal], hint: str, *, bold: bool = False
) -> Column[BridgeRow]:
    def read(row: BridgeRow) -> Decimal | None:
        return value(row.bridge) if row.bridge else None

    def text(row: BridgeRow) -> str:
        return signed(value(row.bridge)) if row.bridge else _NONE

    def tone(row: BridgeRow) -> str:
        points = read(row)
        return "faint" if not points else ("good" if points > 0 else "bad")

    return Column(key, title, CellKind.NUMBER, text, read, tone=tone, is_bold=bold, hint=hint)


BRIDGE_COLUMNS: tuple[Column[BridgeRow], ...] = (
    Column("unit", "单位", CellKind.TEXT, lambda row: row.result.unit.short_name, is_bold=True),
    _total("before", "上年\n总分", _before),
    _total("after", "本年\n总分", _after),
    _part("difference", "差", lambda made: made.difference, "本年总分减上年总分", bold=True),
    _part("performance", "工作\n成效", lambda made: made.performance, "两年相同的指标上，得分比例、加分和扣分的变化"),
    _part("scheme", "细则\n变化", lambda made: made.scheme, "分值变了、指标增减、评分规则改了"),
    _part("membership", "承担\n范围", lambda made: made.membership, "任务或指标由不涉及变为涉及，或相反"),
    Column(
        "sentence",
        "说明",
        CellKind.TEXT,
        lambda row: row.sentence,
        tone=lambda row: "muted" if row.bridge else "warn",
        width=320,
    ),
)


def _unit_tone(unit: UnitResult) -> str:
    return "faint" if unit.exempt else ""


CONVERSION_COLUMNS: tuple[Column[ConvertedUnit], ...] = (
    Column(
        "unit",
        "单位",
        CellKind.TEXT,
        lambda row: row.result.unit.short_name,
        tone=lambda row: _unit_tone(row.result),
        is_bold=True,
    ),
    Column(
        "total",
        "总分",
        CellKind.NUMBER,
        lambda row: _NONE if row.result.exempt else f"{row.result.total:f}",
        lambda row: None if row.result.exempt else row.result.total,
    ),
    Column("rank", "名次", CellKind.NUMBER, lambda row: row.result.rank_text, lambda row: row.result.rank),
    Column("grade", "等次", CellKind.TEXT, lambda row: row.result.grade or _NONE, lambda row: row.result.rank),
    Column(
        "points",
        "折算分",
        CellKind.NUMBER,
        lambda row: _NONE if row.points is None else f"{row.points:f}",
        lambda row: row.points,
        is_bold=True,
    ),
    Column(
        "how",
        "折算说明",
        CellKind.TEXT,
        lambda row: row.sentence or row.reason,
        tone=lambda row: "warn" if row.reason else "muted",
    ),
)
