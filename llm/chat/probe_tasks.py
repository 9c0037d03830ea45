"""What a model is asked to find out what it can do: short texts of an invented office.

They are in probe_items.json. By language: four texts of four passages, with three questions each
that a passage answers and three that speak of the same and that none answers; questions to
translate into the other language, and one to split.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
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
from llm.prompts.probe import which_messages


@dataclass(frozen=True)
class Judge:
    """Whether the passages of a prompt hold the answer, to be told by the odds."""

    lang: str
    messages: list[BaseMessage]
    answerable: bool


@dataclass(frozen=True)
class Point:
    """Which of `of` passages holds the answer; `right` is its number."""

    messages: list[BaseMessage]
    of: int
    right: int


@dataclass(frozen=True)
class Reword:
    """A question to be written in other words: so many `lines`, which hold a word of each group."""

    messages: list[BaseMessage]
    lines: int
    held: tuple[tuple[str, ...], ...]

    def is_right(self, written: str) -> bool:
        """Tell whether a reply is what was asked for."""
        text = written.casefold()
        lines = [line for line in written.splitlines() if line.strip()]
        return len(lines) == self.lines and all(any(w in text for w in ws) for ws in self.held)


Task = Judge | Point | Reword


@cache
def tasks() -> tuple[Task, ...]:
    """Return all that is asked, in order: what tells most comes first, as time may run out.

    Neighbours share their beginning, which a model then reads once.
    """
    items = json.loads((resources.files("llm") / "chat" / "probe_items.json").read_text("utf-8"))
    early = [task for at in (0, 1) for lang in items for task in _read(items, lang, at)]
    late = [task for at in (2, 3) for lang in items for task in _read(items, lang, at)]
    reword = [task for lang in items for task in _reword(items, lang)]
    many = [task for lang in items for task in _read_many(items, lang)]
    return (*early, *reword, *late, *many)


@cache
def tasks_digest() -> str:
    """Return 16 hex digits that change when anything that is asked does."""
    said = [[(m.type, m.text) for m in task.messages] for task in tasks()]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def _read(items: Any, lang: str, at: int) -> Iterator[Task]:
    text = items[lang]["texts"][at]
    blocks = [f"[{n}] {passage}" for n, passage in enumerate(text["passages"], 1)]
    for asked in text["questions"]:
        question, right = asked["question"], asked["passage"]
        yield Judge(lang, enough_messages(question, blocks, lang), right is not None)
        if right is not None:
            yield Point(which_messages(question, blocks, lang), len(blocks), right)


def _read_many(items: Any, lang: str) -> Iterator[Task]:
    """Two texts at once, of which the questions of the second are the harder ones to place."""
    first, second = items[lang]["texts"][:2]
    passages = [*first["passages"], *second["passages"]]
    blocks = [f"[{n}] {passage}" for n, passage in enumerate(passages, 1)]
    for text, before in ((first, 0), (second, len(first["passages"]))):
        for asked in text["questions"]:
            if asked["passage"] is not None:
                prompt = which_messages(asked["question"], blocks, lang)
                yield Point(prompt, len(blocks), before + asked["passage"])


def _reword(items: Any, lang: str) -> Iterator[Task]:
    to = "en" if lang == "zh" else "zh"
    for item in items[lang]["to_translate"]:
        prompt = example_messages(TRANSLATE[to], TRANSLATE_EXAMPLES[to], item["question"])
        yield Reword(prompt, 1, tuple(map(tuple, item["held"])))
    for item in items[lang]["to_split"]:
        prompt = example_messages(SPLIT[lang], SPLIT_EXAMPLES[lang], item["question"])
        yield Reword(prompt, item["lines"], tuple(map(tuple, item["held"])))
