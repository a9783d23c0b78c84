"""Where the window has been: what back and forward go to. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from assessor.domain.place import Place

_LONGEST = 100


@dataclass
class Trail:
    """The place at hand is not on it: it is where the window says that it stands when it leaves."""

    back: list[Place] = field(default_factory=list)
    ahead: list[Place] = field(default_factory=list)

    def leave(self, present: Place) -> None:
        """The window goes somewhere new."""
        if not self.back or self.back[-1] != present:
            self.back.append(present)
            del self.back[:-_LONGEST]
        self.ahead.clear()

    def step_back(self, present: Place) -> Place | None:
        """To where the window was before; None: nowhere."""
        return _step(self.back, self.ahead, present)

    def step_ahead(self, present: Place) -> Place | None:
        """To where it was before it went back."""
        return _step(self.ahead, self.back, present)

    def clear(self) -> None:
        self.back.clear()
        self.ahead.clear()


def _step(source: list[Place], other: list[Place], present: Place) -> Place | None:
    """Over places that are the same as where the window stands: a step always leads somewhere."""
    while source:
        place = source.pop()
        if place != present:
            other.append(present)
            return place
    return None
