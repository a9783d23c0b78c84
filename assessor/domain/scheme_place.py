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


def part_words(part: Part) -> str:
    return _WORDS[part]


def place_words(part: Part, code: str) -> str:
    """``指标 1.2``; the part alone where no item of it is meant."""
    return f"{_WORDS[part]} {code}".strip()
