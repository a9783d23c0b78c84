"""What was read of a workbook is not looked through for garbage again and again: it has no cycles, so it goes when
nobody refers to it any more. A look through a large year takes longer than the window may stand still."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def spared() -> Iterator[None]:
    """Around a load in full: no collection meanwhile, and none of what there is afterwards."""
    gc.collect(1)  # young cycles, which would stay for good
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
