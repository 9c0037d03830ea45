"""What a model in memory thinks of what could be said next, from its logits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def odds(llama: Any, yes: Sequence[str], no: Sequence[str]) -> float:
    """Return the log-odds that the next word begins as one of `yes`, and not as one of `no`.

    `llama` is a `llama_cpp.Llama` that has read the prompt to its last token.
    """
    row = _logits(llama, 1)[0]
    best = [
        max(float(row[llama.tokenize(word.encode(), False, False)[0]]) for word in words)
        for words in (yes, no)
    ]
    return best[0] - best[1]


def likelihood(llama: Any, last: int, reply: Sequence[int]) -> float:
    """Return the mean log-probability of the tokens of a reply, in nats.

    `llama` has read the prompt but its `last` token; the reply is no longer than a batch.
    """
    # As its `eval`, which keeps the logits of the last token alone.
    told = [last, *reply[:-1]]
    llama._ctx.kv_cache_seq_rm(-1, llama.n_tokens, -1)
    llama._batch.set_batch(batch=told, n_past=llama.n_tokens, logits_all=True)
    llama._ctx.decode(llama._batch)
    llama.input_ids[llama.n_tokens : llama.n_tokens + len(told)] = told
    llama.n_tokens += len(told)
    rows = _logits(llama, len(told))
    top = rows.max(axis=1)
    total = top + np.log(np.exp(rows - top[:, None]).sum(axis=1))
    return float(np.mean(rows[np.arange(len(told)), list(reply)] - total))


def _logits(llama: Any, rows: int) -> NDArray[np.float32]:
    import llama_cpp

    logits = llama_cpp.llama_get_logits(llama.ctx)
    return np.ctypeslib.as_array(logits, shape=(rows, llama.n_vocab()))
