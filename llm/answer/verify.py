"""Whether the passages bear a statement out."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.text import features, is_foreign, missing, script
from llm.answer.unknown_names import unknown_name


class Evidence:
    """The question and the passages that statements are held against."""

    def __init__(self, question: str, passages: Sequence[str]) -> None:
        self._question = question
        self._passages = list(passages)
        self._foreign = is_foreign(question)
        self._known = features("\n".join([question, *passages]))

    def check(self, statement: str) -> tuple[str, ...]:
        """Return what is not borne out of a statement."""
        if lacking := missing(statement, self._question, *self._passages):
            return tuple(lacking)
        # What is told in another language than that of the passages has other words.
        if not self._foreign and any(script(p) == script(statement) for p in self._passages):
            if script(statement) == "en" and (
                name := unknown_name(statement, self._question, self._passages)
            ):
                return (name,)
            words = features(statement)
            if len(words) > 3 and len(words & self._known) * 4 < len(words):
                return (statement,)
        return ()
