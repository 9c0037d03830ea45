"""What an assistant changes of a question: where it is asked, and how it is answered."""

from __future__ import annotations

from dataclasses import replace

from llm.prompts import Manner
from retrieval.assistants import Assistant
from retrieval.ledger import Filter

_NONE = ("",)  # collections of this name there are none


def limited(within: Filter, assistant: Assistant) -> Filter:
    """Return a filter that lets through only what it did before and the assistant may see."""
    if not assistant.collections:
        return within
    both = tuple(n for n in assistant.collections if n in within.collections)
    return replace(
        within, collections=(both or _NONE) if within.collections else assistant.collections
    )


def manner_of(assistant: Assistant) -> Manner:
    """Return how an assistant's answers are to be given."""
    return Manner(assistant.instructions, assistant.examples, assistant.tone, assistant.lang)
