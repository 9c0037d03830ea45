"""A document, however long, becomes a summary whose sentences are proven."""

from llm.summary.summary import summarise

__all__ = ["summarise"]
