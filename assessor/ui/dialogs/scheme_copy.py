"""Taking a scheme over from another year, version, draft or the default ones in place of the one at hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from assessor.domain.scheme_comparison import Change, compare_schemes
from assessor.domain.scheme_edit import points_words
from assessor.ui.choice import Choice
from assessor.ui.dialogs.layout import dialog_buttons, dialog_column, dialog_heading, dialog_text

if TYPE_CHECKING:
    from assessor.domain.scheme import Scheme
    from assessor.workbook.scheme_sources import SchemeSource


class CopySchemeDialog(QDialog):
    def __init__(self, present: Scheme, sources: Sequence[SchemeSource], parent: QWidget | None = None) -> None:
        """``sources``: those that may take the place of ``present``, at least one."""
        super().__init__(parent)
        self.setWindowTitle("从别处复制细则")
        self._present = present
        self._sources = list(sources)
        self.source = Choice("复制哪一份")
        for source in sources:
            self.source.addItem(f"{source.title}：{source.scheme.title}")
        self.source.currentIndexChanged.connect(lambda _place: self._explain())
        self.words = dialog_text("")
        self.buttons, self.ok_button = dialog_buttons(self, "复制")
        layout = dialog_column(self)
        layout.addWidget(dialog_heading(f"用另一份细则替换《{present.title}》"))
        layout.addWidget(self.source)
        layout.addWidget(self.words)
        layout.addWidget(
            dialog_text("代码相同的指标，已有的评分、填报仍归它；已有数据的指标不能没有。可以撤销。", "muted")
        )
        layout.addWidget(self.buttons)
        self._explain()

    @property
    def chosen(self) -> SchemeSource:
        return self._sources[self.source.currentIndex()]

    def _explain(self) -> None:
        scheme = self.chosen.scheme
        items = compare_schemes(self._present, scheme)
        counts = [
            (change, sum(item.change is change for item in items)) for change in Change if change is not Change.SAME
        ]
        differing = "，".join(f"{change.label} {count} 项" for change, count in counts if count)
        indicators = f"{len(scheme.categories)} 个一级指标、{len(scheme.indicators)} 个二级指标，{points_words(scheme)}"
        self.words.setText(f"{indicators}\n与现在的相比：{differing or '完全相同'}")
        self.ok_button.setEnabled(bool(differing))
