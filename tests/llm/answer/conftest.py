"""A question answered from passages by a model whose words are given."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from langchain_core.documents import Document

from ingest.text import script
from llm.answer import Answer, AnswerModel, Question, Text, answer, brief_of

Reply = tuple[str, Answer]  # what was streamed, and the last event


@pytest.fixture
def reply(scripted_chat: Any) -> Callable[..., Reply]:
    """Ask a question of passages, texts or documents, and have the model say the given words.

    With `drafts` each passage is judged, as likely as `odds` say, and answers that by itself, ""
    for nothing. `searched` are the question's wordings, `more` is how the model answers.
    """

    def make(
        question: str,
        passages: Sequence[str | Document],
        says: str = "",
        *,
        drafts: Sequence[str] = (),
        odds: Sequence[float] = (),
        searched: Sequence[str] = (),
        **more: Any,
    ) -> Reply:
        documents = [
            p if isinstance(p, Document) else Document(id=str(n), page_content=p)
            for n, p in enumerate(passages, 1)
        ]
        chat = scripted_chat(texts=[says])
        chat.odd = {f"[{n}] ": value for n, value in enumerate(odds, 1)}
        chat.briefs = {f"[{n}] ": draft for n, draft in enumerate(drafts, 1) if draft}
        if drafts:
            more = {"odds": chat.odds, "brief": brief_of(chat), **more}
        asked = Question(question, script(question), documents, tuple(searched))
        *parts, last = answer(asked, AnswerModel(chat, chat.context, 200, **more))
        assert isinstance(last, Answer)
        streamed = [part.text for part in parts if isinstance(part, Text)]
        assert len(streamed) == len(parts)
        return "".join(streamed), last

    return make
