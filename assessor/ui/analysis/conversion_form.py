"""How a group's totals are converted: filled in place, written as soon as it is right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from assessor.domain.conversion import Conversion, ConversionMethod, check_conversion
from assessor.domain.conversion_table import read_bands, read_points
from assessor.domain.wording import plain
from assessor.errors import InputError
from assessor.ui import theme
from assessor.ui.analysis.pane import heading, words
from assessor.ui.choice import Choice

if TYPE_CHECKING:
    from assessor.domain.results import GroupResult

_BANDS = 6
_MOST_DECIMALS = 4
_FIELD_WIDTH = 64


class ConversionForm(QFrame):
    changed = Signal(object)
    """A Conversion that fits the group's scheme and is another than the one shown."""

    def __init__(self) -> None:
        super().__init__()
        theme.dress(self, role="card")
        self.method = Choice("折算办法")
        for method in ConversionMethod:
            self.method.addItem(method.label, method)
        self.full = _field("折算满分")
        self.decimals = Choice("小数位数")
        for number in range(_MOST_DECIMALS + 1):
            self.decimals.addItem(f"{number} 位", number)
        self.grades: dict[str, QLineEdit] = {}
        self.bands = [(_field(f"第 {n} 档末位名次"), _field(f"第 {n} 档折算分")) for n in range(1, _BANDS + 1)]
        self.problem = words("bad")
        self.locked = words()
        self._group: GroupResult | None = None
        self._shown = Conversion()
        self._grade_box, self._band_box = QWidget(), QWidget()
        self._grade_form = QFormLayout(self._grade_box)
        self._grade_form.setContentsMargins(0, 0, 0, 0)
        self._lay_out()
        for choice in (self.method, self.decimals):
            choice.activated.connect(lambda _place: self._take())
        for field in (self.full, *(field for band in self.bands for field in band)):
            field.editingFinished.connect(self._take)

    def show_conversion(self, group: GroupResult, conversion: Conversion) -> None:
        """What is being typed stays, unless the group or what is stored is another now."""
        if self._group is not None and self._is_same(group) and conversion == self._shown:
            self._group = group
            return
        self._group, self._shown = group, conversion
        self.problem.clear()
        self.method.setCurrentIndex(self.method.findData(conversion.method))
        self.full.setText(plain(conversion.full))
        self.decimals.setCurrentIndex(self.decimals.findData(conversion.decimals))
        self._show_grades([grade.title for grade in group.scheme.grades])
        for title, field in self.grades.items():
            points = conversion.by_grade.get(title)
            field.setText("" if points is None else plain(points))
        for place, (to, points_field) in enumerate(self.bands):
            band = conversion.by_rank[place] if place < len(conversion.by_rank) else None
            to.setText("" if band is None else str(band.to))
            points_field.setText("" if band is None else plain(band.points))
        self._show_method()

    def lock(self, reason: str) -> None:
        """Empty: it can be changed."""
        self.locked.setText(reason)
        self.locked.setVisible(bool(reason))
        for field in (self.method, self.full, self.decimals, self._grade_box, self._band_box):
            field.setEnabled(not reason)

    def _is_same(self, group: GroupResult) -> bool:
        titles = [grade.title for grade in group.scheme.grades]
        return self._group is not None and self._group.group.code == group.group.code and titles == list(self.grades)

    def _take(self) -> None:
        if self._group is None:
            return
        self._show_method()
        try:
            typed = self._typed()
            check_conversion(typed, self._group.scheme)
        except InputError as problem:
            self.problem.setText(f"{problem.what}。{problem.remedy}。尚未生效。")
            return
        self.problem.clear()
        if typed != self._shown:
            self._shown = typed
            self.changed.emit(typed)

    def _typed(self) -> Conversion:
        """What the chosen method does not ask for stays as it is stored, as far as the full points still allow it.
        Raises InputError."""
        method, full = self.method.currentData(), read_points(self.full.text(), "折算满分")
        by_grade = {title: points for title, points in self._shown.by_grade.items() if points <= full}
        by_rank = tuple(band for band in self._shown.by_rank if band.points <= full)
        if method is ConversionMethod.BY_GRADE:
            typed = {title: field.text() for title, field in self.grades.items() if field.text().strip()}
            by_grade = {title: read_points(text, f"{title}的折算分") for title, text in typed.items()}
        if method is ConversionMethod.BY_RANK:
            by_rank = read_bands([(to.text(), points.text()) for to, points in self.bands])
        return Conversion(method, full, self.decimals.currentData(), by_grade, by_rank)

    def _show_method(self) -> None:
        method = self.method.currentData()
        self._grade_box.setVisible(method is ConversionMethod.BY_GRADE)
        self._band_box.setVisible(method is ConversionMethod.BY_RANK)

    def _show_grades(self, titles: Sequence[str]) -> None:
        if list(self.grades) == list(titles):
            return
        while self._grade_form.rowCount():
            self._grade_form.removeRow(0)
        self.grades = {title: _field(f"{title}的折算分") for title in titles}
        for title, field in self.grades.items():
            self._grade_form.addRow(title, _row(field, QLabel("分")))
            field.editingFinished.connect(self._take)

    def _lay_out(self) -> None:
        top = QFormLayout()
        top.addRow("折算办法", self.method)
        top.addRow("折算满分", _row(self.full, QLabel("分")))
        top.addRow("保留小数", self.decimals)
        bands = QVBoxLayout(self._band_box)
        bands.setContentsMargins(0, 0, 0, 0)
        bands.setSpacing(theme.SPACE)
        for to, points in self.bands:
            bands.addWidget(_row(QLabel("到第"), to, QLabel("名"), points, QLabel("分")))
        hint = words()
        hint.setText("折算成全市高质量发展综合绩效考核中本项工作的分数。办法和分值以全市考核方案为准，请照方案填写。")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE * 2] * 4)
        layout.setSpacing(theme.SPACE + 4)
        layout.addWidget(heading("折算设置"))
        layout.addWidget(hint)
        layout.addLayout(top)
        layout.addWidget(self._grade_box)
        layout.addWidget(self._band_box)
        layout.addWidget(self.problem)
        layout.addWidget(self.locked)
        layout.addStretch(1)


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setFixedWidth(_FIELD_WIDTH)
    return field


def _row(*widgets: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SPACE)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return box
