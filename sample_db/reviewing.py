"""Made-up review of a year: the objection period, appeals and what was decided, second scores, ticks and notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assessor.domain.appeal import AppealKind, Publicity

PUBLICITY: dict[int, Publicity] = {
    2022: Publicity(date(2023, 1, 9), date(2023, 1, 13)),
    2023: Publicity(date(2024, 1, 8), date(2024, 1, 12)),
    2024: Publicity(date(2025, 1, 10), date(2025, 1, 16)),
}


@dataclass(frozen=True)
class Filed:
    """An appeal and what came of it."""

    unit: str
    indicator: str | None
    kind: AppealKind
    filed_on: date
    filed_by: str
    claim: str
    decided_on: date
    decision: str
    change: Decimal | None = None
    """Added to the score where it is upheld; None: it is rejected."""


_APPEAL, _OBJECTION = AppealKind.APPEAL, AppealKind.OBJECTION

APPEALS: dict[int, tuple[Filed, ...]] = {
    2022: (
        Filed(
            "gongxinju", "4.5", _APPEAL, date(2023, 1, 10), "市工信局（示例）",
            "两项督查问题已于年底前整改到位，申请不扣分（示例）", date(2023, 1, 13),
            "整改完成日期晚于规定期限，按细则仍应扣分（示例）",
        ),
    ),
    2024: (
        Filed(
            "shelian", "3.5", _APPEAL, date(2025, 1, 13), "市社科联（示例）",
            "漏计省级媒体刊发稿件 1 件，附刊发版面（示例）", date(2025, 1, 16),
            "单位申诉漏计省级媒体刊发稿件 1 件，经核实予以认可（示例）", Decimal(1),
        ),
        Filed(
            "fagaiwei", "4.5", _APPEAL, date(2025, 1, 14), "市发改委（示例）",
            "督查问题已在期限后一周整改完毕，申请不扣分（示例）", date(2025, 1, 16),
            "整改完成日期晚于规定期限，按细则仍应扣分（示例）",
        ),
        Filed(
            "yiyang", None, _OBJECTION, date(2025, 1, 15), "群众来信（示例）",
            "反映一场应急科普活动只摆拍未开展（示例）", date(2025, 1, 16),
            "经查阅签到册、照片并电话回访，活动属实，维持原结果（示例）",
        ),
    ),
}  # fmt: skip

SECOND_SCORER = "市社科联复评员（示例）"
SECOND_SCORES: dict[int, tuple[tuple[str, str, Decimal], ...]] = {
    2022: (("kexie", "4.6", Decimal("-0.2")), ("kexie", "4.7", Decimal("-0.1"))),
    2023: (("kexie", "4.6", Decimal("-0.1")), ("kexie", "4.7", Decimal(0))),
    2024: (("kexie", "4.6", Decimal("-0.2")), ("kexie", "4.7", Decimal("-0.3"))),
}
"""Year -> unit, indicator, and by how much the second score differs from the office's."""

LOOKED_AT: dict[int, dict[str, str]] = {
    2024: {
        "host": "已由市社科联复评，差距在允许范围内（示例）",
        "extreme": "已向评委核实，补充了书面说明（示例）",
        "self": "已与单位核对，以考核得分为准（示例）",
        "event_evidence": "原件存市督查室（示例）",
        "late": "报送前已电话说明，按期限扣分（示例）",
    },
}
"""Year -> topic -> the note with which everything of the topic was ticked off."""

CHECKED_ON: dict[int, date] = {2024: date(2025, 1, 10)}

NOTES: dict[int, tuple[tuple[str, str, str], ...]] = {
    2024: (
        ("kexie", "", "领导小组办公室所在单位，自评打分项须另请人复评（示例）"),
        ("zhiyexueyuan", "3.2", "寒假前补核活动台账，与校办确认面向公众的场次（示例）"),
        ("tongjiju", "", "全年只有一项任务，联系人 12 月刚调整（示例）"),
    ),
    2025: (
        ("shengtaihuanjingju", "", "来电询问 P5.2 是否可以不考核，已请其在填报表中写明理由（示例）"),
        ("linyeju", "4.5", "督查问题整改材料约定 12 月 20 日前送来（示例）"),
    ),
}
"""Year -> unit, indicator (empty: the unit at large), text."""
