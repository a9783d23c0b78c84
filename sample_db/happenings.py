"""Made-up decisions of the office, one entry each: events, what does not apply, exemptions, adjustments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assessor.domain.facts import AdjustmentKind, EventKind
from sample_db.unit_data import ZONES


@dataclass(frozen=True)
class Happening:
    unit: str
    kind: EventKind
    code: str
    """As in the scheme; of an occurrence, the indicator."""
    day: date
    matter: str
    reason: str
    points: str = "0"
    shared_by: int = 1
    occurrences: int = 1
    evidence: str = ""


@dataclass(frozen=True)
class Decision:
    """An adjustment as decided; the old score is the engine's."""

    unit: str
    indicator: str
    kind: AdjustmentKind
    change: Decimal
    """Added to the old score; the new one stays within 0 and the indicator's points."""
    reason: str
    day: date


def _award(unit: str, day: date, matter: str, points: str) -> Happening:
    """``points`` by who commends: 2 the state, 1 the province, 0.5 the city."""
    by = {"2": "国家级", "1": "省级", "0.5": "市级"}[points]
    reason = f"获{by}表彰（示例）"
    return Happening(
        unit, EventKind.BONUS, "award", day, f"{matter}（示例）", reason, points, evidence="表彰文件（示例）"
    )


def _experience(units: tuple[str, ...], day: date, matter: str) -> tuple[Happening, ...]:
    """One achievement of all ``units``: each gets its part."""
    together = f"，由 {len(units)} 个单位共同取得" if len(units) > 1 else ""
    reason = f"在省级会议上作经验交流{together}（示例）"
    kind, proof = EventKind.BONUS, "会议材料（示例）"
    return tuple(
        Happening(unit, kind, "experience", day, f"{matter}（示例）", reason, "1", len(units), evidence=proof)
        for unit in units
    )


def _criticism(unit: str, day: date, reason: str, points: str = "1") -> Happening:
    kind, proof = EventKind.DEDUCTION, "通报文件（示例）"
    return Happening(unit, kind, "criticism", day, "市级通报批评（示例）", f"{reason}（示例）", points, evidence=proof)


def _overdue(unit: str, indicator: str, day: date, reason: str, times: int = 1) -> Happening:
    kind, proof = EventKind.OCCURRENCE, "整改台账（示例）"
    return Happening(
        unit, kind, indicator, day, "督查整改（示例）", f"{reason}（示例）", occurrences=times, evidence=proof
    )


HAPPENINGS: dict[int, tuple[Happening, ...]] = {
    2022: (
        _award("kexie", date(2022, 11, 18), "全国科普日组织工作", "1"),
        _award("kexie", date(2022, 12, 2), "全国科普日组织工作", "0.5"),
        _award("jiaotiju", date(2022, 10, 20), "青少年科技创新大赛组织工作", "1"),
        _award("weijianwei", date(2022, 11, 8), "健康科普作品大赛", "0.5"),
        *_experience(("jiaotiju", "tuanshiwei", "kexie"), date(2022, 9, 15), "馆校合作的做法"),
        *_experience(("fengcheng",), date(2022, 8, 26), "乡村科普阵地建设的做法"),
        _criticism("gongxinju", date(2022, 10, 12), "科普工作长期无人负责，多次催办未落实"),
        _overdue("gongxinju", "4.5", date(2022, 11, 1), "两项督查问题逾期未整改", 2),
        _overdue("shelian", "4.5", date(2022, 11, 1), "一项督查问题逾期未整改"),
        _overdue("yiyang", "6.2", date(2022, 11, 3), "两项督查问题逾期未整改", 2),
    ),
    2023: (
        _award("nongyenongcunju", date(2023, 10, 27), "高素质农民培育工作", "1"),
        _award("weijianwei", date(2023, 11, 9), "老年健康宣传周工作", "1"),
        _award("yuanzhou", date(2023, 12, 6), "全国科普日优秀活动", "2"),
        _award("qixiangju", date(2023, 5, 22), "气象科普作品", "0.5"),
        *_experience(("kejiju", "kexueyuan", "kexie"), date(2023, 9, 21), "科技资源科普化的做法"),
        *_experience(("jingan",), date(2023, 7, 14), "银龄科普志愿服务的做法"),
        _criticism("yiyang", date(2023, 11, 15), "应急科普宣教工作滞后"),
        Happening(
            "wenguangxinlvju", EventKind.VETO, "falsified", date(2023, 12, 22), "培训签到册不实（示例）",
            "任务 A4.1 的培训签到册有 3 期与实际不符，经核查属实（示例）", evidence="核查报告（示例）",
        ),
        _overdue("shichangjianguanju", "4.5", date(2023, 11, 6), "一项督查问题逾期未整改"),
        _overdue("tonggu", "6.2", date(2023, 11, 6), "一项督查问题逾期未整改"),
    ),
    2024: (
        _award("kexie", date(2024, 11, 20), "科普信息化建设工作", "1"),
        _award("kexie", date(2024, 12, 3), "科普信息化建设工作", "0.5"),
        _award("gongxinju", date(2024, 10, 16), "企业科普开放活动", "0.5"),
        _award("fulian", date(2024, 9, 12), "家庭科学教育活动", "1"),
        _award("zhangshu", date(2024, 10, 30), "中医药科普活动", "1"),
        *_experience(("weijianwei", "yingjiguanliju", "qixiangju"), date(2024, 6, 19), "应急科普联动的做法"),
        *_experience(("nongyenongcunju",), date(2024, 8, 8), "科技小院服务乡村的做法"),
        _criticism("zonggonghui", date(2024, 10, 11), "年度科普统计数据两次报送有误"),
        _overdue("fagaiwei", "4.5", date(2024, 11, 4), "一项督查问题逾期未整改"),
        _overdue("yiyang", "6.2", date(2024, 11, 4), "一项督查问题逾期未整改"),
    ),
    2025: (
        _award("jiaotiju", date(2025, 9, 26), "科学教育实验区建设工作", "1"),
        *_experience(("kejiju", "kexie"), date(2025, 10, 17), "科学家精神宣讲的做法"),
        _overdue("linyeju", "4.5", date(2025, 10, 31), "一项督查问题逾期未整改"),
    ),
}  # fmt: skip

