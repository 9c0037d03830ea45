"""The likeliest reply of a model in memory that keeps to a grammar in llama.cpp's own form, GBNF.

Not the sampler that `llama_cpp.Llama` makes of a grammar: that one tries each of the 152,000 tokens
of Qwen's vocabulary before it takes one (24 ms a token of a processor, half as long as the 1.5B
model takes to write it). Nearly always the likeliest is allowed, and asking for it costs nothing.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from llm.chat.logits import logits_row

_TRIES = (1, 64)  # so many of the likeliest are looked at before all of them


def within_grammar(llama: Any, last: int, grammar: str, begun: Sequence[int] = ()) -> Iterator[int]:
    """Yield tokens until the caller has enough; one that ends the reply is the last.

    `llama` is a `llama_cpp.Llama` that has read the prompt but its token `last`, and `begun` are
    those of a reply that was broken off. Raises ValueError if `grammar` is no GBNF.
    """
    import llama_cpp

    vocabulary = llama_cpp.llama_model_get_vocab(llama.model)
    sampler = llama_cpp.llama_sampler_init_grammar(vocabulary, grammar.encode(), b"root")
    if not sampler:
        raise ValueError(f"no GBNF grammar: {grammar[:80]!r}")
    try:
        for token in begun:
            llama_cpp.llama_sampler_accept(sampler, token)
        token = last
        while True:
            llama.eval([token])
            token = _likeliest(sampler, logits_row(llama))
            yield token
            if llama_cpp.llama_vocab_is_eog(vocabulary, token):
                return
            llama_cpp.llama_sampler_accept(sampler, token)
    finally:
        llama_cpp.llama_sampler_free(sampler)


def _likeliest(sampler: Any, logits: npt.NDArray[np.float32]) -> int:
    for count in (*_TRIES, len(logits)):
        if count >= len(logits):
            found = np.argsort(-logits)
        elif count == 1:
            found = np.array([logits.argmax()])
        else:
            found = np.argpartition(-logits, count)[:count]
            found = found[np.argsort(-logits[found])]
        allowed = _allowed(sampler, found)
        if allowed.any():
            return int(found[allowed.argmax()])  # the first
    raise ValueError("the grammar allows none of the model's tokens")


def _allowed(sampler: Any, tokens: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return for each token whether the reply may go on with it."""
    import llama_cpp

    data = (llama_cpp.llama_token_data * len(tokens))()
    for at, token in enumerate(tokens.tolist()):
        data[at].id = token
    listed = llama_cpp.llama_token_data_array(
        data=data, size=len(tokens), selected=-1, sorted=False
    )
    llama_cpp.llama_sampler_apply(sampler, ctypes.byref(listed))
    return np.array([data[at].logit > -np.inf for at in range(len(tokens))])
