"""The tokens of a prompt: a control token comes from the chat template, never from a text in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from llm.chat.control_marks import without_control_marks
from llm.chat.template import TemplatePart


class PromptTokens:
    """Turns the parts of a rendered prompt into token ids.

    llama.cpp looks for control tokens in the template's own text only. What stands between two of
    them is tokenized at one go and without them, text of the template and of others together, so
    that a prompt without any mark in its texts has the very tokens it would have as a whole.
    """

    def __init__(self, llama: Any) -> None:
        import llama_cpp

        self._llama = llama
        vocabulary = llama_cpp.llama_model_get_vocab(llama.model)
        control = llama_cpp.LLAMA_TOKEN_ATTR_CONTROL | llama_cpp.LLAMA_TOKEN_ATTR_UNKNOWN
        self._control: dict[str, int] = {}
        self._others: list[str] = []
        patterns: list[str] = []
        for token in range(llama.n_vocab()):
            attributes = llama_cpp.llama_vocab_get_attr(vocabulary, token)
            if not attributes & (control | llama_cpp.LLAMA_TOKEN_ATTR_USER_DEFINED):
                continue
            text = llama_cpp.llama_vocab_get_text(vocabulary, token).decode("utf-8", "replace")
            if attributes & control:
                self._control[text] = token
                # Some tokens swallow the white space beside them.
                before = r"\s*" if attributes & llama_cpp.LLAMA_TOKEN_ATTR_LSTRIP else ""
                after = r"\s*" if attributes & llama_cpp.LLAMA_TOKEN_ATTR_RSTRIP else ""
                patterns.append(f"{before}({re.escape(text)}){after}")
            elif text.strip():
                self._others.append(text)
        patterns.sort(key=len, reverse=True)
        self._find = re.compile("|".join(patterns) or r"(?!)")

    def __call__(self, parts: Sequence[TemplatePart]) -> list[int]:
        """Return the tokens of a prompt."""
        template = "".join(part.text for part in parts if part.ours)
        # llama.cpp finds tokens "defined by the user" in any text. A file may have a mark of its
        # template among these, and only those are broken: the rest is white space and HTML.
        marks = [*self._control, *(text for text in self._others if text in template)]
        tokens: list[int] = []
        run = ""
        for part in parts:
            if not part.ours:
                run += without_control_marks(part.text, marks)
                continue
            at = 0
            for found in self._find.finditer(part.text):
                tokens += self._plain(run + part.text[at : found.start()])
                tokens.append(self._control[found[found.lastindex or 0]])
                run, at = "", found.end()
            run += part.text[at:]
        return tokens + self._plain(run)

    def _plain(self, text: str) -> list[int]:
        return list(self._llama.tokenize(text.encode("utf-8", "replace"), False, False))
