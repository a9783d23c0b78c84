"""Count, sum and mean of cells, in exact decimals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessor.domain.rounding import round_half_up
from assessor.ui.grid.arrangement import number_key

_STEP = 2000
_LONG = 15
"""Signs of a number."""
_MORE_DECIMALS = 2
"""Of a mean, beyond those of its numbers."""


@dataclass(frozen=True)
class Summary:
    filled: int = 0
    """Cells that show something."""
    numbers: int = 0
    total: Decimal = Decimal(0)
    mean: Decimal | None = None
    """Rounded half up; None where there is no number."""

    @property
    def words(self) -> str:
        """Empty for less than two filled cells."""
        if self.filled < 2:
            return ""
        parts = [f"计数 {self.filled}"]
        if self.mean is not None:
            parts += [f"求和 {_plain(self.total)}", f"平均 {_plain(self.mean)}"]
        return "  ".join(parts)


def summarize(texts: Iterable[str]) -> Iterator[Summary]:
    """Yields now and then, the last summary is of all ``texts``."""
    filled = numbers = decimals = 0
    total = Fraction(0)
    part = Decimal(0)
    for place, text in enumerate(texts, start=1):
        if text:
            filled += 1
            number = number_key(text)
            if number is not None:
                numbers += 1
                if (
                    len(text) < _LONG and number.adjusted() < _LONG
                ):  # a sum of so short numbers fits a Decimal, which is quicker than a Fraction
                    part += number
                else:
                    total += Fraction(number)
                if len(text) - text.rfind(".") > decimals:
                    decimals = max(decimals, _decimals(number))
        if place % _STEP == 0:
            total, part = total + Fraction(part), Decimal(0)
            yield Summary(filled, numbers)
    total += Fraction(part)
    mean = round_half_up(total / numbers, decimals + _MORE_DECIMALS) if numbers else None
    yield Summary(filled, numbers, round_half_up(total, decimals), mean)


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
