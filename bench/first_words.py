"""How soon the first word of a second question about a document comes, beside the first one's.

    python bench/first_words.py
    python bench/first_words.py --limit 6 --whole --json first-words.json

The pairs are the sample conversations: a question, and a follow-up to it, as it is typed or with
`--whole` as a question that needs no conversation. Both are asked through the façade, as in the
app, in a library of the samples in a folder that goes again. Told are the seconds to the first word
that stays, the tokens that the model read for each whole answer (which no other program changes),
whether both were answered from the same passages, and whether the second answer holds what is
expected, word for word.

Then a translation between two answers, by a model that keeps the prompts that it has read, and by
one that keeps only the last, in turns: seconds, tokens read, and whether they wrote the same.
Needs both models; nothing is asked of the network.
"""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401  # first: switches off every library's telemetry

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from langchain_core.documents import Document
from langchain_core.messages import BaseMessage

sys.path.insert(0, str(Path(__file__).parent))

from rows import Row, add_json, write_rows

from app.asking import turn_of
from app.service import KnowledgeBase, build
from app.settings import Settings, load_settings
from llm.answer import Answer, Found
from llm.chat import LlamaChat
from llm.models import resolve
from llm.prompts import (
    TRANSLATE,
    TRANSLATE_EXAMPLES,
    answer_messages,
    example_messages,
    passage_blocks,
)
from llm.question import Turn

SAMPLES = Path("data/samples")
_FROM_ENGLISH = (
    "How long must a password be?",
    "What does one HG-10 cost in euros?",
    "Who approves a business trip abroad?",
    "When are salaries paid in Rotterdam?",
)


@dataclass
class Pair:
    """What came of two questions about one document; times in seconds."""

    id: str
    first_s: float | None
    second_s: float | None
    first_read: int
    second_read: int
    same_passages: bool
    right: bool
    outcome: str
    answer: str

    @property
    def ratio(self) -> float | None:
        """The second one's seconds by the first one's; None where one has no answer."""
        return self.second_s / self.first_s if self.first_s and self.second_s else None


def ask(
    kb: KnowledgeBase, question: str, history: Sequence[Turn] = ()
) -> tuple[Answer, list[Document]]:
    """Return the answer and the passages that it was drawn from."""
    passages: list[Document] = []
    for event in kb.ask(question, history=history):
        if isinstance(event, Found):
            passages = list(event.passages)
        elif isinstance(event, Answer):
            return event, passages
    raise RuntimeError("a question ended without an answer")


def squeezed(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum() or char == ".")


def ask_pair(kb: KnowledgeBase, case: dict[str, Any], *, whole: bool) -> Pair:
    first, read = ask(kb, case["turns"][-1]["question"])
    second, again = ask(kb, case["meant"] if whole else case["question"], [turn_of(first)])
    said = squeezed(second.answer)
    return Pair(
        case["id"],
        first.timings.first_token_s,
        second.timings.first_token_s,
        first.usage.prompt_tokens,
        second.usage.prompt_tokens,
        [p.page_content for p in read] == [p.page_content for p in again],
        any(squeezed(answer) in said for answer in case["answers"]),
        second.outcome,
        second.answer,
    )


def pairs(
    settings: Settings, only: Sequence[str] | None, limit: int | None, *, whole: bool
) -> list[Pair]:
    """Ask the sample conversations of two questions, or those of these ids."""
    lines = (SAMPLES / "conversations.jsonl").read_text("utf-8").splitlines()
    follow_ups = [case for case in map(json.loads, lines) if not case["standalone"]]
    longer = {case["lang"]: case for case in follow_ups if len(case["turns"]) > 1}
    cases = [
        case
        for case in follow_ups
        if len(case["turns"]) == 1
        and (case.get("meant") or not whole)
        and (only is None or case["id"] in only)
    ]
    told = []
    with tempfile.TemporaryDirectory() as folder:
        # A model process of its own, that has not read any of it before.
        runtime = Path(folder) / "run"
        runtime.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        library = Path(folder) / "library"
        kb = build(settings.model_copy(update={"data_dir": library, "suggest": False}))
        try:
            kb.ingest([SAMPLES / "docs"])
            kb.warm()
            for case in longer.values():  # not counted: the examples of a follow-up are read once
                ask(kb, case["question"], [Turn(**turn) for turn in case["turns"]])
            for case in cases[:limit]:
                told.append(ask_pair(kb, case, whole=whole))
                _tell_pair(told[-1])
        finally:
            kb.close()
    return told


def _tell_pair(pair: Pair) -> None:
    seconds = " ".join(f"{s:6.2f}" if s else "     –" for s in (pair.first_s, pair.second_s))
    ratio = f"{pair.ratio:.2f}" if pair.ratio else "–"
    print(
        f"{pair.id:10} {seconds}  {ratio:>4}  tokens {pair.first_read:5} {pair.second_read:5}  "
        f"{'same' if pair.same_passages else 'other':5} {'right' if pair.right else 'wrong':5} "
        f"{pair.outcome}",
        flush=True,
    )


