"""All revisions of one form side by side, the latest first; what a revision changed is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessor.domain.figure_text import figure_text
from assessor.domain.scheme import Figure
from assessor.domain.submission import Submission
from assessor.ui.grid.column import CellKind, Column


@dataclass(frozen=True)
class RevisionLine:
    title: str
    texts: tuple[str, ...]
    """Of each revision, the latest first."""

    def is_changed(self, place: int) -> bool:
        """Against the revision before it."""
        return place + 1 < len(self.texts) and self.texts[place] != self.texts[place + 1]


def revision_lines(forms: Sequence[Submission], asked: Sequence[Figure]) -> tuple[RevisionLine, ...]:
    lines = [
        RevisionLine("状态", tuple(form.state.label for form in forms)),
        RevisionLine("佐证材料", tuple(f"{len(form.evidence)} 件" for form in forms)),
        RevisionLine("退回理由", tuple(form.return_reason for form in forms)),
        RevisionLine("说明", tuple(form.note for form in forms)),
    ]
    lines += [
        RevisionLine(figure.title, tuple(figure_text(figure, form.figure(figure.code)) for form in forms))
        for figure in asked
    ]
    return tuple(lines)


def revision_columns(forms: Sequence[Submission]) -> tuple[Column[RevisionLine], ...]:
    title = Column[RevisionLine]("title", "填报项", CellKind.TEXT, lambda line: line.title, width=150, is_bold=True)
    return (title, *(_revision(place, form) for place, form in enumerate(forms)))


def _revision(place: int, form: Submission) -> Column[RevisionLine]:
    return Column(
        f"revision:{form.revision}",
        f"第 {form.revision} 次\n{form.submitted_on.isoformat()}",
        CellKind.TEXT,
        lambda line: line.texts[place] if place < len(line.texts) else "",
        width=140,
        fill=lambda line: "warn_soft" if line.is_changed(place) else "",
        hint="与上一次不同的有底色",
    )
