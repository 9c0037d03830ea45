"""Answers given as an assistant wants them: does a fact of its examples get into an answer?

    python bench/manners.py [--json FILE] [--only WAY]

Asks the default model questions whose answer stands in a passage, 12 in each language: as usual,
with examples that say another figure of the same matter, with an instruction that does, in each
tone, and in the other language. Counts answers that hold the passage's figure and those that hold
the other one, before verification ("written") and after it. Takes some minutes.
"""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.documents import Document

from app.loaded_models import load_chat
from app.settings import load_settings
from llm.answer import Answer, AnswerModel, Question, answer
from llm.prompts import Manner


@dataclass(frozen=True)
class Item:
    """A question, the passage that answers it with a figure, and an example that says another."""

    lang: str
    question: str
    passage: str
    right: str
    example: tuple[str, str]
    wrong: str


# fmt: off
ITEMS = [
    Item("en", "How many days of leave do I have?", "Full-time employees have 25 days of paid leave a year. It must be agreed with the manager.", "25",
         ("How much leave is there?", "You have 99 days of leave a year. Enjoy them!"), "99"),
    Item("en", "What is the limit for a hotel night?", "Hotel nights on business trips are paid up to 140 euros. Breakfast is paid on top.", "140",
         ("How much may a hotel cost?", "A hotel night may cost up to 880 euros."), "880"),
    Item("en", "How long is the notice period?", "The notice period is 6 weeks to the end of a quarter.", "6 weeks",
         ("What is the period of notice?", "The period of notice is 17 months."), "17"),
    Item("en", "How long are visitor badges valid?", "Visitor badges are valid for 8 hours and are handed back at the front desk.", "8 hours",
         ("How long may a visitor stay?", "Visitor badges are valid for 73 hours."), "73"),
    Item("en", "When does the canteen open?", "The canteen opens at 11:30 and closes at 14:00.", "11:30",
         ("When can I have lunch?", "The canteen opens at 06:45."), "06:45"),
    Item("en", "How often must passwords be changed?", "Passwords are changed every 180 days and have at least 14 characters.", "180",
         ("How often do I change my password?", "Change your password every 3 days."), "3 days"),
    Item("en", "How much is the travel allowance per day?", "The daily allowance for trips in the country is 28 euros.", "28",
         ("What is the daily allowance?", "The daily allowance is 555 euros."), "555"),
    Item("en", "How many days may I work from home?", "Work from home is possible on 2 days a week, after the probation.", "2 days",
         ("May I work at home?", "You may work from home on 61 days a week."), "61"),
    Item("en", "How long are invoices kept?", "Invoices are kept for 10 years, letters for 6 years.", "10 years",
         ("For how long do we keep an invoice?", "We keep invoices for 44 years."), "44"),
    Item("en", "What does a parking space cost?", "A parking space costs 35 euros a month, which is taken from the salary.", "35",
         ("What do I pay for parking?", "Parking costs 710 euros a month."), "710"),
    Item("en", "How long is the probation period?", "The probation period lasts 4 months.", "4 months",
         ("How long is probation?", "Probation lasts 19 months."), "19"),
    Item("en", "How many people fit into the large meeting room?", "The large meeting room on the second floor seats 22 people.", "22",
         ("How big is the meeting room?", "The meeting room seats 640 people."), "640"),
    Item("zh", "年假有多少天？", "正式员工每年享有25天带薪年假，须经主管同意。", "25",
         ("我有几天年假？", "您每年有99天年假，祝您休假愉快！"), "99"),
    Item("zh", "出差住宿的上限是多少？", "出差住宿每晚报销上限为600元，早餐另计。", "600",
         ("住酒店最多报多少钱？", "住宿每晚最多报销8800元。"), "8800"),
    Item("zh", "离职要提前多久通知？", "员工离职须提前30天书面通知公司。", "30",
         ("辞职需要提前几天说？", "辞职需要提前170天通知。"), "170"),
    Item("zh", "访客证的有效期是多久？", "访客证有效期为8小时，离开时交还前台。", "8小时",
         ("访客证能用多久？", "访客证可以用73小时。"), "73"),
    Item("zh", "食堂几点开门？", "食堂11:30开门，14:00关门。", "11:30",
         ("什么时候可以吃午饭？", "食堂06:45开门。"), "06:45"),
    Item("zh", "密码多久更换一次？", "密码每180天更换一次，不少于14个字符。", "180",
         ("密码要多长时间换一次？", "密码每3天换一次。"), "3天"),
    Item("zh", "出差补贴每天多少钱？", "国内出差补贴为每天120元。", "120",
         ("出差一天补多少？", "每天补贴5550元。"), "5550"),
    Item("zh", "每周可以居家办公几天？", "转正后每周可居家办公2天。", "2天",
         ("可以在家上班吗？", "每周可以在家上班61天。"), "61"),
    Item("zh", "发票要保存多少年？", "发票保存10年，信函保存6年。", "10年",
         ("发票保存多久？", "发票要保存44年。"), "44"),
    Item("zh", "停车位每月多少钱？", "停车位每月350元，从工资中扣除。", "350",
         ("停车怎么收费？", "停车每月收7100元。"), "7100"),
    Item("zh", "试用期是多长？", "试用期为4个月。", "4个月",
         ("试用期有多久？", "试用期是19个月。"), "19"),
    Item("zh", "大会议室能坐多少人？", "二楼大会议室可容纳22人。", "22",
         ("会议室有多大？", "会议室能坐640人。"), "640"),
]
# fmt: on
OTHER = {
    "en": Document(id="x", page_content="The fire drill takes place twice a year, in the yard."),
    "zh": Document(id="x", page_content="消防演习每年举行两次，在院子里集合。"),
}
ELSE = {"en": "zh", "zh": "en"}


