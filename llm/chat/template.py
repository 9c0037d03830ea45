"""The chat template that a GGUF file carries, applied to LangChain messages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from langchain_core.messages import BaseMessage

from llm.errors import ModelError

_ROLES = {"system": "system", "human": "user", "ai": "assistant"}
# What a template is given in place of a text: a number between two characters that no text may
# have, as Unicode keeps them from being anything.
_HOLE = re.compile("\ufdd0(\\d+)\ufdd1")


class TemplatePart(NamedTuple):
    """A part of a prompt: the template's own text (`ours`) or that of a message."""

    text: str
    ours: bool


class ChatTemplate:
    """Turns messages into the text a model was trained on; rendered in Jinja's sandbox.

    The template never sees the texts themselves, so that none can steer it.
    """

    def __init__(self, formatter: Any, stops: Sequence[str]) -> None:
        self._formatter = formatter
        self.stops = tuple(stops)

    @classmethod
    def from_llama(cls, llama: Any, path: Path) -> ChatTemplate:
        """Read the template of a loaded model; raises ModelError if the file has none."""
        from llama_cpp.llama_chat_format import Jinja2ChatFormatter

        template = llama.metadata.get("tokenizer.chat_template")
        if not template:
            raise ModelError(
                f"{str(path)!r} has no chat template, so it is no chat model; choose an "
                "instruct model with KB_LLM_MODEL",
                "no-chat-model",
                file=str(path),
            )
        bos, eos = (_text(llama, token) for token in (llama.token_bos(), llama.token_eos()))
        return cls(Jinja2ChatFormatter(template, eos, bos), [eos] if eos else [])

    def render(self, messages: Sequence[BaseMessage]) -> list[TemplatePart]:
        """Return the prompt; a system message goes into the first question if need be."""
        texts = [str(m.text) for m in messages]
        plain = [
            {"role": _ROLES[m.type], "content": f"\ufdd0{n}\ufdd1"} for n, m in enumerate(messages)
        ]
        try:
            prompt = self._formatted(plain)
        except Exception as error:
            # Gemma's and older Mistral's templates raise, each in its own way, on a system message.
            if plain[0]["role"] != "system" or len(plain) < 2:
                raise ModelError(
                    f"the model's chat template refused the messages: {error}",
                    "template-refused",
                    why=str(error),
                ) from error
            merged = {"role": "user", "content": f"{plain[0]['content']}\n\n{plain[1]['content']}"}
            prompt = self._formatted([merged, *plain[2:]])
        pieces = _HOLE.split(prompt)  # text, number, text, number, ... text
        return [
            TemplatePart(texts[int(piece)], False) if n % 2 else TemplatePart(piece, True)
            for n, piece in enumerate(pieces)
            if piece
        ]

    def _formatted(self, messages: list[dict[str, str]]) -> str:
        # Models that can think before they answer are told not to, by the name that Qwen3 gave it;
        # other templates do not look at it.
        return str(self._formatter(messages=messages, enable_thinking=False).prompt)


def _text(llama: Any, token: int) -> str:
    return llama.detokenize([token], special=True).decode("utf-8", "ignore") if token >= 0 else ""
