"""The chat model that answers, what else it can be asked, and how sure it must be."""

from __future__ import annotations

from dataclasses import dataclass

from langchain_core.language_models.chat_models import BaseChatModel

from llm.answer.drafts import Brief
from llm.answer.judge import Odds


@dataclass(frozen=True)
class AnswerModel:
    """The model that questions are answered with, and how.

    `context` and `answer_tokens` are in tokens. With `odds` the model is first asked which passages
    state the answer; it is written from those alone, and only if it is at least so certain
    (`least_certainty`, 0 to 1) that they do. With `brief`, too, what each passage answers is
    compared, and what others say instead is quoted behind the answer. Sentences that the passages
    do not bear out are left out, or marked when it need not be `strict`; with none left it is a
    refusal.
    """

    chat: BaseChatModel
    context: int
    answer_tokens: int
    odds: Odds | None = None
    brief: Brief | None = None
    least_certainty: float = 0.0
    strict: bool = True

    @property
    def reserve(self) -> int:
        """The tokens of the context that are kept for the answer."""
        return min(self.answer_tokens, self.context // 4)
