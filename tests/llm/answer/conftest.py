"""A question answered from passages by a model whose words are given."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from langchain_core.documents import Document

from llm.answer import Answer, Asked, Task, answer, brief_of, select_passages
from llm.question import script

Reply = tuple[str, Answer]  # what was streamed, and the last item


@pytest.fixture
def reply(scripted_chat: Any) -> Callable[..., Reply]:
    """Ask a question of passages, texts or documents, and have the model say the given words.

    With `drafts` each passage is judged, as likely as `odds` say, and answers that by itself, ""
    for nothing. `model` is one that speaks in another way.
    """

    def make(
        question: str,
        passages: Sequence[str | Document],
        says: str = "",
        *,
        drafts: Sequence[str] = (),
        odds: Sequence[float] = (),
        model: Any = None,
        **task: Any,
    ) -> Reply:
        documents = [
            p if isinstance(p, Document) else Document(id=str(n), page_content=p)
            for n, p in enumerate(passages, 1)
        ]
        model = model or scripted_chat()
        model.texts = [says]
        model.odd = {f"[{n}] ": value for n, value in enumerate(odds, 1)}
        model.briefs = {f"[{n}] ": draft for n, draft in enumerate(drafts, 1) if draft}
        if drafts:
            task = {"odds": model.odds, "brief": brief_of(model), **task}
        given = Task(documents, script(question), model, model.context, 200, **task)
        *parts, last = (
            item
            for selection in select_passages([Asked(question)], given)
            for item in answer(selection, given)
        )
        assert all(isinstance(part, str) for part in parts)
        assert isinstance(last, Answer)
        return "".join(map(str, parts)), last

    return make
