"""The line above a scheme that is not simply edited: sealed, frozen, or being changed as a new version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from assessor.ui import theme

if TYPE_CHECKING:
    from assessor.workbook.scheme_versions import SchemeVersion


class FrozenNotice(QFrame):
    def __init__(self) -> None:
        super().__init__()
        theme.dress(self, role="notice")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.begin = QPushButton("修改细则…")
        self.take_back = QPushButton("撤回一步")
        self.give_up = QPushButton("放弃修改")
        self.complete = QPushButton("完成修改…")
        theme.dress(self.complete, role="primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE * 2, theme.SPACE // 2, theme.SPACE, theme.SPACE // 2)
        row.setSpacing(theme.SPACE)
        row.addWidget(self.words, 1)
        for button in (self.begin, self.take_back, self.give_up, self.complete):
            row.addWidget(button)
        self.hide()

    def show_reason(self, reason: str) -> None:
        """Nothing can be changed at all."""
        self._show(reason, ())

    def show_frozen(self, version: SchemeVersion | None) -> None:
        kept = ""
        if version is not None:
            day = f"{version.frozen_at:%Y-%m-%d}"
            kept = f"现按第 {version.number} 版计分（{day} {version.frozen_by}：{version.reason}）。"
        self._show(f"评分已经开始，细则已固定。{kept}要修改，须写明原因、另存新版。", (self.begin,))

    def show_revision(self, number: int, steps: Sequence[str]) -> None:
        done = f"已改 {len(steps)} 处，最后一处：{steps[-1]}" if steps else "请在下面修改"
        self._show(f"正在准备第 {number} 版，计分暂不变。{done}。", (self.take_back, self.give_up, self.complete))
        for button in (self.take_back, self.complete):
            button.setEnabled(bool(steps))

    def _show(self, words: str, buttons: Sequence[QPushButton]) -> None:
        self.words.setText(words)
        for button in (self.begin, self.take_back, self.give_up, self.complete):
            button.setVisible(button in buttons)
        self.show()
