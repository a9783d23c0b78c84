"""汇总: a row for each unit of a group, from its leaves to total, rank and grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor.domain.facts import EventKind, GroupFacts, UnitFacts
from assessor.domain.grading import quota_places
from assessor.domain.results import CategoryResult, GroupResult, UnitResult
from assessor.domain.rules.formula import AWAITED, number, quoted
from assessor.domain.rules.rule import LeafState
from assessor.domain.scheme import Category, Grade, NotApplicablePolicy, QuotaRounding, QuotaTie, Scheme
from assessor.domain.scoring import ceiling_of
from assessor.exchange.score_sheet.events import COUNTED, KIND, LIMIT, UNIT, EventTable
from assessor.exchange.score_sheet.leaves import ABSENT, EXEMPT, LeafTable
from assessor.exchange.score_sheet.tables import Table, Value, here, rounded

_HEAD_ROW, _POINTS_ROW, FIRST_ROW = 1, 2, 3
_LEFT = ("名次", "等次", "单位", "不参评的理由", "总分", "基础分", "加分", "扣分", "覆盖率", "待评指标")
RANK, GRADE, NAME, REASON, TOTAL, BASE, BONUS, DEDUCTION, COVERAGE, PENDING = range(len(_LEFT))
_NEVER = "-1E+99"
"""Below any score, in comparisons of what may have none."""


@dataclass(frozen=True)
class UnitTable:
    """Where a group's units stand: columns by what they hold."""

    table: Table
    group: GroupFacts
    leaves: LeafTable
    events: EventTable

    @property
    def scheme(self) -> Scheme:
        return self.group.scheme

    def row(self, unit: str) -> int:
        return FIRST_ROW + [item.unit.code for item in self.group.units].index(unit)

    @property
    def last_row(self) -> int:
        return FIRST_ROW + len(self.group.units) - 1

    def leaf(self, place: int) -> int:
        return len(_LEFT) + place

    def category(self, place: int, part: int) -> int:
        """``part``: 0 raw, 1 applicable points, 2 subtotal, 3 what enters the base score."""
        return len(_LEFT) + len(self.scheme.indicators) + 4 * place + part

    @property
    def _after(self) -> int:
        return self.category(len(self.scheme.categories), 0)

    @property
    def exempt(self) -> int:
        return self._after

    @property
    def ranked(self) -> int:
        return self._after + 1

    @property
    def vetoes(self) -> int:
        return self._after + 2

    @property
    def limit(self) -> int:
        return self._after + 3

    @property
    def rival(self) -> int:
        return self._after + 4

    @property
    def first(self) -> int:
        return self._after + 5

    def key(self, place: int) -> int:
        """What equal totals are told apart by."""
        return self._after + 6 + place

    def fulfils(self, place: int) -> int:
        """Whether the grade's own conditions hold."""
        return self.key(len(self.scheme.tie_break)) + place

    def span(self, column: int) -> str:
        return f"{here(FIRST_ROW, column)}:{here(self.last_row, column)}"

    def exempt_cells(self, unit: str) -> tuple[str, str]:
        """On other sheets: the reason that was given, and whether the unit is 不参评."""
        row = self.row(unit)
        return self.table.at(row, REASON), self.table.at(row, self.exempt)


def write_units(layout: UnitTable, result: GroupResult) -> None:
    _write_heads(layout)
    found = {unit.unit.code: unit for unit in result.units}
    for facts in layout.group.units:
        unit = found[facts.unit.code]
        row = layout.row(facts.unit.code)
        table = layout.table
        table.put(row, NAME, facts.unit.short_name)
        table.put(row, REASON, facts.exempt, "input")
        _write_leaves(layout, row, unit)
        for place, category in enumerate(layout.scheme.categories):
            _write_category(layout, row, place, category, unit.categories[place])
        _write_totals(layout, row, unit)
        _write_rank(layout, row, unit)
    for facts in layout.group.units:
        _write_grade(layout, facts, found[facts.unit.code], result)


