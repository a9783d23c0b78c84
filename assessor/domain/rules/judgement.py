"""评议: marks 0-100 in panels; per panel one mark, then the weighted mean over panels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from assessor.domain.exact import product, quotient
from assessor.domain.rules.form_field import FieldKind, FormField
from assessor.domain.rules.formula import awaited_if, number
from assessor.domain.rules.panel import Panel, PanelMethod, read_panel
from assessor.domain.rules.parameters import check_distinct, check_not_empty, fault, placed_at
from assessor.domain.rules.reading import pending, refused, scored
from assessor.domain.rules.rule import FormulaCells, LeafFacts, LeafInput, OfficeInput, Outcome
from assessor.domain.table_reader import TableReader
from assessor.domain.wording import percent_text, plain, rounded

if TYPE_CHECKING:
    from assessor.domain.facts import Mark


@dataclass(frozen=True)
class _PanelMark:
    panel: Panel
    words: str
    mark: Fraction | None
    """None: nobody of the panel has marked, those who are recused aside."""
    inputs: tuple[LeafInput, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """Reviewers are awaited even after closing; the unit's own mark (自评) no longer, and then counts 0."""

    kind: ClassVar[str] = "judgement"
    label: ClassVar[str] = "评议"
    form: ClassVar[tuple[FormField, ...]] = (
        FormField(
            "panels",
            "评委组",
            FieldKind.ROWS,
            "代码写 self 的是自评；权重 0 的只显示、不计分",
            columns=(
                FormField("code", "代码", FieldKind.TEXT),
                FormField("weight", "权重", FieldKind.NUMBER),
                FormField(
                    "method",
                    "合成",
                    FieldKind.CHOICE,
                    choices=tuple((choice.value, choice.label) for choice in PanelMethod),
                ),
                FormField("trim", "去掉最高最低各", FieldKind.INTEGER),
                FormField("trim_from", "满几人才去", FieldKind.INTEGER),
                FormField("title", "名称", FieldKind.TEXT),
            ),
            start=(("expert", "1", PanelMethod.MEAN.label, "1", "3", "评委组"),),
        ),
    )
    task_scope: ClassVar[bool] = True

    panels: tuple[Panel, ...]

    def __post_init__(self) -> None:
        check_not_empty(self.label, "panels", self.panels)
        check_distinct(self.label, "panels 的 code", [panel.code for panel in self.panels])
        if all(panel.weight == 0 for panel in self.panels):
            raise fault(self.label, "各评委组的 weight 都是 0", "请至少给一个评委组大于 0 的权重")

    @classmethod
    def read(cls, table: TableReader) -> Judgement:
        panels = []
        for item in table.tables("panels"):
            with placed_at(item):
                panels.append(read_panel(item))
        with placed_at(table):
            return cls(tuple(panels))

    def params(self) -> dict[str, Any]:
        return {"panels": [panel.params() for panel in self.panels]}

    def figures(self) -> tuple[str, ...]:
        return ()

    def office_inputs(self) -> frozenset[OfficeInput]:
        return frozenset({OfficeInput.MARKS})

    def formula(self, cells: FormulaCells) -> str:
        counted = [panel for panel in self.panels if panel.weight]
        awaited = ",".join(_panel_awaited(panel, cells) for panel in counted)
        total = "+".join(f"{number(panel.weight)}*{_panel_formula(panel, cells)}" for panel in counted)
        weights = number(sum((panel.weight for panel in counted), Decimal(0)))
        return awaited_if(f"OR({awaited})", f"({total})/{weights}/100")

    def trial(self, facts: LeafFacts, *, is_best: bool) -> LeafFacts:
        from assessor.domain.facts import Mark

        value = Decimal(100 if is_best else 0)
        reviewed = (panel.code for panel in self.panels if not panel.is_self)
        marks = tuple(Mark(facts.indicator, "trial", code, value) for code in reviewed)
        return replace(facts, marks=marks, self_score=facts.points if is_best else Decimal(0))

    def evaluate(self, facts: LeafFacts) -> Outcome:
        self._check_marks(facts)
        marks = [_self_mark(panel, facts) if panel.is_self else _panel_mark(panel, facts) for panel in self.panels]
        inputs = tuple(used for item in marks for used in item.inputs)
        words = "，".join(item.words for item in marks)
        awaited = [item.panel.title for item in marks if item.panel.weight and item.mark is None]
        if awaited:
            return pending(f"{words}，待{'、'.join(awaited)}评分", inputs)
        weights = sum((Fraction(panel.weight) for panel in self.panels), Fraction(0))
        total = sum((product(item.panel.weight, item.mark) for item in marks if item.mark is not None), Fraction(0))
        fraction = total / weights / 100
        return scored(fraction, f"{words}，加权 {percent_text(fraction)}", inputs)

    def _check_marks(self, facts: LeafFacts) -> None:
        reviewed = {panel.code for panel in self.panels if not panel.is_self}
        seen = set()
        for mark in facts.marks:
            if mark.panel not in reviewed:
                what = f"细则没有评委组“{mark.panel}”"
                raise refused(f"评委 {mark.reviewer}", what, "请改到细则中的评委组，或删去这个评分")
            if not 0 <= mark.value <= 100:
                what = f"评分应在 0 到 100 之间，现为 {plain(mark.value)}"
                raise refused(f"评委 {mark.reviewer}", what, "请更正评分")
            if (mark.panel, mark.reviewer) in seen:
                raise refused(f"评委 {mark.reviewer}", "同一评委评了不止一次", "请只留一个评分")
            seen.add((mark.panel, mark.reviewer))


