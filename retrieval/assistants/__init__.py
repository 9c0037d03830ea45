"""Assistants, as the ledger holds them: who answers from which collections, and how."""

from retrieval.assistants.assistants import (
    ANSWER_LANGUAGES,
    LONGEST_ANSWER,
    LONGEST_ASSISTANT_NAME,
    LONGEST_GREETING,
    LONGEST_INSTRUCTIONS,
    LONGEST_QUESTION,
    MOST_EXAMPLES,
    Assistant,
    Assistants,
)

__all__ = [
    "ANSWER_LANGUAGES",
    "LONGEST_ANSWER",
    "LONGEST_ASSISTANT_NAME",
    "LONGEST_GREETING",
    "LONGEST_INSTRUCTIONS",
    "LONGEST_QUESTION",
    "MOST_EXAMPLES",
    "Assistant",
    "Assistants",
]