@dataclass
class Call:
    """One call of a model: seconds, tokens of the prompt, those that it did not read, the text."""

    seconds: float
    tokens: int
    kept: int
    text: str


def call(model: LlamaChat, prompt: Sequence[BaseMessage], most: int) -> Call:
    began = time.perf_counter()
    reply = model.invoke(list(prompt), max_tokens=most)
    seconds, usage = time.perf_counter() - began, reply.usage_metadata
    if usage is None:
        raise RuntimeError("the model counted nothing")
    kept = int(usage["input_token_details"]["cache_read"])
    return Call(seconds, usage["input_tokens"], kept, str(reply.text))


def translations(settings: Settings, rounds: int) -> dict[str, Any]:
    """Translate a question between two answers, with prompts kept and without, in turns."""
    path = resolve(settings.chat_model, "chat", settings.models_dir)
    text = (SAMPLES / "docs" / "price-list-2026.md").read_text("utf-8")[:2500]
    blocks = passage_blocks([Document(text)], [text])
    models = {
        "kept": LlamaChat.load(path, context=4096),
        "last only": LlamaChat.load(path, context=4096, kept_bytes=0),
    }
    calls: dict[str, dict[str, list[Call]]] = {
        name: {"translation": [], "answer": []} for name in models
    }
    for n in range(rounds + 1):
        for name, model in models.items():
            question = _FROM_ENGLISH[n % len(_FROM_ENGLISH)]
            to_zh = example_messages(TRANSLATE["zh"], TRANSLATE_EXAMPLES["zh"], question)
            answer = answer_messages(question, blocks, "en", "fact")
            made = call(model, to_zh, 48), call(model, answer, 1)
            if n:  # the first of both is new to either
                calls[name]["translation"].append(made[0])
                calls[name]["answer"].append(made[1])
    for model in models.values():
        model.close()
    told: dict[str, Any] = {
        name: {
            kind: {
                "seconds": round(statistics.median(one.seconds for one in made), 2),
                "tokens_read": round(statistics.median(one.tokens - one.kept for one in made)),
            }
            for kind, made in kinds.items()
        }
        for name, kinds in calls.items()
    }
    kept, last = calls["kept"]["translation"], calls["last only"]["translation"]
    told["same_text"] = [one.text for one in kept] == [one.text for one in last]
    return told


def rows(asked: Sequence[Pair], translated: dict[str, Any] | None) -> list[Row]:
    """Return what was measured as rows."""
    both = [(pair.first_s, pair.second_s) for pair in asked if pair.first_s and pair.second_s]
    beside = "the question before it"
    told = [
        Row(
            "first word of a follow-up", "s",
            [round(second or 0.0, 2) for _, second in both],
            [round(first or 0.0, 2) for first, _ in both],
            beside, "≤ 0.4",
        ),
        Row(
            "tokens read for a follow-up", "tokens",
            [pair.second_read for pair in asked], [pair.first_read for pair in asked], beside,
        ),
    ]  # fmt: skip
    if translated:
        ours, other = (translated[name]["translation"]["seconds"] for name in ("kept", "last only"))
        told.append(Row("a translation between two answers", "s", [ours], [other], "nothing kept"))
    return [row for row in told if row.ours]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--limit", type=int, help="pairs at most")
    parser.add_argument("--only", nargs="+", metavar="ID", help="the conversations of these ids")
    parser.add_argument("--whole", action="store_true", help="the second question in full")
    parser.add_argument("--rounds", type=int, default=4, help="translations of each kind")
    add_json(parser)
    given = parser.parse_args()
    settings = load_settings()[0]
    asked = pairs(settings, given.only, given.limit, whole=given.whole)
    report: dict[str, Any] = {}
    for name, some in (
        ("all", asked),
        ("same passages", [pair for pair in asked if pair.same_passages]),
        ("other passages", [pair for pair in asked if not pair.same_passages]),
    ):
        ratios = [pair.ratio for pair in some if pair.ratio]
        read = [pair.second_read / pair.first_read for pair in some if pair.first_read]
        report[name] = {
            "pairs": len(some),
            "right": sum(pair.right for pair in some),
            "ratio": round(statistics.median(ratios), 2) if ratios else None,
            "ratio_of_tokens": round(statistics.median(read), 2) if read else None,
        }
        print(name, report[name])
    if given.rounds:
        report["translation"] = translations(settings, given.rounds)
        print(json.dumps(report["translation"], indent=1))
    write_rows(rows(asked, report.get("translation")), given.json)


if __name__ == "__main__":
    main()
