"""The look of the window: every colour, distance and font size, light and dark, in one place."""

from __future__ import annotations

from dataclasses import dataclass, fields
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget


@dataclass(frozen=True)
class Colours:
    """Colours by their part, as ``#rrggbb``."""

    window: str
    surface: str
    raised: str
    stripe: str
    border: str
    text: str
    muted: str
    faint: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_soft: str
    good: str
    warn: str
    bad: str
    good_soft: str
    warn_soft: str
    bad_soft: str


LIGHT = Colours(
    window="#f3f5f8",
    surface="#ffffff",
    raised="#f8fafc",
    stripe="#f8fafc",
    border="#dce2ea",
    text="#1c2530",
    muted="#566373",
    faint="#8b96a5",
    accent="#1d5fa8",
    on_accent="#ffffff",
    accent_hover="#174f8d",
    accent_soft="#e4eef9",
    good="#27784a",
    warn="#945a00",
    bad="#b3261e",
    good_soft="#e2f2e8",
    warn_soft="#fdf0d5",
    bad_soft="#fbe6e4",
)
DARK = Colours(
    window="#191d23",
    surface="#22272f",
    raised="#2a303a",
    stripe="#262c35",
    border="#3a434f",
    text="#e7ebf1",
    muted="#a5b0be",
    faint="#788494",
    accent="#78b0ee",
    on_accent="#10202f",
    accent_hover="#95c2f4",
    accent_soft="#2a3d54",
    good="#74c794",
    warn="#e9b660",
    bad="#f2877f",
    good_soft="#223b2d",
    warn_soft="#453819",
    bad_soft="#4b2a2a",
)

SPACE = 8
"""The unit of distance in logical pixels; everything is spaced by it or its halves and multiples."""
ROW_HEIGHT = 30
HEADER_HEIGHT = 44
"""Of a table whose headings take two lines."""
BODY_POINTS = 10.0

_SIZES = {"title": 16.0, "figure": 18.0, "heading": 11.0, "body": BODY_POINTS, "small": 9.0}

