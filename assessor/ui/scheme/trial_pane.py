"""试一试: inputs typed for the indicator that is looked at, and at once what they would earn, and why."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from assessor.domain.indicator_trial import TrialField, trial_fields, try_indicator
from assessor.domain.scheme import Indicator, Scheme
from assessor.domain.wording import percent_text, plain
from assessor.domain.year import Year
from assessor.errors import AssessorError
from assessor.ui import theme
from assessor.ui.choice import Choice


class TrialPane(QFrame):
    def __init__(self) -> None:
        super().__init__()
        theme.dress(self, role="card")
        self.setAccessibleName("试一试")
        self._scheme: Scheme | None = None
        self._indicator: Indicator | None = None
        self._year: Year | None = None
        self._fields: tuple[TrialField, ...] = ()
        self.inputs: dict[str, QLineEdit | Choice] = {}
        self.score = QLabel()
        self.score.setFont(theme.font("figure", bold=True))
        self.share = QLabel()
        theme.dress(self.share, tone="muted")
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.SPACE // 2)
        self._lay_out()

    def show_indicator(self, scheme: Scheme, indicator: Indicator, year: Year) -> None:
        """What is typed stays while the same inputs are asked for."""
        is_same = self._indicator is not None and self._indicator.code == indicator.code
        self._scheme, self._indicator, self._year = scheme, indicator, year
        fields = trial_fields(indicator, scheme, year)
        if not is_same or [(field.key, field.label) for field in fields] != [
            (field.key, field.label) for field in self._fields
        ]:
            self._build(fields)
        self._fields = fields
        self._compute()

    def _build(self, fields: tuple[TrialField, ...]) -> None:
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.inputs = {}
        for field in fields:
            label = QLabel(field.label)
            label.setWordWrap(True)
            theme.dress(label, tone="muted")
            self._column.addWidget(label)
            self.inputs[field.key] = made = self._make(field)
            self._column.addWidget(made)
        self._column.addStretch(1)

    def _make(self, field: TrialField) -> QLineEdit | Choice:
        if field.choices:
            choice = Choice(field.label)
            choice.addItems(list(field.choices))
            choice.currentIndexChanged.connect(lambda _place: self._compute())
            return choice
        line = QLineEdit(field.start)
        line.setAccessibleName(f"试填 {field.label}")
        line.setPlaceholderText(field.hint if len(field.hint) < 20 else "")
        line.setToolTip(field.hint)
        line.textEdited.connect(lambda _text: self._compute())
        return line

    def _compute(self) -> None:
        scheme, indicator, year = self._scheme, self._indicator, self._year
        if scheme is None or indicator is None or year is None:
            return
        texts = {
            key: made.currentText() if isinstance(made, Choice) else made.text() for key, made in self.inputs.items()
        }
        try:
            result = try_indicator(indicator, scheme, year, texts)
        except AssessorError as problem:
            self.score.setText("—")
            self.share.setText("")
            self.sentence.setText(f"{problem.what}。{problem.remedy}")
            theme.dress(self.sentence, tone="bad")
            return
        self.score.setText("待评" if result.score is None else f"{result.score} 分")
        rest = "" if result.score is None else f"{percent_text(result.fraction)} × {plain(indicator.points)} 分"
        self.share.setText(rest)
        self.sentence.setText(result.sentence)
        theme.dress(self.sentence, tone="")

    def _lay_out(self) -> None:
        title = QLabel("试一试")
        title.setFont(theme.font("heading", bold=True))
        hint = QLabel("填几个数，看能得多少分；不会存入工作簿")
        hint.setWordWrap(True)
        theme.dress(hint, tone="muted")
        inside = QWidget()
        inside.setLayout(self._column)
        self._column.setContentsMargins(0, 0, theme.SPACE // 2, 0)
        area = QScrollArea()
        area.setAccessibleName("试评")
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        inside.setAutoFillBackground(False)  # the card's colour shows through
        area.viewport().setAutoFillBackground(False)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        result = QHBoxLayout()
        result.addWidget(self.score)
        result.addWidget(self.share, 1, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE * 2, theme.SPACE + 4, theme.SPACE * 2, theme.SPACE + 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(title)
        layout.addWidget(hint)
        layout.addWidget(area, 1)
        layout.addLayout(result)
        layout.addWidget(self.sentence)
