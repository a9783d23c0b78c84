"""Chance without chance: the same words always throw the same dice, on every machine and in any order."""

from __future__ import annotations

import random

SEED = "宜春示例"


class Dice:
    """Whole numbers only: nothing that is stored comes from a binary float."""

    def __init__(self, *words: str | int) -> None:
        self._random = random.Random("|".join(map(str, (SEED, *words))))

    def between(self, low: int, high: int) -> int:
        """A whole number in [low, high]; ``low`` where they are the wrong way round."""
        return self._random.randint(low, max(low, high))

    def happens(self, percent: int) -> bool:
        return self._random.randint(1, 100) <= percent
