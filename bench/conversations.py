"""Conversations with the real models over the samples: what was asked, and what came.

    python bench/conversations.py [NUMBER ...]

Needs both models. Numbers, from 1, choose some of the conversations.
"""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401

import sys
import tempfile
from datetime import date
from pathlib import Path

from app.asking import turn_of
from app.service import KnowledgeBase, build
from app.settings import load_settings
from llm.answer import Answer
from llm.question import Turn

SAMPLES = Path("data/samples")
CONVERSATIONS = (
    ("Hello!", "What can you do?"),
    ("你好", "你是谁？", "谢谢"),
    ("妳好，你能做什麼？",),
    ("What day is it today?", "今天几号？"),
    ("Which documents are about returns?", "What about social media?"),
    ("关于公务用车有哪些制度？", "库里有什么？"),
    ("有哪些制度？", "有哪些假期？"),
    ("How many documents are there?", "What is new this week?", "最近更新了什么？"),
    ("Do we have anything on quantum physics?",),
    ("How many days a week may I work from home?", "More detail, please", "Why?"),
    ("去北京出差，普通员工住宿每晚最多报多少？", "那苏州呢？", "用表格", "in English please"),
    ("What are the prices of the HL loggers?", "As a table", "Translate that into Chinese"),
    ("婚假有几天？", "翻译成英文", "写成邮件"),
    ("How do I report a stolen laptop?", "Put that in an e-mail to my team", "shorter"),
    ("How long is the warranty of the HL-300 Pro?", "No, the Chinese one"),
    ("公务用车可以周末使用吗？", "我是说2023版的", "不对，另一个"),
    ("What uptime does EgretCloud promise?", "I meant the 2025 version", "as bullet points"),
    ("安居借款最多能借多少？", "分几个月还清？", "简短一点"),
    ("Who signs contracts above 100,000 euros?", "And below?", "Thanks, that helps", "in Chinese"),
    ("请假制度主要讲什么？", "《公务用车管理办法》主要讲什么？"),
    ("出差住宿的报销上限是多少？", "哪些文件提到了它？", "说详细一点"),
)


def hold(kb: KnowledgeBase, asked: tuple[str, ...]) -> None:
    """Ask the questions of one conversation in turn, and print what comes."""
    history: list[Turn] = []
    for question in asked:
        last = list(kb.ask(question, history=history, today=date.today()))[-1]
        if not isinstance(last, Answer):
            raise TypeError(f"{question!r} ended with {last!r}")
        history.append(turn_of(last))
        sources = ", ".join(dict.fromkeys(c.path for c in last.citations)) or "-"
        print(f"> {question}")
        print(f"{last.answer}")
        print(
            f"  ({last.outcome}; {last.usage.calls} calls; {last.timings.total_s:.1f} s;"
            f" searched: {' | '.join(last.searched) or '-'}; sources: {sources})\n"
        )


def main() -> None:
    chosen = {int(number) for number in sys.argv[1:]}
    with tempfile.TemporaryDirectory() as folder:
        kb = build(load_settings()[0].model_copy(update={"data_dir": Path(folder)}))
        kb.ingest([SAMPLES / "docs"])
        for number, asked in enumerate(CONVERSATIONS, 1):
            if not chosen or number in chosen:
                print(f"--- {number}")
                hold(kb, asked)
        kb.close()


if __name__ == "__main__":
    main()
