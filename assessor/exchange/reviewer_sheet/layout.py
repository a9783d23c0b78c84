"""Where what stands on a reviewer's sheet, for writing and for reading."""

from __future__ import annotations

from enum import Enum

MARKS, GUIDE, IDENTITY = "评分", "填写说明", "标识"
HEAD_ROW = 4
"""Of the headings, counted from 0."""


class Head(Enum):
    """Columns in their order; the value is the heading."""

    NUMBER = "序号"
    UNIT = "单位"
    INDICATOR = "指标"
    POINTS = "分值"
    CRITERION = "评分标准"
    PROOF = "考核依据"
    MARK = "评分\n（0-100）"
    FACT = "事实依据\n（极端分必填）"
    UNIT_CODE = "单位代码"
    INDICATOR_CODE = "指标代码"
    TASK_CODE = "任务代码"

    @property
    def column(self) -> int:
        return list(Head).index(self)

    @property
    def is_hidden(self) -> bool:
        return self in (Head.UNIT_CODE, Head.INDICATOR_CODE, Head.TASK_CODE)


WIDTHS = {
    Head.NUMBER: 5,
    Head.UNIT: 16,
    Head.INDICATOR: 24,
    Head.POINTS: 7,
    Head.CRITERION: 42,
    Head.PROOF: 24,
    Head.MARK: 10,
    Head.FACT: 30,
}
"""In characters of the sheet's font."""
FORMAT = "reviewer-sheet-1"
"""What the hidden sheet begins with."""
IDENTITY_KEYS = ("format", "workbook", "year", "panel", "reviewer", "schemes")
