"""Questions: search the library, then answer from what was found."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence

from langchain_core.documents import Document

from app.asking.finder import Finder, FoundPassages, Share
from app.asking.report import result
from app.asking.summariser import Summariser, Wanted
from app.loaded_models import Models
from app.results import AskResult
from app.settings import Settings
from ingest.text import language
from llm.answer import (
    Answer,
    Asked,
    ModelCache,
    Task,
    answer,
    answer_each,
    brief_of,
    select_passages,
)
from llm.question import Turn, depends, question_parts, standalone
from llm.summary import SummaryStep
from retrieval.ledger import EVERYTHING, Filter

_OF_EACH = 2  # chunks, with their neighbours, for each part of a question about several things


class Asker:
    """Finds passages for questions, and answers from them."""

    def __init__(
        self, settings: Settings, finder: Finder, models: Models, summariser: Summariser
    ) -> None:
        self._settings = settings
        self._finder = finder
        self._models = models
        self._summariser = summariser
        self._remembered: tuple[object, ModelCache] | None = None

    def ask(
        self,
        question: str,
        within: Filter = EVERYTHING,
        passages: Sequence[str] | None = None,
        cancel: threading.Event | None = None,
        history: Sequence[Turn] = (),
        certainty: float | None = None,
    ) -> Iterator[FoundPassages | SummaryStep | str | AskResult]:
        """Yield what was found, the answer's text as it is written, and the result.

        With `passages` the answer is drawn from these texts instead of the library. `history` is
        what was said before: a question that leans on it is first written out. A wish for the
        summary of a document also yields which part of it is being read. `certainty`, 0 to 1, is
        how sure it must be that the passages hold the answer; None is that of the settings.
        """
        before = self._models.calls  # right as long as one question is asked at a time
        if passages is None and (wanted := self._summariser.wanted(question, within)):
            yield from self._summary(question, wanted, cancel, before)
            return
        if passages is None:
            self._models.embeddings()  # loading is not part of the time to find passages
        model = self._models.chat()
        began = time.perf_counter()
        lang, asked = language(question), question
        if depends(question, history):
            asked = standalone(question, history, model, cancel)
        # A follow-up asks for one thing more; written out it may hold the earlier question, too.
        alone = asked == question and model.can_reword and self._any(within, passages)
        each = question_parts(asked, model, cancel) if alone else (asked,)
        found, shares = self._found(each, within, passages, cancel)
        retrieve_s = time.perf_counter() - began
        yield found
        judge = self._judge()
        task = Task(
            found.passages,
            lang,
            model,
            model.context,
            self._settings.answer_tokens,
            cancel or threading.Event(),
            odds=judge.odds if judge else None,
            brief=judge.brief if judge else None,
            least=self._settings.certainty if certainty is None else certainty,
            strict=self._settings.strict,
        )
        sought = [
            Asked(part, share.searched, share.numbers)
            for part, share in zip(each, shares, strict=True)
        ]
        answers = ((one.question, answer(one, task)) for one in select_passages(sought, task))
        whole = answer_each(asked, answers, task) if len(each) > 1 else next(answers)[1]
        for part in whole:
            if isinstance(part, str):
                yield part
            else:
                yield result(question, found, part, retrieve_s, self._models.calls - before)

    def _found(
        self,
        questions: Sequence[str],
        within: Filter,
        given: Sequence[str] | None,
        cancel: threading.Event | None,
    ) -> tuple[FoundPassages, list[Share]]:
        """Return the passages for the parts of a question, and those of each."""
        if given is not None:
            passages = [
                Document(id=str(n), page_content=text, metadata={"heading": ""})
                for n, text in enumerate(given, 1)
            ]
            numbers = list(range(len(given)))
            return FoundPassages(passages, tuple(questions)), [
                Share((q,), numbers) for q in questions
            ]
        k = self._settings.passages
        return self._finder.read_each(
            questions, min(k, _OF_EACH) if len(questions) > 1 else k, within, cancel
        )

    def _any(self, within: Filter, given: Sequence[str] | None) -> bool:
        """Tell whether there is anything to answer from."""
        return self._finder.holds(within) if given is None else bool(given)

    def _judge(self) -> ModelCache | None:
        """Return what the chat model can be asked beside an answer, None where it cannot judge."""
        model = self._models.chat()
        if not model.can_judge:
            return None
        if self._remembered is None or self._remembered[0] is not model:
            self._remembered = model, ModelCache(model.odds, brief_of(model))
        return self._remembered[1]

    def _summary(
        self, question: str, wanted: Wanted, cancel: threading.Event | None, before: int
    ) -> Iterator[FoundPassages | SummaryStep | str | AskResult]:
        began = time.perf_counter()
        fetched = 0.0
        for part in self._summariser.summarise(wanted, cancel):
            if isinstance(part, FoundPassages):
                fetched = time.perf_counter() - began
            if isinstance(part, Answer):
                calls = self._models.calls - before
                yield result(question, FoundPassages([], ()), part, fetched, calls)
            else:
                yield part
