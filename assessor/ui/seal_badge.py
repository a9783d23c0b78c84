"""Whether a year is sealed, on a page: 已定稿 with the digest in the tooltip, and what today's program computes
otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from assessor.domain.seal import grouped
from assessor.ui import theme

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView


class SealBadge(QLabel):
    """Hidden where the year was never sealed."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("定稿状态")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font("small", bold=True))
        theme.dress(self, role="badge")
        self.hide()

    def show_view(self, view: YearView) -> None:
        self.setText(_text(view))
        self.setToolTip(_tip(view))
        theme.dress(self, tone="good" if view.seal is not None and not view.recomputed else "warn")
        self.setVisible(bool(view.seals))


def _text(view: YearView) -> str:
    if view.seal is None:
        return "已解除定稿"
    if view.recomputed:
        return f"已定稿，现行程序重算有 {len(view.recomputed)} 处不同"
    return f"已定稿 {view.seal.sealed_at:%Y-%m-%d}"


def _tip(view: YearView) -> str:
    lines = []
    if view.seal is not None:
        seal = view.seal
        lines += [
            f"第 {seal.number} 次定稿，{seal.sealed_at:%Y-%m-%d %H:%M}，{seal.sealed_by}",
            f"校验码：{grouped(seal.digest)}",
        ]
    if view.recomputed:
        lines.append("所列为定稿结果。可用“工具 > 核验定稿…”查看不同之处。")
    lines += [
        f"第 {seal.number} 次定稿于 {seal.unsealed_at:%Y-%m-%d %H:%M} 由{seal.unsealed_by}解除：{seal.unseal_reason}"
        for seal in view.undone_seals
    ]
    return "\n".join(lines)
