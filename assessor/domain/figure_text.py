"""A figure of a form as it is typed and shown: 0, 未填, 不涉及 and 未报 are four states, each with its own spelling.

An empty text is 未填; ``不涉及`` or ``/`` is 不涉及; ``未报`` is 未报; all else must be a number, or 是 and 否 where
the figure asks for one of them.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from assessor.domain.scheme import Figure
from assessor.domain.submission import Blank, FigureValue
from assessor.domain.wording import plain
from assessor.errors import InputError

YES_NO = "是/否"
"""Measure of a figure that is ticked: 1 is 是, 0 is 否."""
HOW_TO_TYPE = "填数字（0 也是数字）；留空为“未填”；“不涉及”或“/”为不涉及；“未报”为未报"
HOW_TO_TICK = "填“是”或“否”；留空为“未填”；“不涉及”或“/”为不涉及；“未报”为未报"

_YES = frozenset({"是", "有", "√", "✓", "1", "Y", "y"})
_NO = frozenset({"否", "无", "×", "✗", "0", "N", "n"})
_BLANKS = {"": Blank.EMPTY, "未填": Blank.EMPTY, "不涉及": Blank.NOT_APPLICABLE, "/": Blank.NOT_APPLICABLE}
_NUMBER = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?|-?\.\d+")


def is_tick(figure: Figure) -> bool:
    return figure.measure == YES_NO


def how_to_type(figure: Figure) -> str:
    return HOW_TO_TICK if is_tick(figure) else HOW_TO_TYPE


def figure_text(figure: Figure, value: FigureValue) -> str:
    """As it is shown, and understood when it is pasted again."""
    if isinstance(value, Blank):
        return value.label
    if is_tick(figure) and value in (0, 1):
        return "是" if value else "否"
    return plain(value)


def typed_text(figure: Figure, value: FigureValue) -> str:
    """What an editor opens with: nothing where nothing was filled in."""
    return "" if value is Blank.EMPTY else figure_text(figure, value)


def read_figure_text(figure: Figure, typed: str) -> FigureValue:
    """Full-width digits, commas of thousands and the figure's own measure behind the number are understood.

    Raises InputError where it is none of the four states: nothing is guessed, and a dash is none of them.
    """
    text = unicodedata.normalize("NFKC", typed).strip().replace("。", ".").replace("−", "-")
    blank = {**_BLANKS, Blank.NOT_SUBMITTED.label: Blank.NOT_SUBMITTED}.get(text)
    if blank is not None:
        return blank
    if is_tick(figure):
        return _read_tick(figure, text)
    digits = text.removesuffix(unicodedata.normalize("NFKC", figure.measure)).rstrip() if figure.measure else text
    if not _NUMBER.fullmatch(digits):
        raise InputError(f"“{typed.strip()}”不是数字", place=figure.title, remedy=HOW_TO_TYPE)
    value = Decimal(digits.replace(",", ""))
    if value < 0 and not figure.measure.endswith(("%", "％")):
        raise InputError(f"“{typed.strip()}”小于 0", place=figure.title, remedy="请填 0 或正数")
    return value


def _read_tick(figure: Figure, text: str) -> Decimal:
    if text in _YES:
        return Decimal(1)
    if text in _NO:
        return Decimal(0)
    raise InputError(f"“{text}”不是“是”或“否”", place=figure.title, remedy=HOW_TO_TICK)
