"""What is asked before forms are received or returned, and before a claim of 不涉及 is settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from assessor.domain.dates import read_date
from assessor.domain.form_claims import Claim
from assessor.domain.form_flow import RETURN_REASONS
from assessor.errors import InputError
from assessor.ui import theme
from assessor.ui.grid.tick import TickBox
from assessor.ui.segments import Segments

_WIDTH = 520
_NAMED = 4
_LISTED = 6
_CLAIM_HEIGHT = 30
_ACCEPT, _REJECT = "accept", "reject"


class _Asking(QDialog):
    """A form over buttons; what is wrong with it is said in place, and it stays open."""

    def __init__(self, parent: QWidget, title: str, about: str, do: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self.about = QLabel(about)
        self.about.setWordWrap(True)
        theme.dress(self.about, tone="muted")
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setAccessibleName("提示信息")
        theme.dress(self.problem, tone="bad")
        self.problem.hide()
        self.fields = QFormLayout()
        self.fields.setSpacing(theme.SPACE)
        self.fields.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.ok_button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok_button.setText(do)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("取消")
        theme.dress(self.ok_button, role="primary")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE * 2] * 4)
        layout.setSpacing(theme.SPACE + 4)
        layout.addWidget(self.about)
        layout.addLayout(self.fields)
        layout.addWidget(self.problem)
        layout.addWidget(self.buttons)

    def accept(self) -> None:
        try:
            self.check()
        except InputError as problem:
            self.problem.setText(f"{problem.what}。{problem.remedy}")
            self.problem.show()
            return
        super().accept()

    def check(self) -> None:
        """Raises InputError where what is typed will not do."""


class ReceiveDialog(_Asking):
    def __init__(self, parent: QWidget, forms: Sequence[str], today: date) -> None:
        super().__init__(
            parent, "登记收到", f"{_named(forms)}\n登记后为“待审”。重报的沿用上次的数据和佐证，再改即可。", "登记"
        )
        self.day = QLineEdit(today.isoformat())
        self.note = QLineEdit()
        self.note.setPlaceholderText("如：纸质件、电子邮件，可不填")
        self.fields.addRow("收到日期(&D)", self.day)
        self.fields.addRow("说明(&N)", self.note)
        self.day.selectAll()

    def received_on(self) -> date:
        """Raises InputError where it is no date."""
        return read_date(self.day.text(), "收到日期")

    def check(self) -> None:
        self.received_on()


class ReturnDialog(_Asking):
    def __init__(self, parent: QWidget, forms: Sequence[str]) -> None:
        super().__init__(parent, "退回", f"{_named(forms)}\n退回后等单位重报，其数据暂不计入。", "退回")
        self.templates = QListWidget()
        self.templates.setAccessibleName("常用理由")
        self.templates.addItems(RETURN_REASONS)
        self.templates.setFixedHeight(self.templates.sizeHintForRow(0) * len(RETURN_REASONS) + theme.SPACE)
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName("退回理由")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(72)
        self.fields.addRow("常用理由", self.templates)
        self.fields.addRow("退回理由(&R)", self.reason)
        self.templates.itemClicked.connect(lambda item: self._use(item.text()))
        self.templates.itemActivated.connect(lambda item: self._use(item.text()))
        self.reason.setFocus()

    def text(self) -> str:
        return self.reason.toPlainText().strip()

    def check(self) -> None:
        if not self.text():
            raise InputError("没有填写退回理由", remedy="请选一条常用理由，或写明要补正什么")

    def _use(self, reason: str) -> None:
        """Adds the reason to what is typed, once."""
        typed = self.text()
        if reason not in typed:
            self.reason.setPlainText(f"{typed}；{reason}" if typed else reason)


class ClaimDialog(_Asking):
    """``claims``, each with its unit's name; those that stay ticked are settled alike."""

    def __init__(self, parent: QWidget, claims: Sequence[tuple[str, Claim]]) -> None:
        super().__init__(parent, "认定不涉及", "单位在填报中报了“不涉及”，认定之前相关指标为待评。", "确定")
        self._claims = [claim for _name, claim in claims]
        self.boxes = [TickBox(_claim_line(name, claim)) for name, claim in claims]
        self.listed = _stacked(self.boxes)
        self.verdict = Segments("办理")
        self.verdict.show_choices([(_ACCEPT, "认定不涉及"), (_REJECT, "不予认定")])
        self.verdict.chosen.connect(lambda _key: self._explain())
        self.meaning = QLabel()
        theme.dress(self.meaning, tone="muted")
        self._explain()
        self.reason = QLineEdit()
        self.fields.addRow("填报项", self.listed)
        self.fields.addRow("办理", self.verdict)
        self.fields.addRow("", self.meaning)
        self.fields.addRow("理由(&R)", self.reason)
        self.reason.setFocus()

    @property
    def is_accepted(self) -> bool:
        return self.verdict.key == _ACCEPT

    def _explain(self) -> None:
        words = "相关指标（任务）不考核该单位，按细则折算" if self.is_accepted else "该项改为“未填”，由单位补报"
        self.meaning.setText(words)

    def chosen(self) -> list[Claim]:
        return [claim for box, claim in zip(self.boxes, self._claims, strict=True) if box.isChecked()]

    def text(self) -> str:
        return self.reason.text().strip()

    def check(self) -> None:
        if not self.chosen():
            raise InputError("没有选择填报项", remedy="请勾选要办理的填报项")
        if not self.text():
            raise InputError("没有填写理由", remedy="请写明理由，它会显示在得分依据中")


def _stacked(boxes: Sequence[TickBox]) -> QWidget:
    """Ticked boxes one under the other; they scroll where they are many."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    for box in boxes:
        box.setChecked(True)
        column.addWidget(box)
    if len(boxes) <= _LISTED:
        return inside
    area = QScrollArea()
    area.setAccessibleName("待认定的不涉及")
    area.setWidgetResizable(True)
    area.setWidget(inside)
    area.setFixedHeight(_LISTED * _CLAIM_HEIGHT)
    return area


def _named(forms: Sequence[str]) -> str:
    shown = "、".join(forms[:_NAMED])
    return shown if len(forms) <= _NAMED else f"{shown} 等 {len(forms)} 份"


def _claim_line(name: str, claim: Claim) -> str:
    indicators = "、".join(f"{indicator.code} {indicator.title}" for indicator in claim.indicators)
    return f"{name}：“{claim.figure.title}”报不涉及（指标 {indicators}）"
