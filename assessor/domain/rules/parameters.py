"""What rules share when they read and check their parameters, so that an invalid rule cannot exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import pairwise

from assessor.domain.table_reader import TableReader
from assessor.domain.wording import plain
from assessor.errors import SchemeError


def decimal_text(value: Decimal) -> str:
    """As scheme tables store a number: every digit kept, no exponent."""
    return format(value, "f")


class ParameterError(SchemeError):
    """A rule's parameter is wrong; the rule itself does not know in which file."""


@contextmanager
def placed_at(table: TableReader) -> Iterator[None]:
    """Gives a parameter's error the place in the file."""
    try:
        yield
    except ParameterError as error:
        raise table.fail(error.what, error.remedy) from None


def fault(label: str, what: str, remedy: str) -> ParameterError:
    return ParameterError(what, place=f"评分规则“{label}”", remedy=remedy)


def check_figure(label: str, name: str, code: str) -> None:
    if not code.strip():
        raise fault(label, f"{name} 没有写填报项的代码", f"请把 {name} 写成 [[figure]] 中的一个 code")


def check_positive(label: str, name: str, value: Decimal) -> None:
    if value <= 0:
        raise fault(label, f"{name} 应大于 0，现为 {plain(value)}", f"请把 {name} 改为大于 0 的数")


def check_share(label: str, name: str, value: Decimal) -> None:
    if not 0 <= value <= 1:
        raise fault(label, f"{name} 应在 0 到 1 之间，现为 {plain(value)}", "比例写成小数，例如 90% 写 0.9")


def check_falling(label: str, name: str, values: Sequence[Decimal], *, strictly: bool) -> None:
    """Raises where a value is higher than (or, ``strictly``, equal to) the one before it."""
    for before, after in pairwise(values):
        if after > before or (strictly and after == before):
            words = "应逐项减小" if strictly else "不应越往后越高"
            raise fault(label, f"{name} {words}，现 {plain(before)} 之后是 {plain(after)}", "请按从高到低的顺序排列")


def check_not_empty(label: str, name: str, items: Sequence[object]) -> None:
    if not items:
        raise fault(label, f"{name} 一项也没有", f"请至少写一项 {name}")


def check_distinct(label: str, name: str, codes: Sequence[str]) -> None:
    repeated = [code for code in dict.fromkeys(codes) if codes.count(code) > 1]
    if repeated:
        raise fault(label, f"{name} 中“{repeated[0]}”出现了不止一次", "请删去重复的一项")
