"""Questions: search the library, then answer from what was found."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

from langchain_core.documents import Document

from app.asking.finder import Finder
from app.asking.report import closest
from app.asking.summariser import Summariser
from app.loaded_models import Models
from app.settings import Settings
from ingest.text import language
from llm.answer import (
    Answer,
    AnswerModel,
    Event,
    Found,
    ModelCache,
    Question,
    Replaced,
    Text,
    answer,
    brief_of,
)
from llm.question import Turn, is_follow_up, question_parts, standalone
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
        self._cache: tuple[object, ModelCache] | None = None

    def ask(
        self,
        asked: str,
        within: Filter = EVERYTHING,
        given: Sequence[str] | None = None,
        cancel: threading.Event | None = None,
        history: Sequence[Turn] = (),
        certainty: float | None = None,
    ) -> Iterator[Event]:
        """Yield what was found, the answer's text as it is written, and the Answer.

        The answer is drawn from the texts `given` instead of the library, if any are. `history` is
        what was said before: a question that leans on it is first written out. A wish for the
        summary of a document also yields which part of it is being read. `certainty`, 0 to 1, is
        how sure it must be that the passages hold the answer; None is that of the settings.
        """
        cancel = cancel or threading.Event()
        before = self._models.calls  # right as long as one question is asked at a time
        wanted = self._summariser.wanted(asked, within) if given is None else None
        if wanted:
            question = Question(asked, wanted.lang, cancel=cancel)
            events = self._summariser.summarise(question, wanted)
        else:
            if given is None:
                self._models.embeddings()  # loading is not part of the time to find passages
            self._models.chat()
            question = Question(asked, language(asked), cancel=cancel)
            events = self._answer(question, within, given, history, certainty)
        streamed = ""
        for event in events:
            match event:
                case Text(text):
                    streamed += text
                case Answer():
                    if streamed and streamed != event.answer:
                        yield Replaced(event.answer)
                    usage = replace(event.usage, calls=self._models.calls - before)
                    event = replace(event, usage=usage)
                    if event.refused and not event.citations:
                        event = replace(event, closest=closest(question.passages))
            yield event

    def _answer(
        self,
        question: Question,
        within: Filter,
        given: Sequence[str] | None,
        history: Sequence[Turn],
        certainty: float | None,
    ) -> Iterator[Event]:
        chat = self._models.chat()
        if is_follow_up(question.text, history):
            question.text = standalone(question.text, history, chat, question.cancel)
        # A follow-up asks for one thing more; written out it may hold the earlier question, too.
        alone = question.text == question.asked
        if alone and chat.can_reword and self._has_passages(within, given):
            parts = question_parts(question.text, chat, question.cancel)
            if len(parts) > 1:
                question.parts = [question.part(part) for part in parts]
        if given is None:
            k = self._settings.passages
            self._finder.read(question, min(k, _OF_EACH) if question.parts else k, within)
        else:
            _give(question, given)
        question.retrieve_s = question.seconds
        yield Found(list(question.passages), question.searched)
        cache = self._model_cache()
        model = AnswerModel(
            chat,
            chat.context,
            self._settings.answer_tokens,
            odds=cache.odds if cache else None,
            brief=cache.brief if cache else None,
            least_certainty=self._settings.certainty if certainty is None else certainty,
            strict=self._settings.strict,
        )
        yield from answer(question, model)

    def _has_passages(self, within: Filter, given: Sequence[str] | None) -> bool:
        """Tell whether there is anything to answer from."""
        return self._finder.holds(within) if given is None else bool(given)

    def _model_cache(self) -> ModelCache | None:
        """Return what the chat model can be asked beside an answer, None where it cannot judge."""
        model = self._models.chat()
        if not model.can_judge:
            return None
        if self._cache is None or self._cache[0] is not model:
            self._cache = model, ModelCache(model.odds, brief_of(model))
        return self._cache[1]


def _give(question: Question, texts: Sequence[str]) -> None:
    """Give a question and its parts these texts as their passages."""
    question.passages = [
        Document(id=str(n), page_content=text, metadata={"heading": ""})
        for n, text in enumerate(texts, 1)
    ]
    parts = question.parts or [question]
    for part in parts:
        part.passages, part.searched = question.passages, (part.text,)
    question.searched = tuple(part.text for part in parts)
