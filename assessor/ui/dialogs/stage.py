"""From one stage to the next, and back: what the step does, what is missing, and why the year goes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QPlainTextEdit, QPushButton, QWidget

from assessor.domain.next_steps import Finding
from assessor.domain.stage_step import StageStep
from assessor.domain.year import Stage
from assessor.ui import theme
from assessor.ui.choice import Choice
from assessor.ui.dialogs.layout import dialog_buttons, dialog_column, dialog_heading, dialog_text

_NAMED = 6
"""Units that a line names before the rest is only counted."""
_OBSTACLES = 5
_WIDEST = 720


class AdvanceDialog(QDialog):
    page_asked = Signal(str)
    """Key of the page where what prevents the step is mended."""

    def __init__(self, year: int, step: StageStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(step.title)
        self.setMaximumWidth(_WIDEST)
        layout = dialog_column(self)
        layout.addWidget(dialog_heading(f"{year} 年度：{step.title}"))
        layout.addWidget(
            dialog_text(f"从{step.before.label}阶段进入{step.after.label}阶段：\n{_bullets(step.effects)}")
        )
        if step.obstacles:
            shown = [f"{item.what}。{item.remedy}" for item in step.obstacles[:_OBSTACLES]]
            rest = len(step.obstacles) - len(shown)
            layout.addWidget(dialog_text("还不能继续：\n" + _bullets([*shown, *_more(rest)]), "bad"))
            layout.addWidget(self._way_there(step.obstacles[0].page), 0, Qt.AlignmentFlag.AlignLeft)
        if step.missing:
            layout.addWidget(dialog_text("还没有做完的：\n" + _bullets([_line(item) for item in step.missing]), "warn"))
            layout.addWidget(dialog_text("这些不妨碍继续；也可以先做完再来。", "muted"))
        self.keeps_open = QCheckBox("暂不截止收集：迟报的仍可登记，未报的先记待评")
        self.keeps_open.setVisible(step.can_stay_open)
        layout.addWidget(self.keeps_open)
        layout.addWidget(dialog_text("这一步可以撤销，也可以以后写明原因退回。", "muted"))
        self.buttons, self.ok_button = dialog_buttons(self, step.title)
        self.ok_button.setEnabled(not step.obstacles)
        layout.addWidget(self.buttons)

    def _way_there(self, page: str) -> QPushButton:
        button = self.way_button = QPushButton("去改正 ▸")
        theme.dress(button, role="link")
        button.setAutoDefault(False)
        button.setVisible(bool(page))
        button.clicked.connect(self.reject)
        button.clicked.connect(lambda: self.page_asked.emit(page))
        return button


class GoBackDialog(QDialog):
    """``effects``: what going back to a stage does."""

    def __init__(
        self,
        year: int,
        stages: Sequence[Stage],
        wanted: Stage,
        effects: Callable[[Stage], Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("退回以前的阶段")
        self._effects = effects
        layout = dialog_column(self)
        layout.addWidget(dialog_heading(f"{year} 年度退回以前的阶段"))
        self.stages = Choice("退回到")
        for stage in stages:
            self.stages.addItem(f"退回到{stage.label}阶段", stage)
        self.stages.setCurrentIndex(list(stages).index(wanted))
        self.stages.currentIndexChanged.connect(lambda _place: self._explain())
        layout.addWidget(self.stages)
        self.explanation = dialog_text("")
        layout.addWidget(self.explanation)
        layout.addWidget(dialog_text("退回的原因（记入修改历史）："))
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName("退回的原因")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(80)
        layout.addWidget(self.reason)
        self.buttons, self.ok_button = dialog_buttons(self, "退回")
        self.ok_button.setEnabled(False)
        self.reason.textChanged.connect(lambda: self.ok_button.setEnabled(bool(self.text)))
        layout.addWidget(self.buttons)
        self._explain()
        self.reason.setFocus()

    @property
    def stage(self) -> Stage:
        """The chosen one."""
        chosen = self.stages.currentData()
        return chosen if isinstance(chosen, Stage) else Stage(chosen)

    @property
    def text(self) -> str:
        """The reason, on one line."""
        return " ".join(self.reason.toPlainText().split())

    def _explain(self) -> None:
        self.explanation.setText(_bullets(self._effects(self.stage)))


def _line(finding: Finding) -> str:
    names = [concern.unit.short_name for concern in finding.concerns]
    if not names:
        return finding.title
    rest = f" 等 {len(names)} 个" if len(names) > _NAMED else ""
    return f"{finding.title}：{'、'.join(names[:_NAMED])}{rest}"


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"• {line}" for line in lines)


def _more(rest: int) -> list[str]:
    return [f"另有 {rest} 处，见“细则”页的校验"] if rest > 0 else []
