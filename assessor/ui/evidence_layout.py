"""The parts of the page of evidence: filters and buttons, the table, and a line for what is to be known."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from assessor.ui import theme
from assessor.ui.choice import Choice
from assessor.ui.evidence_actions import BUTTONS, EvidenceActions
from assessor.ui.evidence_data import EvidenceData
from assessor.ui.grid.plain_table import PlainTable
from assessor.ui.models.evidence_model import EvidenceOrder
from assessor.workbook.evidence_check import EvidenceState

_WIDTHS = (104, 220, 170, 92, 92, 124, 210, 78, 84)
"""Of the columns at 1366 pixels: what is longer is elided, and whole in the tooltip."""
_ALL_UNITS = "全部单位"
_EMPTY = "本年度还没有佐证材料。\n把文件拖到这里，或按 Ctrl+V 粘贴文件和截图，或点“添加…”。"


class EvidenceLayout:
    def __init__(self, body: QWidget, tools: QHBoxLayout, actions: EvidenceActions) -> None:
        self.unit = Choice("单位")
        self.unit.addItem(_ALL_UNITS, "")
        self.text = QLineEdit()
        self.text.setPlaceholderText("筛选：名称、文件名、状态…")
        self.text.setAccessibleName("筛选佐证材料")
        self.text.setClearButtonEnabled(True)
        self.text.setFixedWidth(220)
        self.text.setAcceptDrops(False)  # a file dropped there is evidence, too
        self.summary = QLabel()
        theme.dress(self.summary, tone="muted")
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.note.setAccessibleName("提示信息")
        theme.dress(self.note, tone="warn")
        self.note.hide()
        self._wanted_unit = ""
        self.table = PlainTable("佐证材料")
        self.table.setSortingEnabled(True)
        self.table.setAlternatingRowColors(True)
        self.empty = QLabel(_EMPTY)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.dress(self.empty, tone="muted")
        self.empty.hide()
        tools.addWidget(self.unit)
        tools.addWidget(self.text)
        self._lay_out(body, actions)

    def unit_code(self) -> str:
        """Of the unit that is shown; empty: all."""
        return str(self.unit.currentData() or "")

    def show_all(self) -> None:
        """Takes the filters away."""
        self.unit.setCurrentIndex(0)
        self.text.clear()

    def show_unit(self, unit: str) -> None:
        """Shows this unit's evidence, at once or when the units are read."""
        self._wanted_unit = unit
        self.text.clear()
        if self.unit.findData(unit) >= 0:
            self.unit.setCurrentIndex(self.unit.findData(unit))
            self._wanted_unit = ""

    def say(self, text: str) -> None:
        """A line under the buttons, until the next action; empty: none."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def show_order(self, order: EvidenceOrder) -> None:
        """Widths, sorting and place stay as they were."""
        header = self.table.horizontalHeader()
        is_first = self.table.model() is None
        column, direction = header.sortIndicatorSection(), header.sortIndicatorOrder()
        widths = _WIDTHS if is_first else [self.table.columnWidth(place) for place in range(order.columnCount())]
        reached = self.table.verticalScrollBar().value()
        self.table.setModel(order)
        if is_first:
            column, direction = -1, Qt.SortOrder.AscendingOrder  # as the registry and the forms have it
        self.table.sortByColumn(column, direction)
        for place, width in enumerate(widths):
            self.table.setColumnWidth(place, width)
        self.table.verticalScrollBar().setValue(reached)

    def show_units(self, data: EvidenceData) -> None:
        """The units that have evidence, or could have some."""
        chosen, self._wanted_unit = self._wanted_unit or self.unit_code(), ""
        names = {owner.unit: owner.unit_name for owner in data.owners}
        names |= {item.unit: item.unit_name for item in data.items}
        self.unit.blockSignals(True)
        self.unit.clear()
        self.unit.addItem(_ALL_UNITS, "")
        for code, name in names.items():
            self.unit.addItem(name, code)
        self.unit.setCurrentIndex(max(self.unit.findData(chosen), 0))
        self.unit.blockSignals(False)

    def summarize(self, order: EvidenceOrder) -> None:
        states = [order.evidence.states[order.item(row).key] for row in range(order.rowCount())]
        counts = [(state, states.count(state)) for state in EvidenceState]
        parts = [f"{state.label} {count}" for state, count in counts if count]
        self.summary.setText("，".join([f"共 {len(states)} 件", *parts]))
        self.empty.setVisible(not order.evidence.items)

    def _lay_out(self, body: QWidget, actions: EvidenceActions) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        for key in BUTTONS:
            button = QToolButton()
            button.setDefaultAction(actions[key])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setIconSize(QSize(18, 18))
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.summary)
        card = QFrame()
        theme.dress(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.empty)
        inside.addWidget(self.table, 1)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(row)
        layout.addWidget(self.note)
        layout.addWidget(card, 1)
