"""Kept conversations: what was asked, what was answered, and where it stands."""

from retrieval.conversations.filter_json import filter_from_json, filter_to_json
from retrieval.conversations.removal import forget_documents
from retrieval.conversations.rows import (
    StoredConversation,
    StoredExchange,
    StoredPassage,
    StoredSource,
)
from retrieval.conversations.settling import settle_conversations
from retrieval.conversations.store import ConversationStore

__all__ = [
    "ConversationStore",
    "StoredConversation",
    "StoredExchange",
    "StoredPassage",
    "StoredSource",
    "filter_from_json",
    "filter_to_json",
    "forget_documents",
    "settle_conversations",
]
