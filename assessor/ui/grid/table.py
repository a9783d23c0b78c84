"""The table of a grid: two views of one model and selection, the first columns staying in view while others scroll."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QInputMethodEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from assessor.ui import theme
from assessor.ui.grid.areas import Area, Cell
from assessor.ui.grid.cell_view import CellView
from assessor.ui.grid.headers import RowHeader
from assessor.ui.grid.row_model import RowModel

_LEAST_ZOOM, _MOST_ZOOM = 60, 200


class GridTable(CellView):
    """Cells are counted as shown: hidden columns left out, moved ones where they are."""

    laid_out = Signal()
    """Columns were moved, resized, hidden or shown, or the view scrolled."""
    rearranged = Signal()
    """Columns were moved, resized, hidden or shown, or the zoom changed: what is remembered of them."""
    columns_changed = Signal()
    """Other columns stand at other places."""
    rows_leaving = Signal()
    rows_came = Signal()
    """Before and after the model is reset. These are of the model that is shown, whichever it is."""
    cells_changed = Signal(QModelIndex, QModelIndex)
    rows_shown = Signal(object)
    """As the model's."""

    def __init__(self, frozen_columns: int, parent: QWidget | None = None) -> None:
        self.frozen_columns = frozen_columns  # Qt scrolls while it is set up
        super().__init__(parent)
        self.take_key: Callable[[QKeyEvent], bool] = lambda _event: False
        """Asked first about every key; True: done with it."""
        self.wants_key: Callable[[QKeyEvent], bool] = lambda _event: False
        """Whether a key that is also a shortcut of the window is the table's own."""
        self.take_composition: Callable[[QInputMethodEvent], bool] = lambda _event: False
        self.answer_input_method: Callable[[Qt.InputMethodQuery], object] = lambda _query: None
        self.own_widths: dict[int, int] = {}
        """Columns that the user made as wide as they are, at a zoom of 100 %."""
        self._widths: dict[int, int] = {}
        """Of all columns, without the room that is left over; at a zoom of 100 %."""
        self._roomy: Sequence[int] = ()
        self._is_spreading = False
        self._is_ordering = False
        self._has_new_columns = False
        self.zoom = 100
        """Per cent."""
        self._columns: list[int] | None = None
        self.frozen = CellView(self)
        self.row_header = RowHeader(self)
        self.setVerticalHeader(self.row_header)
        self._dress()
        self._connect()

    def _dress(self) -> None:
        for view in (self, self.frozen):
            view.setAutoScroll(False)  # a load moves nothing; who selects a cell says whether to go there
            view.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
            view.column_header.setMinimumSectionSize(40)
            view.column_header.setFixedHeight(theme.HEADER_HEIGHT)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.frozen.setFrameShape(QFrame.Shape.NoFrame)
        self.frozen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.frozen.verticalHeader().hide()
        self.frozen.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.frozen.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.dress(self.frozen, role="frozen")
        self.frozen.raise_()
        self.column_header.setSectionsMovable(True)
        self.column_header.setFirstSectionMovable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    def _connect(self) -> None:
        header = self.column_header
        header.sectionResized.connect(self._follow_width)
        header.sectionMoved.connect(self._follow_move)
        self.frozen.column_header.sectionResized.connect(self._lead_width)
        self.verticalScrollBar().valueChanged.connect(self.frozen.verticalScrollBar().setValue)
        self.frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.valueChanged.connect(self.laid_out)

    # Cells and columns as they are shown

    def shown_columns(self) -> list[int]:
        """Columns of the model from left to right."""
        if self._columns is None:
            header = self.column_header
            logical = (header.logicalIndex(place) for place in range(header.count()))
            self._columns = [column for column in logical if not header.isSectionHidden(column)]
        return self._columns

    def index_at(self, cell: Cell) -> QModelIndex:
        columns = self.shown_columns()
        model = self.model()
        if model is None or not (0 <= cell.column < len(columns)):
            return QModelIndex()
        return model.index(cell.row, columns[cell.column])

    def cell_of(self, index: QModelIndex | QPersistentModelIndex) -> Cell:
        """Raises ValueError for a hidden column."""
        return Cell(index.row(), self.shown_columns().index(index.column()))

    def cell_near(self, view: CellView, at: QPoint) -> Cell | None:
        """The cell at a position of a viewport; the nearest where it lies beyond. None where there are no cells."""
        model = self.model()
        columns = self.shown_columns()
        if model is None or not model.rowCount() or not columns:
            return None
        row = view.rowAt(at.y())
        if row < 0:
            row = 0 if at.y() < 0 else model.rowCount() - 1
        view = self.frozen if view is self and 0 <= at.x() < self.frozen_width() else view
        column = view.columnAt(at.x())
        if column in columns:
            return Cell(row, columns.index(column))
        return Cell(row, 0 if at.x() < 0 else len(columns) - 1)

    def set_column_shown(self, column: int, is_shown: bool) -> None:
        if self.isColumnHidden(column) is not is_shown:
            return
        self.setColumnHidden(column, not is_shown)
        if is_shown and column in self.own_widths:
            self.set_width(column, self.own_widths[column])
        self._change_columns()

    def put_in_order(self, columns: Sequence[int]) -> None:
        """These columns of the model first, in this order."""
        for place, column in enumerate(columns):
            self._move_section(column, place)
        self._change_columns()

    def set_zoom(self, zoom: int) -> None:
        """Per cent, within bounds. Texts, rows and columns grow alike."""
        zoom = max(_LEAST_ZOOM, min(zoom, _MOST_ZOOM))
        if zoom == self.zoom:
            return
        self.zoom = zoom
        font = theme.font()
        font.setPointSizeF(font.pointSizeF() * zoom / 100)
        for view in (self, self.frozen):
            view.setFont(font)
            view.column_header.setFont(font)
            view.verticalHeader().setFont(font)
            view.verticalHeader().setDefaultSectionSize(round(theme.ROW_HEIGHT * zoom / 100))
            view.column_header.setFixedHeight(round(theme.HEADER_HEIGHT * zoom / 100))
        for column, width in self._widths.items():
            if not self.isColumnHidden(column):
                self.setColumnWidth(column, round(width * zoom / 100))
        self.updateGeometries()
        self._sync_frozen()
        self.rearranged.emit()

    def set_width(self, column: int, width: int) -> None:
        """``width``: logical pixels at a zoom of 100 %."""
        self._widths[column] = width
        self.setColumnWidth(column, round(width * self.zoom / 100))

    def natural_width(self, column: int) -> int:
        """Without the room that is left over; at a zoom of 100 %."""
        return self._widths.get(column, 0)

    def set_roomy(self, columns: Sequence[int]) -> None:
        """Columns of the model of which the last one that is shown gets the room that is left over."""
        self._roomy = columns
        self.spread()

    def keep_width(self, column: int, width: int) -> None:
        """As ``set_width``, and as if the user had dragged it."""
        self.own_widths[column] = width
        self.set_width(column, width)
        self.rearranged.emit()

    def shown_rows_count(self) -> int:
        """Rows that are seen at once; at least one."""
        return max(1, self.viewport().height() // max(1, self.verticalHeader().defaultSectionSize()) - 1)

    def view_of(self, column: int) -> CellView:
        """The view that shows a column of the model."""
        return self.frozen if column in self.frozen_logical() else self

    def frozen_logical(self) -> list[int]:
        header = self.column_header
        first = [header.logicalIndex(place) for place in range(min(self.frozen_columns, header.count()))]
        return [column for column in first if not header.isSectionHidden(column)]

    def frozen_width(self) -> int:
        return sum(self.columnWidth(column) for column in self.frozen_logical())

    def area_rect(self, area: Area, view: CellView) -> QRect:
        """Of an area in a viewport; of the rows that are in view, or nearly. Empty where the view shows none of it."""
        columns = [
            column for column in self.shown_columns()[area.left : area.right + 1] if not view.isColumnHidden(column)
        ]
        if not columns:
            return QRect()
        left = min(view.columnViewportPosition(column) for column in columns)
        right = max(view.columnViewportPosition(column) + view.columnWidth(column) for column in columns)
        top = view.rowViewportPosition(area.top)
        bottom = view.rowViewportPosition(area.bottom) + view.rowHeight(area.bottom)
        return QRect(left, top, right - left, bottom - top)

    def repaint_areas(self, areas: Iterable[Area]) -> None:
        """With their headings, and no more than them."""
        for area in areas:
            for view in (self, self.frozen):
                rect, header = self.area_rect(area, view), view.column_header.viewport()
                if not rect.isEmpty():
                    view.viewport().update(rect)
                    header.update(rect.left(), 0, rect.width(), header.height())
                    self.row_header.viewport().update(0, rect.top(), self.row_header.width(), rect.height())

    # Qt's

    def setModel(self, model: QAbstractItemModel | None) -> None:
        before = self.model()
        if before is not None:
            self._leave_model(before)
        super().setModel(model)
        self.frozen.setModel(model)
        self._columns = None
        self.own_widths, self._widths = {}, {}
        if model is not None:
            self.frozen.setSelectionModel(self.selectionModel())
            self._follow_model(model)
        self._sync_frozen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.spread()
        self.place_frozen()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.place_frozen()
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.wants_key(event):
            event.accept()
            return True
        return super().event(event)

    def leave(self, is_back: bool) -> bool:
        """The keyboard goes to the next widget, or the one before."""
        return super().focusNextPrevChild(not is_back)

    def focusNextPrevChild(self, _next: bool) -> bool:
        return False  # Tab is a key of the table, which knows when to ``leave``

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.take_key(event):
            event.ignore()  # Qt's own moving, searching and selecting would fight with the grid's

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if not self.take_composition(event):
            super().inputMethodEvent(event)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        answer = self.answer_input_method(query)
        return super().inputMethodQuery(query) if answer is None else answer

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Brings a cell out from under the frozen columns; a frozen cell moves nothing sideways."""
        sideways = self.horizontalScrollBar().value()
        super().scrollTo(index, hint)
        if index.column() in self.frozen_logical():
            self.horizontalScrollBar().setValue(sideways)
        else:
            hidden = self.frozen_width() - self.visualRect(index).left()
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - max(0, hidden))

    def place_frozen(self) -> None:
        left = self.verticalHeader().width() if self.verticalHeader().isVisible() else 0
        height = self.viewport().height() + self.column_header.height()
        width = self.frozen_width()
        self.frozen.setGeometry(left, 0, width + 1 if width else 0, height)

    def paint_selection(self, painter: QPainter, view: CellView, areas: tuple[Area, ...], active: Cell) -> None:
        """Lines around what is selected, and a stronger one around the active cell."""
        accent = QColor(theme.colours().accent)
        painter.setPen(QPen(accent, 1))
        if len(areas) > 1 or areas[0].size > 1:
            for rect in (self.area_rect(area, view) for area in areas):
                if not rect.isEmpty():
                    painter.drawRect(rect.adjusted(0, 0, -1, -1))
        own = self.area_rect(Area.between(active, active), view)
        if not own.isEmpty():
            painter.setPen(QPen(accent, 2))
            painter.drawRect(own.adjusted(1, 1, -2, -2))

    def spread(self) -> None:
        """The last column of texts takes what the others leave; one that the user made as wide as it is does not."""
        shown = self.shown_columns()
        roomy = next((column for column in reversed(shown) if column in self._roomy), None)
        if roomy is None or roomy in self.own_widths or roomy not in self._widths:
            return
        natural = round(self._widths[roomy] * self.zoom / 100)
        others = sum(self.columnWidth(column) for column in shown if column != roomy)
        wanted = max(natural, self.viewport().width() - others)
        if wanted != self.columnWidth(roomy):
            self._is_spreading = True
            self.setColumnWidth(roomy, wanted)
            self._is_spreading = False

    def _follow_model(self, model: QAbstractItemModel) -> None:
        model.modelAboutToBeReset.connect(self.rows_leaving)
        model.modelReset.connect(self._after_reset)
        model.dataChanged.connect(self._pass_change)
        if isinstance(model, RowModel):
            model.columns_changed.connect(self._expect_columns)
            model.rows_shown.connect(self.rows_shown)

    def _leave_model(self, model: QAbstractItemModel) -> None:
        model.modelAboutToBeReset.disconnect(self.rows_leaving)
        model.modelReset.disconnect(self._after_reset)
        model.dataChanged.disconnect(self._pass_change)
        if isinstance(model, RowModel):
            model.columns_changed.disconnect(self._expect_columns)
            model.rows_shown.disconnect(self.rows_shown)

    def _pass_change(self, first: QModelIndex, last: QModelIndex) -> None:
        self.cells_changed.emit(first, last)

    def _expect_columns(self) -> None:
        self.own_widths, self._widths = {}, {}
        self._has_new_columns = True

    def _after_reset(self) -> None:
        self._columns = None
        if self._has_new_columns:
            self._has_new_columns = False
            for column in range(self.column_header.count()):
                self.setColumnHidden(column, False)
                self._move_section(column, column)
        self._sync_frozen()
        self.rows_came.emit()

    def _sync_frozen(self) -> None:
        """The frozen view shows the first columns alone, in the order and width of the whole."""
        model = self.model()
        if model is None:
            return
        header, twin = self.column_header, self.frozen.column_header
        frozen = self.frozen_logical()
        for column in range(model.columnCount()):
            self.frozen.setColumnHidden(column, column not in frozen)
        for column in frozen:
            twin.moveSection(twin.visualIndex(column), header.visualIndex(column))
            self.frozen.setColumnWidth(column, self.columnWidth(column))
        self.spread()
        self.place_frozen()
        self.laid_out.emit()

    def _follow_width(self, column: int, _old: int, new: int) -> None:
        is_dragged = self.column_header.is_pressed or self.frozen.column_header.is_pressed
        if new and is_dragged and not self._is_spreading:
            self.own_widths[column] = self._widths[column] = round(new * 100 / self.zoom)
            self.rearranged.emit()
            self.spread()
        if column in self.frozen_logical() and self.frozen.columnWidth(column) != new:
            self.frozen.setColumnWidth(column, new)
        self.place_frozen()
        self.laid_out.emit()

    def _lead_width(self, column: int, _old: int, new: int) -> None:
        if new and column in self.frozen_logical() and self.columnWidth(column) != new:
            self.setColumnWidth(column, new)

    def _follow_move(self, logical: int, old: int, new: int) -> None:
        """Columns do not cross the line of the frozen ones: one that is dragged there goes back."""
        if self._is_ordering:
            return
        if (old < self.frozen_columns) != (new < self.frozen_columns):
            self._move_section(logical, old)
        self._change_columns()

    def _move_section(self, logical: int, to: int) -> None:
        self._is_ordering = True
        self.column_header.moveSection(self.column_header.visualIndex(logical), to)
        self._is_ordering = False

    def _change_columns(self) -> None:
        self._columns = None
        self._sync_frozen()
        self.columns_changed.emit()
        self.rearranged.emit()
