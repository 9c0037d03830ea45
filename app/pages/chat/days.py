"""Conversations by the day on which something was last asked in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from app.conversations import Conversation
from app.texts import Words

_WEEK = timedelta(days=7)


def by_day(
    conversations: Sequence[Conversation], today: date, words: Words
) -> list[tuple[str, list[Conversation]]]:
    """Return the conversations, last changed first, below the names of days, a week, and months."""
    groups: list[tuple[str, list[Conversation]]] = []
    for conversation in conversations:
        name = _name(conversation.changed.date(), today, words)
        if not groups or groups[-1][0] != name:
            groups.append((name, []))
        groups[-1][1].append(conversation)
    return groups


def _name(day: date, today: date, words: Words) -> str:
    if day >= today:
        return words("chats_today")
    if day == today - timedelta(days=1):
        return words("chats_yesterday")
    if day > today - _WEEK:
        return words("chats_week")
    return words("chats_month", year=day.year, month=words(f"month_{day.month}"))
