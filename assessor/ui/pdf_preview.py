"""A PDF shown in the window, page under page. Imported only when there is one to show."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QMargins, QTimer
from PySide6.QtGui import QColor, QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from assessor.ui import theme

_STEP = 1.2
_LARGEST_FIT = 1.4
_COMFORTABLE = 1.2


class PdfPreview(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.document = QPdfDocument(self)
        self._buffer: QBuffer | None = None
        self.view = QPdfView(self)
        self.view.setAccessibleName("报告预览")
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setDocumentMargins(QMargins(12, 12, 12, 12))
        self.view.setPageSpacing(12)
        self.view.setFrameShape(QPdfView.Shape.NoFrame)
        self.view.setDocument(self.document)
        self._pages = QLabel()
        theme.dress(self._pages, tone="muted")
        self._fit = _zoom_button("适合宽度", "适合宽度")
        self._smaller = _zoom_button("－", "缩小")
        self._larger = _zoom_button("＋", "放大")
        self._fit.clicked.connect(lambda: self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth))
        self._smaller.clicked.connect(lambda: self._zoom(1 / _STEP))
        self._larger.clicked.connect(lambda: self._zoom(_STEP))
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.SPACE * 2, theme.SPACE - 2, theme.SPACE, theme.SPACE - 2)
        bar.addWidget(self._pages)
        bar.addStretch(1)
        for button in (self._smaller, self._larger, self._fit):
            bar.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.view, 1)

    def show_file(self, path: Path) -> None:
        """Reads the file whole, so that it stays free to be written again or moved."""
        self.document.close()
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(path.read_bytes()))
        self._buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        palette = self.view.palette()
        palette.setColor(QPalette.ColorRole.Dark, QColor(theme.colours().border))
        self.view.setPalette(palette)
        self._pages.setText(f"{path.name}　共 {self.document.pageCount()} 页")
        self.view.verticalScrollBar().setValue(0)
        QTimer.singleShot(0, self._settle_zoom)  # once the layout has given the view its width

    def _settle_zoom(self) -> None:
        """A page as wide as a wide window is too large to read at a glance."""
        is_fitted = self.view.zoomMode() is QPdfView.ZoomMode.FitToWidth
        if is_fitted and self._fitted_factor() > _LARGEST_FIT:
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
            self.view.setZoomFactor(_COMFORTABLE)

    def _zoom(self, factor: float) -> None:
        if self.view.zoomMode() is not QPdfView.ZoomMode.Custom:
            self.view.setZoomFactor(self._fitted_factor())
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(4.0, max(0.25, self.view.zoomFactor() * factor)))

    def _fitted_factor(self) -> float:
        width = self.document.pagePointSize(0).width() * self.logicalDpiX() / 72
        return (self.view.viewport().width() - 24) / width if width else 1.0


def _zoom_button(text: str, name: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(name)
    button.setToolTip(name)
    theme.dress(button, role="link")
    return button
