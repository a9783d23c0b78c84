"""Before the window closes: what was typed is written first, and a value that was not taken is mended or given up, once
it was asked about. Nothing that was taken is lost, and nothing that was not vanishes unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

if TYPE_CHECKING:
    from assessor.ui.grid.grid import Grid
    from assessor.ui.main_window import MainWindow

_TITLE = "还有没写入的值"
_SAVED = "其他输入的内容都已写入工作簿。"


class Closing(QObject):
    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._is_waiting = False
        self.box: QMessageBox | None = None
        """The question, while it is asked."""

    def may_close(self) -> bool:
        """False: not yet, because something is being written, after which the window is closed again; or because of a
        value that was not taken, about which it is asked."""
        from assessor.ui.grid.grid import Grid

        grids = self._window.findChildren(Grid)
        for grid in grids:
            grid.editing.finish(retries=False)
        pages = self._window.made_pages() if all(grid.editing.editor is None for grid in grids) else []
        if not all(page.finish() for page in pages):
            return False
        if self._window.session.is_changing:  # it may still be refused
            self._close_after_it()
            return False
        unwritten = [grid for grid in grids if grid.editing.editor is not None or grid.refusals.is_only_copy]
        if unwritten:
            self._ask(unwritten)
        return not unwritten

    def _close_after_it(self) -> None:
        if not self._is_waiting:
            self._is_waiting = True
            self._window.session.settled.connect(self._try_again, Qt.ConnectionType.SingleShotConnection)

    def _try_again(self) -> None:
        self._is_waiting = False
        self._window.close()

    def _ask(self, grids: list[Grid]) -> None:
        if self.box is not None:
            return
        words = "\n".join(_words(grid) for grid in grids)
        self.box = box = QMessageBox(QMessageBox.Icon.Warning, _TITLE, words, parent=self._window)
        box.setInformativeText(_SAVED)
        stay = box.addButton("留下改正", QMessageBox.ButtonRole.RejectRole)
        leave = box.addButton("放弃这个值并关闭", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.finished.connect(lambda _code: self._answer(grids, gives_up=box.clickedButton() is leave))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _answer(self, grids: list[Grid], *, gives_up: bool) -> None:
        self.box = None
        if not gives_up:
            self._window.show_grid(grids[0])
            return
        for grid in grids:
            grid.editing.give_up()
            grid.refusals.close_panel()
        self._window.close()


def _words(grid: Grid) -> str:
    """Which value, and why it was not taken."""
    editor = grid.editing.editor
    if editor is None:
        return f"{grid.name}：{grid.refusals.title.text()}"
    reason = editor.input.accessibleDescription()
    return f"“{editor.input.accessibleName()}”中的“{editor.text()}”没有写入。{reason}"
