"""Made-up yearly goals of the plan's tasks: in what they are counted, how much is asked, what is handed in as proof.

Nothing here is the plan's: it names goals for two tasks only (A1.6: 300 counsellors a year, A2.2: 30,000 person-times
in four years), and the goals below share those out among the responsible units.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class TaskSample:
    measure: str
    lead: int
    """Asked of a unit that leads the task's section."""
    participant: int
    deed: str
    """What is counted, as a note on a form names it."""
    proofs: tuple[str, ...]
    """Titles of evidence."""
    by_unit: dict[str, int] = field(default_factory=dict)
    """Unit code -> what is asked of it, where it is neither of the two figures; the same every year."""


TASKS: dict[str, TaskSample] = {
    "A1.1": TaskSample("场次", 60, 12, "校园科普节和心理健康科普活动", ("校园科普节方案", "活动照片")),
    "A1.2": TaskSample("场次", 20, 10, "大学生科普和创新竞赛活动", ("竞赛通知", "获奖名单")),
    "A1.3": TaskSample("人", 400, 80, "参加科技创新大赛和英才培养的青少年", ("参赛名册", "青年人才储备库名单")),
    "A1.4": TaskSample("场次", 40, 12, "农村学校课外科技活动", ("活动安排表", "活动照片")),
    "A1.5": TaskSample("场次", 30, 6, "馆校合作和科技人员进校园活动", ("进校园活动记录", "活动照片")),
    "A1.6": TaskSample(
        "人", 180, 30, "科技辅导员", ("科技辅导员培训通知", "培训签到册"),
        {"jiaotiju": 180, "kexie": 60, "zhiyexueyuan": 30, "youshizhuan": 30},
    ),
    "A2.1": TaskSample("场次", 30, 8, "下乡科普宣传活动", ("活动方案", "活动照片")),
    "A2.2": TaskSample(
        "人次", 5000, 400, "农业从业人员培训", ("培训计划", "培训签到册"),
        {
            "nongyenongcunju": 5000, "xiangcunzhenxingju": 800, "rensheju": 700, "linyeju": 600, "fulian": 500,
            "kexie": 400, "kexueyuan": 200,
        },
    ),
    "A2.3": TaskSample("次", 60, 12, "科技特派员和专家下乡服务", ("服务记录", "科技小院台账")),
    "A2.4": TaskSample("场次", 24, 8, "脱贫村实用技术培训", ("培训通知", "培训签到册")),
    "A3.1": TaskSample("场次", 12, 4, "劳模精神和工匠精神宣讲", ("宣讲安排", "宣传报道")),
    "A3.2": TaskSample("项", 10, 3, "职业技能竞赛和创新工作室建设", ("竞赛通知", "命名文件")),
    "A3.3": TaskSample("人次", 8000, 600, "职业技能和安全健康培训", ("培训台账", "补贴发放表")),
    "A3.4": TaskSample("场次", 6, 4, "企业家轮训和新业态从业人员科普", ("轮训通知", "参训名单")),
    "A4.1": TaskSample("场次", 20, 8, "老年人智能技术培训", ("课程表", "培训照片")),
    "A4.2": TaskSample("场次", 40, 10, "老年健康讲堂和宣传活动", ("健康讲堂记录", "活动照片")),
    "A4.3": TaskSample("场次", 12, 5, "银龄科普志愿活动", ("志愿者名册", "活动记录")),
    "A5.1": TaskSample("期", 6, 3, "新发展理念和科学素质专题学习", ("中心组学习记录", "学习材料目录")),
    "A5.2": TaskSample("期", 8, 3, "干部和公务员科学素质培训班", ("教学计划", "培训班通知")),
    "P1.1": TaskSample("项", 3, 2, "科技资源科普化制度和措施", ("制度文件", "工作总结")),
    "P1.2": TaskSample("件", 10, 4, "由科研成果转化的科普作品", ("作品清单", "作品链接")),
    "P1.3": TaskSample("场次", 8, 4, "科学家精神宣讲和展示", ("宣讲安排", "展项照片")),
    "P2.1": TaskSample("件", 40, 8, "原创科普作品", ("作品清单", "资助文件")),
    "P2.2": TaskSample("篇", 240, 48, "科普专题报道", ("报道目录", "栏目截图")),
    "P2.3": TaskSample("篇", 300, 60, "科普平台信息", ("平台后台统计", "推送截图")),
    "P3.1": TaskSample("项", 3, 2, "科普设施规划和登记、年报工作", ("规划文本节选", "年报汇总表")),
    "P3.2": TaskSample("项", 4, 2, "科普场馆体系建设事项", ("项目批复", "工程进度照片")),
    "P3.3": TaskSample("个", 8, 2, "新建或复核的科普基地", ("基地名单", "复核报告")),
    "P4.1": TaskSample("场次", 12, 6, "应急科普宣教活动", ("应急科普方案", "活动照片")),
    "P4.2": TaskSample("人", 300, 40, "新注册科技志愿者", ("志愿服务平台截图", "志愿者名册")),
    "P4.3": TaskSample("场次", 30, 8, "科普日、科技活动周等主题活动", ("活动总结", "活动照片")),
    "P4.4": TaskSample("人", 120, 20, "受训的专兼职科普人员", ("培训通知", "培训签到册")),
    "P5.1": TaskSample("次", 6, 2, "对外科技人文交流", ("交流方案", "合作协议")),
    "P5.2": TaskSample("次", 4, 2, "对外科普合作和学术交流", ("会议通知", "交流总结")),
}  # fmt: skip