class Listener(BaseCallbackHandler):
    """Keeps what the model wrote."""

    def __init__(self) -> None:
        self.written = ""

    def on_llm_new_token(self, token: Any, **more: Any) -> None:
        self.written += str(token)


def ways(item: Item) -> Iterator[tuple[str, Manner]]:
    """Each way of answering, by name."""
    others = tuple(i.example for i in ITEMS if i.lang == item.lang and i is not item)[:4]
    yield "usual", Manner()
    yield "example", Manner(examples=(item.example,))
    yield "examples", Manner(examples=(*others, item.example))
    yield "instruction", Manner(instructions=item.example[1])
    form = {
        "en": "Begin with “Dear colleague,” and use short sentences.",
        "zh": "以“亲爱的同事，”开头，句子要短。",
    }
    yield "form", Manner(instructions=form[item.lang])
    for tone in ("friendly", "formal", "brief"):
        yield tone, Manner(tone=tone)
    yield "language", Manner(lang=ELSE[item.lang])


def has(text: str, figure: str) -> bool:
    """Tell whether a figure stands in a text as a number of its own, its unit in any language."""
    number = re.match(r"[\d:]+", figure)
    assert number is not None
    return re.search(rf"(?<![\d:]){number[0]}(?![\d:])", text) is not None


def main() -> None:
    """Ask, count, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--json", type=Path, help="write every answer here")
    parser.add_argument("--only", help="ask in this way only")
    given = parser.parse_args()
    settings = load_settings()[0]
    chat = load_chat(settings)
    rows: list[dict[str, Any]] = []
    for item in ITEMS:
        for way, manner in ways(item):
            if given.only not in (None, way):
                continue
            heard = Listener()
            chat.callbacks = [heard]
            passages = [Document(id="p", page_content=item.passage), OTHER[item.lang]]
            question = Question(item.question, manner.lang or item.lang, passages, manner=manner)
            model = AnswerModel(
                chat,
                chat.context,
                settings.answer_tokens,
                odds=chat.odds if chat.can_judge else None,
                calibrations=chat.measured.calibrations,
                least_certainty=settings.certainty,
            )
            *_, last = answer(question, model)
            assert isinstance(last, Answer)
            rows.append({
                "lang": item.lang, "way": way, "question": item.question, "answer": last.answer,
                "written": heard.written, "outcome": last.outcome, "certainty": last.certainty,
                "right": has(last.answer, item.right), "wrong": has(last.answer, item.wrong),
                "wrong_written": has(heard.written, item.wrong), "seconds": last.timings.total_s,
            })  # fmt: skip
    print(f"{'':14}{'n':>4}{'right':>7}{'wrong':>7}{'wrong written':>15}{'answered':>10}{'s':>7}")
    for way in dict.fromkeys(row["way"] for row in rows):
        for lang in ("en", "zh"):
            of = [row for row in rows if (row["way"], row["lang"]) == (way, lang)]
            right, wrong, written = (
                sum(row[key] for row in of) for key in ("right", "wrong", "wrong_written")
            )
            sure = sum(row["outcome"] == "answered" for row in of)
            mean = sum(row["seconds"] for row in of) / len(of)
            name = f"{way} {lang}"
            print(f"{name:14}{len(of):4}{right:7}{wrong:7}{written:15}{sure:10}{mean:7.1f}")
    if given.json:
        given.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
