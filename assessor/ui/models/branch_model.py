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
        self._picks: list[Pick] = []

    def show_branches(self, branches: Sequence[Branch]) -> bool:
        """Answers whether the tree was built anew: with other entries, or in another order."""
        every = list(_all(branches))
        picks = [branch.pick for branch in every]
        is_new = picks != self._picks
        if is_new:
            self._picks = picks
            self.removeRows(0, self.rowCount())
            self._add(self.invisibleRootItem(), branches)
        for branch in every:
            self._write(branch)
        return is_new

    def pick_at(self, index: QModelIndex) -> Pick | None:
        pick = index.siblingAtColumn(0).data(_PICK)
        return pick if isinstance(pick, Pick) else None

    def index_of(self, pick: Pick) -> QModelIndex:
        """Invalid where the tree does not have it."""
        found = next((item for item in self._items() if item.data(_PICK) == pick), None)
        return QModelIndex() if found is None else found.index()

    def _add(self, parent: QStandardItem, branches: Sequence[Branch]) -> None:
        for branch in branches:
            title, count = QStandardItem(), QStandardItem()
            for item in (title, count):
                item.setEditable(False)
            title.setData(branch.pick, _PICK)
            count.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            parent.appendRow([title, count])
            self._add(title, branch.children)

    def _write(self, branch: Branch) -> None:
        index = self.index_of(branch.pick)
        title, count = self.itemFromIndex(index), self.itemFromIndex(index.siblingAtColumn(1))
        title.setText(branch.title)
        title.setToolTip(branch.title)
        count.setText(str(branch.count) if branch.count else "—")
        missing = f"，其中 {branch.without_target} 项未定目标值" if branch.without_target else ""
        count.setToolTip(f"{branch.count} 项任务分解{missing}")
        tone = theme.colours().warn if branch.without_target else theme.colours().muted
        count.setForeground(QColor(tone if branch.count else theme.colours().faint))

    def _items(self, parent: QStandardItem | None = None) -> Iterator[QStandardItem]:
        root = parent or self.invisibleRootItem()
        for row in range(root.rowCount()):
            item = root.child(row)
            yield item
            yield from self._items(item)


def _all(branches: Sequence[Branch]) -> Iterator[Branch]:
    for branch in branches:
        yield branch
        yield from _all(branch.children)
