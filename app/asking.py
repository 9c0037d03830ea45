"""Questions: search the library, then answer from what was found."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence

from langchain_core.documents import Document

from app.finding import Finder, Found
from app.models import Models
from app.results import AskResult, Hit, Near, Timings, Usage
from app.settings import Settings
from app.summarising import Summariser, Wanted
from ingest.script import language
from llm.answer import Answer, answer
from llm.followup import Turn, depends, standalone
from llm.noting import Step
from llm.remembered import RememberedOdds
from retrieval.filters import EVERYTHING, Filter

_CLOSEST = 2  # passages offered with a refusal


class Asker:
    """Finds passages for questions, and answers from them."""

    def __init__(
        self, settings: Settings, finder: Finder, models: Models, summariser: Summariser
    ) -> None:
        self._settings = settings
        self._finder = finder
        self._models = models
        self._summariser = summariser
        self._remembered: tuple[object, RememberedOdds] | None = None

    def ask(
        self,
        question: str,
        within: Filter = EVERYTHING,
        passages: Sequence[str] | None = None,
        cancel: threading.Event | None = None,
        history: Sequence[Turn] = (),
        certainty: float | None = None,
    ) -> Iterator[Found | Step | str | AskResult]:
        """Yield what was found, the answer's text as it is written, and the result.

        With `passages` the answer is drawn from these texts instead of the library. `history` is
        what was said before: a question that leans on it is first written out. A wish for the
        summary of a document also yields which part of it is being read. `certainty`, 0 to 1, is
        how sure it must be that the passages hold the answer; None is that of the settings.
        """
        if passages is None and (wanted := self._summariser.wanted(question, within)):
            yield from self._summary(question, wanted, cancel)
            return
        if passages is None:
            self._models.embeddings()  # loading is not part of the time to find passages
        began = time.perf_counter()
        lang, asked = language(question), question
        if depends(question, history):
            asked = standalone(question, history, self._models.chat(), cancel)
        if passages is None:
            found = self._finder.read(asked, self._settings.passages, within, cancel)
        else:
            given = [
                Document(id=str(n), page_content=text, metadata={"heading": ""})
                for n, text in enumerate(passages, 1)
            ]
            found = Found(given, (asked,))
        retrieve_s = time.perf_counter() - began
        yield found
        model = self._models.chat()
        for part in answer(
            asked,
            found.passages,
            lang,
            model,
            model.context,
            self._settings.answer_tokens,
            cancel,
            self._odds(),
            self._settings.certainty if certainty is None else certainty,
            strict=self._settings.strict,
        ):
            yield (part if isinstance(part, str) else _result(question, found, part, retrieve_s))

    def _odds(self) -> RememberedOdds | None:
        """Return what the chat model can be asked beside an answer, None where it cannot judge."""
        model = self._models.chat()
        if not model.can_judge:
            return None
        if self._remembered is None or self._remembered[0] is not model:
            self._remembered = model, RememberedOdds(model.odds)
        return self._remembered[1]

    def _summary(
        self, question: str, wanted: Wanted, cancel: threading.Event | None
    ) -> Iterator[Found | Step | str | AskResult]:
        began = time.perf_counter()
        fetched = 0.0
        for part in self._summariser.summarise(wanted, cancel):
            if isinstance(part, Found):
                fetched = time.perf_counter() - began
            yield (
                _result(question, Found([], ()), part, fetched)
                if isinstance(part, Answer)
                else part
            )


def hits(found: Sequence[Document]) -> list[Hit]:
    """Return passages as `kb search` prints them."""
    return [
        Hit(
            rank=rank,
            score=round(d.metadata["score"], 6),
            document=d.metadata["document"],
            path=d.metadata["path"],
            page=d.metadata["page"],
            heading=d.metadata["heading"],
            text=d.page_content,
            chunk_id=d.id or "",
        )
        for rank, d in enumerate(found, 1)
    ]


def _result(question: str, found: Found, given: Answer, retrieve_s: float) -> AskResult:
    first = given.first_token_s
    return AskResult(
        question=question,
        searched=found.searched,
        answer=given.text,
        grounded=given.grounded,
        refused=given.refused,
        citations=given.citations,
        timings=Timings(
            round(retrieve_s, 4),
            None if first is None else round(retrieve_s + first, 4),
            round(retrieve_s + given.total_s, 4),
        ),
        usage=Usage(given.prompt_tokens, given.completion_tokens),
        closest=_closest(found.passages) if given.refused else (),
        certainty=None if given.certainty is None else round(given.certainty, 4),
    )


def _closest(passages: Sequence[Document]) -> tuple[Near, ...]:
    """Return the chunks that the best passages of the library were found by."""
    ranked = sorted(
        (p for p in passages if "score" in p.metadata), key=lambda p: -p.metadata["score"]
    )
    return tuple(
        Near(
            document=p.metadata["document"],
            path=p.metadata["path"],
            page=p.metadata["page"],
            heading=p.metadata["heading"],
            text=p.metadata.get("parts", {}).get(p.id, p.page_content),
            chunk_id=p.id or "",
        )
        for p in ranked[:_CLOSEST]
    )
