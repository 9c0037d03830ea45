"""Questions asked of two programs in turn: the library, and a plain script beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.evaluation.answer_items import Item
from app.evaluation.replies import Replies, Reply
from app.service import KnowledgeBase
from app.settings import Settings
from llm.answer import Answer, Text

# Raise it when prompts, thresholds or anything else changes what is answered: the answers that
# are kept of earlier runs then belong to another version, and everything is asked again.
ANSWERING = 11

# What a person sets that has no part in what is answered.
_ELSEWHERE = {
    "data_dir", "models_dir", "model_sources", "models_local", "threads", "gpu_layers", "port",
    "max_file_mb", "read_seconds",
}  # fmt: skip

Passages = tuple[str, ...]


@dataclass(frozen=True)
class Program:
    """Something that answers, with what it has answered before.

    `given` are the passages that are laid before it with a question, none where it searches.
    """

    method: str
    replies: Replies
    given: Callable[[Item], Passages]
    ask: Callable[[Item, Passages], Reply]

    def knows(self, item: Item) -> bool:
        """Tell whether this question has been answered in an earlier run."""
        return self.replies.has(item, self.given(item))

    def answer(self, item: Item, run: str) -> Reply:
        """Return the answer to a question; a new one is kept, as one of this run."""
        passages = self.given(item)
        known = self.replies.get(item, passages)
        if known is not None:
            return known
        return self.replies.add(item, passages, replace(self.ask(item, passages), run=run))


def setup(settings: Settings, *parts: str) -> str:
    """Return what decides an answer beside the question and its passages, as one text."""
    values = {**settings.model_dump(exclude=_ELSEWHERE), "llm_model": settings.chat_model}
    return json.dumps([ANSWERING, *parts, values, _changed(settings.chat_model)], default=str)


def plain_setup(script: Path, model: Path) -> str:
    """Return what decides an answer of the plain script, as one text."""
    return json.dumps([script.read_text("utf-8"), _changed(str(model)), model.name])


def load_models(kb: KnowledgeBase, items: Sequence[Item]) -> None:
    """Load the models that these questions need, so that no answer waits for them."""
    if any(item.passages is None for item in items):
        kb.models.embeddings()
    kb.models.chat()


def ask_library(kb: KnowledgeBase, item: Item) -> Reply:
    """Answer a question from the library, or from the passages it brings."""
    *events, result = kb.ask(item.question, passages=item.passages)
    if not isinstance(result, Answer):
        raise TypeError(f"the last event of an answer is a {type(result).__name__}")
    return reply_of(result, "".join(event.text for event in events if isinstance(event, Text)))


def reply_of(result: Answer, shown: str | None = None) -> Reply:
    """Return an answer of ours as it is measured; `shown` is what was shown while it grew."""
    shown = result.answer if shown is None else shown
    return Reply(
        answer=result.answer,
        refused=result.refused,
        quotes=tuple(citation.quote for citation in result.citations),
        first_token_s=result.timings.first_token_s,
        total_s=result.timings.total_s,
        outcome=result.outcome,
        paths=tuple(citation.path or "" for citation in result.citations),
        calls=result.usage.calls,
        prompt_tokens=result.usage.prompt_tokens,
        taken_back=0 if result.answer.startswith(shown) else len(shown),
        certainty=result.certainty,
    )


def _changed(model: str) -> list[float]:
    """Return size and time of a model that is named by its file; an id names one model alone."""
    path = Path(model).expanduser()
    return [path.stat().st_size, path.stat().st_mtime] if path.is_file() else []
