"""工具 > 操作员: whose name the edits made at this workstation bear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessor.ui.commands.command import Command, Menu

if TYPE_CHECKING:
    from assessor.ui.main_window import MainWindow


def ask_operator(window: MainWindow) -> str:
    """Asks for the name, keeps it for this workstation, and answers with it; 未署名 where none was given."""
    from assessor.ui.dialogs.operator import OperatorDialog
    from assessor.workbook.workbook import OPERATOR as NOBODY

    session = window.session
    dialog = OperatorDialog("" if session.operator == NOBODY else session.operator, window)
    if dialog.exec() == OperatorDialog.DialogCode.Accepted and dialog.name:
        window.remembered.operator = dialog.name
        session.sign_as(dialog.name)
    session.operator = session.operator or NOBODY
    window.status_bar.show_operator(session.operator)
    return session.operator


OPERATOR = Command("operator", Menu.TOOLS, "操作员…", "operator", (), ask_operator)