_STYLE = Template(
    """
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px 6px; }
QMenuBar { background: $surface; border: none; padding: 2px 6px; }
QMenuBar::item { padding: 4px 10px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $accent_soft; color: $text; }
QMenu { background: $surface; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QStatusBar { background: $surface; border-top: 1px solid $border; }
QStatusBar::item { border: none; }
QMainWindow::separator { width: 5px; background: $window; }
QMainWindow::separator:hover { background: $accent_soft; }
QDockWidget { titlebar-close-icon: none; }
QSplitter::handle { background: $window; }

QFrame[role="bar"] { background: $surface; border: none; border-bottom: 1px solid $border; }
QFrame[role="card"] { background: $surface; border: 1px solid $border; border-radius: 8px; }
QFrame[role="notice"] { background: $warn_soft; border: none; border-bottom: 1px solid $warn; }
QFrame[role="done"] { background: $accent_soft; border: none; border-bottom: 1px solid $accent; }
QFrame[role="banner"] { background: $bad_soft; border: none; border-bottom: 1px solid $bad; }
QTableView[role="frozen"] { border-right: 1px solid $border; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="faint"] { color: $faint; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="bad"] { color: $bad; }
QLabel[role="badge"] { background: $warn_soft; color: $warn; border-radius: 4px; padding: 2px 8px; }
QLabel[role="badge"][tone="good"] { background: $accent_soft; color: $accent; }

QListWidget, QTreeView, QTableView, QTextBrowser {
    background: $surface; border: none; outline: none; alternate-background-color: $stripe;
    selection-background-color: $accent_soft; selection-color: $text; }
QTableView { gridline-color: $border; }
QTableView[role="grid"] QTableCornerButton::section { border-right: 1px solid $border; }
QLineEdit[role="cell"] { border: 2px solid $accent; border-radius: 0; padding: 0 3px; }
QLineEdit[role="cell"][tone="bad"] { border-color: $bad; background: $bad_soft; }
QPlainTextEdit { background: $surface; color: $text; border: 1px solid $border; border-radius: 6px; padding: 2px 4px;
    selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit:focus { border-color: $accent; }
QPlainTextEdit[tone="bad"] { border-color: $bad; }
QWidget[role="pane"] { background: $surface; border: 1px solid $accent; border-radius: 6px; }
QWidget[role="pane"] QLabel { border: none; background: transparent; }
QLabel[role="note"] { background: $raised; color: $text; border: 1px solid $faint; border-radius: 6px;
    padding: 5px 9px; }
QLabel[role="note"][tone="bad"] { background: $bad_soft; color: $bad; border-color: $bad; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $raised; }
QCalendarWidget QAbstractItemView::item { padding: 0; }
QCalendarWidget QToolButton { color: $text; background: transparent; }
QCalendarWidget QToolButton::menu-indicator { image: none; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent; selection-color: $on_accent; }
QFrame[role="menu"] QListView { background: $surface; border: 1px solid $border; border-radius: 4px; outline: none; }
QFrame[role="menu"] QListView::item:selected { background: $accent_soft; color: $text; }
QFrame[role="menu"] QListView::item:hover { background: $raised; }
QFrame[role="menu"] { background: $surface; border: 1px solid $border; border-radius: 6px; }
QFrame[role="refusals"] { background: $surface; border: none; border-top: 2px solid $bad; }
QFrame[role="palette"] { background: $surface; border: 1px solid $accent; border-radius: 8px; }
QFrame[role="palette"] QLineEdit { border: none; border-bottom: 1px solid $border; border-radius: 0;
    padding: 10px 15px; background: transparent; }
QFrame[role="palette"] QListView { background: $surface; border: none; outline: none; }
QTableView::item { padding: 0 6px; }
QTreeView::item { padding: 5px 4px; }
QTableView::item:selected, QTreeView::item:selected { background: $accent_soft; color: $text; }
QListWidget::item { padding: 3px 10px; border-radius: 6px; color: $text; }
QListWidget[role="choices"] { border: 1px solid $border; border-radius: 6px; padding: 4px; }
QListWidget::item:disabled { color: $faint; }
QListWidget::item:hover { background: $raised; }
QListWidget::item:selected { background: $accent_soft; color: $text; }
QListWidget[role="navigation"] { background: $surface; border-right: 1px solid $border; padding: 8px; }
QListWidget[role="navigation"]::item { padding: 9px 10px; margin-bottom: 2px; color: $muted; }
QListWidget[role="navigation"]::item:selected { color: $accent; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $raised; color: $muted; border: none; border-bottom: 1px solid $border;
    border-right: 1px solid $border; padding: 3px 6px; }
QHeaderView::up-arrow, QHeaderView::down-arrow { image: none; width: 0; height: 0; }
QTableCornerButton::section { background: $raised; border: none; border-bottom: 1px solid $border; }

QPushButton { background: $surface; color: $text; border: 1px solid $border; border-radius: 6px; padding: 5px 14px; }
QPushButton:hover { background: $raised; border-color: $faint; }
QPushButton:pressed { background: $accent_soft; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton:disabled { color: $faint; background: $window; border-color: $border; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus { border: 1px solid $text; }
QPushButton[role="primary"]:disabled { background: $border; color: $faint; border-color: $border; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: $accent; padding: 3px 8px; }
QPushButton[role="link"][tone="warn"] { color: $warn; padding: 2px 6px; }
QPushButton[role="link"]:hover { background: $accent_soft; }
QPushButton[role="link"]:focus { border-color: $accent; }
QPushButton[role="segment"] { border-radius: 0; padding: 5px 16px; margin-left: -1px; color: $muted; }
QPushButton[role="segment"][edge="first"] { border-top-left-radius: 6px; border-bottom-left-radius: 6px; margin: 0; }
QPushButton[role="segment"][edge="last"] { border-top-right-radius: 6px; border-bottom-right-radius: 6px; }
QPushButton[role="segment"][edge="only"] { border-radius: 6px; margin: 0; }
QPushButton[role="segment"]:checked { background: $accent_soft; color: $accent; border-color: $accent; }
QPushButton[role="chip"] { border-radius: 13px; padding: 3px 11px; color: $text; background: $raised; }
QPushButton[role="chip"]:hover { border-color: $faint; }
QPushButton[role="chip"]:checked { background: $accent_soft; color: $accent; border-color: $accent; }
QPushButton[role="chip"][tone="bad"] { color: $bad; }
QPushButton[role="chip"][tone="bad"]:checked { background: $bad_soft; border-color: $bad; }
QPushButton[role="chip"]:focus { border-color: $accent; }
QPushButton[role="tile"] { border-radius: 10px; padding: 0; text-align: left; }
QPushButton[role="tile"]:hover { background: $accent_soft; border-color: $accent; }
QPushButton[role="tile"]:focus { border: 1px solid $accent; background: $accent_soft; }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 2px 7px; background: transparent; }
QToolButton:hover, QToolButton:pressed { background: $accent_soft; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $faint; }
QCheckBox::indicator:unchecked { width: 12px; height: 12px; border: 1px solid $faint; border-radius: 3px;
    background: $surface; }
QCheckBox::indicator:unchecked:focus { border-color: $accent; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }

QComboBox, QLineEdit { background: $surface; color: $text; border: 1px solid $border; border-radius: 6px;
    padding: 4px 8px; selection-background-color: $accent; selection-color: $on_accent; }
QComboBox { padding-right: 26px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: none; }
QComboBox:hover, QLineEdit:hover { border-color: $faint; }
QComboBox:focus, QLineEdit:focus { border-color: $accent; }
QLineEdit:read-only { background: $raised; }
QComboBox:disabled, QLineEdit:disabled { color: $faint; background: $window; }
QGroupBox { background: $surface; border: 1px solid $border; border-radius: 8px; margin-top: 26px; padding: 8px; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; left: 2px; padding: 4px 0; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border; padding: 4px; outline: none;
    selection-background-color: $accent_soft; selection-color: $text; }

QProgressBar { background: $border; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 4px; margin: 2px; min-width: 32px; min-height: 32px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollArea { background: transparent; border: none; }
"""
)