def _write_heads(layout: UnitTable) -> None:
    table, scheme = layout.table, layout.scheme
    table.put(0, 0, f"{layout.group.group.title}得分汇总", "title")
    table.heads(_HEAD_ROW, _LEFT)
    table.heads(_HEAD_ROW, [f"{item.code} {item.title}" for item in scheme.indicators], layout.leaf(0))
    table.put(_POINTS_ROW, NAME, "分值", "strong")
    for place, indicator in enumerate(scheme.indicators):
        table.put(_POINTS_ROW, layout.leaf(place), indicator.points, "strong")
    for place, category in enumerate(scheme.categories):
        names = ("得分合计", "适用分值", "小计", "计入基础分")
        heads = [f"{category.code} {category.title}\n{name}" for name in names]
        table.heads(_HEAD_ROW, heads, layout.category(place, 0))
        table.put(_POINTS_ROW, layout.category(place, 0), category.points, "strong")
    helpers = ["不参评", "参加排名", "一票否决", "限定等次", "争优", "可得最高等次"]
    helpers += [f"同分比较 {code}" for code in scheme.tie_break]
    helpers += [f"达到{grade.title}" for grade in scheme.grades[:-1]]
    table.heads(_HEAD_ROW, helpers, layout.exempt)
    table.sheet.freeze_panes(FIRST_ROW, NAME + 1)
    table.sheet.set_row(_HEAD_ROW, 60)
    table.sheet.set_column(0, layout.fulfils(len(scheme.grades)), 9)
    table.sheet.set_column(NAME, NAME, 16)
    table.sheet.set_column(layout.exempt, layout.fulfils(len(scheme.grades)), 8, None, {"level": 1})


def _write_leaves(layout: UnitTable, row: int, unit: UnitResult) -> None:
    for place, leaf in enumerate(unit.leaves):
        at = layout.leaves.rows[unit.unit.code, leaf.indicator.code]
        shown: Value = leaf.score
        if unit.exempt:
            shown = EXEMPT
        elif shown is None:
            shown = ABSENT if leaf.state is LeafState.NOT_APPLICABLE else AWAITED
        layout.table.compute(row, layout.leaf(place), layout.leaves.table.at(at, layout.leaves.score), shown, "score")


def _states(layout: UnitTable, unit: str, category: Category | None = None) -> Iterator[tuple[str, str]]:
    """State cell and points cell of the leaves."""
    for place, indicator in enumerate(layout.scheme.indicators):
        if category is None or indicator in category.indicators:
            at = layout.leaves.rows[unit, indicator.code]
            yield layout.leaves.table.at(at, layout.leaves.state), here(_POINTS_ROW, layout.leaf(place))


def _write_category(layout: UnitTable, row: int, place: int, category: Category, found: CategoryResult) -> None:
    table, scheme = layout.table, layout.scheme
    first = scheme.indicators.index(category.indicators[0])
    cells = f"{here(row, layout.leaf(first))}:{here(row, layout.leaf(first + len(category.indicators) - 1))}"
    raw, applicable, subtotal = (here(row, layout.category(place, part)) for part in range(3))
    is_exempt = f"{here(row, layout.exempt)}=1"
    table.compute(row, layout.category(place, 0), f"ROUND(SUM({cells}),{scheme.decimals})", found.raw, "score")
    unit = layout.group.units[row - FIRST_ROW].unit.code
    open_to = "+".join(f'({state}<>"{ABSENT}")*{points}' for state, points in _states(layout, unit, category))
    table.compute(row, layout.category(place, 1), f"IF({is_exempt},0,{open_to})", found.applicable_points)
    points = here(_POINTS_ROW, layout.category(place, 0))
    if scheme.not_applicable is NotApplicablePolicy.RESCALE:
        scaled = rounded(f"{raw}*{points}/{applicable}", scheme.decimals)
        words = f'IF({applicable}=0,"{ABSENT}",IF({applicable}={points},{raw},{scaled}))'
    else:
        words = raw
    table.compute(
        row, layout.category(place, 2), f'IF({is_exempt},"{ABSENT}",{words})', _or_absent(found.subtotal), "score"
    )
    subtotals = [here(row, layout.category(other, 2)) for other in range(len(scheme.categories))]
    all_points = [here(_POINTS_ROW, layout.category(other, 0)) for other in range(len(scheme.categories))]
    left = "+".join(f"ISNUMBER({cell})*{held}" for cell, held in zip(subtotals, all_points, strict=True))
    whole = f"AND({','.join(f'ISNUMBER({cell})' for cell in subtotals)})"
    brought = rounded(f"{subtotal}*{number(scheme.full_marks)}/({left})", scheme.decimals)
    expression = f'IF(NOT(ISNUMBER({subtotal})),"{ABSENT}",IF({whole},{subtotal},{brought}))'
    table.compute(row, layout.category(place, 3), expression, _or_absent(found.contribution), "score")


def _or_absent(value: Decimal | None) -> Value:
    return ABSENT if value is None else value


