"""Last year's forms, read once for a workbook and a year; what they propose for this year's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assessor.domain.figure_table import Previous, asked_figures, forms_before, proposed_figures
from assessor.domain.form_table import FormRow
from assessor.ui.forms.figure_columns import refusal_to_fill
from assessor.workbook.submissions import load_submissions

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView
    from assessor.ui.pages.page import Surroundings


_Of = tuple[object, int, object]
"""Workbook and year whose year before is read, and the plan, which says who carries on whose history."""


class PreviousForms:
    """``renewed``: called when other forms have been read."""

    def __init__(self, surroundings: Surroundings, renewed: Callable[[], object]) -> None:
        self._surroundings, self._renewed = surroundings, renewed
        self._of: _Of | None = None
        self.forms: Previous = {}

    def read(self, view: YearView) -> None:
        """The forms of the year before, unless they are read already."""
        session, year = self._surroundings.session, view.year.year
        of = (session.current.path if session.current else None, year, view.plan)
        if self._of == of:
            return
        self._of, self.forms = of, {}
        job = session.run("正在读取上年填报", lambda workbook, _work: load_submissions(workbook, year - 1), quiet=True)
        job.done.connect(lambda forms: self._take(of, forms_before(view, forms)))
        job.failed.connect(self._surroundings.show_problem)

    def proposable(self, view: YearView, rows: Sequence[FormRow]) -> list[FormRow]:
        """Those for which last year has figures that are not filled in yet."""
        able = [row for row in rows if row.key in self.forms and not refusal_to_fill(row)]
        return [row for row in able if proposed_figures(row.submission, self.forms[row.key], _asked(view, row))]

    def _take(self, of: _Of, forms: Previous) -> None:
        if self._of == of:
            self.forms = forms
            self._renewed()


def _asked(view: YearView, row: FormRow) -> set[str]:
    group, _unit = view.assessed_unit(row.key.unit)
    return {figure.code for figure in asked_figures(group.scheme, row.key.task)}
