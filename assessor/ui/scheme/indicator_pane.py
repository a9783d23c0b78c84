"""One indicator: what is assessed, by what proof, for how many points, and by which rule; beside it the trial."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from assessor.domain.rules.rule import Rule
from assessor.domain.scheme import Figure, Indicator, Scheme, Scope
from assessor.domain.scheme_edit import Spot, add_figure, change_indicator, next_figure_code, recode
from assessor.domain.scheme_entry import read_points, read_title
from assessor.domain.scheme_soundness import Part
from assessor.domain.wording import plain
from assessor.domain.year import Year
from assessor.ui import theme
from assessor.ui.dialogs.layout import show_dialog
from assessor.ui.dialogs.new_figure import NewFigureDialog
from assessor.ui.scheme.fields import ChoiceField, Field, LineField, TextField
from assessor.ui.scheme.pane import SchemePane, card_of, form_layout
from assessor.ui.scheme.rule_form import RuleForm
from assessor.ui.scheme.trial_pane import TrialPane

_SCOPES = [(Scope.UNIT, "按单位"), (Scope.TASK, "按任务")]
_SCOPE_HINT = "按任务：对单位承担的每项任务分别评，再按权重平均"
_TRIAL_WIDTH = 290


class IndicatorPane(SchemePane):
    def __init__(self) -> None:
        super().__init__()
        self._scheme: Scheme | None = None
        self._indicator: Indicator | None = None
        self._locked = ""
        self.code = LineField("代码", read_title, width=76)
        self.name = LineField("名称", read_title)
        self.points = LineField("分值", read_points, width=76)
        self.scope = ChoiceField("范围")
        self.scope.setToolTip(_SCOPE_HINT)
        self.content = TextField("考核内容", 1, "考核什么")
        self.criterion = TextField("评分标准", 2, "怎样给分，用文字写明；印在评分表上")
        self.proof = TextField("考核依据", 1, "以什么材料为凭，例如文件、会议记录、图片")
        self.rule = RuleForm()
        self.rule.ask_figure = self._ask_figure
        self.trial = TrialPane()
        self._connect()
        self._lay_out()

    def show_spot(self, scheme: Scheme, spot: Spot, year: Year, locked: str) -> None:
        indicator = scheme.indicator_by_code[spot.code]
        self._scheme, self._indicator, self._locked = scheme, indicator, locked
        code = indicator.code
        self.code.show_value(code, code, locked, "代码：同一份细则里各不相同")
        self.name.show_value(code, indicator.title, locked)
        self.points.show_value(code, plain(indicator.points), locked)
        self.scope.show_choices(_SCOPES, indicator.scope, locked)
        for field, text in self._texts(indicator):
            field.show_value(code, text, locked, "" if locked else "离开这里或按 Ctrl+Enter 即保存，Esc 还原")
        self.rule.show_rule(scheme, indicator, locked)
        self.trial.show_indicator(scheme, indicator, year)

    def finish(self) -> bool:
        return super().finish() and self.rule.commit()

    def drop(self) -> None:
        """Forgets what is not saved."""
        self.rule.drop()

    def _texts(self, indicator: Indicator) -> tuple[tuple[TextField, str], ...]:
        return (
            (self.content, indicator.content),
            (self.criterion, indicator.criterion),
            (self.proof, indicator.proof),
        )

    def _connect(self) -> None:
        self.code.given.connect(self._recode)
        self.name.given.connect(lambda text: self._set(self.name, "名称", title=read_title(text)))
        self.points.given.connect(self._set_points)
        self.scope.given.connect(lambda scope: self._set(None, f"范围 → {scope.label}", scope=scope))
        self.content.given.connect(lambda text: self._set(self.content, "考核内容", content=text))
        self.criterion.given.connect(lambda text: self._set(self.criterion, "评分标准", criterion=text))
        self.proof.given.connect(lambda text: self._set(self.proof, "考核依据", proof=text))
        self.rule.given.connect(self._set_rule)

    def _set(self, field: Field | None, what: str, **settings: object) -> None:
        code = self._code()
        change = lambda scheme: change_indicator(scheme, code, **settings)  # noqa: E731
        self.ask(f"{code} {what}", change, field.refuse if field is not None else None)

    def _set_points(self, text: str) -> None:
        before = plain(self._indicator.points) if self._indicator is not None else ""
        points = read_points(text)
        self._set(self.points, f"分值 {before} → {plain(points)}", points=points)

    def _recode(self, text: str) -> None:
        spot = Spot(Part.INDICATOR, self._code())
        self.ask(f"{spot.code} 代码 → {text}", partial(recode, spot=spot, code=text), self.code.refuse)

    def _set_rule(self, rule: Rule, figures: tuple[Figure, ...]) -> None:
        code = self._code()

        def change(scheme: Scheme) -> Scheme:
            for figure in figures:
                if figure.code in rule.figures():
                    scheme = add_figure(scheme, figure)
            return change_indicator(scheme, code, rule=rule)

        self.ask(f"{code} 评分规则：{rule.label}", change, self.rule.refusal())

    def _ask_figure(self, take: Callable[[Figure], None]) -> None:
        scheme, indicator = self._scheme, self._indicator
        if scheme is None or indicator is None:
            return
        for figure in self.rule.new_figures:
            scheme = add_figure(scheme, figure)
        dialog = NewFigureDialog(next_figure_code(scheme), indicator.scope, self)
        dialog.accepted.connect(lambda: take(dialog.figure))
        show_dialog(dialog)

    def _code(self) -> str:
        return self._indicator.code if self._indicator is not None else ""

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(self.code)
        row.addWidget(self.name, 1)
        counted = QHBoxLayout()
        counted.setSpacing(theme.SPACE)
        counted.addWidget(self.points)
        counted.addWidget(QLabel("范围"))
        counted.addWidget(self.scope)
        counted.addStretch(1)
        form = form_layout()
        form.addRow("指标", row)
        form.addRow("分值", counted)
        form.addRow("考核内容", self.content)
        form.addRow("评分标准", self.criterion)
        form.addRow("考核依据", self.proof)
        form.addRow("评分规则", self.rule.kind)
        form.addRow("", self.rule)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.SPACE * 2, theme.SPACE + 4, theme.SPACE * 2, theme.SPACE)
        column.addLayout(form)
        column.addStretch(1)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(card_of(inside, scrolls=True))
        splitter.addWidget(self.trial)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([600, _TRIAL_WIDTH])
        self.trial.setMinimumWidth(220)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
