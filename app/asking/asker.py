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
from ingest.text import is_foreign, language
from llm.answer import Answer, AnswerModel, Event, Found, Question, answer
from llm.question import Turn, is_follow_up, standalone
from retrieval.ledger import EVERYTHING, Filter


class Asker:
    """Finds passages for questions, and answers from them."""

    def __init__(
        self, settings: Settings, finder: Finder, models: Models, summariser: Summariser
    ) -> None:
        self._settings = settings
        self._finder = finder
        self._models = models
        self._summariser = summariser

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
        # Right as long as one question is asked at a time.
        calls, tokens = self._models.calls, self._models.tokens_read
        wanted = self._summariser.wanted(asked, within) if given is None else None
        if wanted:
            question = Question(asked, wanted.lang, cancel=cancel)
            events = self._summariser.summarise(question, wanted)
        else:
            if given is None:
                self._models.embeddings()  # loading is not part of the time to find passages
            self._models.chat()
            # The prompts are English for a question in any other language.
            lang = "en" if is_foreign(asked) else language(asked)
            question = Question(asked, lang, cancel=cancel)
            events = self._answer(question, within, given, history, certainty)
        for event in events:
            match event:
                case Answer():
                    usage = replace(
                        event.usage,
                        calls=self._models.calls - calls,
                        prompt_tokens=self._models.tokens_read - tokens,
                    )
                    event = replace(event, usage=usage)
                    if event.outcome != "answered":
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
        if given is None:
            self._finder.read(question, self._settings.passages, within)
        else:
            _give(question, given)
        question.retrieve_s = question.seconds
        yield Found(list(question.passages), question.searched)
        model = AnswerModel(
            chat,
            chat.context,
            self._settings.answer_tokens,
            odds=chat.odds if chat.can_judge else None,
            least_certainty=self._settings.certainty if certainty is None else certainty,
            strict=self._settings.strict,
        )
        yield from answer(question, model)


def _give(question: Question, texts: Sequence[str]) -> None:
    """Give a question these texts as its passages."""
    question.passages = [
        Document(id=str(n), page_content=text, metadata={"heading": ""})
        for n, text in enumerate(texts, 1)
    ]
    question.searched = (question.text,)
