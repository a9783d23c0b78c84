"""What the tables and columns of a workbook are called in the user's words, and on which page they are seen."""

from __future__ import annotations

from enum import Enum


class Area(Enum):
    """A part of the office's work, as the window's pages divide it; the value is its title."""

    YEAR = "年度"
    TASK = "任务"
    UNIT = "单位"
    FORM = "填报"
    MARK = "评分"
    ENTRY = "加减分"
    REVIEW = "复核"
    SCHEME = "细则"
    TARGET = "目标监测"
    EVIDENCE = "佐证"
    SEAL = "定稿"
    SETTINGS = "设置"


_TABLES: dict[str, tuple[Area, str]] = {
    "year": (Area.YEAR, "年度"),
    "year_preference": (Area.YEAR, "年度设置"),
    "publicity": (Area.REVIEW, "公示期"),
    "plan": (Area.TASK, "实施方案"),
    "section": (Area.TASK, "行动或工程"),
    "section_lead": (Area.TASK, "牵头单位"),
    "task": (Area.TASK, "任务"),
    "task_unit": (Area.TASK, "任务的责任单位"),
    "schedule_item": (Area.TASK, "进度安排"),
    "requirement": (Area.TASK, "工作要求"),
    "assignment": (Area.TASK, "下达的任务"),
    "annual_requirement": (Area.TASK, "年度要求"),
    "unit_group": (Area.UNIT, "考核组别"),
    "unit": (Area.UNIT, "单位"),
    "unit_alias": (Area.UNIT, "单位别名"),
    "unit_name": (Area.UNIT, "单位更名"),
    "unit_contact": (Area.UNIT, "联系人"),
    "succession": (Area.UNIT, "单位合并或拆分"),
    "note": (Area.UNIT, "备注"),
    "submission": (Area.FORM, "填报表"),
    "submission_figure": (Area.FORM, "填报数据"),
    "reviewer": (Area.MARK, "评委"),
    "mark": (Area.MARK, "评委评分"),
    "mark_fact": (Area.MARK, "评分事实依据"),
    "reviewer_unit": (Area.MARK, "评委所在单位"),
    "reviewer_assignment": (Area.MARK, "评委分工"),
    "second_score": (Area.REVIEW, "复评"),
    "award": (Area.MARK, "考核办评分"),
    "self_score": (Area.MARK, "自评分"),
    "not_applicable": (Area.MARK, "不涉及的指标"),
    "event": (Area.ENTRY, "加减分事项"),
    "exemption": (Area.REVIEW, "不参评"),
    "adjustment": (Area.REVIEW, "复核调整"),
    "appeal": (Area.REVIEW, "申诉和异议"),
    "review_check": (Area.REVIEW, "已核事项"),
    "scheme": (Area.SCHEME, "细则"),
    "role_factor": (Area.SCHEME, "责任系数"),
    "category": (Area.SCHEME, "考核类别"),
    "indicator": (Area.SCHEME, "指标"),
    "grade": (Area.SCHEME, "等次"),
    "entry_kind": (Area.SCHEME, "加减分项"),
    "veto_kind": (Area.SCHEME, "一票否决项"),
    "figure": (Area.SCHEME, "填报项目"),
    "scheme_version": (Area.SCHEME, "细则版本"),
    "scheme_draft": (Area.SCHEME, "细则草稿"),
    "target": (Area.TARGET, "规划目标"),
    "observation": (Area.TARGET, "监测值"),
    "evidence": (Area.EVIDENCE, "佐证材料"),
    "evidence_file": (Area.EVIDENCE, "佐证文件"),
    "seal": (Area.SEAL, "定稿"),
    "settings": (Area.SETTINGS, "工作簿设置"),
    "preference": (Area.SETTINGS, "选项"),
}

