"""细则校验: everything that is wrong with the scheme that is shown, the way there, and the units that try it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QLabel, QToolButton, QVBoxLayout

from assessor.domain.scheme import Scheme
from assessor.domain.scheme_check import SchemeCheck, SchemeFinding, Severity
from assessor.domain.scheme_outline import spot_of
from assessor.domain.scheme_place import office_words
from assessor.domain.scheme_trial import Trial, TrialKind
from assessor.ui import theme
from assessor.ui.grid.plain_table import PlainTable

_FINDING = Qt.ItemDataRole.UserRole
_SHOWN = 3
_GAP = "&nbsp;&nbsp;&nbsp;&nbsp;"
_SOUND = "没有发现错误"


class FindingsPanel(QFrame):
    jumped = Signal(object, str)
    """Spot that a finding leads to, and the code of the item there."""

    def __init__(self) -> None:
        super().__init__()
        theme.dress(self, role="card")
        self._check: SchemeCheck | None = None
        self._scheme: Scheme | None = None
        self.title = QLabel("细则校验")
        self.title.setFont(theme.font(bold=True))
        self.counts = QLabel()
        self.trials = QLabel()
        self.trials.setTextFormat(Qt.TextFormat.RichText)
        self.toggle = QToolButton()
        self.toggle.clicked.connect(self._toggle)
        self._is_open = True
        self.model = QStandardItemModel(0, 3)
        self.table = PlainTable("细则校验")
        self.table.setModel(self.model)
        self.table.opened.connect(self._jump)
        self.table.horizontalHeader().hide()
        self._lay_out()

    def show_check(self, scheme: Scheme, check: SchemeCheck) -> None:
        self._scheme, self._check = scheme, check
        faults = len(check.faults)
        warnings = len(check.findings) - faults
        parts = [f"错误 {faults}" if faults else "", f"提醒 {warnings}" if warnings else ""]
        self.counts.setText("　".join(part for part in parts if part) or _SOUND)
        theme.dress(self.counts, tone="bad" if faults else "warn" if warnings else "good")
        colours = theme.colours()
        self.trials.setText(_GAP.join(_trials_words(check.trials, colours)) or _untried(colours))
        self.trials.setToolTip("\n".join(_trial_hint(trial) for trial in check.trials))
        self.model.removeRows(0, self.model.rowCount())
        for finding in check.findings:
            self.model.appendRow(_row(finding, scheme))
        self._fit()

    def _fit(self) -> None:
        rows = self.model.rowCount() if self._is_open else 0
        self.table.setVisible(rows > 0)
        shown = min(rows, _SHOWN)
        self.table.setFixedHeight(shown * theme.ROW_HEIGHT + 2)
        self.toggle.setVisible(self.model.rowCount() > 0)
        self.toggle.setText("收起" if self._is_open else "展开")

    def _toggle(self) -> None:
        self._is_open = not self._is_open
        self._fit()

    def _jump(self, index: QModelIndex) -> None:
        finding = index.siblingAtColumn(0).data(_FINDING)
        if isinstance(finding, SchemeFinding) and self._scheme is not None:
            self.jumped.emit(spot_of(finding.part, finding.code, self._scheme), finding.code)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE * 2)
        head.addWidget(self.title)
        head.addWidget(self.counts)
        head.addWidget(self.trials, 1, Qt.AlignmentFlag.AlignRight)
        head.addWidget(self.toggle)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(0, 64)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE * 2, theme.SPACE // 2, theme.SPACE, theme.SPACE // 2)
        layout.setSpacing(theme.SPACE // 2)
        layout.addLayout(head)
        layout.addWidget(self.table)


def _row(finding: SchemeFinding, scheme: Scheme) -> list[QStandardItem]:
    colours = theme.colours()
    texts = (finding.severity.label, office_words(finding.what), office_words(finding.remedy))
    kind, what, remedy = (QStandardItem(text) for text in texts)
    kind.setData(finding, _FINDING)
    kind.setForeground(QColor(colours.bad if finding.severity is Severity.FAULT else colours.warn))
    remedy.setForeground(QColor(colours.muted))
    for item in (kind, what, remedy):
        item.setToolTip(f"{texts[1]}\n{texts[2]}\n双击跳到这一处")
    return [kind, what, remedy]


def _trials_words(trials: Sequence[Trial], colours: theme.Colours) -> Iterator[str]:
    """Each, except that the vetoes are counted where all of them come out as expected."""
    vetoed = [trial for trial in trials if trial.kind is TrialKind.VETOED]
    are_fine = all(trial.is_as_expected for trial in vetoed)
    for trial in trials:
        if trial not in vetoed or not are_fine:
            yield _trial_words(trial, colours)
    if vetoed and are_fine:
        yield f'一票否决 {len(vetoed)} 种 → 等次受限 <span style="color:{colours.good}">✓</span>'


def _trial_words(trial: Trial, colours: theme.Colours) -> str:
    mark, colour = ("✓", colours.good) if trial.is_as_expected else ("✗", colours.bad)
    return f'{trial.title} → {trial.found.strip()} <span style="color:{colour}">{mark}</span>'


def _trial_hint(trial: Trial) -> str:
    return f"试评“{trial.title}”：应为{trial.expected}，实为{trial.found}"


def _untried(colours: theme.Colours) -> str:
    return f'<span style="color:{colours.muted}">改正上述错误后才能试评</span>'
