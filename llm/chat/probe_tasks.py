"""What a model is asked to find out what it can do: short texts of an invented office.

They are in probe_items.json. By language: four texts of four passages, with three questions each
that a passage answers and three that speak of the same and that none answers; questions to
translate into the other language, and one to split.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from langchain_core.messages import BaseMessage

from llm.prompts import (
    SPLIT,
    SPLIT_EXAMPLES,
    TRANSLATE,
    TRANSLATE_EXAMPLES,
    enough_messages,
    example_messages,
)
from llm.prompts.probe import short_answer_messages

Held = tuple[tuple[str, ...], ...]  # a word of each group is in what is right

_CITED = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class Judge:
    """Whether the passages of a prompt hold the answer, to be told by the odds."""

    lang: str
    messages: list[BaseMessage]
    answerable: bool


@dataclass(frozen=True)
class Respond:
    """A question to be answered from `of` passages; `right` is the number of the one that does.

    `held` is as of a Reword.
    """

    messages: list[BaseMessage]
    of: int
    right: int
    held: Held

    def is_right(self, written: str) -> bool:
        """Tell whether the answer is there."""
        return _holds(written, self.held)

    def is_cited(self, written: str) -> bool:
        """Tell whether the number of the passage is there, and no other."""
        return {int(number) for number in _CITED.findall(written)} == {self.right}


@dataclass(frozen=True)
class Reword:
    """A question to be written in other words: so many `lines`, which hold a word of each group."""

    messages: list[BaseMessage]
    lines: int
    held: Held

    def is_right(self, written: str) -> bool:
        """Tell whether a reply is what was asked for."""
        lines = [line for line in written.splitlines() if line.strip()]
        return len(lines) == self.lines and _holds(written, self.held)


Task = Judge | Respond | Reword


@cache
def tasks() -> tuple[Task, ...]:
    """Return all that is asked, in order: what tells most comes first, as time may run out.

    Neighbours share their beginning, which a model then reads once.
    """
    items = json.loads((resources.files("llm") / "chat" / "probe_items.json").read_text("utf-8"))
    return (
        *(task for lang in items for task in (*_judge(items, lang, 0), *_respond(items, lang, 0))),
        *(task for lang in items for task in _judge(items, lang, 1)),
        *(task for lang in items for task in _reword(items, lang)),
        *(task for at in (2, 3) for lang in items for task in _judge(items, lang, at)),
        *(task for lang in items for task in _respond(items, lang, 0, 1)),
    )


@cache
def tasks_digest() -> str:
    """Return 16 hex digits that change when anything that is asked does."""
    said = [[(m.type, m.text) for m in task.messages] for task in tasks()]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def _judge(items: Any, lang: str, at: int) -> Iterator[Task]:
    text = items[lang]["texts"][at]
    blocks = _blocks(text["passages"])
    for asked in text["questions"]:
        prompt = enough_messages(asked["question"], blocks, lang)
        yield Judge(lang, prompt, asked["passage"] is not None)


def _respond(items: Any, lang: str, *numbers: int) -> Iterator[Task]:
    """Yield the questions of the last of some texts, which are shown all together."""
    *others, last = (items[lang]["texts"][at] for at in numbers)
    before = [passage for text in others for passage in text["passages"]]
    blocks = _blocks([*before, *last["passages"]])
    for asked in last["questions"]:
        if asked["passage"] is not None:
            prompt = short_answer_messages(asked["question"], blocks, lang)
            right = len(before) + asked["passage"]
            yield Respond(prompt, len(blocks), right, _groups(asked["held"]))


def _blocks(passages: Sequence[str]) -> list[str]:
    return [f"[{n}] {passage}" for n, passage in enumerate(passages, 1)]


def _groups(held: list[list[str]]) -> Held:
    return tuple(map(tuple, held))


def _holds(written: str, held: Held) -> bool:
    text = _CITED.sub(" ", written).casefold()
    return all(any(word in text for word in group) for group in held)


def _reword(items: Any, lang: str) -> Iterator[Task]:
    to = "en" if lang == "zh" else "zh"
    for item in items[lang]["to_translate"]:
        prompt = example_messages(TRANSLATE[to], TRANSLATE_EXAMPLES[to], item["question"])
        yield Reword(prompt, 1, _groups(item["held"]))
    for item in items[lang]["to_split"]:
        prompt = example_messages(SPLIT[lang], SPLIT_EXAMPLES[lang], item["question"])
        yield Reword(prompt, item["lines"], _groups(item["held"]))
