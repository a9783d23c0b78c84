"""Pieces of spreadsheet expressions that rules share.

A reading is a number, ``AWAITED`` (nothing is known yet) or ``NOTHING`` (silence that counts 0). Quotients are rounded
to 12 places before they are compared with a bound, so that binary noise moves no one over it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from assessor.domain.rules.rule import FormulaCells
from assessor.domain.rules.target_source import TargetSource
from assessor.domain.wording import plain

AWAITED = "待评"
NOTHING = "零"
_AWAITED, _NOTHING = f'"{AWAITED}"', f'"{NOTHING}"'


def number(value: Decimal | int) -> str:
    return plain(Decimal(value))


def clipped(fraction: str) -> str:
    return f"MAX(0,MIN(1,{fraction}))"


def compared(quotient: str) -> str:
    return f"ROUND({quotient},12)"


def of_reading(reading: str, fraction: str) -> str:
    """``fraction`` where the reading is a number."""
    return f"IF({reading}={_AWAITED},{_AWAITED},IF({reading}={_NOTHING},0,{fraction}))"


def of_target(cells: FormulaCells, reading: str, source: TargetSource, fraction: Callable[[str], str]) -> str:
    """``fraction(target)`` where both are known, by the order in which the rules decide what is awaited."""
    if source.number is not None:
        return of_reading(reading, fraction(number(source.number)))
    if source.figure is None:
        target = cells.target
        return of_reading(reading, f'IF({target}="",{_AWAITED},{fraction(target)})')
    target = cells.reading(source.figure)
    awaited = f"OR({reading}={_AWAITED},{target}={_AWAITED},AND(ISNUMBER({target}),{target}<=0))"
    nothing = f"OR({reading}={_NOTHING},{target}={_NOTHING})"
    return f"IF({awaited},{_AWAITED},IF({nothing},0,{fraction(target)}))"


def awaited_if(condition: str, otherwise: str) -> str:
    return f"IF({condition},{_AWAITED},{otherwise})"


def is_awaited(reading: str) -> str:
    return f"{reading}={_AWAITED}"


def stepped(value: str, steps: Sequence[tuple[str, str]], otherwise: str = "0") -> str:
    """The expression of the first bound that ``value`` reaches; ``steps``: bound and expression, highest first."""
    result = otherwise
    for bound, expression in reversed(steps):
        result = f"IF({value}>={bound},{expression},{result})"
    return result


def quoted(text: str) -> str:
    """A text as an expression has it."""
    return '"' + text.replace('"', '""') + '"'
