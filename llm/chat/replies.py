"""Replies that a program reads: one line, and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import BaseMessage

from llm.chat.streamed import complete

_ONE_LINE = r"root ::= [^\n\r]{1,400}"


def one_line(
    model: BaseChatModel,
    messages: Sequence[BaseMessage],
    max_tokens: int,
    cancel: threading.Event | None = None,
) -> str:
    """Return what a model replies in one line; "" if it wrote several or none, or was stopped.

    A model in memory cannot write several, as a grammar holds it. Not every server takes a grammar,
    and those that do not know it pass over it.
    """
    reply = complete(model, messages, max_tokens, cancel, grammar=_ONE_LINE)
    stopped = cancel is not None and cancel.is_set()
    found = [line.strip() for line in reply.splitlines() if line.strip()]
    return found[0] if len(found) == 1 and not stopped else ""
