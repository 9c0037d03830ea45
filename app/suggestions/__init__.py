"""Questions that can be asked of the library, made from its documents and tried."""

from app.suggestions.suggestions import SHOWN, Suggestions
from retrieval.suggestions import Suggested

__all__ = ["SHOWN", "Suggested", "Suggestions"]
