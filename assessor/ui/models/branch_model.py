"""The tree of the plan, or of the groups and units, with the number of assignments behind each entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor, QStandardItem, QStandardItemModel

from assessor.domain.assignment_table import Branch, Pick
from assessor.ui import theme

_PICK = Qt.ItemDataRole.UserRole


class BranchModel(QStandardItemModel):
    """Entries that stay keep their place, so that what is open and chosen stays so."""

    def __init__(self) -> None:
        super().__init__(0, 2)
        self._shown: dict[Pick, Branch] = {}
        self._items: dict[Pick, tuple[QStandardItem, QStandardItem]] = {}
        """Title and count of each entry."""

    def show_branches(self, branches: Sequence[Branch]) -> bool:
        """Answers whether the tree was built anew: with other entries, or in another order."""
        every = {branch.pick: branch for branch in _all(branches)}
        is_new = list(every) != list(self._shown)
        if is_new:
            self.removeRows(0, self.rowCount())
            self._items.clear()
            self._add(self.invisibleRootItem(), branches)
        for pick, branch in every.items():
            if is_new or branch != self._shown[pick]:
                _write(branch, *self._items[pick])
        self._shown = every
        return is_new

    def pick_at(self, index: QModelIndex) -> Pick | None:
        pick = index.siblingAtColumn(0).data(_PICK)
        return pick if isinstance(pick, Pick) else None

    def index_of(self, pick: Pick) -> QModelIndex:
        """Invalid where the tree does not have it."""
        return self._items[pick][0].index() if pick in self._items else QModelIndex()

    def _add(self, parent: QStandardItem, branches: Sequence[Branch]) -> None:
        for branch in branches:
            title, count = QStandardItem(), QStandardItem()
            for item in (title, count):
                item.setEditable(False)
            title.setData(branch.pick, _PICK)
            count.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._items[branch.pick] = (title, count)
            self._add(title, branch.children)
            parent.appendRow([title, count])


def _write(branch: Branch, title: QStandardItem, count: QStandardItem) -> None:
    title.setText(branch.title)
    title.setToolTip(branch.title)
    count.setText(str(branch.count) if branch.count else "—")
    missing = f"，其中 {branch.without_target} 项未定目标值" if branch.without_target else ""
    count.setToolTip(f"{branch.count} 项任务分解{missing}")
    tone = theme.colours().warn if branch.without_target else theme.colours().muted
    count.setForeground(QColor(tone if branch.count else theme.colours().faint))


def _all(branches: Sequence[Branch]) -> Iterator[Branch]:
    for branch in branches:
        yield branch
        yield from _all(branch.children)
