"""How many tokens a text has at most, for models whose tokenizer is not at hand."""

from __future__ import annotations

import math
from collections.abc import Sequence

from langchain_core.messages import BaseMessage

# Tokens of a character by its kind, set on 244 pieces of 400 characters from documentation and the
# samples, Chinese and English: by the tokenizers of Qwen and E5 no piece had more. SmolLM2, made
# for English alone, has up to half more in Chinese, in which it cannot answer either.
_LETTER = 0.35
_DIGIT = 1.0
_SPACE = 0.35
_MARK = 1.0
_OTHER = 1.25  # a Chinese character
# What a chat template puts around a message (Qwen: 5), and around all of them: some write the date.
_PER_MESSAGE = 8
_PER_PROMPT = 32


def most_tokens(text: str) -> int:
    """Return an upper estimate of a text's tokens, which most tokenizers stay below."""
    return math.ceil(sum(map(_weight, text)))


def most_tokens_of(messages: Sequence[BaseMessage]) -> int:
    """Return an upper estimate of a prompt's tokens, the server's chat template included."""
    return _PER_PROMPT + sum(_PER_MESSAGE + most_tokens(str(m.text)) for m in messages)


def _weight(char: str) -> float:
    if not char.isascii():
        return _OTHER
    if char.isalpha():
        return _LETTER
    if char.isdigit():
        return _DIGIT
    return _SPACE if char.isspace() else _MARK