def _write_totals(layout: UnitTable, row: int, unit: UnitResult) -> None:
    table, scheme, code = layout.table, layout.scheme, unit.unit.code
    decimals, is_exempt = scheme.decimals, f"{here(row, layout.exempt)}=1"
    states = [state for state, _points in _states(layout, code)]
    absent = "*".join(f'({state}="{ABSENT}")' for state in states)
    table.compute(row, layout.exempt, f'IF({here(row, REASON)}<>"",1,{absent})', int(bool(unit.exempt)))
    parts = "+".join(f"N({here(row, layout.category(place, 3))})" for place in range(len(scheme.categories)))
    table.compute(row, BASE, f"ROUND({parts},{decimals})", unit.base, "score")
    for column, kind, found in ((BONUS, EventKind.BONUS, unit.bonus), (DEDUCTION, EventKind.DEDUCTION, unit.deduction)):
        mine = f'({_events(layout, UNIT)}={here(row, NAME)})*({_events(layout, KIND)}="{kind.label}")'
        expression = f"ROUND(SUMPRODUCT({mine}*{_events(layout, COUNTED)}),{decimals})"
        table.compute(row, column, f"IF({is_exempt},0,{expression})", found, "score")
    uncut = f"{here(row, BASE)}+{here(row, BONUS)}-{here(row, DEDUCTION)}"
    total = f"ROUND(MAX(0,MIN({uncut},{number(ceiling_of(scheme))})),{decimals})"
    table.compute(row, TOTAL, f'IF({is_exempt},"{EXEMPT}",{total})', EXEMPT if unit.exempt else unit.total, "total")
    applicable = "+".join(here(row, layout.category(place, 1)) for place in range(len(scheme.categories)))
    points = number(sum((category.points for category in scheme.categories), Decimal(0)))
    table.compute(row, COVERAGE, f"ROUND(({applicable})/{points},4)", unit.coverage, "share")
    awaited = "+".join(f'({state}="{AWAITED}")' for state in states)
    table.compute(row, PENDING, f"IF({is_exempt},0,{awaited})", 0 if unit.exempt else len(unit.pending))


def _events(layout: UnitTable, column: int) -> str:
    return layout.events.span(column)


def _write_rank(layout: UnitTable, row: int, unit: UnitResult) -> None:
    table, scheme = layout.table, layout.scheme
    minimum = number(scheme.min_coverage)
    expression = f"IF(AND({here(row, layout.exempt)}=0,{here(row, COVERAGE)}>={minimum}),1,0)"
    table.compute(row, layout.ranked, expression, int(unit.rank is not None))
    for place, code in enumerate(scheme.tie_break):
        cell = here(row, _column_of(layout, code))
        value = _value_of(unit, code)
        shown: Value = value if value is not None and not unit.exempt else _NEVER_VALUE
        table.compute(row, layout.key(place), f"IF(ISNUMBER({cell}),{cell},{_NEVER})", shown)
    keys = [TOTAL, *(layout.key(place) for place in range(len(scheme.tie_break)))]
    better = _better(layout, row, keys)
    # What is not ranked has text for a total, which a spreadsheet takes for more than any number.
    beaten = f"SUMPRODUCT(({layout.span(layout.ranked)}=1)*({better}))"
    shown_rank = unit.rank if unit.rank is not None else ""
    table.compute(row, RANK, f'IF({here(row, layout.ranked)}=1,1+{beaten},"")', shown_rank, "strong")


_NEVER_VALUE = Decimal("-1E+99")


def _column_of(layout: UnitTable, code: str) -> int:
    for place, category in enumerate(layout.scheme.categories):
        if category.code == code:
            return layout.category(place, 3)
    return layout.leaf([item.code for item in layout.scheme.indicators].index(code))


def _value_of(unit: UnitResult, code: str) -> Decimal | None:
    by_code = {item.category.code: item.contribution for item in unit.categories}
    by_code |= {leaf.indicator.code: leaf.score for leaf in unit.leaves}
    return by_code[code]


def _better(layout: UnitTable, row: int, keys: Sequence[int]) -> str:
    """Who comes before the row's unit: by the first key that is not equal."""
    first, *rest = keys
    span, own = layout.span(first), here(row, first)
    if not rest:
        return f"({span}>{own})"
    return f"({span}>{own})+({span}={own})*({_better(layout, row, rest)})"


def _write_grade(layout: UnitTable, facts: UnitFacts, unit: UnitResult, result: GroupResult) -> None:
    table, scheme, row = layout.table, layout.scheme, layout.row(facts.unit.code)
    limits, names = _events(layout, LIMIT), _events(layout, UNIT)
    mine = f'({names}={here(row, NAME)})*({_events(layout, KIND)}="{EventKind.VETO.label}")'
    vetoes = [event.code for event in facts.events if event.kind is EventKind.VETO]
    limit = _limit(vetoes, scheme)
    table.compute(row, layout.vetoes, f"SUMPRODUCT({mine})", len(vetoes))
    # N() of a blank cell is 0, and 0 bars from nothing.
    table.compute(row, layout.limit, f"SUMPRODUCT(MAX({mine}*ISNUMBER({limits})*({limits}+0)))", limit)
    for place, grade in enumerate(scheme.grades[:-1]):
        expression = f"IF({_fulfils(layout, row, grade)},1,0)"
        table.compute(row, layout.fulfils(place), expression, int(_does_fulfil(unit, grade)))
    rival = f"IF(AND({here(row, layout.ranked)}=1,{here(row, layout.vetoes)}=0,{here(row, layout.fulfils(0))}=1),1,0)"
    if len(scheme.grades) < 2:
        rival = "0"
    table.compute(row, layout.rival, rival, int(_is_rival(unit, scheme)))
    table.compute(row, layout.first, _first_open(layout, row), _first_open_now(unit, result, limit))
    _write_found(layout, row, unit)


