"""How dialogs are set: one column with a heading, texts, and buttons at the end."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QPushButton, QVBoxLayout

from assessor.errors import AssessorError
from assessor.ui import theme

WIDTH = 560
"""Logical pixels that a dialog has at least."""


def dialog_column(dialog: QDialog) -> QVBoxLayout:
    dialog.setMinimumWidth(WIDTH)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(theme.SPACE * 3, theme.SPACE * 2, theme.SPACE * 3, theme.SPACE * 2)
    layout.setSpacing(theme.SPACE + 4)
    return layout


def dialog_form() -> QFormLayout:
    """Fields under one another, with their labels beside them."""
    form = QFormLayout()
    form.setHorizontalSpacing(theme.SPACE)
    form.setVerticalSpacing(theme.SPACE)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return form


def dialog_heading(words: str) -> QLabel:
    label = QLabel(words)
    label.setFont(theme.font("heading", bold=True))
    return label


def dialog_text(words: str, tone: str = "") -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if tone:
        theme.dress(label, tone=tone)
    return label


def dialog_problem() -> QLabel:
    """Says what cannot be accepted; hidden until then."""
    label = dialog_text("", "bad")
    label.setAccessibleName("出错提示")
    label.hide()
    return label


def show_dialog_problem(label: QLabel, problem: AssessorError) -> None:
    label.setText(f"{problem.what}。{problem.remedy}" if problem.remedy else problem.what)
    label.show()


def dialog_buttons(dialog: QDialog, title: str) -> tuple[QDialogButtonBox, QPushButton]:
    """``title``: of the button that accepts; the other cancels. Made for its dialog, whose style sheet has no icons."""
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, dialog)
    ok_button = box.button(QDialogButtonBox.StandardButton.Ok)
    ok_button.setText(title)
    ok_button.setDefault(True)
    box.button(QDialogButtonBox.StandardButton.Cancel).setText("取消")
    for button in box.buttons():
        button.setIcon(QIcon())  # some desktops put pictures of their own there
    theme.dress(ok_button, role="primary")
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box, ok_button


def fit_height(dialog: QDialog) -> None:
    """As high as its texts need at its width, which Qt does not see to where they are broken into lines."""
    layout = dialog.layout()
    if layout is not None and layout.hasHeightForWidth():
        layout.activate()
        width = max(dialog.width(), dialog.minimumWidth())
        dialog.resize(width, layout.totalHeightForWidth(width))


def show_dialog(dialog: QDialog) -> None:
    """Over the window, without stopping it."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    fit_height(dialog)
