"""The overview's list of what is next and what stands out, and the units that the chosen entry concerns."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)

from assessor.domain.next_steps import Finding, Topic, page_of
from assessor.ui import theme
from assessor.ui.grid.plain_table import PlainTable
from assessor.ui.models.concern_model import ConcernModel
from assessor.ui.navigation import title_of

_STEP_HEIGHT = 27
_LEAST_LIST = 86
_WHOLE_YEAR = {
    Topic.ASSIGN: "在“任务”页下达、核对各单位的任务；完成后点上方的“下达”进入收集阶段。",
    Topic.CLOSE: "截止收集后，未报、未填的指标按 0 分计，不再等待。点上方的“评分”进入评分阶段。",
    Topic.REVIEW: "各项得分已经齐全，没有待评指标，也没有需要核对的事项。",
    Topic.SEAL: "点上方的“定稿”。定稿后，本年度的细则、数据和得分不再变动。",
    Topic.REPORT: "在“报告”页（Ctrl+P）生成考核结果报告和各单位反馈单。",
}


class TodoCard(QFrame):
    menu_asked = Signal(object, QPoint)
    """A Concern of the list, and the place on the screen."""
    asked = Signal(object)
    """Topic of the finding that is to be taken care of."""

    def __init__(self, open_trace: Callable[[str, str | None], None]) -> None:
        super().__init__()
        theme.dress(self, role="card")
        self._open_trace = open_trace
        self._steps: tuple[Finding, ...] = ()
        self._exceptions: tuple[Finding, ...] = ()
        self.steps = QListWidget()
        self.steps.setAccessibleName("下一步")
        self.steps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.steps.currentRowChanged.connect(self._show_step)
        self.steps.itemClicked.connect(lambda item: self._show_step(self.steps.row(item)))
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        self._chip_group = QButtonGroup(self)
        self._chip_group.setExclusive(True)
        self._chip_group.idClicked.connect(self._show_exception)
        self._calm = QLabel("没有需要注意的情况。")
        theme.dress(self._calm, tone="muted")
        self._chosen = QLabel()
        self._chosen.setFont(theme.font(bold=True))
        self._note = QLabel()
        self._note.setAlignment(Qt.AlignmentFlag.AlignTop)
        theme.dress(self._note, tone="muted")
        self._hint = QLabel("双击单位看得分依据")
        theme.dress(self._hint, tone="faint")
        self._doors = QVBoxLayout()
        self._doors.setSpacing(0)
        self.care_button = QPushButton()
        theme.dress(self.care_button, role="link")
        self.care_button.clicked.connect(self._ask_care)
        self._topic: Topic | None = None
        """Of the finding that is shown."""
        self.units = PlainTable("相关单位")
        self.units.setMinimumHeight(_LEAST_LIST)
        self.units.opened.connect(self._open_unit)
        self.units.offer_menu()
        self.units.menu_asked.connect(self._ask_menu)
        self._lay_out()

    def show_findings(self, steps: tuple[Finding, ...], exceptions: tuple[Finding, ...]) -> None:
        """``steps`` is never empty. Units are listed at once: of the first step, else of the gravest exception."""
        self._steps, self._exceptions = steps, exceptions
        self.steps.blockSignals(True)
        self.steps.clear()
        for place, step in enumerate(steps, start=1):
            item = QListWidgetItem(f"{place}　{step.title}")
            item.setSizeHint(QSize(0, _STEP_HEIGHT))
            self.steps.addItem(item)
        self._show_doors(steps)
        self.steps.setFixedHeight(_STEP_HEIGHT * max(1, len(steps)) + 2)
        self.steps.blockSignals(False)
        self._show_chips(exceptions)
        if exceptions and not steps[0].concerns:
            self._chip_group.button(0).setChecked(True)
            self._show_exception(0)
        else:
            self.show_step(0)

    def show_step(self, place: int) -> None:
        """Chooses a step as a click on it does."""
        self.steps.setCurrentRow(place)
        self._show_step(place)

    def take_focus(self) -> None:
        """On the list that is chosen from: a list of steps that gets the keyboard would choose its first by itself."""
        (self.steps if self.steps.currentRow() >= 0 else self.units).setFocus()

    def chip(self, topic: Topic) -> QPushButton:
        """The button of an exception. Raises StopIteration where the year has none of that topic."""
        place = next(place for place, finding in enumerate(self._exceptions) if finding.topic is topic)
        button = self._chip_group.button(place)
        assert isinstance(button, QPushButton)
        return button

    def _show_chips(self, exceptions: tuple[Finding, ...]) -> None:
        for button in self._chip_group.buttons():
            self._chip_group.removeButton(button)
            self._chips.removeWidget(button)
            button.hide()  # at once: it is deleted only when no handler runs any more
            button.deleteLater()
        for place, finding in enumerate(exceptions):
            chip = QPushButton(f"{finding.topic.label} {len(finding.concerns)}")
            chip.setCheckable(True)
            chip.setToolTip(finding.title)
            theme.dress(chip, role="chip", tone="bad" if finding.urgent else "")
            self._chip_group.addButton(chip, place)
            self._chips.addWidget(chip)
        self._calm.setVisible(not exceptions)

    def door(self, place: int) -> QPushButton:
        """The button of a next step."""
        item = self._doors.itemAt(place)
        button = item.widget() if item is not None else None
        assert isinstance(button, QPushButton)
        return button

    def _show_doors(self, steps: tuple[Finding, ...]) -> None:
        """A button beside every step that goes to where it is done."""
        while (item := self._doors.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for step in steps:
            button = QPushButton(f"{care_words(step.topic)} ›")
            button.setFixedHeight(_STEP_HEIGHT)
            button.setAccessibleName(f"{step.title}：{care_words(step.topic)}")
            theme.dress(button, role="link")
            button.clicked.connect(lambda _checked, topic=step.topic: self.asked.emit(topic))
            self._doors.addWidget(button)

    def _show_step(self, place: int) -> None:
        if 0 <= place < len(self._steps):
            self._uncheck_chips()
            self._show(self._steps[place])

    def _show_exception(self, place: int) -> None:
        self.steps.blockSignals(True)
        self.steps.setCurrentRow(-1)
        self.steps.clearSelection()
        self.steps.blockSignals(False)
        self._show(self._exceptions[place])

    def _uncheck_chips(self) -> None:
        self._chip_group.setExclusive(False)
        for button in self._chip_group.buttons():
            button.setChecked(False)
        self._chip_group.setExclusive(True)

    def _show(self, finding: Finding) -> None:
        self._topic = finding.topic
        self._chosen.setText(finding.title)
        self.care_button.setText(f"{care_words(finding.topic)} ›")
        self._hint.setVisible(bool(finding.concerns))
        self._note.setText(_WHOLE_YEAR.get(finding.topic, ""))
        self._note.setVisible(not finding.concerns)
        self.units.setModel(ConcernModel(finding.concerns))
        self.units.setVisible(bool(finding.concerns))
        header = self.units.horizontalHeader()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)

    def _ask_care(self) -> None:
        if self._topic is not None:
            self.asked.emit(self._topic)

    def _ask_menu(self, index: QModelIndex, at: QPoint) -> None:
        model = self.units.model()
        if isinstance(model, ConcernModel):
            self.menu_asked.emit(model.concerns[index.row()], at)

    def _open_unit(self, index: QModelIndex) -> None:
        model = self.units.model()
        if isinstance(model, ConcernModel):
            concern = model.concerns[index.row()]
            self._open_trace(concern.unit.code, concern.indicator)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE * 2, theme.SPACE + 4, theme.SPACE * 2, theme.SPACE + 4)
        layout.setSpacing(6)
        layout.addWidget(_heading("下一步"))
        steps = QHBoxLayout()
        steps.setSpacing(0)
        steps.addWidget(self.steps, 1)
        steps.addLayout(self._doors)
        layout.addLayout(steps)
        attention = QHBoxLayout()
        attention.setSpacing(theme.SPACE)
        attention.addWidget(_heading("需要注意"))
        attention.addWidget(self._calm)
        attention.addLayout(self._chips)
        attention.addStretch(1)
        layout.addLayout(attention)
        chosen = QHBoxLayout()
        chosen.setContentsMargins(0, 2, 0, 0)
        chosen.addWidget(self._chosen)
        chosen.addStretch(1)
        chosen.addWidget(self._hint)
        chosen.addWidget(self.care_button)
        layout.addLayout(chosen)
        layout.addWidget(self._note)
        layout.addWidget(self.units, 1)
        layout.addStretch(0)


def care_words(topic: Topic) -> str:
    """What a button says that takes care of the topic: the page it goes to, or the step it begins."""
    page = page_of(topic)
    if page:
        return f"到{title_of(page)}页"
    return f"{topic.label}…"


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setFont(theme.font("heading", bold=True))
    return label
