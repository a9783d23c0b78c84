from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from assessor.domain.scheme_entry import (
    read_decimals,
    read_factor,
    read_minimum,
    read_optional_share,
    read_points,
    read_share,
    read_title,
    share_text,
)
from assessor.errors import InputError


def test_numbers_are_read_as_an_office_types_them() -> None:
    assert read_points("２．５分") == Decimal("2.5")
    assert read_share("60", "比例") == read_share("60％", "比例") == Decimal("0.6")
    assert read_optional_share(" ", "比例") is None
    assert (read_decimals("2"), read_minimum("0"), read_factor("1.2")) == (2, 0, Decimal("1.2"))
    assert (share_text(Decimal("0.335")), share_text(None)) == ("33.5%", "")


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_title, " "),
        (read_points, "0"),
        (read_points, "很多"),
        (read_points, ""),
        (read_points, "NaN"),
        (read_minimum, "-1"),
        (read_decimals, "1.5"),
        (read_decimals, "9"),
        (read_factor, "-0.1"),
        (lambda text: read_share(text, "比例"), "120%"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_remedy(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(InputError) as refusal:
        read(text)
    assert refusal.value.remedy
