"""Every question answered, by the library and by a plain script."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.evaluation.answer_cells import score
from app.evaluation.answers_report import Answered
from app.evaluation.items import Item
from app.evaluation.plain_answers import ask_script
from app.evaluation.replies import Replies, Reply
from app.service import KnowledgeBase
from app.settings import Settings
from app.terminal import EvalProgress
from llm.answer import Answer

# Raise it when prompts, thresholds or anything else changes what is answered: the answers that
# are kept of earlier runs then belong to another version, and everything is asked again.
ANSWERING = 11

PLAIN_PASSAGES = 4  # as many as the tutorial's retriever returns

# What a person sets that has no part in what is answered.
_ELSEWHERE = {
    "data_dir", "models_dir", "model_sources", "models_local", "threads", "gpu_layers", "port",
    "max_file_mb", "read_seconds",
}  # fmt: skip


def setup(settings: Settings, *parts: str) -> str:
    """Return what decides an answer beside the question and its passages, as one text."""
    values = settings.model_dump(exclude=_ELSEWHERE)
    return json.dumps([ANSWERING, *parts, values, _changed(settings.llm_model)], default=str)


def plain_setup(script: Path, model: Path) -> str:
    """Return what decides an answer of the plain script, as one text."""
    return json.dumps([script.read_text("utf-8"), _changed(str(model)), model.name])


def ask_library(
    kb: KnowledgeBase, items: Sequence[Item], replies: Replies, progress: EvalProgress
) -> list[Answered]:
    """Answer each question from the library, or from the passages it brings."""
    if not all(replies.has(item, item.passages or ()) for item in items):
        progress("loading the models", 0, 0)
        if any(item.passages is None for item in items):
            kb.models.embeddings()  # loading is not counted
        kb.models.chat()
    answered = []
    for done, item in enumerate(items):
        progress("answering", done, len(items))
        given = item.passages or ()
        known = replies.get(item, given)
        reply = known or replies.add(item, given, _ask(kb, item))
        answered.append((item, reply, score(item, reply)))
    return answered


def ask_plain(
    script: Path,
    model: Path,
    items: Sequence[Item],
    found: Mapping[str, Sequence[str]],
    replies: Replies,
    progress: EvalProgress,
) -> list[Answered]:
    """Have the script answer each question from its passages, or from those found for its id.

    Raises KbError when it fails; what it answered until then is kept for the next run.
    """
    asked = [
        (item, item.passages or tuple(found.get(item.id, ())[:PLAIN_PASSAGES])) for item in items
    ]
    new = [one for one in asked if not replies.has(*one)]
    if new:
        progress("the plain script answers", 0, len(new))
        written = ask_script(script, model, new)
        for done, (one, given) in enumerate(zip(new, written, strict=True), 1):
            replies.add(*one, given)
            progress("the plain script answers", done, len(new))
    known = [(item, replies.get(item, passages)) for item, passages in asked]
    return [(item, reply, score(item, reply)) for item, reply in known if reply is not None]


def _ask(kb: KnowledgeBase, item: Item) -> Reply:
    *_, result = kb.ask(item.question, passages=item.passages)
    if not isinstance(result, Answer):
        raise TypeError(f"the last event of an answer is a {type(result).__name__}")
    return Reply(
        answer=result.answer,
        refused=result.refused,
        quotes=tuple(citation.quote for citation in result.citations),
        first_token_s=result.timings.first_token_s,
        total_s=result.timings.total_s,
    )


def _changed(model: str) -> list[float]:
    """Return size and time of a model that is named by its file; an id names one model alone."""
    path = Path(model).expanduser()
    return [path.stat().st_size, path.stat().st_mtime] if path.is_file() else []
