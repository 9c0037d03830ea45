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

from app.model_loading import load_chat
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


ITEMS = [
    Item(**row | {"example": tuple(row["example"])})
    for row in map(json.loads, Path(__file__).with_suffix(".jsonl").read_text("utf-8").splitlines())
]
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
    number = re.sub(r"[^\d:].*", "", figure)
    return re.search(rf"(?<![\d:]){number}(?![\d:])", text) is not None


def main() -> None:
    """Ask, count, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--json", type=Path, help="write every answer here")
    parser.add_argument("--only", action="append", help="ask in this way only; may be given again")
    given = parser.parse_args()
    settings = load_settings()[0]
    chat = load_chat(settings)
    rows: list[dict[str, Any]] = []
    for item in ITEMS:
        for way, manner in ways(item):
            if given.only and way not in given.only:
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
            if not isinstance(last, Answer):
                raise SystemExit("the last event is no answer")
            rows.append({
                "lang": item.lang, "way": way, "question": item.question, "answer": last.answer,
                "written": heard.written, "outcome": last.outcome, "certainty": last.certainty,
                "right": has(last.answer, item.right), "wrong": has(last.answer, item.wrong),
                "wrong_written": has(heard.written, item.wrong), "seconds": last.timings.total_s,
            })  # fmt: skip
            if given.json:  # at once: a run that is stopped has what it asked
                given.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
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


if __name__ == "__main__":
    main()
