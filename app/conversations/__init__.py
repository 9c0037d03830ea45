"""Conversations that stay: what is drawn of an exchange, and what one can do with those kept."""

from app.conversations.conversations import Conversation, Conversations
from app.conversations.exchange import AnswerProgress, Exchange, KeptExchange, SourceState
from app.conversations.local_time import local_time

__all__ = [
    "AnswerProgress",
    "Conversation",
    "Conversations",
    "Exchange",
    "KeptExchange",
    "SourceState",
    "local_time",
]