def _source(mark: Mark) -> str:
    notes = [note for note in (mark.fact, "本单位，回避不计" if mark.is_recused else "") if note]
    return f"评委 {mark.reviewer}（{'；'.join(notes)}）" if notes else f"评委 {mark.reviewer}"


def _recusal_note(count: int) -> str:
    return f"（回避 {count} 人）" if count else ""


def _weight_note(panel: Panel) -> str:
    return "" if panel.weight == 1 else f"（权重 {plain(panel.weight)}）"


def _panel_mark(panel: Panel, facts: LeafFacts) -> _PanelMark:
    marks = sorted((mark for mark in facts.marks if mark.panel == panel.code), key=lambda mark: mark.reviewer)
    counted = [mark for mark in marks if not mark.is_recused]
    inputs = tuple(LeafInput(panel.title, plain(mark.value), _source(mark)) for mark in marks)
    notes = f"{_recusal_note(len(marks) - len(counted))}{_weight_note(panel)}"
    if not counted:
        return _PanelMark(panel, f"{panel.title} 未评{notes}", None, inputs)
    result, words = panel.combine([Fraction(mark.value) for mark in counted])
    return _PanelMark(panel, f"{panel.title} {words}{notes}", result, inputs)


def _self_mark(panel: Panel, facts: LeafFacts) -> _PanelMark:
    given = facts.self_score
    if given is None:
        closed = facts.collection_closed and panel.weight > 0
        words = f"{panel.title} 未自评{'，计 0' if closed else ''}{_weight_note(panel)}"
        return _PanelMark(panel, words, Fraction(0) if closed else None)
    if not Decimal(0) <= given <= facts.points:
        what = f"自评分应在 0 到 {plain(facts.points)} 分之间，现为 {plain(given)}"
        raise refused(panel.title, what, "请更正自评分")
    mark = quotient(given, facts.points) * 100
    used = LeafInput(panel.title, f"{plain(given)} 分", "自评")
    return _PanelMark(panel, f"{panel.title} {rounded(mark)}{_weight_note(panel)}", mark, (used,))


def _panel_awaited(panel: Panel, cells: FormulaCells) -> str:
    if panel.is_self:
        return f'AND({cells.self_score}="",{cells.closed}=0)'
    marks = cells.marks(panel.code)
    return f"COUNT({marks})=0" if marks else "TRUE"


def _panel_formula(panel: Panel, cells: FormulaCells) -> str:
    """The panel's mark, 0-100."""
    if panel.is_self:
        return f'IF({cells.self_score}="",0,{cells.self_score}/{cells.points}*100)'
    marks = cells.marks(panel.code)
    return panel.formula(marks) if marks else "0"
