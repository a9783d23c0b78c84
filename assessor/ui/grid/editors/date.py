"""A date: typed, or taken from a calendar that opens below the cell."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, QRect, Qt
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QKeySequence, QShortcut, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from assessor.domain.dates import read_date
from assessor.errors import InputError
from assessor.ui import theme
from assessor.ui.grid.editors.editor import Use
from assessor.ui.grid.editors.line import LineEditor
from assessor.ui.grid.placing import beside


class DateEditor(LineEditor):
    least_width = 140

    def __init__(self, view: QWidget, overlay: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self._cell = QRect()
        self.calendar = QCalendarWidget(overlay)
        self.calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        weekend = QTextCharFormat()
        weekend.setForeground(QColor(theme.colours().muted))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, weekend)
        for name, sign in (("qt_calendar_prevmonth", "‹"), ("qt_calendar_nextmonth", "›")):
            arrow = self.calendar.findChild(QToolButton, name)
            if arrow is not None:  # Qt's own arrows are black in the dark, too
                arrow.setIcon(QIcon())
                arrow.setText(sign)
        closing = QShortcut(QKeySequence("Escape"), self.calendar)
        closing.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        closing.activated.connect(self.toggle_calendar)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        theme.dress(self.calendar, role="pane")
        self.calendar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = self.calendar.layout()
        if layout is not None:
            layout.setContentsMargins(1, 1, 1, 1)  # room for the line around it
        self.calendar.hide()
        self.calendar.clicked.connect(self._choose)
        self.calendar.activated.connect(self._choose)
        self.button = QToolButton()
        self.button.setText("▾")
        self.button.setToolTip("日历（Alt+↓）")
        self.button.setAccessibleName("日历")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.toggle_calendar)
        self._row.addWidget(self.button)

    def place(self, cell: QRect, view: QWidget) -> None:
        super().place(cell, view)
        self._cell = cell
        beside(self.calendar, cell, view)

    def use_of(self, event: QKeyEvent) -> Use:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.toggle_calendar()
            return Use.DONE
        if event.key() == Qt.Key.Key_Escape and self.calendar.isVisible():
            self.toggle_calendar()
            return Use.DONE
        return Use.GRID

    def owns(self, widget: QWidget | None) -> bool:
        return super().owns(widget) or (widget is not None and self.calendar.isAncestorOf(widget))

    def end(self) -> None:
        self.calendar.hide()
        self.calendar.deleteLater()
        super().end()

    def toggle_calendar(self) -> None:
        if self.calendar.isVisible():
            self.calendar.hide()
            self.line.setFocus()
            return
        try:
            day = read_date(self.text(), "")
        except InputError:
            pass  # the calendar opens at today's month; what is typed stays, and is judged when the cell is left
        else:
            self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.adjustSize()
        beside(self.calendar, self._cell, self._view)
        self.calendar.show()
        self.calendar.raise_()
        self.calendar.setFocus()

    def _choose(self, day: QDate) -> None:
        self.line.setText(day.toString("yyyy-MM-dd"))
        self.calendar.hide()
        self.line.setFocus()
        self.finish_asked.emit()
