"""Questions of one chat: asked, and asked once more."""

from __future__ import annotations

from app.web import Answering, Shared
from retrieval.ledger import Filter

_KEPT = 50  # exchanges drawn again at each rerun
_HISTORY = 6  # exchanges that a question may lean on


def ask(
    shared: Shared,
    exchanges: list[Answering],
    question: str,
    within: Filter,
    certainty: float | None,
) -> None:
    """Begin to answer a question behind what was said before."""
    said = [turn for exchange in exchanges[-_HISTORY:] if (turn := exchange.turn())]
    exchanges.append(shared.ask(question.strip(), within, said, certainty))
    del exchanges[:-_KEPT]


def ask_again(
    shared: Shared, exchanges: list[Answering], exchange: Answering, question: str
) -> None:
    """Ask a question of the chat once more, of the same documents, as it is now worded.

    The last one is replaced; one with others behind it stays, and is asked as a new one.
    """
    if exchange is exchanges[-1]:
        exchanges.pop()
    ask(shared, exchanges, question, exchange.within, exchange.certainty)


def forget(exchanges: list[Answering]) -> None:
    """Stop what is being written and empty the chat."""
    for exchange in exchanges:
        exchange.stop()
    exchanges.clear()
