"""What an assistant changes of a question: where it is asked, and how it is answered."""

from __future__ import annotations

from dataclasses import replace

from llm.prompts import AS_USUAL, Manner
from retrieval.assistants import Assistant, Assistants
from retrieval.errors import LibraryError
from retrieval.ledger import Filter

_NONE = ("",)  # collections of this name there are none


def answering(
    assistants: Assistants, assistant: str | None, within: Filter
) -> tuple[Filter, Manner]:
    """Return where a question is asked and how it is answered by the assistant of an id, if any.

    Raises LibraryError when there is none of it.
    """
    if assistant is None:
        return within, AS_USUAL
    found = assistants.get(assistant)
    if found is None or found.removed:
        raise LibraryError("the assistant was deleted; choose another one", "assistant-gone")
    manner = Manner(found.instructions, found.examples, found.tone, found.lang)
    return _limited(within, found), manner


def _limited(within: Filter, assistant: Assistant) -> Filter:
    """Return a filter that lets through only what it did before and the assistant may see."""
    if not assistant.collections:
        return within
    both = tuple(n for n in assistant.collections if n in within.collections)
    return replace(
        within, collections=(both or _NONE) if within.collections else assistant.collections
    )