_APPLIED, _CLOTHED = "assessor_applied", "assessor_clothed"
_current = LIGHT
_wanted = Qt.ColorScheme.Unknown
"""The user's choice; Unknown: as the system has it."""


def colours() -> Colours:
    """The colours in use now."""
    return _current


def is_dark() -> bool:
    return _current is DARK


def follow_system(app: QApplication) -> None:
    """Dresses the application, now and whenever the system changes its colour scheme."""
    app.setStyle("Fusion")
    _apply(app)
    app.styleHints().colorSchemeChanged.connect(lambda _scheme: _apply(app))


def clothe(window: QWidget) -> None:
    """Gives a window, and the dialogs and menus that belong to it, the style sheet, now and in every scheme.

    The application itself has none: under one, Qt styles a part of a page with all that is in it again at every step of
    its being put together, which takes four times as long as the page itself.
    """
    window.setProperty(_CLOTHED, True)
    window.setStyleSheet(_sheet())


def choose_scheme(app: QApplication, scheme: Qt.ColorScheme) -> None:
    """Light or dark whatever the system has; Unknown goes back to following it."""
    global _wanted
    _wanted = scheme
    app.styleHints().setColorScheme(scheme)  # for what the system draws; not every desktop heeds it
    _apply(app)


def _apply(app: QApplication) -> None:
    global _current
    scheme = app.styleHints().colorScheme() if _wanted is Qt.ColorScheme.Unknown else _wanted
    before, _current = _current, DARK if scheme is Qt.ColorScheme.Dark else LIGHT
    if _current is before and app.property(_APPLIED):
        return
    app.setProperty(_APPLIED, True)
    app.setPalette(_palette(_current))
    for window in app.topLevelWidgets():
        if window.property(_CLOTHED):
            window.setStyleSheet(_sheet())


def _sheet() -> str:
    return _STYLE.substitute({part.name: getattr(_current, part.name) for part in fields(_current)})


def font(size: str = "body", *, bold: bool = False) -> QFont:
    """The application's font at one of the sizes title, figure, heading, body, small."""
    result = QFont(QApplication.font())
    result.setPointSizeF(_SIZES[size])
    result.setBold(bold)
    return result


def dress(widget: QWidget, *, role: str = "", tone: str = "") -> None:
    """Gives a widget its part in the style sheet, and redraws it where the part changes."""
    if widget.property("tone") == tone and role in ("", widget.property("role")):
        return
    if role:
        widget.setProperty("role", role)
    widget.setProperty("tone", tone)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def text_width(text: str, size: str = "body", *, bold: bool = False) -> int:
    """Logical pixels that ``text`` takes, rounded up."""
    return int(QFontMetricsF(font(size, bold=bold)).horizontalAdvance(text)) + 1


def elided(text: str, width: int) -> str:
    """``text`` cut at its end to ``width`` logical pixels, with an ellipsis where something is lost."""
    return QFontMetricsF(font()).elidedText(text, Qt.TextElideMode.ElideRight, width)


def _palette(of: Colours) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: of.window,
        QPalette.ColorRole.WindowText: of.text,
        QPalette.ColorRole.Base: of.surface,
        QPalette.ColorRole.AlternateBase: of.stripe,
        QPalette.ColorRole.Text: of.text,
        QPalette.ColorRole.Button: of.surface,
        QPalette.ColorRole.ButtonText: of.text,
        QPalette.ColorRole.ToolTipBase: of.raised,
        QPalette.ColorRole.ToolTipText: of.text,
        QPalette.ColorRole.Highlight: of.accent,
        QPalette.ColorRole.HighlightedText: of.on_accent,
        QPalette.ColorRole.PlaceholderText: of.faint,
        QPalette.ColorRole.Link: of.accent,
        QPalette.ColorRole.Mid: of.border,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(disabled, role, QColor(of.faint))
    return palette
