"""What the window remembers for this workstation: size, place, colours, the operator's name, the last workbook."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from assessor.ui import theme

_FIRST_SIZE = QSize(1440, 900)
_MOST_RECENT = 8
_LEAST_ZOOM, _MOST_ZOOM = 90, 150
_ROOMY_SCREEN = 1600
"""On a screen narrower than this (logical pixels) the window opens maximized."""


class Remembered:
    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def operator(self) -> str:
        """Empty: nobody has said."""
        return str(self._settings.value("operator", ""))

    @operator.setter
    def operator(self, name: str) -> None:
        self._settings.setValue("operator", name)

    @property
    def shows_detail(self) -> bool:
        return self._settings.value("window/detail", True, bool) is True

    @shows_detail.setter
    def shows_detail(self, is_shown: bool) -> None:
        self._settings.setValue("window/detail", is_shown)

    @property
    def opens_last(self) -> bool:
        """Whether the program begins with the workbook that was open last."""
        return self._settings.value("opens_last", True, bool) is True

    @opens_last.setter
    def opens_last(self, is_wanted: bool) -> None:
        self._settings.setValue("opens_last", is_wanted)

    @property
    def zoom(self) -> int:
        """Of the whole window, in percent; it is applied when the program starts."""
        kept = self._settings.value("window/zoom", 100, int)
        return kept if isinstance(kept, int) and _LEAST_ZOOM <= kept <= _MOST_ZOOM else 100

    @zoom.setter
    def zoom(self, percent: int) -> None:
        self._settings.setValue("window/zoom", percent)

    def where(self, workbook: Path) -> tuple[str, int | None]:
        """Page and year that were shown of a workbook last; empty and None: it was never shown."""
        page, _, year = str(self._settings.value(_key_of("where", workbook), "")).partition(" ")
        return page, int(year) if year.isdecimal() else None

    def keep_where(self, workbook: Path, page: str, year: int | None) -> None:
        key, where = _key_of("where", workbook), f"{page} {year or ''}"
        if self._settings.value(key) != where:  # what is set is written into a file, which takes a moment
            self._settings.setValue(key, where)

    def put_splitters(self, page: QWidget) -> None:
        """As the user left them."""
        for key, splitter in _splitters(page):
            kept = self._settings.value(key)
            if isinstance(kept, QByteArray):
                splitter.restoreState(kept)

    def keep_splitters(self, page: QWidget) -> None:
        for key, splitter in _splitters(page):
            self._settings.setValue(key, splitter.saveState())

    @property
    def detail_width(self) -> int:
        """Logical pixels; 0: it was never shown."""
        kept = self._settings.value("window/detail_width", 0, int)
        return kept if isinstance(kept, int) else 0

    @detail_width.setter
    def detail_width(self, width: int) -> None:
        self._settings.setValue("window/detail_width", width)

    @property
    def trouble(self) -> str:
        """What went wrong while the program ended, to be said once; empty: nothing. Reading it forgets it."""
        said = str(self._settings.value("trouble", ""))
        self._settings.remove("trouble")
        return said

    @trouble.setter
    def trouble(self, said: str) -> None:
        self._settings.setValue("trouble", said)

    @property
    def recent(self) -> list[Path]:
        """Workbooks that were open, the latest first; some may be gone."""
        kept = self._settings.value("recent", [])
        names = [kept] if isinstance(kept, str) else kept if isinstance(kept, list) else []
        return [Path(name) for name in names if isinstance(name, str) and name]

    @property
    def workbook(self) -> Path | None:
        """That was open last; None: there was none yet."""
        return next(iter(self.recent), None)

    def keep_workbook(self, path: Path) -> None:
        """A backup that is looked at is not what is worked with."""
        from assessor.workbook.backup_names import read_name

        if read_name(path.name) is None and path != self.workbook:
            paths = [path, *(known for known in self.recent if known != path)]
            self._settings.setValue("recent", [str(known) for known in paths[:_MOST_RECENT]])

    def grid_layout(self, workbook: Path, key: str) -> str:
        """What was made of a table's columns in that workbook; empty: nothing."""
        return str(self._settings.value(_grid_key(workbook, key), ""))

    def keep_grid_layout(self, workbook: Path, key: str, layout: str) -> None:
        self._settings.setValue(_grid_key(workbook, key), layout)

    def keep_place(self, window: QWidget) -> None:
        self._settings.setValue("window/geometry", window.saveGeometry())

    def put_in_place(self, window: QWidget) -> None:
        geometry = self._settings.value("window/geometry")
        if geometry is None or not window.restoreGeometry(geometry):
            # Never larger than the screen: where nothing manages windows, nobody could maximize it.
            window.resize(_FIRST_SIZE.boundedTo(window.screen().availableSize()))
            if window.screen().availableSize().width() < _ROOMY_SCREEN:
                window.setWindowState(Qt.WindowState.WindowMaximized)

    @property
    def scheme(self) -> Qt.ColorScheme:
        """That was chosen; Unknown: as the system has it."""
        kept = str(self._settings.value("window/scheme", ""))
        return Qt.ColorScheme[kept] if kept in Qt.ColorScheme.__members__ else Qt.ColorScheme.Unknown

    def choose_scheme(self, scheme: Qt.ColorScheme) -> None:
        self._settings.setValue("window/scheme", scheme.name)
        _apply(scheme)

    def apply_scheme(self) -> None:
        if self._settings.contains("window/scheme"):
            _apply(self.scheme)


def _grid_key(workbook: Path, key: str) -> str:
    return f"{_key_of('grids', workbook)}/{key}"


def _key_of(room: str, workbook: Path) -> str:
    """A path would be taken apart at its slashes."""
    return f"{room}/{sha256(str(workbook).encode('utf-8', 'surrogateescape')).hexdigest()[:16]}"


def _splitters(page: QWidget) -> list[tuple[str, QSplitter]]:
    found = page.findChildren(QSplitter)
    return [(f"splitters/{page.objectName()}/{place}", splitter) for place, splitter in enumerate(found)]


def _apply(scheme: Qt.ColorScheme) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.choose_scheme(app, scheme)
