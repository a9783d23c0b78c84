"""Light and dark: the same parts in both, and text that can be read on its ground."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from assessor.ui import theme
from assessor.ui.theme import DARK, LIGHT, Colours

_READABLE = 4.5
"""Contrast asked of small text by WCAG 2.1, level AA."""


def luminance(colour: str) -> float:
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in QColor(colour).getRgbF()]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_its_ground(colours: Colours) -> None:
    pairs = [
        (colours.text, colours.surface),
        (colours.text, colours.accent_soft),
        (colours.text, colours.bad_soft),
        (colours.muted, colours.surface),
        (colours.muted, colours.raised),
        (colours.accent, colours.surface),
        (colours.accent, colours.accent_soft),
        (colours.on_accent, colours.accent),
        (colours.warn, colours.surface),
        (colours.warn, colours.warn_soft),
        (colours.bad, colours.surface),
        (colours.bad, colours.bad_soft),
        (colours.good, colours.surface),
    ]
    assert [pair for pair in pairs if contrast(*pair) < _READABLE] == []


def test_the_users_choice_of_dark_holds_and_can_be_taken_back(qapp: QApplication) -> None:
    try:
        theme.choose_scheme(qapp, Qt.ColorScheme.Dark)
        assert theme.is_dark()
        assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    finally:
        theme.choose_scheme(qapp, Qt.ColorScheme.Light)
    assert not theme.is_dark()
    theme.choose_scheme(qapp, Qt.ColorScheme.Unknown)
