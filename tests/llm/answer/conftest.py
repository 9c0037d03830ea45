"""A question answered from passages by a model whose words are given."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from langchain_core.documents import Document

from ingest.text import script
from llm.answer import Answer, AnswerModel, Question, Text, answer


@pytest.fixture
def reply(scripted_chat: Any) -> Callable[..., Answer]:
    """Ask a question of passages, texts or documents, and have the model say the given words.

    `briefs` are what passages answer by themselves, by a text that they hold, `alone` what they do
    when no other is shown; `likely` the odds
    that they hold the answer, None for a model without odds. What was shown is the answer's text.
    """

    def make(
        question: str,
        passages: Sequence[str | Document],
        says: str = "",
        *,
        briefs: dict[str, str] | None = None,
        alone: dict[str, str] | None = None,
        likely: float | None = 9.0,
        lang: str | None = None,
        **more: Any,
    ) -> Answer:
        documents = [
            p if isinstance(p, Document) else Document(id=str(n), page_content=p)
            for n, p in enumerate(passages, 1)
        ]
        chat = scripted_chat(
            texts=[says], likely=likely or 0.0, briefs=briefs or {}, alone=alone or {}
        )
        odds = None if likely is None else chat.odds
        asked = Question(question, lang or script(question), documents)
        *parts, last = answer(asked, AnswerModel(chat, chat.context, 200, odds=odds, **more))
        assert isinstance(last, Answer)
        shown = "".join(part.text for part in parts if isinstance(part, Text))
        assert len([p for p in parts if isinstance(p, Text)]) == len(parts)
        assert last.answer == shown or not shown
        return last

    return make
