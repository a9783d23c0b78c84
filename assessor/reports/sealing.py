"""What a document says of a year's seals: when and by which digest it is sealed, where a seal was undone and why, and
what the program computes otherwise today."""

from __future__ import annotations

from assessor.domain.result_lines import UNIT
from assessor.domain.seal import Difference, SealRecord, grouped, short
from assessor.domain.year_view import YearView
from assessor.reports.wording import day, sentence

_NAMED = 5
"""Units whose totals are named one by one."""
_ABOUT = (
    "它由细则、填报、评分、佐证和结果的全部内容算出，其中任何一处有改动，校验码即不同；"
    "在本程序“工具 > 核验定稿…”中输入校验码或其前16位即可核对。"
)


def foot_line(view: YearView) -> str:
    """At the foot of every page."""
    return f"定稿校验码 {short(view.seal.digest)}" if view.seal else "未定稿"


def seal_sentence(view: YearView) -> str:
    """Whether the results are final, in one sentence."""
    seal = view.seal
    if seal is None:
        return f"本年度考核处于{view.year.stage.label}阶段，考核结果尚未定稿。"
    times = f"（第{seal.number}次定稿）" if seal.number > 1 else ""
    return f"本年度考核结果已于{day(seal.sealed_at.date())}定稿{times}。"


def seal_texts(view: YearView, unit: str | None = None) -> list[str]:
    """Paragraphs on digest, undone seals and what of the year or of one unit is computed otherwise; none of a year that
    was never sealed."""
    texts = []
    if view.seal is not None:
        texts.append(f"定稿校验码（SHA-256）：{grouped(view.seal.digest)}。{'' if unit else _ABOUT}")
    texts += [_undone(seal) for seal in view.undone_seals]
    return texts + _recomputed(view, unit)


def _recomputed(view: YearView, unit: str | None) -> list[str]:
    found = [item for item in view.recomputed if unit is None or item.key[0] == unit]
    if not found or view.seal is None:
        return []
    names = {code: known.short_name for code, known in view.plan.unit_by_code.items()}
    totals = [text for item in found if item.kind == UNIT and (text := _total(item, names))]
    more = f"等{len(totals)}个单位" if len(totals) > _NAMED else ""
    listed = f"：{'；'.join(totals[:_NAMED])}{more}" if totals else ""
    return [
        f"所列为定稿结果（计分程序版本{view.seal.engine_version}）。"
        + sentence(f"以现行计分程序重算，有{len(found)}处与定稿结果不同{listed}")
        + "定稿结果没有因此改动。"
    ]


def _undone(seal: SealRecord) -> str:
    opened = seal.unsealed_at
    assert opened is not None
    return sentence(
        f"本年度曾于{day(seal.sealed_at.date())}第{seal.number}次定稿（校验码 {short(seal.digest)}），"
        f"于{day(opened.date())}解除定稿，原因：{seal.unseal_reason}"
    )


def _total(item: Difference, names: dict[str, str]) -> str:
    before, after = item.before or {}, item.after or {}
    name = names.get(str(item.key[0]), str(item.key[0]))
    if before.get("total") == after.get("total"):
        return ""
    return f"{name}定稿总分{before.get('total', '无')}，重算{after.get('total', '无')}"
