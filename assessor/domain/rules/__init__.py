"""The rule kinds (评分规则): one file each, registered here by one line."""

from __future__ import annotations

from typing import Any

from assessor.domain.rules.bands import Bands
from assessor.domain.rules.checklist import Checklist
from assessor.domain.rules.count import Count
from assessor.domain.rules.deduct import Deduct
from assessor.domain.rules.direct import Direct
from assessor.domain.rules.judgement import Judgement
from assessor.domain.rules.levels import Levels
from assessor.domain.rules.rank import Rank
from assessor.domain.rules.ratio import Ratio
from assessor.domain.rules.rule import Rule
from assessor.domain.rules.timeliness import Timeliness
from assessor.domain.table_reader import TableReader

_KINDS: tuple[type[Rule], ...] = (
    Ratio,
    Bands,
    Checklist,
    Count,
    Deduct,
    Rank,
    Timeliness,
    Judgement,
    Levels,
    Direct,
)

RULES: dict[str, type[Rule]] = {rule.kind: rule for rule in _KINDS}
"""By the name in scheme files."""


def read_rule(table: TableReader) -> Rule:
    """A rule from its table: ``kind`` and the kind's parameters. Raises SchemeError naming place and remedy."""
    kind = table.text("kind")
    if kind not in RULES:
        known = "、".join(f"{rule.kind}（{rule.label}）" for rule in RULES.values())
        raise table.fail(f"不认识的评分规则“{kind}”", f"可用的规则有：{known}", key="kind")
    rule = RULES[kind].read(table)
    table.finish()
    return rule


def rule_table(rule: Rule) -> dict[str, Any]:
    """The inverse of ``read_rule``."""
    return {"kind": rule.kind, **rule.params()}
