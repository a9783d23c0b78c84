"""What is typed into a scheme's fields, read: points, shares, codes. Raises InputError with a remedy."""

from __future__ import annotations

import unicodedata
from decimal import Decimal, InvalidOperation

from assessor.domain.wording import plain
from assessor.errors import InputError

_MOST_DECIMALS = 4


def read_title(text: str) -> str:
    if not text.strip():
        raise InputError("名称不能为空", remedy="请填写名称")
    return text.strip()


def read_points(text: str) -> Decimal:
    """Above 0."""
    value = read_number(text, "分值")
    if value <= 0:
        raise InputError(f"分值 {plain(value)} 应大于 0", remedy="不要这一项的，请删去它")
    return value


def read_number(text: str, name: str) -> Decimal:
    digits = unicodedata.normalize("NFKC", text).strip().removesuffix("分").strip()
    try:
        value = Decimal(digits)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        what = f"“{text.strip()}”不是数字" if digits else f"没有填写{name}"
        raise InputError(what, remedy="请填数字，例如 5 或 2.5")
    return value


def read_minimum(text: str) -> Decimal:
    value = read_number(text, "最低分")
    if value < 0:
        raise InputError("最低分不能小于 0", remedy="最低一档写 0")
    return value


def read_share(text: str, name: str) -> Decimal:
    """``60%`` or ``60`` is 0.6; in [0, 1]."""
    digits = unicodedata.normalize("NFKC", text).strip().removesuffix("%").strip()
    value = read_number(digits, name) / 100
    if not 0 <= value <= 1:
        raise InputError(f"{name}应在 0% 到 100% 之间", remedy="请填百分比，例如 60%")
    return value


def read_optional_share(text: str, name: str) -> Decimal | None:
    return read_share(text, name) if text.strip() else None


def read_decimals(text: str) -> int:
    value = read_number(text, "小数位数")
    if value != value.to_integral_value() or not 0 <= value <= _MOST_DECIMALS:
        raise InputError(f"小数位数应为 0 到 {_MOST_DECIMALS} 的整数", remedy="一般写 2")
    return int(value)


def read_factor(text: str) -> Decimal:
    value = read_number(text, "系数")
    if value < 0:
        raise InputError("系数不能小于 0", remedy="不区分牵头和责任的，都写 1")
    return value


def share_text(value: Decimal | None) -> str:
    """``60%``; empty where there is none."""
    return "" if value is None else f"{plain(value * 100)}%"
