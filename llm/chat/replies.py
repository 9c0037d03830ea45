"""Replies that a program reads: one of several words, or a few lines, and nothing else.

A model in memory cannot write anything else, as a grammar holds it. Not every server takes a
grammar, and those that do not know it pass over it: what comes is checked, and asked for once more.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from llm.chat.streamed import complete
from llm.prompts import again_lines, again_one_of

T = TypeVar("T")

_LINE = 400  # characters; a line of a reply is a question or a name
_ROOM = 8  # tokens beyond what is wanted, for what ends a reply


def choose(
    model: BaseChatModel,
    messages: Sequence[BaseMessage],
    options: Sequence[str],
    cancel: threading.Event | None = None,
) -> str | None:
    """Return which of the `options` a model replies with; None if stopped, or if it is none twice.

    Example:
        choose(model, [HumanMessage("Is tea a drink?")], ["yes", "no"])  # "yes"
    """
    known = {_bare(option): option for option in options}
    rule = " | ".join(json.dumps(option, ensure_ascii=False) for option in options)
    most = max(len(option.encode()) for option in options) + _ROOM

    def read(reply: str) -> str | None:
        return known.get(_bare(reply))

    more = again_one_of(options)
    return _asked(model, messages, f"root ::= {rule}", most, read, more, cancel)


def lines(
    model: BaseChatModel,
    messages: Sequence[BaseMessage],
    most: int,
    pattern: str = r".+",
    *,
    max_tokens: int = 128,
    cancel: threading.Event | None = None,
) -> tuple[str, ...]:
    """Return the first lines of a reply, at most `most`, each matching `pattern` as a whole.

    `pattern` is a regular expression; a line has at most 400 characters. Empty if the model was
    stopped, or twice wrote nothing or other lines.
    """
    wanted = re.compile(pattern)
    line = f"[^\\n\\r]{{1,{_LINE}}}"
    more = f' ("\\n" {line}){{0,{most - 1}}}' if most > 1 else ""

    def read(reply: str) -> tuple[str, ...] | None:
        written = [line.strip() for line in reply.splitlines() if line.strip()]
        found = tuple(written[:most])
        sound = all(len(line) <= _LINE and wanted.fullmatch(line) for line in found)
        return found if found and sound else None

    root = f"root ::= {line}{more}"
    return _asked(model, messages, root, max_tokens, read, again_lines(most), cancel) or ()


def _asked(
    model: BaseChatModel,
    messages: Sequence[BaseMessage],
    grammar: str,
    most: int,
    read: Callable[[str], T | None],
    more: str,
    cancel: threading.Event | None,
) -> T | None:
    """Return what `read` makes of the reply, or of the one to being told `more`."""
    said = list(messages)
    for _ in range(2):
        reply = complete(model, said, most, cancel, grammar=grammar)
        if cancel is not None and cancel.is_set():
            return None
        if (found := read(reply)) is not None:
            return found
        said += [AIMessage(reply or "?"), HumanMessage(more)]
    return None


def _bare(text: str) -> str:
    """Return a text without what does not tell options apart: case, and marks around it."""
    return text.strip(" \n\t.,:;!?\"'`*()[]。，：；！？“”‘’「」").casefold()
