"""Where something lies in a scheme, in words: the same on screens, in files and on the command line."""

from __future__ import annotations

from assessor.domain.scheme_soundness import Part

_WORDS = {
    Part.SCHEME: "总则",
    Part.CATEGORY: "一级指标",
    Part.INDICATOR: "指标",
    Part.FIGURE: "填报项",
    Part.GRADE: "等次",
    Part.QUOTA: "优秀名额",
    Part.ROLE_FACTORS: "责任系数",
    Part.BONUS: "加分",
    Part.DEDUCTION: "扣分",
    Part.VETO: "一票否决",
}

_WRITTEN = (
    ("[[category.indicator]]", "二级指标"),
    ("请在 [[figure]] 中补上", "请在“填报项”中补上"),
    ("一致（unit 或 task）", "一致（按单位或按任务）"),
    ('scope = "task"', "按任务"),
    ('scope = "unit"', "按单位"),
    ("或用 target、target_figure 写目标值", "或把目标改为数字、填报项"),
    ("tie_break ", "同分排序"),
    ("tie_break", "同分排序"),
    (" category_share ", "各类得分率"),
    ("category_share", "各类得分率"),
    (" minimum = 0", "写 0 分"),
    (" minimum ", "最低分"),
    ("最低覆盖率 min_coverage", "最低覆盖率"),
    ("小数位数 decimals ", "小数位数"),
    (" decimals ", "小数位数"),
    ("满分 full_marks", "满分"),
    ("一般写 full_marks = 100", "一般写 100"),
    ("名额比例 share ", "名额比例"),
    ("例如 lead = 1.2，participant = 1", "例如牵头 1.2，责任 1"),
    ("比例写成小数，例如 50% 写 0.5", "请填百分比，例如 50%"),
    ("比例写成小数，例如 60% 写 0.6", "请填百分比，例如 60%"),
    ("比例写成小数，例如 30% 写 0.3", "请填百分比，例如 30%"),
    (" scope ", "范围"),
    (" code", "代码"),
)
"""Of scheme files, and of the page; longer ones first."""


def part_words(part: Part) -> str:
    return _WORDS[part]


def office_words(text: str) -> str:
    """A message of the check with the names of scheme files put into the words that the page has for them."""
    for written, words in _WRITTEN:
        text = text.replace(written, words)
    return text


def place_words(part: Part, code: str) -> str:
    """``指标 1.2``; the part alone where no item of it is meant."""
    return f"{_WORDS[part]} {code}".strip()
