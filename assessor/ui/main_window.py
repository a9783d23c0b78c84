"""The main window: menu, stage bar, navigation, pages, detail pane and status bar, and what connects them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from assessor.ui import theme
from assessor.ui.automatic_backups import AutomaticBackups
from assessor.ui.background import Background, Job, Lane
from assessor.ui.closing import Closing
from assessor.ui.commands.operator import ask_operator
from assessor.ui.commands.pack import ask_unpack
from assessor.ui.commands.years import point_at, take_step
from assessor.ui.dropping import dropped_workbook, is_pack
from assessor.ui.file_bar import FileBar
from assessor.ui.idle_pages import IdlePages
from assessor.ui.loading import Loaded
from assessor.ui.menu import MainMenu
from assessor.ui.message_bar import MessageBar
from assessor.ui.navigation import PAGES, PageEntry, fetch_modules, load_page
from assessor.ui.navigation_list import navigation_list
from assessor.ui.pages.page import SAMPLE, Page, Surroundings
from assessor.ui.read_only_bar import ReadOnlyBar
from assessor.ui.remedies import REMEDIES
from assessor.ui.remembered import Remembered
from assessor.ui.session import Session
from assessor.ui.stage_bar import StageBar
from assessor.ui.status import StatusBar
from assessor.ui.wayfinding import Wayfinder

if TYPE_CHECKING:
    from assessor.domain.next_steps import Topic
    from assessor.domain.place import Place
    from assessor.errors import AssessorError
    from assessor.ui.detail import DetailPane
    from assessor.ui.grid.grid import Grid
    from assessor.ui.search_palette import SearchPalette
    from assessor.ui.welcome import WelcomePage
    from assessor.workbook.history_list import HistoryQuery

_NAME = "全民科学素质工作年度考核"
_LEAST_DETAIL = 320
_LEAST_SIZE = QSize(1080, 640)
_PAINTED_MS = 150
"""After a workbook is read: the first page is filled and painted, without a worker that imports beside it."""
_LOOK_MS = 60
"""After the cursor stands still, or the year was read anew, the detail pane follows."""


def today() -> date:
    return date.today()  # noqa: DTZ011 - the office's own calendar day


class MainWindow(QMainWindow):
    painted = Signal()
    """Once, after the window was first painted: what is slow starts then."""

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self.remembered = Remembered(settings)
        self.background = Background(self)
        self.session: Session = Session(self.background, self)
        self.session.operator = self.remembered.operator
        self.session.ask_operator = lambda: ask_operator(self)
        self.automatic_backups = AutomaticBackups(self.session, self.background, self.remembered, self)
        self.surroundings = Surroundings(
            background=self.background,
            session=self.session,
            today=today,
            look_at=self.look_at,
            open_trace=self.open_trace,
            show_trace=self.show_trace,
            show_history=self.show_history,
            show_forms=self.show_forms,
            take_step=lambda topic: take_step(self, topic),
            go=self.go,
            go_to=self.go_to,
            show_problem=self.show_problem,
            clear_problem=self._clear_messages,
            tell_written=self.tell_written,
        )
        self._shown = PAGES[0].key
        self.ways: Wayfinder = Wayfinder(self)
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        """Pages that have not been filled since the workbook changed: done when they are next asked for."""
        self._waiting = QLabel()
        self._welcome: WelcomePage | None = None
        self._idle: QWidget = self._waiting
        """What is shown while nothing is open."""
        self._detail: DetailPane | None = None
        self._search: SearchPalette | None = None
        self.has_detail: bool = False
        """Whether the page shown has a detail pane."""
        self._looked: tuple[str, str | None] | None = None
        """What is looked at, while the detail pane has yet to show it."""
        self._looking = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._is_detail_placed = False
        self._has_painted = False
        self._to_tell: AssessorError | None = None
        self._idle_pages = IdlePages(self._make_page, self)
        self.closing = Closing(self)
        self._build()
        theme.clothe(self)
        self._connect()
        self.remembered.put_in_place(self)
        self.remembered.apply_scheme()

    def open(self, path: Path, password: str | None = None) -> None:
        """Opens a workbook in the background, where it was left; what is open stays until the other one is read."""
        page, year = self.remembered.where(path.resolve())
        if self.session.current is None and any(entry.key == page for entry in PAGES):
            self._navigation.setCurrentRow(_row_of(page))
        self.session.open(path, password, year)

    def show_nothing_open(self) -> None:
        """Offers what there is to open, and to begin with."""
        if self._welcome is None:
            self._welcome = self._make_welcome()
        self._welcome.show_recent(self.remembered.recent)
        self._idle = self._welcome
        self._show_page(self._navigation.currentRow())
        self._welcome.take_focus()
        self._tell()

    def page(self, key: str) -> Page:
        """The page by its key, made on first use, showing what is open now."""
        self._make_page(key)
        if key in self._stale and self.session.current is not None:
            self._stale.discard(key)
            self._pages[key].show_view(self.session.view)
        return self._pages[key]

    def made_pages(self) -> list[Page]:
        return list(self._pages.values())

    def go(self, key: str) -> None:
        """Shows a page and puts the keyboard there: the arrows that follow are meant for it, not for the list."""
        self._navigation.setCurrentRow(_row_of(key))
        if self.session.current is not None:
            self.page(key).take_focus()

    def go_to(self, place: Place) -> None:
        self.ways.go_to(place)

    def open_search(self) -> None:
        """查找任何内容: made when it is first asked for."""
        if self._search is None:
            from assessor.ui.search_palette import SearchPalette

            self._search = SearchPalette(self)
        self._search.open_palette()

    def shown_page(self) -> Page:
        """The one that is shown, or will be once a workbook is open."""
        return self.page(self._shown)

    def show_grid(self, grid: Grid) -> None:
        """Goes to the page that has it, and puts the keyboard there, or into its open editor."""
        key = next((key for key, page in self._pages.items() if page.isAncestorOf(grid)), None)
        if key is not None and key != self._shown:
            self.go(key)
        editor = grid.editing.editor
        (grid if editor is None else editor.input).setFocus()

    def look_at(self, unit: str, code: str | None) -> None:
        """The pane follows in a moment, where it is seen: first the page shows what was typed."""
        self._looked = (unit, code)
        self._looking.start()

    def open_trace(self, unit: str, code: str | None) -> None:
        """Goes to the results and shows there why the unit, or its category or indicator, scored as it did."""
        from assessor.ui.pages.results import ResultsPage

        self.go("results")
        page = self.page("results")
        if isinstance(page, ResultsPage):
            page.select_unit(unit)
        self.show_trace(unit, code)

    def show_trace(self, unit: str, code: str | None) -> None:
        """Opens the detail pane beside the page at hand and puts the keyboard there."""
        self._looked = (unit, code)
        self._show_detail(True)
        self.detail().show_trace()

    def show_history(self, query: HistoryQuery) -> None:
        from assessor.ui.pages.history import HistoryPage

        self.go("history")
        page = self.page("history")
        if isinstance(page, HistoryPage):
            page.ask(query)

    def show_forms(self, topic: Topic) -> None:
        from assessor.ui.pages.forms import FormsPage

        self.go("forms")
        page = self.page("forms")
        if isinstance(page, FormsPage):
            page.show_topic(topic)

    def show_problem(self, problem: AssessorError) -> None:
        self.message_bar.show_problem(problem)

    def tell_when_ready(self, problem: AssessorError) -> None:
        """Once, when the first workbook is shown, or there is none: what is said before is taken away by that."""
        self._to_tell = problem

    def show_notice(self, text: str) -> None:
        self.message_bar.show_notice(text)

    def show_summary(self, text: str) -> None:
        self.status_bar.summary.setText(text)

    def grid_layout(self, key: str) -> str:
        path = self.workbook_path()
        return self.remembered.grid_layout(path, key) if path else ""

    def keep_grid_layout(self, key: str, layout: str) -> None:
        path = self.workbook_path()
        if path is not None:
            self.remembered.keep_grid_layout(path, key, layout)

    def workbook_path(self) -> Path | None:
        return self.session.current.path if self.session.current else None

    def shown_year(self) -> int | None:
        return self.session.view.year.year if self.session.view else None

    def sample_mark(self) -> str:
        return SAMPLE if self.session.view is not None and self.session.view.is_sample else ""

    def read_only_reason(self) -> str:
        return self.session.current.read_only_reason if self.session.current else ""

    def stepped_back_at(self) -> object | None:
        current = self.session.current
        return current.moment if current is not None and current.is_stepped_back else None

    def tell_written(self, path: Path, words: str) -> None:
        """A file that was asked for is there; ``words`` says what it is."""
        self.file_bar.show_file(path, words)

    def toggle_detail(self) -> None:
        self._show_detail(not self._dock.isVisible())

    def detail(self) -> DetailPane:
        if self._detail is None:
            from assessor.ui.detail import DetailPane

            self._detail = DetailPane(self.surroundings)
            self._detail.close_asked.connect(lambda: self._show_detail(False))
            self._detail.history_asked.connect(self.show_history)
            self._dock.setWidget(self._detail)
        self._show_looked()
        return self._detail

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            self.ways.watch_mouse()
            QTimer.singleShot(0, self.painted.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_workbook(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_workbook(event.mimeData())
        if path is None:
            return
        event.acceptProposedAction()
        if is_pack(path):
            ask_unpack(self, path)
        else:
            self.open(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.closing.may_close():
            event.ignore()
            return
        self._idle_pages.stop()
        self.remembered.keep_place(self)
        self._keep_parts()
        self.hide()
        self.background.stop()
        self.automatic_backups.finish()
        super().closeEvent(event)

    def _build(self) -> None:
        self.setWindowTitle(_NAME)
        self.setMinimumSize(_LEAST_SIZE.boundedTo(self.screen().availableSize()))
        self.setAcceptDrops(True)
        self.stage_bar = StageBar()
        self.read_only_bar = ReadOnlyBar()
        self.message_bar = MessageBar()
        self.file_bar = FileBar()
        self._navigation = navigation_list()
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.dress(self._waiting, tone="muted")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._waiting)
        self._build_centre()
        self._build_dock()
        self.menu = MainMenu(self)
        self.status_bar = StatusBar()
        self.status_bar.show_operator(self.session.operator)
        self.setStatusBar(self.status_bar)

    def _build_centre(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.message_bar)
        column.addWidget(self.file_bar)
        column.addWidget(self._stack, 1)
        row.addWidget(self._navigation)
        row.addLayout(column, 1)
        self._centre = centre = QWidget()
        whole = QVBoxLayout(centre)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.read_only_bar)
        whole.addLayout(row, 1)
        self.setCentralWidget(centre)
        bar = self._stages = QToolBar("年度与阶段")
        bar.setMovable(False)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setStyleSheet("QToolBar { border: none; padding: 0; spacing: 0; }")
        bar.addWidget(self.stage_bar)
        bar.toggleViewAction().setVisible(False)
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, bar)

    def _build_dock(self) -> None:
        self._dock = QDockWidget("详情")
        self._dock.setObjectName("detail")
        self._dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self._dock.setTitleBarWidget(QWidget())
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self._dock)
        self._dock.hide()

    def _connect(self) -> None:
        self._navigation.currentRowChanged.connect(self._show_page)
        self.background.started.connect(self.status_bar.follow)
        once = Qt.ConnectionType.SingleShotConnection
        self.session.loading.connect(lambda _name: self._fetch_first_page(), once)
        self.session.loaded.connect(lambda _loaded: self._fetch_other_pages(), once)
        self.session.loading.connect(self._show_loading)
        self.session.loaded.connect(self._show_loaded)
        self.session.steps_read.connect(self._show_standing)
        self.session.failed.connect(self._show_failed)
        self.session.abandoned.connect(self._keep_what_is_open)
        self.session.replacing.connect(self._bar)
        self.automatic_backups.troubled.connect(self.show_problem)
        self.file_bar.troubled.connect(self.show_problem)
        self.read_only_bar.retry_asked.connect(self.session.reload)
        self.stage_bar.year_chosen.connect(self.session.select_year)
        self.stage_bar.next_asked.connect(self._show_next_step)
        self.stage_bar.stage_asked.connect(lambda stage: point_at(self, stage))
        closing = QShortcut(QKeySequence("Escape"), self.message_bar)
        closing.activated.connect(self.message_bar.hide)

    def _make_welcome(self) -> WelcomePage:
        from assessor.ui.commands.starting import ask_new, open_sample
        from assessor.ui.welcome import WelcomePage

        page = WelcomePage()
        page.sample_asked.connect(lambda: open_sample(self))
        page.new_asked.connect(lambda: ask_new(self))
        page.open_asked.connect(lambda: self.menu.actions["open"].trigger())
        page.recent_chosen.connect(self.open)
        self._stack.addWidget(page)
        return page

    def _make_page(self, key: str) -> Page:
        if key not in self._pages:
            page = load_page(_entry(key), self.surroundings)
            self._pages[key] = page
            self._stack.addWidget(page)
            self.remembered.put_splitters(page)
            self._stale.add(key)
        return self._pages[key]

    def _fetch_first_page(self) -> None:
        """The page is made while the workbook is read, so that it only has to be filled then."""
        entry = PAGES[max(self._navigation.currentRow(), 0)]
        self._fetch_pages(entry).done.connect(lambda _nothing: self._idle_pages.make_now(entry.key))

    def _fetch_other_pages(self) -> None:
        """In idle moments, one by one: so a page that is shown for the first time only has to be filled."""
        QTimer.singleShot(_PAINTED_MS, self, lambda: self._fetch_pages(*PAGES))
        self._idle_pages.start(entry.key for entry in PAGES if entry.key not in self._pages)

    def _fetch_pages(self, *entries: PageEntry) -> Job:
        return self.background.run(
            "正在准备页面", lambda work: fetch_modules(entries, work), lane=Lane.DRAWING, quiet=True
        )

    def _clear_messages(self) -> None:
        self.message_bar.hide()
        self.file_bar.hide()

    def _show_loading(self, name: str) -> None:
        self._clear_messages()
        self._waiting.setText(f"正在打开 {name} …")
        self._idle = self._waiting
        if self.session.current is None:
            self._show_page(self._navigation.currentRow())

    def _show_loaded(self, loaded: Loaded) -> None:
        only = "（只读）" if loaded.is_read_only else ""
        self.setWindowTitle(f"{loaded.path.name}{only} — {_NAME}")
        self.read_only_bar.show_reason(loaded.read_only_reason)
        self.status_bar.show_file(loaded)
        if loaded.view is None:
            self.stage_bar.clear()
        else:
            self._show_standing(loaded)
        self._stale.update(self._pages)
        self._show_page(self._navigation.currentRow())
        self._tell()
        self.ways.follow(loaded)

    def _tell(self) -> None:
        if self._to_tell is not None:
            self.show_problem(self._to_tell)
            self._to_tell = None

    def _show_standing(self, loaded: Loaded) -> None:
        if loaded.view is not None and loaded.standing is not None:
            self.stage_bar.show_years(loaded.years, loaded.view.year.year)
            self.stage_bar.show_standing(loaded.view.year, loaded.standing, loaded.steps[0], loaded.view.seal)
            self.stage_bar.show_reminder(loaded.reminder)

    def _look(self) -> None:
        """The pane may show another unit, or an older year, than the page beside it, but only while it is hidden."""
        if self._dock.isVisible():
            self.detail().renew(self.session.view)

    def _show_looked(self) -> None:
        looked, self._looked = self._looked, None
        if self._detail is not None and looked is not None:
            self._detail.show_unit(self.session.view, *looked)

    def _bar(self, is_replacing: bool) -> None:
        """Nothing can be asked of a workbook that is closed to be replaced."""
        for part in (self.menuBar(), self.stage_bar, self._centre, self._dock):
            part.setDisabled(is_replacing)
        if not is_replacing:
            self._keep_what_is_open()

    def _show_failed(self, problem: AssessorError) -> None:
        self._keep_what_is_open()
        offer = next((offer for kind, offer in REMEDIES if isinstance(problem, kind)), None)
        if offer is not None and self.session.asked is not None:
            offer(self, problem, self.session.asked)
        else:
            self.show_problem(problem)

    def _keep_what_is_open(self) -> None:
        self.ways.forget()
        if self.session.view is not None:
            self.stage_bar.choose(self.session.view.year.year)
        elif self.session.current is None:
            self.show_nothing_open()
            self.menu.refresh()

    def _show_page(self, place: int) -> None:
        is_open = self.session.current is not None
        for part in (self._navigation, self._stages, self.status_bar.operator):
            part.setVisible(is_open or self._idle is self._waiting)
        if not is_open:
            self._stack.setCurrentWidget(self._idle)
            return
        entry = PAGES[max(place, 0)]
        if entry.key != self._shown:
            self.ways.leave()
            self._shown = entry.key
        self._stack.setCurrentWidget(self.page(entry.key))
        self.has_detail = entry.has_detail
        self._dock.setVisible(entry.has_detail and self.remembered.shows_detail)
        if entry.has_detail and not self._is_detail_placed:
            self._is_detail_placed = True
            width = self.remembered.detail_width or self.width() // 4
            self.resizeDocks([self._dock], [max(_LEAST_DETAIL, width)], Qt.Orientation.Horizontal)
        self._looking.start()
        self._keep_where()
        self.menu.refresh()

    def _keep_where(self) -> None:
        """For when the workbook is opened again."""
        path = self.workbook_path()
        if path is not None:
            self.remembered.keep_where(path, self._shown, self.shown_year())

    def _keep_parts(self) -> None:
        for page in self._pages.values():
            self.remembered.keep_splitters(page)
        if self._is_detail_placed:
            self.remembered.detail_width = self._dock.width()

    def _show_next_step(self) -> None:
        from assessor.ui.pages.overview import OverviewPage

        steps = self.session.current.steps if self.session.current else ()
        if steps and take_step(self, steps[0].topic):
            return
        self.go("overview")
        page = self.page("overview")
        if isinstance(page, OverviewPage):
            page.show_step(0)

    def _show_detail(self, is_shown: bool) -> None:
        self.remembered.shows_detail = is_shown
        self._dock.setVisible(is_shown)
        self._look()


def _row_of(key: str) -> int:
    return next(row for row, entry in enumerate(PAGES) if entry.key == key)


def _entry(key: str) -> PageEntry:
    return next(entry for entry in PAGES if entry.key == key)
