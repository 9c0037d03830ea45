"""Questions searched for in the library, in both languages where that helps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from langchain_core.documents import Document

from app.models import Models
from app.translating import Translator
from ingest.script import language
from retrieval.context import widened
from retrieval.filters import EVERYTHING, Filter
from retrieval.hubs import Hubs
from retrieval.index import VectorIndex
from retrieval.ledger import Ledger
from retrieval.library import Library
from retrieval.search import LibraryRetriever, Method
from retrieval.vectors import VectorTable

_OTHER = {"zh": "en", "en": "zh"}
# A question is translated when no passage found holds this share of its words. In a library in both
# languages nine in ten questions about documents in their own found 0.28 and more, nine in ten
# about documents in the other 0.15 and less (docs/retrieval.md).
_SURE = 0.22


@dataclass(frozen=True)
class Found:
    """The passages found for a question, best first, and the wordings that were searched for."""

    passages: list[Document]
    searched: tuple[str, ...]


class Finder:
    """Finds passages for questions."""

    def __init__(
        self,
        ledger: Ledger,
        index: Callable[[], VectorIndex],
        models: Models,
        translator: Translator,
    ) -> None:
        """`index` opens the index when a search needs it."""
        self._library = Library(ledger)
        self._vectors = VectorTable(ledger)
        self._ledger = ledger
        self._index = index
        self._models = models
        self._translator = translator
        self._hubs: Hubs | None = None

    def find(
        self, question: str, k: int, within: Filter = EVERYTHING, method: Method = "fused"
    ) -> Found:
        """Return the k passages that answer a question best, each with its `score`."""
        passages = self.retriever(k, within, method).invoke(question)
        if method == "fused" and (to := self._missing(question, passages, within)):
            translation = self._translator.translate(question, to)
            if translation:
                both = self.retriever(k, within, method, (translation,))
                return Found(both.invoke(question), (question, translation))
        return Found(passages, (question,))

    def read(self, question: str, k: int, within: Filter = EVERYTHING) -> Found:
        """Return the passages to answer a question from: the k best chunks, and those around."""
        found = self.find(question, k, within)
        return Found(widened(self._library, found.passages), found.searched)

    def _missing(self, question: str, found: Sequence[Document], within: Filter) -> str | None:
        """Return the language in which a question should be asked too, None if there is no need."""
        lang = language(question)
        languages = self._library.languages(within)
        if _OTHER[lang] not in languages:
            return None
        held = max((d.metadata["keywords"] for d in found), default=0.0)
        return None if lang in languages and held >= _SURE else _OTHER[lang]

    def retriever(
        self,
        k: int,
        within: Filter = EVERYTHING,
        method: Method = "fused",
        also: tuple[str, ...] = (),
    ) -> LibraryRetriever:
        """Return what searches the library as it is; `also` are other wordings of the question."""
        embeddings, fingerprint = self._models.embeddings(), self._models.fingerprint
        if self._hubs is None:
            self._hubs = Hubs(self._ledger, embeddings, fingerprint)
        return LibraryRetriever(
            library=self._library,
            index=self._index(),
            vectors=self._vectors,
            embeddings=embeddings,
            hubs=self._hubs,
            fingerprint=fingerprint,
            language=language,
            k=k,
            within=within,
            also=also,
            method=method,
        )
