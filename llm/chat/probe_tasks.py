"""What a model is asked to find out what it can do: short texts of an invented office.

They are in probe_items.json. By language: four texts of four passages, with three questions each
that a passage answers and three that speak of the same and that none answers; and questions to
translate into the other language.
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
    TRANSLATE,
    TRANSLATE_EXAMPLES,
    enough_messages,
    example_messages,
    short_answer_messages,
    told_messages,
)

Held = tuple[tuple[str, ...], ...]  # a word of each group is in what is right

_CITED = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class Judge:
    """Whether passages hold the answer, to be told by the odds of two prompts over them.

    `enough` is asked whether they do, `told` what the answer is, in a few words or "none".
    """

    lang: str
    enough: list[BaseMessage]
    told: list[BaseMessage]
    answerable: bool

    @property
    def messages(self) -> list[BaseMessage]:
        """The longer of the two prompts."""
        return self.told


@dataclass(frozen=True)
class Respond:
    """A question to be answered from `of` passages; `right` is the number of the one that does.

    `held` is what an answer has to hold.
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
    """A question to be put into the other language, in one line; `held` is as of a Respond."""

    messages: list[BaseMessage]
    held: Held

    def is_right(self, written: str) -> bool:
        """Tell whether a reply is what was asked for."""
        return "\n" not in written.strip() and _holds(written, self.held)


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
    prompts = [
        prompt
        for task in tasks()
        for prompt in ([task.enough, task.told] if isinstance(task, Judge) else [task.messages])
    ]
    said = [[(message.type, str(message.text)) for message in prompt] for prompt in prompts]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def _judge(items: Any, lang: str, at: int) -> Iterator[Task]:
    text = items[lang]["texts"][at]
    blocks = _blocks(text["passages"])
    for asked in text["questions"]:
        enough, told = (
            make(asked["question"], blocks, lang) for make in (enough_messages, told_messages)
        )
        yield Judge(lang, enough, told, asked["passage"] is not None)


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
        yield Reword(prompt, _groups(item["held"]))
