"""Made-up traits of the units: how well each works, how many people it has, who signs its forms.

The numbers say nothing about the real units; they are spread so that a table of results looks like one.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class UnitSample:
    quality: int
    """0-100: about what share of what it is asked for the unit does."""
    staff: int
    """在职职工; 0 for counties, whose form does not ask for it."""
    contact: str
    trend: tuple[int, int, int, int] = (-4, -1, 1, 2)
    """Added to the quality in 2022, 2023, 2024, 2025."""


REFORMED = (-30, -12, 4, 6)
"""The trend of a unit that failed in the first year and mended its ways."""

UNITS: dict[str, UnitSample] = {
    "zuzhibu": UnitSample(88, 76, "丁一鸣"),
    "xuanchuanbu": UnitSample(90, 68, "万小荷"),
    "fagaiwei": UnitSample(76, 118, "于立夏"),
    "jiaotiju": UnitSample(95, 132, "文思齐"),
    "kejiju": UnitSample(92, 64, "方致远"),
    "gongxinju": UnitSample(82, 96, "尹㛃", REFORMED),
    "minzhengju": UnitSample(80, 72, "邓清和"),
    "caizhengju": UnitSample(90, 146, "龙书恒"),
    "rensheju": UnitSample(87, 158, "卢景行"),
    "ziranziyuanju": UnitSample(77, 164, "叶知秋"),
    "shengtaihuanjingju": UnitSample(84, 138, "付望舒"),
    "nongyenongcunju": UnitSample(94, 186, "冯稼轩"),
    "xiangcunzhenxingju": UnitSample(80, 52, "成向阳"),
    "wenguangxinlvju": UnitSample(81, 142, "吕知音"),
    "weijianwei": UnitSample(95, 126, "朱安康"),
    "yingjiguanliju": UnitSample(89, 108, "任平安"),
    "shichangjianguanju": UnitSample(73, 212, "刘守衡"),
    "tongjiju": UnitSample(81, 58, "江若数"),
    "linyeju": UnitSample(83, 98, "林䶮"),
    "qixiangju": UnitSample(92, 54, "阳晓雨"),
    "kexueyuan": UnitSample(88, 112, "严格致"),
    "zhiyexueyuan": UnitSample(80, 486, "李授衣"),
    "youshizhuan": UnitSample(86, 352, "杨青蓝"),
    "zonggonghui": UnitSample(76, 46, "吴勤工"),
    "tuanshiwei": UnitSample(91, 32, "何青禾"),
    "fulian": UnitSample(89, 30, "余婉清"),
    "kexie": UnitSample(93, 42, "陈知行"),
    "shelian": UnitSample(72, 28, "罗博文"),
    "yuanzhou": UnitSample(92, 0, "周远"),
    "zhangshu": UnitSample(89, 0, "胡本草"),
    "fengcheng": UnitSample(93, 0, "钟鸣剑"),
    "gaoan": UnitSample(89, 0, "郭青花"),
    "fengxin": UnitSample(84, 0, "黄开物"),
    "wanzai": UnitSample(80, 0, "彭百合"),
    "shanggao": UnitSample(86, 0, "曾镜山"),
    "yifeng": UnitSample(85, 0, "谢竹声"),
    "jingan": UnitSample(91, 0, "蔡白茶"),
    "tonggu": UnitSample(74, 0, "熊定江"),
    "jingkaiqu": UnitSample(77, 0, "潘锂"),
    "yiyang": UnitSample(67, 0, "魏宜阳"),
    "mingyueshan": UnitSample(76, 0, "袁泉"),
}

REVIEWERS: dict[str, int] = {"陈䶮（示例）": 1, "李㛃（示例）": -2, "王维桢（示例）": 0}
"""Made-up reviewers, two with rare characters in their names, and how much each is above or below the others."""

ZONES = ("jingkaiqu", "yiyang", "mingyueshan")
"""What is no county: neither a venue nor an application as 全国科普示范县 is asked of them."""

COUNSELLORS_QUOTA: dict[str, int] = {
    "yuanzhou": 45, "zhangshu": 30, "fengcheng": 45, "gaoan": 40, "fengxin": 18, "wanzai": 24, "shanggao": 22,
    "yifeng": 18, "jingan": 12, "tonggu": 12, "jingkaiqu": 14, "yiyang": 12, "mingyueshan": 8,
}  # fmt: skip
"""How the city shares out its 300 counsellors a year."""

FARMERS_QUOTA: dict[str, int] = {
    "yuanzhou": 1050, "zhangshu": 760, "fengcheng": 1200, "gaoan": 1050, "fengxin": 500, "wanzai": 680, "shanggao": 560,
    "yifeng": 500, "jingan": 330, "tonggu": 310, "jingkaiqu": 200, "yiyang": 160, "mingyueshan": 200,
}  # fmt: skip
"""How the city shares out 7,500 person-times a year, a quarter of 30,000."""

VENUE_SINCE: dict[str, int] = {
    "yuanzhou": 2022, "zhangshu": 2022, "fengcheng": 2022, "gaoan": 2022, "jingan": 2023, "shanggao": 2023,
    "fengxin": 2024, "yifeng": 2024, "wanzai": 2025,
}  # fmt: skip
"""First year in which a county has a themed venue; the plan asks none of the zones."""

COLLECTING: dict[str, int] = {
    "fagaiwei": 50, "minzhengju": 30, "wenguangxinlvju": 60, "shichangjianguanju": 0, "linyeju": 70, "zonggonghui": 0,
    "wanzai": 0, "tonggu": 0, "yiyang": 0,
}  # fmt: skip
"""Units whose forms of 2025 are not all in: about what share, in percent, of their task forms is."""
