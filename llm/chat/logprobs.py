"""The log-probabilities of tokens, in the form of OpenAI's interface.

`found` is the `logprobs` of a reply: a `token` with its `logprob` for each that was written, and
the likeliest in its place as `top_logprobs`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from langchain_core.messages import BaseMessage


class TokenLogprob(NamedTuple):
    """A token that a model wrote, and the logarithm of how likely it was to."""

    token: str
    logprob: float


def token_logprobs(message: BaseMessage) -> tuple[TokenLogprob, ...]:
    """Return the tokens of a message, or of a part of it, that was streamed with `logprobs=True`.

    Empty where none were given; what is no number is left out.
    """
    found = message.response_metadata.get("logprobs")
    return tuple(_tokens(found.get("content")) if isinstance(found, Mapping) else ())


def as_metadata(tokens: Iterable[TokenLogprob]) -> dict[str, Any]:
    """Return tokens as the `response_metadata` that `token_logprobs` reads."""
    return {"logprobs": {"content": [token._asdict() for token in tokens]}}


def log_odds(found: Mapping[str, Any], yes: Sequence[str], no: Sequence[str]) -> float | None:
    """Return how much likelier the first token begins a yes than a no, as a logarithm.

    Without `no` every token that begins no yes counts for one. A side that is not listed is at most
    as likely as the last one listed. None when neither side is, when nothing is listed, or no
    number comes out.
    """
    best: dict[bool, float] = {}
    likeliest = listed(found)
    for token, value in likeliest:
        sides = {side for side, words in ((True, yes), (False, no)) if _begins(token, words)}
        if not no:
            sides = {_begins(token, yes)}
        if len(sides) == 1:  # a token that may begin both says nothing
            side = sides.pop()
            best[side] = max(best.get(side, value), value)
    if not best:
        return None
    least = min(value for _, value in likeliest)
    odds = best.get(True, least) - best.get(False, least)
    return None if math.isnan(odds) else odds


def listed(found: Mapping[str, Any]) -> list[tuple[str, float]]:
    """Return the likeliest first tokens and their log-probabilities, without white space around."""
    tokens = found.get("content") or []
    entries = tokens[0].get("top_logprobs") or [] if tokens else []
    return [(str(entry["token"]).strip(), float(entry["logprob"])) for entry in entries]


def _tokens(content: Any) -> Iterable[TokenLogprob]:
    for entry in content if isinstance(content, list) else ():
        value = entry.get("logprob") if isinstance(entry, Mapping) else None
        if isinstance(value, int | float) and math.isfinite(value):
            yield TokenLogprob(str(entry.get("token")), min(float(value), 0.0))


def _begins(token: str, words: Sequence[str]) -> bool:
    return bool(token) and any(word.startswith(token) for word in words)
