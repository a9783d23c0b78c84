"""Columns beside a group's forms with the values that a rule compares across units (``rank``)."""

from __future__ import annotations

from collections.abc import Mapping

from assessor.domain.facts import GroupFacts
from assessor.domain.rules.rule import PeerRule
from assessor.domain.scheme import Indicator
from assessor.domain.submission import Submission
from assessor.domain.year import Year
from assessor.exchange.score_sheet.forms import FormTable, figure_reading
from assessor.exchange.score_sheet.tables import Value, here

_FIRST_ROW = 2


def comparing(group: GroupFacts) -> list[Indicator]:
    return [indicator for indicator in group.scheme.indicators if isinstance(indicator.rule, PeerRule)]


def peer_spans(group: GroupFacts, forms: FormTable) -> dict[str, str]:
    """Indicator -> the range that its rule compares."""
    first = forms.counted_weight + 1
    return {
        indicator.code: forms.table.span(first + place, _FIRST_ROW, forms.last_row)
        for place, indicator in enumerate(comparing(group))
    }


def write_peers(group: GroupFacts, forms: FormTable, year: Year, conditions: Mapping[tuple[str, str], str]) -> None:
    """``conditions``: unit and indicator -> whether it is left out of the comparison."""
    for place, indicator in enumerate(comparing(group)):
        column = forms.counted_weight + 1 + place
        (figure,) = indicator.rule.figures()
        forms.table.heads(1, [f"比较：{indicator.title}"], column)
        for unit in group.units:
            row = forms.rows[unit.unit.code, None]
            reading = here(row, forms.readings[figure])
            is_out = bool(unit.exempt or indicator.code in unit.not_applicable)
            shown = "" if is_out else _reading(unit.form, figure, year)
            expression = f'IF({conditions[unit.unit.code, indicator.code]},"",{reading})'
            forms.table.compute(row, column, expression, shown)


def _reading(form: Submission | None, figure: str, year: Year) -> Value:
    return figure_reading(form, form.figure(figure) if form else None, year)
