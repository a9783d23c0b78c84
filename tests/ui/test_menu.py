"""The buttons beside the menu stay: the window owns them."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton

from assessor.ui.main_window import MainWindow


def test_the_buttons_beside_the_menu_are_there(window: MainWindow) -> None:
    buttons = window.menuBar().cornerWidget().findChildren(QToolButton)
    assert [button.text() for button in buttons if button.isVisible()] == ["打开", "刷新", "详情栏"]
