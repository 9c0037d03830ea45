"""What a model in memory thinks of what could be said next, from its logits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


def odds(llama: Any, yes: Sequence[str], no: Sequence[str]) -> float:
    """Return the log-odds that the next word begins as one of `yes`, and not as one of `no`.

    Without `no` it is anything else, the likeliest of it. `llama` is a `llama_cpp.Llama` that has
    read the prompt to its last token.
    """
    import llama_cpp

    logits = llama_cpp.llama_get_logits(llama.ctx)
    row = np.ctypeslib.as_array(logits, shape=(llama.n_vocab(),))
    firsts = [
        [llama.tokenize(word.encode(), False, False)[0] for word in words] for words in (yes, no)
    ]
    against = row[firsts[1]] if no else np.delete(row, firsts[0])
    return float(row[firsts[0]].max() - against.max())
