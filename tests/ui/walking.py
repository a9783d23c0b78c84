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
    """Keys that mean two things while the keyboard is somewhere in ``page`` of ``window``: Qt then does neither."""
    found = [*(_keys(window, direct=True) if window is not page else ()), *_keys(page)]
    return sorted(
        {
            keys
            for place, (keys, owner) in enumerate(found)
            for other, of in found[:place]
            if keys == other and (owner is of or owner.isAncestorOf(of) or of.isAncestorOf(owner))
        }
    )


def _keys(root: QWidget, *, direct: bool = False) -> Iterator[tuple[str, QWidget]]:
    """Each with the widget within which it works."""
    how = Qt.FindChildOption.FindDirectChildrenOnly if direct else Qt.FindChildOption.FindChildrenRecursively
    for action in root.findChildren(QAction, options=how):
        owner = action.parent()
        if isinstance(owner, QWidget) and not isinstance(owner, QLineEdit):
            yield from ((keys.toString(), owner) for keys in action.shortcuts())
    for shortcut in root.findChildren(QShortcut, options=how):
        owner = shortcut.parent()
        if isinstance(owner, QWidget):
            yield shortcut.key().toString(), owner


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


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)


def _is_named(widget: QWidget) -> bool:
    if widget.accessibleName():
        return True
    if isinstance(widget, QAbstractButton):
        return bool(widget.text())
    if not isinstance(widget, QLabel) and (isinstance(widget, _TYPED) or _takes_tab(widget)):
        return any(label.buddy() is widget for label in widget.window().findChildren(QLabel))
    return True  # a text that can be selected speaks for itself
