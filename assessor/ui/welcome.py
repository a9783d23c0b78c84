"""What the window shows while nothing is open: the sample, a new workbook, one that there is, and those of late."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assessor.ui import theme
from assessor.ui.icons import icon

_WIDTH = 620
_ICON = 26
_PATH = Qt.ItemDataRole.UserRole
_MOST_ROWS = 5
_RECENT_ROW = 34


class Tile(QPushButton):
    """A way to begin: what it is called, and a line on what comes of it."""

    def __init__(self, name: str, title: str, words: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setAutoDefault(True)
        theme.dress(self, role="tile")
        sign = QLabel()
        sign.setPixmap(icon(name).pixmap(_ICON, _ICON))
        head = QLabel(title)
        head.setFont(theme.font("heading", bold=True))
        said = QLabel(words)
        theme.dress(said, tone="muted")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(head)
        texts.addWidget(said)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE * 2, theme.SPACE + 4, theme.SPACE * 2, theme.SPACE + 4)
        row.setSpacing(theme.SPACE * 2)
        row.addWidget(sign)
        row.addLayout(texts, 1)
        for label in (sign, head, said):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()


class WelcomePage(QWidget):
    sample_asked = Signal()
    new_asked = Signal()
    open_asked = Signal()
    recent_chosen = Signal(Path)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("开始")
        self.sample = Tile("results", "打开示例", "宜春市 2022—2025 年的示例数据，在副本上随意试用")
        self.new = Tile("tasks", "从实施方案新建工作簿…", "选择实施方案，建立第一个考核年度")
        self.open = Tile("open", "打开工作簿…", "打开已有的 .assess 文件（Ctrl+O）")
        self.sample.clicked.connect(self.sample_asked)
        self.new.clicked.connect(self.new_asked)
        self.open.clicked.connect(self.open_asked)
        self._recent_title = QLabel("最近打开")
        self._recent_title.setFont(theme.font(bold=True))
        self.recent = QListWidget()
        self.recent.setAccessibleName("最近打开的工作簿")
        self.recent.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.recent.itemActivated.connect(self._open_recent)
        self.recent.itemClicked.connect(self._open_recent)
        self._card = QFrame()
        theme.dress(self._card, role="card")
        self._lay_out()

    def show_recent(self, paths: Sequence[Path]) -> None:
        """The latest first; a file that is gone is named, but not opened."""
        self.recent.clear()
        for path in paths[:_MOST_ROWS]:
            is_there = path.exists()
            item = QListWidgetItem(f"{path.name}　{path.parent}" + ("" if is_there else "（找不到）"))
            item.setToolTip(str(path))
            item.setData(_PATH, path if is_there else None)
            item.setSizeHint(QSize(0, _RECENT_ROW))
            if not is_there:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.recent.addItem(item)
        rows = self.recent.count()
        self.recent.setFixedHeight(rows * _RECENT_ROW + 2)
        for widget in (self._recent_title, self._card):
            widget.setVisible(rows > 0)

    def take_focus(self) -> None:
        self.sample.setFocus()

    def _open_recent(self, item: QListWidgetItem) -> None:
        path = item.data(_PATH)
        if path is not None:
            self.recent_chosen.emit(Path(path))

    def _lay_out(self) -> None:
        title = QLabel("全民科学素质工作年度考核")
        title.setFont(theme.font("title", bold=True))
        said = QLabel("任务、填报、评分、复核、定稿和报告，都在一个工作簿文件里。")
        theme.dress(said, tone="muted")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.recent)
        middle = QWidget()
        middle.setFixedWidth(_WIDTH)
        column = QVBoxLayout(middle)
        column.setSpacing(theme.SPACE + 4)
        column.addWidget(title)
        column.addWidget(said)
        column.addSpacing(theme.SPACE)
        for tile in (self.sample, self.new, self.open):
            column.addWidget(tile)
        column.addSpacing(theme.SPACE)
        column.addWidget(self._recent_title)
        column.addWidget(self._card)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
