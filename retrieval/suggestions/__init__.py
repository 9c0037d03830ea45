"""Questions that can be asked, as the ledger keeps them."""

from retrieval.suggestions.store import LONGEST_SUGGESTION, Suggested, SuggestionStore, Tried

__all__ = ["LONGEST_SUGGESTION", "Suggested", "SuggestionStore", "Tried"]
