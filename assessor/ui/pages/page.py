"""What every page is: a head with title, 示例数据 badge and tools, over a body or a word on what to do first."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from assessor.domain.place import Place
from assessor.errors import AssessorError
from assessor.ui import theme

if TYPE_CHECKING:
    from pathlib import Path

    from assessor.domain.next_steps import Topic
    from assessor.domain.year_view import YearView
    from assessor.ui.background import Background
    from assessor.ui.session import Session
    from assessor.workbook.history_list import HistoryQuery

SAMPLE = "示例数据"


@dataclass(frozen=True)
class Surroundings:
    """What a page may use of the window around it."""

    background: Background
    session: Session
    today: Callable[[], date]
    look_at: Callable[[str, str | None], None]
    """Shows a unit (code), and a category or indicator (code), in the detail pane, where that is shown."""
    open_trace: Callable[[str, str | None], None]
    """The same, going to the results and opening the detail pane for it."""
    show_trace: Callable[[str, str | None], None]
    """The same, opening the detail pane beside the page that is shown."""
    show_history: Callable[[HistoryQuery], None]
    """Goes to the history, narrowed to what is asked."""
    show_forms: Callable[[Topic], None]
    """Goes to the forms that a finding of that topic is about."""
    take_step: Callable[[Topic], object]
    """Begins a step of the year as a whole: closing the collection, sealing."""
    go: Callable[[str], None]
    """Shows another page by its key."""
    go_to: Callable[[Place], None]
    """Goes to a page and what the place names on it; back and forward lead there again."""
    show_problem: Callable[[AssessorError], None]
    clear_problem: Callable[[], None]
    """Takes away what was said of an attempt before: this one is new."""
    tell_written: Callable[[Path, str], None]
    """Says where a file lies that was asked for, and what it is (已导出历史), and offers to open it."""


def sample_badge() -> QLabel:
    badge = QLabel(SAMPLE)
    badge.setFont(theme.font("small", bold=True))
    badge.setToolTip("本年度的填报是虚构的，只作演示")
    theme.dress(badge, role="badge")
    return badge


class Page(QWidget):
    """Fills itself from a YearView. Subclasses lay out ``body`` and ``tools``, and implement ``fill``."""

    def __init__(self, title: str, surroundings: Surroundings) -> None:
        super().__init__()
        self.surroundings = surroundings
        self.view: YearView | None = None
        self._title = QLabel(title)
        self._title.setFont(theme.font("title", bold=True))
        self._subtitle = QLabel()
        theme.dress(self._subtitle, tone="muted")
        self.badge = sample_badge()
        self.badge.hide()
        self._tool_box = QWidget()
        self.tools = QHBoxLayout(self._tool_box)
        self.tools.setContentsMargins(0, 0, 0, 0)
        self.tools.setSpacing(theme.SPACE)
        self.body = QWidget()
        self._empty = QLabel()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        theme.dress(self._empty, tone="muted")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.body)
        self._stack.addWidget(self._empty)
        self._lay_out()

    def show_view(self, view: YearView | None) -> None:
        """Takes the year to show; None where the workbook has no year."""
        self.view = view
        self.badge.setVisible(view is not None and view.is_sample)
        reason = self.missing_first(view)
        self.set_subtitle(f"{view.year.year} 年度" if view else "")
        self.set_empty(reason)
        if view is not None and not reason:
            self.fill(view)

    @abstractmethod
    def fill(self, view: YearView) -> None:
        """Shows the year; every page does it in its own way."""

    def missing_first(self, view: YearView | None) -> str:
        """What must be done before the page has anything to show; empty where it has."""
        return missing_first(view)

    def take_focus(self) -> None:
        """Puts the keyboard on what the page is used by; the page itself where a subclass names nothing."""
        self.setFocus()

    def go_to(self, _place: Place) -> None:
        """Chooses what the place names; what the page does not have is passed over."""
        return

    def place(self) -> Place:
        """Where the page stands now: what leads back to it."""
        return Place(self.objectName())

    def finish(self) -> bool:
        """Hands on what is being typed before the window closes; False: the page says what is not done yet."""
        return True

    def set_subtitle(self, text: str) -> None:
        self._subtitle.setText(text)

    def set_empty(self, reason: str) -> None:
        """Shows ``reason`` in place of the body; empty: the body."""
        self._empty.setText(reason)
        self._stack.setCurrentWidget(self._empty if reason else self.body)
        self._tool_box.setEnabled(self.view is not None or not reason)

    def empty_text(self) -> str:
        """What stands in place of the body; empty where the body is shown."""
        return self._empty.text()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE + 4)
        head.addWidget(self._title)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._subtitle, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self._tool_box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE * 2, theme.SPACE + 4, theme.SPACE * 2, theme.SPACE * 2)
        layout.setSpacing(theme.SPACE + 4)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)


def missing_first(view: YearView | None) -> str:
    """What must be done before a page has anything to show; empty where it has."""
    if view is None:
        return "这个工作簿还没有考核年度。\n请用“年度 > 新建年度…”建立第一个年度。"
    if not any(group.units for group in view.result.groups):
        return f"{view.year.year} 年度还没有被考核的单位。\n请先从实施方案下达任务。"
    return ""