_COLUMNS: dict[str, str] = {
    "added": "存入时间",
    "addressee": "主送机关",
    "adjustment": "复核调整",
    "alias": "别名",
    "backup_folder": "备份文件夹",
    "base": "目标值（确保）",
    "cap": "上限",
    "category": "类别",
    "category_share": "各类最低得分率",
    "ceiling": "总分上限",
    "checked_by": "核对人",
    "checked_on": "核对日期",
    "city": "城市",
    "claim": "申诉内容",
    "code": "代码",
    "collection_closed": "收集已截止",
    "content": "考核内容",
    "criterion": "评分标准",
    "dated": "材料日期",
    "deadline": "期限",
    "decided_by": "决定人",
    "decided_on": "决定日期",
    "decimals": "小数位数",
    "decision": "处理意见",
    "description": "说明",
    "digest": "校验码",
    "document_number": "文号",
    "duty": "职务",
    "ends": "止",
    "engine_version": "计分程序版本",
    "event": "事项",
    "evidence": "佐证说明",
    "evidence_key": "佐证材料密钥",
    "evidence_limit": "单个佐证文件上限",
    "factor": "系数",
    "figure": "填报项目",
    "filed_by": "提出人",
    "filed_on": "提出日期",
    "first_submitted_on": "首次报送日期",
    "first_year": "起始年度",
    "form": "填报表",
    "from_year": "起始年度",
    "frozen_at": "定版时间",
    "frozen_by": "定版人",
    "full_marks": "满分",
    "group_code": "组别",
    "happened_on": "发生日期",
    "indicator": "指标",
    "is_default": "默认细则",
    "is_sample": "示例数据",
    "issued": "印发日期",
    "key": "编号",
    "kind": "种类",
    "last_year": "截止年度",
    "level": "档次",
    "limit_grade": "最高等次",
    "matter": "事项",
    "measure": "计量单位",
    "min_coverage": "最低覆盖率",
    "minimum": "最低分",
    "name": "名称",
    "new_score": "调整后得分",
    "not_applicable": "不涉及",
    "note": "备注",
    "noted_by": "记录人",
    "noted_on": "记录日期",
    "number": "序号",
    "occurrences": "次数",
    "office": "考核办",
    "old_score": "调整前得分",
    "packed": "定稿全文",
    "panel": "评委组",
    "percentage": "档内百分比",
    "phone": "电话",
    "points": "分值",
    "position": "排列顺序",
    "proof": "考核依据",
    "quota_rounding": "优秀名额取整",
    "quota_share": "优秀名额比例",
    "quota_tie": "名额末位并列",
    "reason": "理由",
    "received": "收到日期",
    "return_reason": "退回原因",
    "reviewer": "评委",
    "revision": "次数",
    "role": "责任",
    "rule": "评分规则",
    "scope": "填报和计分范围",
    "scorer": "复评人",
    "sealed_at": "定稿时间",
    "sealed_by": "定稿人",
    "section": "行动或工程",
    "shared_by": "分享单位数",
    "short_name": "简称",
    "size": "大小",
    "source": "来源",
    "stage": "阶段",
    "stage_before": "定稿前阶段",
    "starts": "起",
    "state": "状态",
    "stretch": "力争值",
    "subject": "对象",
    "submitted_on": "报送日期",
    "successor": "并入单位",
    "summary": "内容",
    "target": "目标值",
    "task": "任务",
    "text": "内容",
    "tie_break": "同分排序",
    "title": "名称",
    "topic": "核对事项",
    "unit": "单位",
    "unseal_reason": "解除定稿的理由",
    "unsealed_at": "解除定稿时间",
    "unsealed_by": "解除定稿人",
    "valid_from": "起始年度",
    "valid_to": "截止年度",
    "value": "值",
    "version": "版本",
    "weight": "权重",
    "year": "年度",
}
_OWN_TITLES: dict[tuple[str, str], str] = {
    ("mark", "value"): "评分",
    ("award", "points"): "核定得分",
    ("self_score", "points"): "自评分",
    ("observation", "value"): "监测值",
    ("observation", "target"): "规划目标",
    ("figure", "title"): "填报项目",
    ("evidence_file", "name"): "文件名",
    ("year", "deadline"): "填报截止日期",
    ("scheme", "not_applicable"): "缺项办法",
    ("not_applicable", "reason"): "不涉及的理由",
    ("exemption", "reason"): "不参评的理由",
    ("preference", "key"): "选项",
    ("year_preference", "key"): "选项",
    ("note", "text"): "备注",
    ("mark_fact", "text"): "事实依据",
    ("annual_requirement", "text"): "年度要求",
    ("succession", "successor"): "承接单位",
    ("second_score", "points"): "复评得分",
    ("scheme_version", "content"): "细则全文",
    ("scheme_draft", "content"): "细则全文",
    ("unit_contact", "name"): "姓名",
    ("event", "code"): "加减分项",
}
"""Where a column means something else than elsewhere."""


def table_title(table: str) -> str:
    return _TABLES[table][1] if table in _TABLES else table


def area_of(table: str) -> Area:
    """A table that this program does not know belongs to the settings."""
    return _TABLES[table][0] if table in _TABLES else Area.SETTINGS


def tables_of(area: Area) -> frozenset[str]:
    return frozenset(table for table, (found, _title) in _TABLES.items() if found is area)


def column_title(table: str, column: str) -> str:
    return _OWN_TITLES.get((table, column)) or _COLUMNS.get(column, column)
