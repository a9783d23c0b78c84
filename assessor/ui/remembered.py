"""What the window remembers for this workstation: size, place, colours, the operator's name, the last workbook."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget

from assessor.ui import theme

_FIRST_SIZE = QSize(1440, 900)
_MOST_RECENT = 8
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

    def choose_scheme(self, scheme: Qt.ColorScheme) -> None:
        self._settings.setValue("window/scheme", scheme.name)
        _apply(scheme)

    def apply_scheme(self) -> None:
        scheme = str(self._settings.value("window/scheme", ""))
        if scheme in Qt.ColorScheme.__members__:
            _apply(Qt.ColorScheme[scheme])


def _grid_key(workbook: Path, key: str) -> str:
    """A path would be taken apart at its slashes."""
    return f"grids/{sha256(str(workbook).encode('utf-8', 'surrogateescape')).hexdigest()[:16]}/{key}"


def _apply(scheme: Qt.ColorScheme) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.choose_scheme(app, scheme)
