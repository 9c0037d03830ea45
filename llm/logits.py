"""What a model in memory thinks of what could be said next, from its logits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


def odds(llama: Any, yes: Sequence[str], no: Sequence[str]) -> float:
    """Return the log-odds that the next word begins as one of `yes`, and not as one of `no`.

    `llama` is a `llama_cpp.Llama` that has read the prompt to its last token.
    """
    import llama_cpp

    logits = llama_cpp.llama_get_logits(llama.ctx)
    row = np.ctypeslib.as_array(logits, shape=(llama.n_vocab(),))
    best = [
        max(float(row[llama.tokenize(word.encode(), False, False)[0]]) for word in words)
        for words in (yes, no)
    ]
    return best[0] - best[1]
