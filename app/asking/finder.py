"""Questions searched for in the library, in both languages where that helps."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from langchain_core.documents import Document

from app.asking.translator import Translator
from app.loaded_models import Models
from ingest.text import language, script
from llm.answer import Found, Question, lacking_names
from retrieval.index import VectorIndex
from retrieval.ledger import EVERYTHING, Filter, Ledger, VectorTable
from retrieval.library import Library, fill_editions, standings
from retrieval.search import (
    EVEN,
    WEIGHTS,
    Candidate,
    Hubs,
    LibraryRetriever,
    Method,
    spread,
    widened,
)

if TYPE_CHECKING:
    from llm.chat import StreamedChat

_OTHER = {"zh": "en", "en": "zh"}
# A question is asked in the other language too when no passage in its own scores so much, or when
# one in the other is nearly as near. Of 200 questions that only the other language answers 198 are,
# and of 600 about documents in their own 26 in 100; a border for the words alone took 53
# (docs/measured/retrieval.md).
_GOOD, _AHEAD = 0.69, 0.06
# A document is about a topic if a chunk holds this share of its words, and half of what the best
# one does, and is not much further than the nearest. One in the other language cannot hold them,
# and must be nearly as near. Where none holds them, the nearest count, if near at all: of 36
# topics put to the samples, those that no document speaks of came to .58.
_HOLDS, _FURTHER, _FURTHER_OTHER = 0.3, 0.07, 0.03
_NEAR, _AS_NEAR = 0.61, 0.01
_NAMES = 2  # names in a question that are translated by themselves
_LOOKED_AT = 40  # chunks among which those of each document that is named are looked for


@dataclass(frozen=True)
class Look:
    """What a question's own wording finds, and the language it should be asked in too, if any.

    `spread_over` is how many chunks are taken of it to answer from.
    """

    question: str
    retriever: LibraryRetriever
    candidates: dict[str, Candidate]
    to: str | None
    spread_over: int = 0


class Finder:
    """Finds passages for questions."""

    def __init__(
        self,
        ledger: Ledger,
        index: Callable[[], VectorIndex],
        models: Models,
        translator: Translator,
        today: Callable[[], date] = date.today,
    ) -> None:
        """`index` opens the index when a search needs it; what is in force depends on `today`."""
        self._library = Library(ledger)
        self._vectors = VectorTable(ledger)
        self._ledger = ledger
        self._index = index
        self._models = models
        self._translator = translator
        self._today = today
        self._hubs: Hubs | None = None

    def holds(self, within: Filter) -> bool:
        """Tell whether the library has any document that a filter lets through."""
        return bool(self._library.languages(within))

    def in_force(self, within: Filter) -> Filter:
        """Return a filter that also leaves out what is not in force today, as far as that is known.

        That is an edition that a newer one replaced, a draft, or one that does not hold yet.
        """
        fill_editions(self._ledger)
        with self._ledger.read() as db:
            documents = [row[0] for row in db.execute("SELECT document FROM editions")]
            found = standings(db, documents, self._today())
        left_out = sorted(d for d, s in found.items() if s.state not in ("in force", ""))
        return replace(within, superseded=tuple(left_out))

    def find(
        self,
        question: str,
        k: int,
        within: Filter = EVERYTHING,
        method: Method = "fused",
    ) -> Found:
        """Return the k passages that answer a question best, each with its `score`.

        It waits for nobody's answer, but for a translation where one is needed.
        """
        return self._found(self._look(question, k, within, method))

    def look(self, question: str, k: int, within: Filter = EVERYTHING) -> Look:
        """Return what a question's own wording finds to answer it from, before any translation.

        A question that names several documents gets some of each. Of a document with several
        editions it gets those of the one in force, unless it asks for another.
        """
        look = self._look(question, max(k, _LOOKED_AT), within, only_asked=True)
        return replace(look, spread_over=k)

    def takes_time(self, look: Look) -> bool:
        """Tell whether the question is still to be translated."""
        return look.to is not None and self._translator.takes_time(look.question, look.to)

    def passages(self, look: Look) -> list[Document]:
        """Return the best chunks of a look, and those around them."""
        best = look.retriever.best(look.question, look.candidates)
        return widened(self._library, spread(best, look.spread_over))

    def read(self, question: Question, look: Look, chat: StreamedChat | None = None) -> None:
        """Give a question the passages to answer it from: the best chunks, and those around.

        `chat` is the model that translates, for whom it is the turn. Setting the question's
        `cancel` stops a translation; what was found without it is taken.
        """
        found = self._found(look, question.cancel, chat)
        question.passages = widened(self._library, spread(found.passages, look.spread_over))
        question.searched, question.untranslated = found.searched, found.untranslated
        question.called = self._names_in_translation(question, chat)

    def _look(
        self,
        question: str,
        k: int,
        within: Filter,
        method: Method = "fused",
        *,
        only_asked: bool = False,
    ) -> Look:
        """`only_asked` leaves out what another edition than the one in force says of it."""
        languages = self._library.languages(within) if method == "fused" else {}
        across = len(languages) > 1
        retriever = self.retriever(k, within, method, across=across, only_asked=only_asked)
        candidates = retriever.candidates(question)
        to = self._second_lang(question, candidates.values(), languages)
        return Look(question, retriever, candidates, to)

    def _found(
        self,
        look: Look,
        cancel: threading.Event | None = None,
        chat: StreamedChat | None = None,
    ) -> Found:
        """Return what a question finds, in both languages if it should be asked in both."""
        question, missed = look.question, ""
        if to := look.to:
            translation = self._translator.translate(question, to, cancel, chat)
            if translation:
                both = {"also": (translation,), "across": False}
                passages = look.retriever.model_copy(update=both).invoke(question)
                return Found(passages, (question, translation))
            missed = to if self._translator.missed(question, to) else ""
        return Found(look.retriever.best(question, look.candidates), (question,), missed)

    def about(self, topic: str, within: Filter = EVERYTHING) -> dict[str, Document]:
        """Return the best chunk about a topic of each document that is, best first, by document.

        Without a translation, as no chat model is asked; documents clearly weaker are left out.
        """
        best: dict[str, Candidate] = {}
        found = self.retriever(_LOOKED_AT, within).candidates(topic).values()
        for candidate in sorted(found, key=lambda c: -c.evidence.score(WEIGHTS)):
            best.setdefault(candidate.document.metadata["document"], candidate)
        nearest = max((c.evidence.near(WEIGHTS) for c in best.values()), default=0.0)
        held = max((c.evidence.keywords for c in best.values()), default=0.0)

        def is_about(one: Candidate) -> bool:
            near = one.evidence.near(WEIGHTS)
            if held < _HOLDS:
                return near >= max(_NEAR, nearest - _AS_NEAR)
            if one.document.metadata["lang"] != language(topic):
                return near >= nearest - _FURTHER_OTHER
            holds = one.evidence.keywords >= max(_HOLDS, held / 2)
            return holds and near >= nearest - _FURTHER

        return {name: one.document for name, one in best.items() if is_about(one)}

    def _names_in_translation(
        self, question: Question, chat: StreamedChat | None
    ) -> dict[str, str] | None:
        """Return what names that no passage has are called in the translation of a question.

        Only where a passage is in the other language. Those that are called otherwise there than
        when they are translated alone are not told: a small model takes Wuhu for Wuhan. None
        without a translation.
        """
        texts = [passage.page_content for passage in question.passages]
        lang = script(question.text)
        if len(question.searched) < 2 or all(script(text) == lang for text in texts):
            return None
        whole, called = question.searched[1], dict[str, str]()
        for name in lacking_names(question.text, texts)[:_NAMES]:
            if name in whole:
                called[name] = name
                continue
            to = _OTHER[lang]
            text = self._translator.translate(name, to, question.cancel, chat) or ""
            if (bare := text.rstrip("。.？?！! ")) and bare.lower() in whole.lower():
                called[name] = bare
        return called

    def _second_lang(
        self, question: str, found: Collection[Candidate], languages: Collection[str]
    ) -> str | None:
        """Return the language in which a question should be asked too, None if there is no need.

        `languages` are those of the documents that are asked.
        """
        lang = language(question)
        if _OTHER[lang] not in languages:
            return None
        own = [c.evidence for c in found if c.document.metadata["lang"] == lang]
        theirs = [c.evidence for c in found if c.document.metadata["lang"] != lang]
        best = max((e.score(WEIGHTS) for e in own), default=0.0)
        nearest = max((e.near(EVEN) for e in own), default=0.0)
        rival = max((e.near(EVEN) for e in theirs), default=0.0)
        enough = best >= _GOOD and nearest - rival >= _AHEAD
        return None if enough else _OTHER[lang]

    def retriever(
        self,
        k: int,
        within: Filter = EVERYTHING,
        method: Method = "fused",
        also: tuple[str, ...] = (),
        *,
        across: bool = False,
        only_asked: bool = False,
    ) -> LibraryRetriever:
        """Return what searches the library as it is; `also` are other wordings of the question.

        `across` brings more of what is near in spite of its language.
        """
        fill_editions(self._ledger)
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
            across=across,
            today=self._today(),
            only_asked=only_asked,
        )
