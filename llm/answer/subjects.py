"""Whether what a statement stands on speaks of what was asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from langchain_core.documents import Document

from llm.answer.unknown_names import names, runs


class Subjects:
    """The names in a question that are in the title of a document, and which documents have them.

    What another company was paid, or another contract says, stands in passages of the same words: a
    small model shown both tells it of the one that was asked about.
    """

    def __init__(self, question: str, passages: Sequence[Document], blocks: Sequence[str]) -> None:
        """`blocks` are the passages as the model sees them, with their titles."""
        keys = [str(p.metadata.get("document") or n) for n, p in enumerate(passages)]
        texts: dict[str, str] = defaultdict(str)
        for key, block in zip(keys, blocks, strict=False):
            texts[key] += block.lower()
        titles = [str(passage.metadata.get("title") or "").lower() for passage in passages]
        self._of = keys
        self._documents: dict[str, set[str]] = {}
        for words in runs(question, names(question)):
            if any(all(word in title for word in words) for title in titles):
                having = {key for key, text in texts.items() if all(w in text for w in words)}
                self._documents[" ".join(words)] = having

    def lacking(self, numbers: Sequence[int]) -> str | None:
        """Return a name of the question where no passage of these numbers, from 1, is about one.

        None where one is, where there are no such names or no passages.
        """
        cited = {self._of[n - 1] for n in numbers}
        if not cited or any(cited & having for having in self._documents.values()):
            return None
        return next(iter(self._documents), None)
