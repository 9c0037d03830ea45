"""One short question to a chat model, with a watch in hand."""

from __future__ import annotations

import re
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from llm.errors import ModelError

if TYPE_CHECKING:
    from llm.chat import StreamedChat

_MOST = 64  # tokens: some seconds on two cores
_ASKED = {
    "zh": "请用三句话介绍一下图书馆的用处。",
    "en": "Say in three sentences what a library is good for.",
}
# A word of English, or one Chinese character.
_WORD = re.compile(r"[㐀-鿿]|[^\W㐀-鿿]+")


@dataclass(frozen=True)
class Trial:
    """How a model did: seconds to its first word, words a second after it, and what it wrote.

    A word is one of English, or one Chinese character. `model` is the name it goes by.
    """

    model: str
    first_word: float
    words_a_second: float
    text: str


def try_chat(chat: StreamedChat, lang: str, cancel: threading.Event | None = None) -> Trial:
    """Let a model answer a fixed question in "zh" or "en"; nothing of the library is sent.

    Raises ModelError when it cannot, or writes nothing.
    """
    from langchain_core.messages import HumanMessage

    began, first, text = time.perf_counter(), 0.0, ""
    for chunk in chat.stream([HumanMessage(_ASKED[lang])], cancel=cancel, max_tokens=_MOST):
        if not text and str(chunk.text):
            first = time.perf_counter()
        text += str(chunk.text)
    if not text.strip():
        raise ModelError(
            f"the model {chat.model!r} wrote nothing", "model-silent", model=chat.model
        )
    spent = max(time.perf_counter() - first, 1e-3)
    return Trial(chat.model, first - began, len(_WORD.findall(text)) / spent, text.strip())
