"""The overview's cards: one number each, with what it is and what lies behind it.

No label wraps: a height that depends on the width makes a scroll area keep more room than the content needs.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from assessor.domain.appeal import Publicity, publicity_text
from assessor.domain.standing import Standing, deadline_text, is_overdue
from assessor.domain.year import Year
from assessor.ui import theme


class Card(QFrame):
    def __init__(self, title: str) -> None:
        super().__init__()
        theme.dress(self, role="card")
        caption = QLabel(title)
        theme.dress(caption, tone="muted")
        self.figure = QLabel()
        self.figure.setFont(theme.font("figure", bold=True))
        self.note = QLabel()
        self.note.setFont(theme.font("small"))
        theme.dress(self.note, tone="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE * 2, theme.SPACE, theme.SPACE * 2, theme.SPACE)
        layout.setSpacing(0)
        for label in (caption, self.figure, self.note):
            layout.addWidget(label)

    def show_figure(self, figure: str, note: str, tone: str = "") -> None:
        self.figure.setText(figure)
        self.note.setText(note)
        theme.dress(self.figure, tone=tone)


def deadline_card(card: Card, year: Year, standing: Standing) -> None:
    is_open = standing.days_left < 0 and not year.collection_closed
    note = f"报送截止日 {year.deadline.isoformat()}" + ("，尚未截止收集" if is_open else "")
    card.show_figure(deadline_text(year, standing), note, "bad" if is_overdue(year, standing) else "")


def units_card(card: Card, standing: Standing) -> None:
    note = f"应报 {standing.forms}，已报 {standing.handed_in}，已审 {standing.accepted} 份"
    card.show_figure(f"{standing.complete_units} / {standing.units}", note)


def completeness_card(card: Card, standing: Standing) -> None:
    card.show_figure(f"{standing.completeness}%", f"及时率 {standing.timeliness}%（按时报送 {standing.on_time} 份）")


def publicity_card(card: Card, publicity: Publicity | None, standing: Standing, today: date) -> None:
    """Not shown in a year without such a period and without open appeals."""
    card.setVisible(publicity is not None or standing.open_appeals > 0)
    waiting = f"待处理申诉、异议 {standing.open_appeals} 件" if standing.open_appeals else "没有待处理的申诉"
    if publicity is None:
        card.show_figure("未设", waiting, "warn")
        return
    figure = publicity_text(publicity, today).rpartition("，")[2]
    card.show_figure(figure, f"{publicity.starts:%m-%d} 至 {publicity.ends:%m-%d}，{waiting}", _tone(standing))


def _tone(standing: Standing) -> str:
    return "warn" if standing.open_appeals else ""


def ranked_card(card: Card, standing: Standing) -> None:
    waiting = f"其中暂估 {standing.provisional} 个" if standing.provisional else "没有暂估"
    exempt = standing.registered - standing.assessed
    note = waiting + (f"，不参评 {exempt} 个" if exempt else "")
    card.show_figure(f"{standing.ranked} / {standing.assessed}", note, "warn" if standing.provisional else "")
