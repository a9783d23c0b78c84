from __future__ import annotations

from pytestqt.qtbot import QtBot

from assessor.ui.choice import Choice


def test_a_long_name_does_not_push_all_else_away_and_is_whole_in_the_list(qtbot: QtBot) -> None:
    choice = Choice("单位")
    qtbot.addWidget(choice)
    choice.addItems(["全部单位", "很长的名称" * 8])
    assert choice.sizeHint().width() <= 320
    choice.resize(choice.sizeHint())
    choice.show()
    choice.showPopup()
    assert choice.view().width() > choice.fontMetrics().horizontalAdvance(choice.itemText(1)) > 320
    choice.hidePopup()
