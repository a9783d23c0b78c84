"""Numbered names stand as people count."""

from __future__ import annotations

import random

import pytest

from assessor.domain.name_order import name_key


@pytest.mark.parametrize(
    "names",
    [
        ["评委1", "评委2", "评委10", "评委11"],
        ["评委甲", "评委乙", "评委丙", "评委丁", "评委戊", "评委癸"],
        ["评委一", "评委二", "评委三", "评委四", "评委九", "评委十", "评委十一", "评委二十", "评委二十一", "评委三十"],
        ["专家1组甲", "专家1组乙", "专家2组甲"],
        ["评委", "评委1", "评委1（农科院）", "评委2"],
    ],
)
def test_the_order_is_that_of_counting(names: list[str]) -> None:
    mixed = random.Random(7).sample(names, len(names))
    assert sorted(mixed, key=name_key) == names


def test_different_names_have_different_keys() -> None:
    names = ["01", "1", "一", "甲"]
    assert len({name_key(name) for name in names}) == len(names)
