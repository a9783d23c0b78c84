"""The line under a scoring table: what the score at hand is to be looked at with, and the fact that it still lacks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout

from assessor.domain.mark_table import MarkRow, comparison_words
from assessor.ui import theme


class ScoringStrip(QFrame):
    founded = Signal(object, str)
    """MarkRow and the fact or reason that was typed for what lacks it."""

    def __init__(self) -> None:
        super().__init__()
        theme.dress(self, role="card")
        self.row: MarkRow | None = None
        self.name = QLabel()
        self.name.setFont(theme.font("body", bold=True))
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.words.setAccessibleName("当前得分的比较")
        self.lacking = QLabel()
        theme.dress(self.lacking, tone="warn")
        self.fact = QLineEdit()
        self.fact.setAccessibleName("补写依据")
        self.fact.setPlaceholderText("写明所依据的事实或理由，按 Enter 保存")
        self.fact.returnPressed.connect(self._tell)
        self._lay_out()
        self.show_row(None)

    def show_row(self, row: MarkRow | None) -> None:
        is_same = row is not None and self.row is not None and row.key == self.row.key
        self.row = row
        if not is_same:
            self.fact.clear()
        if row is None:
            self.name.setText("")
            self.words.setText("在表中选一格，这里显示它的比较。")
            self._ask("")
            return
        task = f" · {row.task.task}" if row.task else ""
        self.name.setText(f"{row.unit.unit.short_name} · {row.indicator.code} {row.indicator.title}{task}")
        self.words.setText(comparison_words(row))
        self._ask("、".join(row.unfounded))

    def lock(self, reason: str) -> None:
        self.fact.setReadOnly(bool(reason))
        self.fact.setToolTip(reason)

    def _ask(self, lacking: str) -> None:
        self.lacking.setText(f"待补：{lacking}" if lacking else "")
        self.lacking.setVisible(bool(lacking))
        self.fact.setVisible(bool(lacking))
        if not lacking:
            self.fact.clear()

    def _tell(self) -> None:
        text = self.fact.text().strip()
        if text and self.row is not None and not self.fact.isReadOnly():
            self.founded.emit(self.row, text)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(theme.SPACE * 2)
        first.addWidget(self.name)
        first.addWidget(self.words, 1)
        second = QHBoxLayout()
        second.setSpacing(theme.SPACE)
        second.addWidget(self.lacking)
        second.addWidget(self.fact, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE + 4, theme.SPACE, theme.SPACE + 4, theme.SPACE)
        layout.setSpacing(theme.SPACE // 2)
        layout.addLayout(first)
        layout.addLayout(second)
