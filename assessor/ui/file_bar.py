"""The bar above the pages that says where a file was written, and opens it or its folder, until it is closed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from assessor.errors import MachineError
from assessor.ui import theme
from assessor.ui.icons import icon


class FileBar(QFrame):
    troubled = Signal(object)
    """MachineError: the system has nothing that opens the file."""

    def __init__(self) -> None:
        super().__init__()
        theme.dress(self, role="done")
        self._path = Path()
        sign = QLabel()
        sign.setPixmap(icon("export").pixmap(18, 18))
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setAccessibleName("已写入的文件")
        self.open_button = QPushButton("打开")
        self.folder_button = QPushButton("打开所在文件夹")
        self.close_button = QPushButton("知道了")
        self.open_button.clicked.connect(lambda: self._show(self._path))
        self.folder_button.clicked.connect(lambda: self._show(self._folder()))
        self.close_button.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE * 2, 4, theme.SPACE * 2, 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(sign)
        layout.addWidget(self.text, 1)
        for button in (self.open_button, self.folder_button, self.close_button):
            button.setAutoDefault(True)  # Enter presses it, as Space does
            layout.addWidget(button)
        self.hide()

    def show_file(self, path: Path, words: str) -> None:
        """``words``: what was written; the path follows them. A folder and a program are not opened from here."""
        from assessor.workbook.evidence_names import is_program

        self._path = path
        self.text.setText(f"{words}：{path}")
        self.open_button.setVisible(not path.is_dir() and not is_program(path.name))
        self.show()

    def _folder(self) -> Path:
        return self._path if self._path.is_dir() else self._path.parent

    def _show(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            remedy = "请在文件管理器中打开，或先安装能打开它的程序"
            self.troubled.emit(MachineError("没有能打开它的程序", place=str(path), remedy=remedy))
