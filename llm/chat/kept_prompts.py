"""Prompts that a model in memory has read, kept so that their beginnings are not read again."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

# Bytes. A token of the 1.5B model takes 28 KiB, so these are 4,600 tokens: five or six prompts of
# an answer, or as much as the context has itself.
KEPT_BYTES = 128 << 20
# What would be read in less than half a second on two cores (150 tokens/s) is not worth a copy.
_WORTH = 64

Tokens = npt.NDArray[np.intc]


@dataclass(frozen=True)
class _Kept:
    tokens: Tokens
    state: npt.NDArray[np.uint8]


class KeptPrompts:
    """The states of the prompts read last, beside the one that the model is at.

    llama.cpp goes on from a prompt that begins as the last one did. A translation between two
    questions about a document, or a passage that is read by itself, would make it read the rest
    anew. So what would be lost is copied before, and put back when a prompt begins like it. The
    copy has the very numbers that were read, so that the reply is the same. Not for two threads.

    Example:
        kept = KeptPrompts(llama)
        at = kept.begin(tokens)  # so many of them need not be read
    """

    def __init__(self, llama: Any, most: int = KEPT_BYTES) -> None:
        """`llama` is a `llama_cpp.Llama`; at most so many bytes are kept, none with 0."""
        self._llama = llama
        # Their memory of the past is one sum: it cannot be cut, nor put back for another ending.
        self._whole_only = bool(llama._is_recurrent or llama._is_hybrid)
        self._most = 0 if self._whole_only else most
        self._kept: list[_Kept] = []  # the one used last stands last
        self._prompt = 0  # tokens of the last prompt; what was written behind it is not kept

    @property
    def bytes(self) -> int:
        """How many bytes the states take."""
        return sum(len(one.state) for one in self._kept)

    def begin(self, tokens: Sequence[int]) -> int:
        """Go to the end of what the model has, or was kept, of a prompt's beginning.

        Returns how many tokens that are; the last token of the prompt is always left to be read.
        """
        wanted = np.asarray(tokens[:-1], np.intc)
        live = self._live()
        have = _alike(live, wanted)
        if self._whole_only and have < len(live):
            have = 0
        best = max(self._kept, key=lambda one: _alike(one.tokens, wanted), default=None)
        if best is not None and _alike(best.tokens, wanted) < have + _WORTH:
            best = None
        if best is not None:  # the last to go
            self._kept = [*(one for one in self._kept if one is not best), best]
        self._keep(live[: self._prompt], have)
        if best is not None:
            have = self._put_back(best, wanted)
        if have == 0:
            self._llama.reset()
        self._llama.n_tokens = have
        self._prompt = len(tokens)
        return have

    def _live(self) -> Tokens:
        found: Tokens = self._llama.input_ids[: self._llama.n_tokens].copy()
        return found

    def _keep(self, prompt: Tokens, have: int) -> None:
        """Keep a prompt that the model is at, if more of it would be lost than `have` tokens."""
        import llama_cpp

        held = max((_alike(one.tokens, prompt) for one in self._kept), default=0)
        if not self._most or len(prompt) - max(have, held) < _WORTH:
            return
        llama = self._llama
        llama._ctx.kv_cache_seq_rm(0, len(prompt), -1)
        size = llama_cpp.llama_state_seq_get_size(llama.ctx, 0)
        if size > self._most:
            return
        while self.bytes + size > self._most:
            del self._kept[0]
        state = np.empty(size, np.uint8)
        if llama_cpp.llama_state_seq_get_data(llama.ctx, _address(state), size, 0) != size:
            return
        # One that this one begins like has nothing that this one has not.
        self._kept = [one for one in self._kept if _alike(one.tokens, prompt) < len(one.tokens)]
        self._kept.append(_Kept(prompt, state))

    def _put_back(self, kept: _Kept, wanted: Tokens) -> int:
        """Put a kept prompt in the place of the one that the model is at; returns what serves."""
        import llama_cpp

        llama = self._llama
        done = llama_cpp.llama_state_seq_set_data(
            llama.ctx, _address(kept.state), len(kept.state), 0
        )
        if not done:  # neither this nor what was there before is to be trusted
            self._kept = [one for one in self._kept if one is not kept]
            llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(llama.ctx), True)
            return 0
        llama.input_ids[: len(kept.tokens)] = kept.tokens
        llama._requires_eval = True  # the logits of its last token are not there
        return _alike(kept.tokens, wanted)


def _alike(one: Tokens, other: Tokens) -> int:
    """Return how many tokens two prompts have alike at their beginnings."""
    length = min(len(one), len(other))
    differ = np.flatnonzero(one[:length] != other[:length])
    return int(differ[0]) if len(differ) else length


def _address(state: npt.NDArray[np.uint8]) -> Any:
    return state.ctypes.data_as(ctypes.POINTER(ctypes.c_uint8))
