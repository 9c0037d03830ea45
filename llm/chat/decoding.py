"""Token by token: what a model in memory writes behind a prompt that it has read."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from llm.chat.grammar import within_grammar
from llm.chat.logits import log_probability
from llm.chat.logprobs import TokenLogprob


@dataclass(frozen=True)
class Written:
    """A piece of text that is safe to show: no half character, and no beginning of a stop word.

    `count` is of the tokens that it came with, which `tokens` holds if these were asked for.
    """

    text: str
    count: int
    tokens: tuple[TokenLogprob, ...]


def decode(
    llama: Any,
    prompt: Sequence[int],
    *,
    begun: Sequence[int] = (),
    most: int,
    stops: Sequence[str],
    grammar: str | None,
    logprobs: bool,
    temperature: float,
    top_p: float,
    seed: int,
) -> Iterator[Written]:
    """Yield what a `llama_cpp.Llama` writes, at most `most` tokens, one piece a token at most.

    It has read the prompt but its last token; `begun` is the end of it that is of the reply
    already. With a `grammar` it writes the likeliest of what that allows, whatever the temperature.

    Not its `create_completion`: with log-probabilities that keeps the logits of the whole context
    (152,000 numbers a token), and it turns all that was written into text again at each token.
    Raises ValueError if `grammar` is no GBNF.
    """
    import llama_cpp

    vocabulary = llama_cpp.llama_model_get_vocab(llama.model)
    held, count, tokens = "", 0, list[TokenLogprob]()
    characters = codecs.getincrementaldecoder("utf-8")("replace")
    llama.set_seed(seed)
    chosen: Iterable[int] = (
        llama.generate(prompt, temp=temperature, top_p=top_p)
        if grammar is None
        else within_grammar(llama, prompt[-1], grammar, begun)
    )
    for token in islice(chosen, most):
        if llama_cpp.llama_vocab_is_eog(vocabulary, token):
            break
        piece = llama.detokenize([token])
        count += 1
        if logprobs:
            text = piece.decode("utf-8", "replace")
            tokens.append(TokenLogprob(text, log_probability(llama, token)))
        held += characters.decode(piece)
        ends = [at for stop in stops if (at := held.find(stop)) >= 0]
        if ends:
            held = held[: min(ends)]
            characters.reset()
            break
        if ready := held[: len(held) - _begun(held, stops)]:
            yield Written(ready, count, tuple(tokens))
            held, count, tokens = held[len(ready) :], 0, []
    if held := held + characters.decode(b"", True):
        yield Written(held, count, tuple(tokens))


def _begun(text: str, stops: Sequence[str]) -> int:
    """Return how many characters at the end of a text may be the beginning of a stop word."""
    longest = min(max(map(len, stops), default=0) - 1, len(text))
    return next(
        (n for n in range(longest, 0, -1) if any(s.startswith(text[-n:]) for s in stops)), 0
    )
