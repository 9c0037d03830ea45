"""A document, however long, becomes a summary whose sentences are proven."""

from llm.summary.main_points import SummaryStep
from llm.summary.summary import summarise

__all__ = ["SummaryStep", "summarise"]
