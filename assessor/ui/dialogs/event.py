"""The form for an event: whom it concerns, what it is, and what it counts. Refuses in place what cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from assessor.domain.entry_table import EntryItem, items_of
from assessor.domain.event_entry import EventField, field_refusal, read_field
from assessor.domain.facts import Event, EventKind
from assessor.errors import InputError
from assessor.ui import theme
from assessor.ui.choice import Choice
from assessor.ui.segments import Segments

if TYPE_CHECKING:
    from assessor.domain.facts import GroupFacts
    from assessor.domain.year_view import YearView

_WIDTH = 560
_UNITS_HEIGHT = 132
_CODE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class FilledEvent:
    """What the dialog was left with. The event's key is that of the one it began with; empty: a new one's."""

    units: tuple[str, ...]
    event: Event


class EventDialog(QDialog):
    """``chosen``: units that are ticked at first; ``without``: units that cannot be chosen. ``is_one``: exactly one is
    to be chosen. ``already``: how many units have the event and share it with those that are chosen."""

    def __init__(
        self,
        parent: QWidget,
        view: YearView,
        day: date,
        *,
        chosen: Sequence[str] = (),
        without: Sequence[str] = (),
        is_one: bool = False,
        already: int = 0,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.filled: FilledEvent | None = None
        self._view, self._without, self._is_one, self._already = view, frozenset(without), is_one, already
        self._key = ""
        self.kind = Segments("类别")
        self.kind.show_choices([(kind.value, kind.label) for kind in EventKind])
        self.group = Choice("考核组别")
        self.units = QListWidget()
        self.units.setAccessibleName("单位")
        self.item = Choice("事项")
        self.task = Choice("任务")
        self.day = QLineEdit(day.isoformat())
        self.reason = QLineEdit()
        self.matter = QLineEdit()
        self.points = QLineEdit()
        self.shared = QCheckBox("由这些单位均享")
        self.occurrences = QLineEdit("1")
        self.evidence = QLineEdit()
        self.problem = QLabel()
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.ok_button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._form = QFormLayout()
        self._lay_out()
        self._connect()
        for group in view.facts.groups:
            self.group.addItem(group.group.title, group.group.code)
        self._form.setRowVisible(self.group, self.group.count() > 1)
        self._tick(chosen)
        self._show_kind()

    def prefill(self, event: Event) -> None:
        self._key = event.key
        self.kind.show_choices([(kind.value, kind.label) for kind in EventKind], event.kind.value)
        self._show_kind()
        self.item.setCurrentIndex(max(self.item.findData(event.code), 0))
        self.task.setCurrentIndex(max(self.task.findData(event.task or ""), 0))
        self.day.setText(event.happened_on.isoformat())
        self.reason.setText(event.reason)
        self.matter.setText(event.matter)
        self.points.setText(f"{event.points:f}")
        self.shared.setChecked(event.shared_by > 1)
        self.occurrences.setText(str(event.occurrences))
        self.evidence.setText(event.evidence)
        self._shared_by = event.shared_by
        self._show_share()

    def accept(self) -> None:
        try:
            self.filled = FilledEvent(self.chosen_units(), self._read())
        except InputError as problem:
            self.problem.setText(f"{problem.what}。{problem.remedy}")
            self.problem.show()
            return
        super().accept()

    def chosen_units(self) -> tuple[str, ...]:
        items = [self.units.item(place) for place in range(self.units.count())]
        return tuple(str(item.data(_CODE)) for item in items if item.checkState() is Qt.CheckState.Checked)

    def tick(self, unit: str, *, on: bool = True) -> None:
        for place in range(self.units.count()):
            item = self.units.item(place)
            if item.data(_CODE) == unit:
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _read(self) -> Event:
        units, items, kind = self.chosen_units(), self._items(), self._kind()
        if not units or (self._is_one and len(units) != 1):
            remedy = "请勾选一个单位" if self._is_one else "请勾选一个或几个单位"
            raise InputError("没有选择单位" if not units else "选择的单位不止一个", remedy=remedy)
        code = str(read_field(EventField.ITEM, self.item.currentText(), items, ()))
        item = next(item for item in items if item.code == code)
        is_counted = not field_refusal(kind, EventField.POINTS, item)
        day = read_field(EventField.DATE, self.day.text(), items, ())
        points = read_field(EventField.POINTS, self.points.text(), items, ()) if is_counted else Decimal(0)
        times = "1" if field_refusal(kind, EventField.OCCURRENCES, item) else self.occurrences.text()
        occurrences = read_field(EventField.OCCURRENCES, times, items, ())
        assert isinstance(day, date)
        assert isinstance(points, Decimal)
        assert isinstance(occurrences, int)
        return Event(
            key=self._key,
            kind=kind,
            code=code,
            happened_on=day,
            matter=self.matter.text().strip(),
            reason=str(read_field(EventField.REASON, self.reason.text(), items, ())),
            points=points,
            shared_by=self._share() if is_counted else 1,
            occurrences=occurrences,
            evidence=self.evidence.text().strip(),
            task=str(self.task.currentData() or "") or None if item.takes_task else None,
        )

    def _share(self) -> int:
        if not self.shared.isChecked():
            return 1
        return max(self._shared_by, 2) if self._is_one else self._already + len(self.chosen_units())

    def _lay_out(self) -> None:
        self._shared_by = 1
        self.setMinimumWidth(_WIDTH)
        self.units.setFixedHeight(_UNITS_HEIGHT)
        self.day.setPlaceholderText("如 2025-06-01")
        self.matter.setPlaceholderText("可不填；填同样内容的几条只计最高的一条")
        self.points.setPlaceholderText("整项的分值，均享的由程序分摊")
        self.evidence.setPlaceholderText("文件名称、文号，可不填")
        form = self._form
        form.setSpacing(theme.SPACE)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for title, field in (
            ("类别", self.kind),
            ("组别(&G)", self.group),
            ("单位(&U)", self.units),
            ("", self.shared),
            ("事项(&I)", self.item),
            ("任务(&T)", self.task),
            ("日期(&D)", self.day),
            ("事由(&R)", self.reason),
            ("同一事项(&M)", self.matter),
            ("分值(&P)", self.points),
            ("次数(&N)", self.occurrences),
            ("证明文件(&E)", self.evidence),
        ):
            form.addRow(title, field)
        self.problem.setWordWrap(True)
        self.problem.setAccessibleName("提示信息")
        theme.dress(self.problem, tone="bad")
        self.problem.hide()
        theme.dress(self.ok_button, role="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE * 2] * 4)
        layout.setSpacing(theme.SPACE + 4)
        layout.addLayout(form)
        layout.addStretch(1)  # rows that a kind does not have leave their room here, not within the others
        layout.addWidget(self.problem)
        layout.addWidget(self.buttons)

    def _connect(self) -> None:
        self.kind.chosen.connect(lambda _kind: self._show_kind())
        self.group.currentIndexChanged.connect(self._show_group)
        self.item.currentIndexChanged.connect(self._show_fields)
        self.units.itemChanged.connect(lambda _item: self._show_share())
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _tick(self, chosen: Sequence[str]) -> None:
        """Goes to the group of the first of them."""
        found = self._view.result.find(chosen[0]) if chosen else None
        if found is not None:
            self.group.setCurrentIndex(self.group.findData(found[0].group.code))
        self._show_group()
        for unit in chosen:
            self.tick(unit)

    def _show_group(self) -> None:
        group = self._group()
        self.units.clear()
        for unit in group.units:
            if unit.unit.code not in self._without:
                item = QListWidgetItem(unit.unit.short_name)
                item.setData(_CODE, unit.unit.code)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked)
                self.units.addItem(item)
        titles = self._view.facts.task_titles
        assigned = dict.fromkeys(item.task for unit in group.units for item in unit.assignments)
        self.task.clear()
        for code in assigned:
            self.task.addItem(f"{code} {titles.get(code, '')}".strip(), code)
        self._show_kind()

    def _show_kind(self) -> None:
        before = self.item.currentData()
        self.item.clear()
        for item in self._items():
            self.item.addItem(item.words, item.code)
            self.item.setItemData(self.item.count() - 1, item.note, Qt.ItemDataRole.ToolTipRole)
        self.item.setCurrentIndex(max(self.item.findData(before), 0 if self.item.count() else -1))
        self._show_fields()

    def _show_fields(self) -> None:
        kind = self._kind()
        item = next((item for item in self._items() if item.code == self.item.currentData()), None)
        fields = (
            (self.task, EventField.TASK),
            (self.points, EventField.POINTS),
            (self.shared, EventField.SHARED_BY),
            (self.occurrences, EventField.OCCURRENCES),
        )
        for widget, field in fields:
            self._form.setRowVisible(widget, not field_refusal(kind, field, item))
        self._show_share()

    def _show_share(self) -> None:
        count = max(self._shared_by, 2) if self._is_one else self._already + len(self.chosen_units())
        self.shared.setEnabled(count > 1)
        self.shared.setText(f"由 {count} 个单位均享，各计 1/{count}" if count > 1 else "由几个单位均享")

    def _kind(self) -> EventKind:
        return EventKind(self.kind.key)

    def _group(self) -> GroupFacts:
        code = self.group.currentData()
        return next(group for group in self._view.facts.groups if group.group.code == code)

    def _items(self) -> tuple[EntryItem, ...]:
        return items_of(self._group().scheme, self._kind()) if self.group.count() else ()
