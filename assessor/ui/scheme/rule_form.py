"""The form of an indicator's rule: its kind, and the fields that the kind brings (``Rule.form``).

A rule is handed on when all of it can be read; until then what was typed stays here, and a line says what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from assessor.domain.rule_entry import Row, RuleEntry, entry_of, entry_of_kind, read_entry
from assessor.domain.rules import RULES
from assessor.domain.rules.form_field import FieldKind, FormField
from assessor.domain.scheme import Figure, Indicator, Scheme
from assessor.errors import AssessorError, SchemeError
from assessor.ui import theme
from assessor.ui.scheme.fields import ChoiceField, LineField
from assessor.ui.scheme.pane import form_layout
from assessor.ui.scheme.row_table import RowTable, checked
from assessor.ui.scheme.target_field import TargetField

_NEW_FIGURE = "+new"
_YES, _NO = "是", "否"

Part = LineField | ChoiceField | QCheckBox | TargetField | RowTable


class RuleForm(QWidget):
    given = Signal(object, object)
    """A Rule, and the tuple of Figure that it needs and the scheme does not have yet."""

    def __init__(self) -> None:
        super().__init__()
        self.ask_figure: Callable[[Callable[[Figure], None]], None] = lambda _take: None
        """Asks the user for a figure that there is not yet, and hands it on."""
        self.kind = ChoiceField("评分规则")
        self.kind.given.connect(self._change_kind)
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setAccessibleName("评分规则：提示")
        theme.dress(self.problem, tone="bad")
        self.problem.hide()
        self.parts: dict[str, Part] = {}
        self._forms: dict[str, tuple[QWidget, dict[str, Part]]] = {}
        self._scheme: Scheme | None = None
        self._indicator: Indicator | None = None
        self._entry: RuleEntry | None = None
        self._is_open = False
        """Whether what stands here is not the indicator's rule (yet)."""
        self._new: tuple[Figure, ...] = ()
        self._shown = ""
        self._locked = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SPACE)
        self._column.addWidget(self.problem)

    @property
    def is_open(self) -> bool:
        return self._is_open

    @property
    def new_figures(self) -> tuple[Figure, ...]:
        """That the rule needs and the scheme does not have yet."""
        return self._new

    def show_rule(self, scheme: Scheme, indicator: Indicator, locked: str) -> None:
        """What is being filled in for the same indicator stays, unless its rule was changed meanwhile."""
        before = self._indicator
        is_same = before is not None and (before.code, before.rule) == (indicator.code, indicator.rule)
        self._scheme, self._indicator, self._locked = scheme, indicator, locked
        if not (is_same and self._is_open):
            self._entry = entry_of(indicator.rule)
            self._is_open, self._new = False, ()
            self._say(None)
        self._show()

    def commit(self) -> bool:
        """False: what was typed is no rule, and a line says why."""
        fields = [part for part in self.parts.values() if isinstance(part, LineField | TargetField)]
        committed = [part.commit() for part in fields]
        return all(committed) and not self._is_open

    def drop(self) -> None:
        """Back to the indicator's rule."""
        self._is_open, self._new = False, ()
        if self._indicator is not None:
            self._entry = entry_of(self._indicator.rule)
        self._say(None)
        self._show()

    def refusal(self) -> Callable[[AssessorError], None]:
        """For the rule that is handed on now: where it is not taken it stays here, unless more was typed meanwhile."""
        entry = self._entry

        def refuse(problem: AssessorError) -> None:
            if self._entry is entry:
                self._is_open = True
                self._say(problem)

        return refuse

    def _show(self) -> None:
        entry = self._entry
        if entry is None:
            return
        self.kind.show_choices([(kind, rule.label) for kind, rule in RULES.items()], entry.kind, self._locked)
        if self._shown != entry.kind:
            self._build(entry.kind)
        for item in entry.form:
            self._show_part(item, entry)

    def _build(self, kind: str) -> None:
        """The fields of a kind are made once."""
        if self._shown:
            self._forms[self._shown][0].hide()
        if kind not in self._forms:
            self.parts = {}
            form = form_layout()
            form.setContentsMargins(0, 0, 0, 0)
            for item in RULES[kind].form:
                self.parts[item.key] = self._make(item)
                form.addRow(item.label, self.parts[item.key])
            holder = QWidget()
            holder.setLayout(form)
            self._forms[kind] = (holder, self.parts)
            self._column.insertWidget(0, holder)
        holder, self.parts = self._forms[kind]
        holder.show()
        self._shown = kind

    def _make(self, item: FormField) -> Part:
        key = item.key
        if item.kind is FieldKind.ROWS:
            table = RowTable(item)
            table.changed.connect(lambda rows: self._take_rows(key, rows))
            table.figure_wanted.connect(lambda: self.ask_figure(lambda figure: self._add_row(table, figure)))
            return table
        if item.kind is FieldKind.TARGET:
            target = TargetField(item)
            target.given.connect(lambda text: self._take(key, text))
            return target
        if item.kind is FieldKind.CHECK:
            box = QCheckBox(item.hint)
            box.setAccessibleName(item.label)
            box.clicked.connect(lambda is_on: self._take(key, _YES if is_on else _NO))
            return box
        if item.kind in (FieldKind.FIGURE, FieldKind.CHOICE):
            choice = ChoiceField(item.label)
            choice.given.connect(lambda value: self._choose(key, str(value)))
            return choice
        line = LineField(item.label, lambda text: checked(item, text), width=0 if item.kind is FieldKind.TEXT else 110)
        line.line.setPlaceholderText("" if item.is_required else "可不填")
        line.given.connect(lambda text: self._take(key, checked(item, text)))
        return line

    def _show_part(self, item: FormField, entry: RuleEntry) -> None:
        part, text = self.parts[item.key], entry.texts.get(item.key, "")
        indicator = self._indicator
        assert indicator is not None
        key = (indicator.code, entry.kind, item.key)
        if isinstance(part, RowTable):
            part.show_rows(entry.rows[item.key], self._figures(), self._locked)
        elif isinstance(part, TargetField):
            is_of_task = indicator.scope.value == "task"
            part.show_text(key, text, self._figures(), is_of_task=is_of_task, locked=self._locked)
        elif isinstance(part, QCheckBox):
            part.setChecked(text == _YES)
            part.setEnabled(not self._locked)
        elif isinstance(part, LineField):
            part.show_value(key, text, self._locked, item.hint)
        elif item.kind is FieldKind.FIGURE:
            none: list[tuple[object, str]] = [] if item.is_required else [("", "不用填报项")]
            choices: list[tuple[object, str]] = [*none, *self._figures().items(), (_NEW_FIGURE, "新填报项…")]
            part.show_choices(choices, text, self._locked)
        else:
            part.show_choices([(words, words) for _value, words in item.choices], text, self._locked)

    def _figures(self) -> Mapping[str, str]:
        """Code -> title of those of the indicator's scope, told apart where titles are alike; what the rule reads
        elsewhere is shown, too."""
        scheme, indicator = self._scheme, self._indicator
        if scheme is None or indicator is None:
            return {}
        every = (*scheme.figures, *self._new)
        offered = [item for item in every if item.scope is indicator.scope or item.code in indicator.rule.figures()]
        titles = [item.title for item in offered]
        return {
            item.code: item.title if titles.count(item.title) == 1 else f"{item.title}（{item.code}）"
            for item in offered
        }

    def _change_kind(self, kind: object) -> None:
        if self._entry is not None:
            titles = {item.code: item.title for item in self._scheme.figures} if self._scheme else {}
            self._try(entry_of_kind(str(kind), self._entry, titles))

    def _choose(self, key: str, value: str) -> None:
        if value == _NEW_FIGURE:
            self.ask_figure(lambda figure: self._take_figure(key, figure))
            self._show()  # until there is one, the choice stays what it was
        else:
            self._take(key, value)

    def _take_figure(self, key: str, figure: Figure) -> None:
        self._new = (*self._new, figure)
        self._take(key, figure.code)

    def _add_row(self, table: RowTable, figure: Figure) -> None:
        self._new = (*self._new, figure)
        self._show()
        table.add_row(figure.code)

    def _take(self, key: str, text: str) -> None:
        if self._entry is not None:
            self._try(replace(self._entry, texts={**self._entry.texts, key: text}))

    def _take_rows(self, key: str, rows: tuple[Row, ...]) -> None:
        if self._entry is not None:
            self._try(replace(self._entry, rows={**self._entry.rows, key: rows}))

    def _try(self, entry: RuleEntry) -> None:
        self._entry, self._is_open = entry, True
        self._show()
        try:
            rule = read_entry(entry)
        except SchemeError as problem:
            self._say(problem)
            return
        self._say(None)
        if self._indicator is not None and rule == self._indicator.rule:
            self._is_open = False
            return
        self.given.emit(rule, self._new)

    def _say(self, problem: AssessorError | None) -> None:
        if problem is not None:
            self.problem.setText(f"还没有保存：{problem.what}。{problem.remedy}")
        self.problem.setVisible(problem is not None)
