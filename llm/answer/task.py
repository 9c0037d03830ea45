"""What a question is answered with: the same for the whole of it and for each of its parts."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from langchain_core.documents import Document
from langchain_core.language_models.chat_models import BaseChatModel

from llm.answer.drafts import Brief
from llm.answer.judge import Odds


@dataclass(frozen=True)
class Task:
    """The passages and the model to answer from, and how.

    `lang` is the question's language, "zh" or "en"; `context` and `answer_tokens` are in tokens.
    With `odds` the model is first asked which passages state the answer; it is written from those
    alone, and only if it is at least so certain (`least`, 0 to 1) that they do. With `brief`, too,
    what each passage answers is compared, and what others say instead is quoted behind the answer.
    Sentences that the passages do not bear out are left out, or marked when it need not be
    `strict`; with none left it is a refusal. Setting `cancel` stops the model. Times count from
    `began`.
    """

    passages: Sequence[Document]
    lang: str
    model: BaseChatModel
    context: int
    answer_tokens: int
    cancel: threading.Event = field(default_factory=threading.Event)
    odds: Odds | None = None
    brief: Brief | None = None
    least: float = 0.0
    strict: bool = True
    began: float = field(default_factory=time.perf_counter)

    @property
    def reserve(self) -> int:
        """The tokens of the context that are kept for the answer."""
        return min(self.answer_tokens, self.context // 4)

    @property
    def seconds(self) -> float:
        """How long it has taken until now."""
        return time.perf_counter() - self.began


@dataclass(frozen=True)
class Asked:
    """A question, or a part of one, to be answered from passages.

    Passages in the other language are asked by that one of `also`, other wordings, which is in
    it. `among` are the numbers, from 0, of the passages that are for this question, if not all are.
    """

    question: str
    also: Sequence[str] = ()
    among: Sequence[int] | None = None
