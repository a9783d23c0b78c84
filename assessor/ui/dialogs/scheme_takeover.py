"""Before a scheme from a file or a draft is taken over: where to, what differs there, what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from assessor.domain.scheme_comparison import Change, ComparedItem, ComparedLine, compare_schemes, compared_lines
from assessor.domain.scheme_place import place_words
from assessor.ui import theme
from assessor.ui.choice import Choice
from assessor.ui.dialogs.layout import dialog_buttons, dialog_column, dialog_form, dialog_heading, dialog_text
from assessor.ui.dialogs.scheme_comparison import comparison_columns
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assessor.domain.scheme_check import SchemeCheck
    from assessor.workbook.scheme_adoption import Reception

YEAR, NEW = "year", "new"
"""Where to: the year's scheme, a new draft; else the key of a draft."""
_SIZE = (1080, 660)
_FRAME = 60
_MOST_NAMED = 3


class TakeoverDialog(QDialog):
    """``locked``: why the year cannot be changed at all; empty: it can. ``is_import``: drafts are offered besides the
    year, else only the year. ``name``: proposed for a new draft."""

    def __init__(
        self, parent: QWidget, heading: str, reception: Reception, *, locked: str, is_import: bool, name: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("导入细则" if is_import else "采用草稿")
        self._reception, self._locked = reception, locked
        self._drafts = {draft.key: draft for draft in reception.drafts} if is_import else {}
        self.target = Choice("导入到")
        self.name = QLineEdit(name)
        self.name.setAccessibleName("草稿名称")
        self.reason = QLineEdit()
        self.reason.setAccessibleName("修改原因")
        self.reason.setPlaceholderText("评分已经开始，请写明原因，例如：领导小组 12 月 3 日会议决定")
        self.summary, self.check = QLabel(), dialog_text("")
        self.check.setAccessibleName("细则校验")
        self.refusal = dialog_text("", "bad")
        self.refusal.setAccessibleName("不能采用的原因")
        self.model: RowModel[ComparedLine] = RowModel(
            comparison_columns("", ""), lambda line: (line.item.part, line.item.code, line.field)
        )
        self.grid = Grid("细则变化", frozen=2, memory_key="scheme.takeover", numbers=False)
        self.grid.set_model(self.model)
        self.buttons, self.ok_button = dialog_buttons(self, "导入" if is_import else "采用")
        self._form = dialog_form()
        self._lay_out(heading, is_import)
        self._offer(is_import)
        self.target.currentIndexChanged.connect(lambda _place: self._show())
        for field in (self.name, self.reason):
            field.textChanged.connect(lambda _text: self._allow())
        self._show()

    @property
    def key(self) -> str:
        return str(self.target.currentData())

    @property
    def words(self) -> str:
        """The reason, or the name of a new draft, without blanks around it."""
        field = self.reason if self.key == YEAR else self.name
        return " ".join(field.text().split())

    def _offer(self, is_import: bool) -> None:
        year = f"{self._reception.year} 年度 {self._reception.group_title} 的细则"
        if not self._locked:
            self.target.addItem(year, YEAR)
        if is_import:
            self.target.addItem("新的草稿", NEW)
        for draft in self._drafts.values():
            self.target.addItem(f"草稿“{draft.title}”（覆盖）", draft.key)
        if is_import and self._year_refusal():
            self.target.setCurrentIndex(self.target.findData(NEW))

    def _show(self) -> None:
        """What differs where it is to go."""
        key, reception = self.key, self._reception
        draft = self._drafts.get(key)
        before = draft.scheme if draft else reception.present
        items = compare_schemes(before, reception.scheme)
        old = f"草稿“{draft.title}”" if draft else f"{reception.year} 年度现行"
        self.model.show_table(comparison_columns(old, "将要采用的"), compared_lines(items))
        self.summary.setText(_counted(items))
        self._form.setRowVisible(self.name, key == NEW)
        self._form.setRowVisible(self.reason, key == YEAR and reception.is_frozen)
        self.check.setText(_check_words(reception.check))
        theme.dress(self.check, tone="" if reception.check.is_usable else "warn")
        self._allow()

    def _allow(self) -> None:
        refusal = self._year_refusal() if self.key == YEAR else ""
        lines = self._reception.in_use if refusal and self._reception.in_use else ()
        self.refusal.setText("\n".join([f"{refusal}。" if refusal else "", *(f"• {line}" for line in lines)]).strip())
        self.refusal.setVisible(bool(refusal))
        needs_words = self.key == NEW or (self.key == YEAR and self._reception.is_frozen)
        self.ok_button.setEnabled(not refusal and (bool(self.words) or not needs_words))

    def _year_refusal(self) -> str:
        return self._locked or self._reception.refusal()

    def _lay_out(self, heading: str, is_import: bool) -> None:
        theme.dress(self.summary, tone="muted")
        self._form.addRow("导入到" if is_import else "采用为", self.target)
        self._form.addRow("草稿名称", self.name)
        self._form.addRow("修改原因", self.reason)
        card = QFrame()
        theme.dress(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.grid)
        layout = dialog_column(self)
        layout.addWidget(dialog_heading(heading))
        layout.addLayout(self._form)
        layout.addWidget(self.check)
        layout.addWidget(self.refusal)
        layout.addWidget(self.summary)
        layout.addWidget(card, 1)
        layout.addWidget(self.buttons)
        room = self.screen().availableGeometry()
        self.resize(min(_SIZE[0], room.width() - _FRAME), min(_SIZE[1], room.height() - _FRAME))


def _counted(items: Sequence[ComparedItem]) -> str:
    counts = [(change, sum(item.change is change for item in items)) for change in Change if change is not Change.SAME]
    return "　".join(f"{change.label} {count} 项" for change, count in counts if count) or "没有任何差别"


def _check_words(check: SchemeCheck) -> str:
    """How many faults there are, and the first of them."""
    warnings = len(check.findings) - len(check.faults)
    if check.is_usable:
        return f"细则校验：没有错误，提醒 {warnings} 个。"
    named = [f"{place_words(item.part, item.code)}：{item.what}" for item in check.faults[:_MOST_NAMED]]
    more = [f"另有 {len(check.faults) - _MOST_NAMED} 个"] if len(check.faults) > _MOST_NAMED else []
    return "\n".join(
        [f"细则校验：错误 {len(check.faults)} 个，提醒 {warnings} 个。", *(f"• {item}" for item in named + more)]
    )
