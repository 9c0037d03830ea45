"""Which of two editions of a document answers: twelve pairs, asked today and for an older year.

    python bench/edition_pairs.py [FOLDER]

Needs both models. Each pair is one rule with two figures. Asked plainly, the first statement has
to have the newer figure; asked for the older edition, the older one. All are in one library. A
FOLDER of other documents is added to it, for questions of one's own.
"""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401

import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from app.service import KnowledgeBase, build
from app.settings import load_settings
from llm.answer import Answer


class Pair(NamedTuple):
    """Two editions by file name and text; a question for the newer figure, and for the older."""

    older: tuple[str, str]
    newer: tuple[str, str]
    question: str
    figure: str
    asked_older: str
    older_figure: str


PAIRS = (
    Pair(
        ("travel-policy-2023.md", "# Travel Policy 2023\n\nA hotel costs at most 95 euros."),
        ("travel-policy-2025.md", "# Travel Policy 2025\n\nA hotel costs at most 130 euros."),
        "How much may a hotel cost on a trip?", "130",
        "How much could a hotel cost in 2023?", "95",
    ),
    Pair(
        (
            "visitor-rules-v1.md",
            "# Visitor Rules\n\nVersion 1.0\n\nVisitors register 3 days before they come.",
        ),
        (
            "visitor-rules-v2.md",
            "# Visitor Rules\n\nVersion 2.0\n\nVisitors register 1 day before they come.",
        ),
        "How many days before do visitors have to register?", "1 day",
        "How many days before did visitors have to register under version 1.0?", "3 days",
    ),
    Pair(
        (
            "parking-old.md",
            "# Parking Order\n\nIn force from 1 May 2021.\n\nA space costs 40 euros a month.",
        ),
        (
            "parking.md",
            "# Parking Order\n\nIn force from 1 March 2025.\n\nA space costs 55 euros a month.",
        ),
        "What does a parking space cost a month?", "55",
        "What did a parking space cost a month in 2022?", "40",
    ),
    Pair(
        (
            "canteen/prices-2024.md",
            "# Canteen Prices 2024\n\nThe lunch menu costs 6.20 euros for staff.",
        ),
        (
            "canteen/prices-2026.md",
            "# Canteen Prices 2026\n\nThe lunch menu costs 7.40 euros for staff.",
        ),
        "What does the lunch menu in the canteen cost for staff?", "7.40",
        "What did the lunch menu cost for staff in 2024?", "6.20",
    ),
    Pair(
        (
            "Password Standard (draft).md",
            "# Password Standard (draft)\n\nA password has at least 10 characters.",
        ),
        (
            "Password Standard.md",
            "# Password Standard\n\nA password has at least 14 characters.",
        ),
        "How many characters must a password have?", "14",
        "How many characters did the draft of the password standard ask for?", "10",
    ),
    Pair(
        (
            "training-budget-rev-A.txt",
            "Training Budget\nRevision A, 12 January 2024\n\nEach employee has 900 euros a year.",
        ),
        (
            "training-budget-rev-B.txt",
            "Training Budget\nRevision B, 9 February 2026\n\nEach employee has 1,200 euros a year.",
        ),
        "How much training budget does each employee have a year?", "1,200",
        "How much training budget did each employee have in 2024?", "900",
    ),
    Pair(
        ("差旅管理办法（2022版）.md", "# 差旅管理办法（2022版）\n\n出差住宿每晚不超过400元。"),
        ("差旅管理办法（2025版）.md", "# 差旅管理办法（2025版）\n\n出差住宿每晚不超过550元。"),
        "出差住宿每晚最多多少钱？", "550",
        "2022年出差住宿每晚最多多少钱？", "400",
    ),
    Pair(
        ("考勤制度V2.0.md", "# 考勤制度\n\n版本：V2.0\n\n每月迟到不超过5次的，不扣绩效。"),
        ("考勤制度V3.1.md", "# 考勤制度\n\n版本：V3.1\n\n每月迟到不超过2次的，不扣绩效。"),
        "每月迟到几次以内不扣绩效？", "2次",
        "按V2.0的考勤制度，每月迟到几次以内不扣绩效？", "5次",
    ),
    Pair(
        (
            "停车管理规定-旧.md",
            "# 停车管理规定\n\n自2021年5月1日起施行。\n\n员工车位每月收费150元。",
        ),
        (
            "停车管理规定.md",
            "# 停车管理规定\n\n自2024年7月1日起施行。\n\n员工车位每月收费200元。",
        ),
        "员工车位每月收费多少？", "200",
        "2022年员工车位每月收费多少？", "150",
    ),
    Pair(
        ("价目表2024.md", "# 价目表2024\n\n标准型记录仪单价880元。"),
        ("价目表2026.md", "# 价目表2026\n\n标准型记录仪单价960元。"),
        "标准型记录仪单价是多少？", "960",
        "2024年标准型记录仪单价是多少？", "880",
    ),
    Pair(
        ("奖金方案（草案）.md", "# 奖金方案（草案）\n\n年度奖金为三个月工资。"),
        ("奖金方案.md", "# 奖金方案\n\n年度奖金为两个月工资。"),
        "年度奖金是几个月工资？", "两个月",
        "奖金方案的草案里，年度奖金是几个月工资？", "三个月",
    ),
    Pair(
        (
            "采购制度_20230110.txt",
            "采购制度\n2023年1月10日发布\n\n单笔采购超过2万元的，须三家比价。",
        ),
        (
            "采购制度_20260301.txt",
            "采购制度\n2026年3月1日发布\n\n单笔采购超过5万元的，须三家比价。",
        ),
        "单笔采购超过多少须三家比价？", "5万",
        "2023年时，单笔采购超过多少须三家比价？", "2万",
    ),
)  # fmt: skip


def told(kb: KnowledgeBase, question: str, wanted: str, other: str) -> bool:
    """Ask a question, print what came, and tell whether the wanted figure is told first."""
    last = list(kb.ask(question))[-1]
    if not isinstance(last, Answer):
        raise TypeError(f"{question!r} ended with {last!r}")
    text = last.answer.replace("2 个月", "两个月").replace("3 个月", "三个月")
    at, instead = text.find(wanted), text.find(other)
    right = at >= 0 and (instead < 0 or at < instead)
    sources = ", ".join(dict.fromkeys(citation.path for citation in last.citations))
    answer = " ".join(last.answer.split())
    print(
        f"{'right' if right else 'WRONG'} {last.outcome:9} {question}\n      {answer} <{sources}>"
    )
    return right


def main(folder: Path | None) -> None:
    """Ask all pairs and print what came, and how often it was right."""
    with tempfile.TemporaryDirectory() as below:
        docs = Path(below) / "docs"
        for pair in PAIRS:
            for path, text in (pair.older, pair.newer):
                (docs / path).parent.mkdir(parents=True, exist_ok=True)
                (docs / path).write_text(text + "\n", "utf-8")
        kb = build(load_settings()[0].model_copy(update={"data_dir": Path(below) / "library"}))
        kb.ingest([docs, *([folder] if folder else [])])
        now = [told(kb, pair.question, pair.figure, pair.older_figure) for pair in PAIRS]
        then = [told(kb, pair.asked_older, pair.older_figure, pair.figure) for pair in PAIRS]
        kb.close()
    print(f"in force first: {sum(now)} of {len(now)}; the older one, asked for: {sum(then)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
