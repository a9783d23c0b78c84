"""What a walk through widgets finds: controls that say nothing to who hears the screen, keys that mean two things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QWidget,
)

_TYPED = (QLineEdit, QComboBox, QAbstractScrollArea)


def nameless(root: QWidget) -> list[str]:
    """Controls of ``root`` that can be reached and have neither a name nor a text."""
    found = [widget for widget in root.findChildren(QWidget) if _can_be_used(widget) and not _is_named(widget)]
    return [f"{type(widget).__name__} in {type(widget.parent()).__name__}" for widget in found]


def clashing_mnemonics(root: QWidget) -> list[str]:
    """Letters that two buttons or labels of a dialog claim, among those that are shown."""
    texts = [widget.text() for widget in root.findChildren(QAbstractButton) if not widget.isHidden()]
    texts += [label.text() for label in root.findChildren(QLabel) if label.buddy() and not label.isHidden()]
    letters = [QKeySequence.mnemonic(text).toString() for text in texts]
    return [letter for letter, count in Counter(filter(None, letters)).items() if count > 1]


def clashing_keys(window: QWidget, page: QWidget) -> list[str]:
    """Keys that mean two things while ``page`` is shown in ``window``: Qt then does neither."""
    of_window = set(_keys(window, direct=True))
    of_page = list(_keys(page))
    twice = [keys for keys, count in Counter(of_page).items() if count > 1]
    return sorted({*twice, *(of_window & set(of_page))})


def _keys(root: QWidget, *, direct: bool = False) -> Iterator[str]:
    how = Qt.FindChildOption.FindDirectChildrenOnly if direct else Qt.FindChildOption.FindChildrenRecursively
    seen: set[int] = set()
    for action in root.findChildren(QAction, options=how):
        if id(action) not in seen and not isinstance(action.parent(), QLineEdit):
            seen.add(id(action))
            yield from (keys.toString() for keys in action.shortcuts())
    for shortcut in root.findChildren(QShortcut, options=how):
        if shortcut.context() is not Qt.ShortcutContext.WidgetShortcut:
            yield shortcut.key().toString()


def _can_be_used(widget: QWidget) -> bool:
    """Parts that Qt makes itself (the box at a table's corner, the arrow of a toolbar, the list of a choice, the cross
    in a field) speak for what they belong to."""
    if widget.objectName().startswith("qt_") or isinstance(widget.parent(), (QLineEdit, QComboBox)):
        return False
    if isinstance(widget, QAbstractItemView) and isinstance(widget.parent(), QFrame):
        above = widget.parent()
        if type(above) is QFrame and isinstance(above.parent(), QComboBox):
            return False
    return isinstance(widget, QAbstractButton) or widget.focusPolicy() is not Qt.FocusPolicy.NoFocus


def _is_named(widget: QWidget) -> bool:
    if widget.accessibleName():
        return True
    if isinstance(widget, QAbstractButton):
        return bool(widget.text())
    if isinstance(widget, _TYPED) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return any(label.buddy() is widget for label in widget.window().findChildren(QLabel))
    return not isinstance(widget, QLabel) or bool(widget.text())
