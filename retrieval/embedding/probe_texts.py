"""Texts by which a converted model is compared with its original."""

from __future__ import annotations

TEXTS = (
    "年假",
    "员工每年可以休多少天年假？",
    "住宿费在上限内凭发票据实报销，每人每晚不超过六百元。",
    "HL-400 型过滤器每九十天更换一次滤芯，更换前请关闭主阀并释放压力。",
    "第三条 出差申请须提前三个工作日提交，由部门经理和财务负责人共同批准。",
    "二〇二五年公司营业收入为12.6亿元，同比增长8.4%，净利润1.1亿元。",
    "| 城市 | 员工 | 经理 |\n|---|---|---|\n| 北京 | 600 | 750 |\n| 杭州 | 450 | 550 |",
    "本制度自发布之日起施行，由人力资源部负责解释。" * 30,
    "leave",
    "How many days of leave do I have in my first year?",
    "Hotels cost at most 90 euros a night; keep the invoice and hand it in within a month.",
    "The pump must be switched off and cooled down before anybody opens the housing.",
    "Revenue rose by 8.4 % to 126 million in 2025, while costs stayed as they were.",
    "def total(rows):\n    return sum(row.price * row.count for row in rows)",
    "Mr. O'Neill (sales@example.com) asked for items #12, #13 & #14 — délivré à Zürich.",
    "Visitors sign in at the desk, wear their badge and leave through the same door. " * 30,
)
