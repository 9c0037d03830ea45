"""What a model in memory thinks of what could be said next, from its logits.

`llama` is a `llama_cpp.Llama` that has read the prompt to its last token.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt


def odds(llama: Any, yes: Sequence[str], no: Sequence[str]) -> float:
    """Return the log-odds that the next word begins as one of `yes`, and not as one of `no`.

    Without `no` it is anything else, the likeliest of it.
    """
    row = logits_row(llama)
    firsts = [[_first_token(llama, word) for word in words] for words in (yes, no)]
    against = row[firsts[1]] if no else np.delete(row, firsts[0])
    return float(row[firsts[0]].max() - against.max())


def log_probability(llama: Any, token: int) -> float:
    """Return the log-probability of a token before any sampling or grammar."""
    row = logits_row(llama)
    return float(row[token]) - _log_sum(row)


def logits_row(llama: Any) -> npt.NDArray[np.float32]:
    """Return the logits of the next token, one for each of the vocabulary; gone with the next."""
    import llama_cpp

    logits = llama_cpp.llama_get_logits(llama.ctx)
    return np.ctypeslib.as_array(logits, shape=(llama.n_vocab(),))


def _first_token(llama: Any, word: str) -> int:
    return int(llama.tokenize(word.encode(), False, False)[0])


def _log_sum(logits: npt.NDArray[np.float32]) -> float:
    most = float(logits.max())
    return most + math.log(float(np.exp(logits - most).sum()))
