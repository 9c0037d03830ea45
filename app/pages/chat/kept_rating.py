"""Verdicts and test questions, kept in the library."""

from __future__ import annotations

from typing import Literal

from app.feedback import Feedback, Known
from app.web import Exchange

Verdict = Literal["good", "bad", ""]
"""What somebody thinks of an answer, "" for nothing."""


class KeptRating:
    """Where the verdicts of a library are kept, for one run of the page's script."""

    def __init__(self, feedback: Feedback) -> None:
        self._feedback = feedback
        self._known: frozenset[Known] | None = None

    def verdict(self, exchange: Exchange) -> Verdict:
        """Return the verdict on an answer, "" if there is none."""
        found = self._feedback.verdict(exchange.exchange)
        return found.verdict if found else ""

    def rate(
        self,
        exchange: Exchange,
        verdict: Verdict,
        reason: str = "",
        note: str = "",
        better: str = "",
    ) -> None:
        """Keep a verdict in place of the one before; `reason` is a word of the page's, or ""."""
        if exchange.exchange is not None:
            self._feedback.rate(exchange.exchange, verdict, reason, note, better)

    def is_kept(self, exchange: Exchange) -> bool:
        """Tell whether the question is one of those by which the library is tested."""
        if self._known is None:
            self._known = self._feedback.known()
        return self._feedback.is_kept(exchange, self._known)

    def keep(self, exchange: Exchange) -> None:
        """Make the question one of those by which the library is tested."""
        self._feedback.keep(exchange)
        self._known = None
