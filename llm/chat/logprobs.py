"""The odds of a yes against a no, from the likeliest tokens that a server lists."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any


def log_odds(found: Mapping[str, Any], yes: Sequence[str], no: Sequence[str]) -> float | None:
    """Return how much likelier the first token begins a yes than a no, as a logarithm.

    `found` is the `logprobs` of a reply. Without `no` every token that begins no yes counts for
    one. A side that is not listed is at most as likely as the last one listed. None when neither
    side is, when nothing is listed, or no number comes out.
    """
    tokens = found.get("content") or []
    listed = tokens[0].get("top_logprobs") or [] if tokens else []
    if not listed:
        return None
    best: dict[bool, float] = {}
    for entry in listed:
        token, value = str(entry["token"]).strip(), float(entry["logprob"])
        sides = {side for side, words in ((True, yes), (False, no)) if _begins(token, words)}
        if not no:
            sides = {_begins(token, yes)}
        if len(sides) == 1:  # a token that may begin both says nothing
            side = sides.pop()
            best[side] = max(best.get(side, value), value)
    if not best:
        return None
    least = min(float(entry["logprob"]) for entry in listed)
    odds = best.get(True, least) - best.get(False, least)
    return None if math.isnan(odds) else odds


def _begins(token: str, words: Sequence[str]) -> bool:
    return bool(token) and any(word.startswith(token) for word in words)