_NO_TRAVEL = "受疫情影响，当年对外交流活动取消（示例）"
_ONE_ORGANIZER = "当年技能竞赛由市总工会统一承办（示例）"

TASKS_LEFT_OUT: dict[int, dict[tuple[str, str], str]] = {
    2022: {
        ("ziranziyuanju", "P5.2"): _NO_TRAVEL,
        ("qixiangju", "P5.2"): _NO_TRAVEL,
        ("fulian", "P5.2"): _NO_TRAVEL,
        ("tuanshiwei", "P5.1"): _NO_TRAVEL,
        ("caizhengju", "P3.2"): "市级科技馆项目当年未列入投资计划，没有经费安排任务（示例）",
    },
    2023: {
        ("tuanshiwei", "A3.2"): _ONE_ORGANIZER,
        ("linyeju", "A2.2"): "林农培训当年并入市农业农村局统一组织（示例）",
    },
    2024: {("kexueyuan", "A2.2"): "当年没有培训计划，经费调整用于科技小院（示例）"},
    2025: {("tuanshiwei", "A3.2"): _ONE_ORGANIZER},
}
"""Year -> (unit, task) -> the office's reason why the task does not apply."""

_NO_PUBLIC = "单位职能不直接面向公众举办活动，经研究不考核（示例）"
_PAID_FROM_ABOVE = "垂直管理单位，经费由上级核拨（示例）"

_NO_COUNTY = "方案只对县（市、区）提出，不考核功能区（示例）"
_ZONES = {(zone, indicator): _NO_COUNTY for zone in ZONES for indicator in ("3.1", "3.2")}
_NO_FARMERS = "景区没有农业从业人员培训任务（示例）"

INDICATORS_LEFT_OUT: dict[int, dict[tuple[str, str], str]] = {
    2022: {
        ("caizhengju", "3.2"): _NO_PUBLIC,
        ("caizhengju", "3.5"): _NO_PUBLIC,
        ("tongjiju", "3.2"): _NO_PUBLIC,
        ("qixiangju", "4.1"): _PAID_FROM_ABOVE,
        ("mingyueshan", "4.2"): _NO_FARMERS,
        **_ZONES,
    },
    2023: {
        ("tongjiju", "3.2"): _NO_PUBLIC,
        ("qixiangju", "4.1"): _PAID_FROM_ABOVE,
        ("mingyueshan", "4.2"): _NO_FARMERS,
        **_ZONES,
    },
    2024: {("tongjiju", "3.2"): _NO_PUBLIC, ("qixiangju", "4.1"): _PAID_FROM_ABOVE, **_ZONES},
    2025: {("qixiangju", "4.1"): _PAID_FROM_ABOVE, **_ZONES},
}
"""Year -> (unit, indicator) -> the office's reason why the indicator does not apply."""

EXEMPTIONS: dict[int, dict[str, str]] = {
    2023: {"xiangcunzhenxingju": "机构改革，年内职责划转，不参加年度考核（示例）"},
}

CLAIMS: dict[int, tuple[tuple[str, str], ...]] = {
    2025: (("shengtaihuanjingju", "P5.2"), ("rensheju", "P1.1")),
}
"""Year -> (unit, task) that the unit itself calls 不涉及, and the office has not yet ruled on."""

NEVER_SENT: dict[int, tuple[tuple[str, str], ...]] = {2024: (("tongjiju", "P3.1"),)}
"""Year -> (unit, task) whose form never came: the unit's only task, so that whole indicators are 未报."""

DECISIONS: dict[int, tuple[Decision, ...]] = {
    2024: (
        Decision(
            "zhiyexueyuan", "3.2", AdjustmentKind.REVIEW, Decimal(-1),
            "复核发现 1 场为校内教学活动，不计入面向公众的科普活动（示例）", date(2025, 1, 10),
        ),
    ),
}  # fmt: skip

DECIDED_BY = "考核复核小组（示例）"