def _fulfils(layout: UnitTable, row: int, grade: Grade) -> str:
    conditions = [f"ISNUMBER({here(row, TOTAL)})", f"N({here(row, TOTAL)})>={number(grade.minimum)}"]
    if grade.category_share is not None:
        for place, category in enumerate(layout.scheme.categories):
            cell = here(row, layout.category(place, 2))
            least = number(grade.category_share * category.points)
            conditions.append(f"OR(NOT(ISNUMBER({cell})),N({cell})>={least})")
    return f"AND({','.join(conditions)})"


def _does_fulfil(unit: UnitResult, grade: Grade) -> bool:
    if unit.exempt or unit.total < grade.minimum:
        return False
    share = grade.category_share
    known = ((item.subtotal, item.category.points) for item in unit.categories if item.subtotal is not None)
    return share is None or all(subtotal >= share * points for subtotal, points in known)


def _is_rival(unit: UnitResult, scheme: Scheme) -> bool:
    return len(scheme.grades) > 1 and unit.rank is not None and not unit.vetoes and _does_fulfil(unit, scheme.grades[0])


def _first_open(layout: UnitTable, row: int) -> str:
    """Place of the best grade that vetoes and the quota leave open."""
    quota, limit = layout.scheme.quota, here(row, layout.limit)
    if quota is None or len(layout.scheme.grades) < 2:
        return limit
    ranked = f"SUM({layout.span(layout.ranked)})"
    exact = f"ROUND({number(quota.share)}*{ranked},9)"
    whole = f"INT({exact})" if quota.rounding is QuotaRounding.FLOOR else f"ROUNDUP({exact},0)"
    places = f"MIN({ranked},{whole})"
    rivals, ranks, own = layout.span(layout.rival), layout.span(RANK), here(row, RANK)
    if quota.tie is QuotaTie.INCLUDE:
        wins = f"SUMPRODUCT(({rivals}=1)*({ranks}<{own}))<{places}"
    else:
        wins = f"SUMPRODUCT(({rivals}=1)*({ranks}<={own}))<={places}"
    is_winner = f"AND({here(row, layout.rival)}=1,{wins})"
    return f"IF(AND({here(row, layout.fulfils(0))}=1,{limit}=0,NOT({is_winner})),1,{limit})"


def _limit(vetoes: Sequence[str], scheme: Scheme) -> int:
    """Place of the worst grade that the vetoes (codes) limit to."""
    titles = [grade.title for grade in scheme.grades]
    limits = {kind.code: titles.index(kind.limit) for kind in scheme.vetoes}
    return max((limits[code] for code in vetoes), default=0)


def _first_open_now(unit: UnitResult, result: GroupResult, limit: int) -> int:
    scheme = result.scheme
    if scheme.quota is None or len(scheme.grades) < 2 or limit or not _does_fulfil(unit, scheme.grades[0]):
        return limit
    ranked = [item for item in result.units if item.rank is not None]
    places = quota_places(scheme.quota, len(ranked))
    rivals = [item for item in ranked if _is_rival(item, scheme)]
    if not _is_rival(unit, scheme) or unit.rank is None:
        return 1
    before = sum(1 for item in rivals if item.rank is not None and item.rank < unit.rank)
    up_to = sum(1 for item in rivals if item.rank is not None and item.rank <= unit.rank)
    wins = before < places if scheme.quota.tie is QuotaTie.INCLUDE else up_to <= places
    return 0 if wins else 1


def _write_found(layout: UnitTable, row: int, unit: UnitResult) -> None:
    grades = layout.scheme.grades
    found = quoted(grades[-1].title)
    for place in range(len(grades) - 2, -1, -1):
        reached = f"AND({here(row, layout.first)}<={place},{here(row, layout.fulfils(place))}=1)"
        found = f"IF({reached},{quoted(grades[place].title)},{found})"
    settled = f"AND({here(row, layout.exempt)}=0,{here(row, PENDING)}=0)"
    layout.table.compute(row, GRADE, f'IF({settled},{found},"")', unit.grade or "", "strong")
