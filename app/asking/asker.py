"""Questions: search the library, then answer from what was found."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from langchain_core.documents import Document

from app.asking.assistant_limits import answering
from app.asking.direct_answers import DirectAnswers
from app.asking.document_list import DocumentList
from app.asking.finder import Finder
from app.asking.narrowing import narrowed, passages_again
from app.asking.report import closest
from app.asking.summariser import Summariser
from app.loaded_models import Models
from app.settings import Settings
from ingest.text import is_foreign, language
from llm.answer import Answer, AnswerModel, Event, Found, FoundSoFar, Question, Waiting, answer
from llm.prompts import REFUSAL
from llm.question import FollowUp, Turn, follow_up, questions_of, today_line
from retrieval.assistants import Assistants
from retrieval.ledger import EVERYTHING, Filter
from retrieval.library import Library

if TYPE_CHECKING:
    from app.model_process import ChatTurn
    from llm.chat import StreamedChat


class Asker:
    """Finds passages for questions, and answers from them."""

    def __init__(
        self,
        settings: Settings,
        library: Library,
        finder: Finder,
        models: Models,
        summariser: Summariser,
        assistants: Assistants,
    ) -> None:
        self._settings = settings
        self._library = library
        self._direct = DirectAnswers(DocumentList(library, finder))
        self._finder = finder
        self._models = models
        self._summariser = summariser
        self._assistants = assistants

    def ask(
        self,
        asked: str,
        within: Filter = EVERYTHING,
        given: Sequence[str] | None = None,
        cancel: threading.Event | None = None,
        history: Sequence[Turn] = (),
        certainty: float | None = None,
        today: date | None = None,
        assistant: str | None = None,
        asker: str = "",
        *,
        background: bool = False,
    ) -> Iterator[Event]:
        """Yield what was found, the answer's text as it is written, and the Answer.

        While others have the model first, how many there are is told before, and what was found so
        far; so it is while the question is translated. The answer is drawn
        from the texts `given` instead of the library, if any are. `history` is what was said
        before: a question that leans on it is first written out, and a wish for another form of the
        last answer is answered from its passages. Small talk, the date and questions about the
        library need no model. A wish for the summary of a document also yields which part of it is
        being read. `certainty`, 0 to 1, is how sure it must be that the passages hold the answer;
        None is that of the settings. `today` is the date, None that of this machine. The
        `assistant` of this id answers, from its collections and in its manner. `asker` is a key of
        who asks, among whom the model goes round; a question in the `background` gives way to all,
        by setting `cancel`. Raises LibraryError when there is no such assistant, ModelError when
        too many questions wait.
        """
        cancel = cancel or threading.Event()
        today = today or date.today()
        # The prompts are English for a question in any language but Chinese.
        within, manner = answering(self._assistants, assistant, within)
        lang = manner.lang or ("en" if is_foreign(asked) else language(asked))
        question = Question(asked, lang, cancel=cancel, manner=manner)
        direct = None
        if given is None:
            direct = self._direct.events(
                question, within, today, is_first=not questions_of(history)
            )
        if direct:
            yield from map(partial(_finished, question), direct)
            return
        wanted = None
        if given is None:
            wanted = self._summariser.wanted(asked, within, manner.lang)
        if wanted is not None:
            question = Question(asked, wanted.lang, cancel=cancel)
        elif given is None:
            self._models.embeddings()  # loading is not part of the time to find passages
        with self._models.turn(asker, cancel, background=background) as turn:
            waited = False
            for position in turn.positions():
                if not position.ahead:
                    continue
                yield Waiting(*position)
                if not waited and given is None and wanted is None and not history:
                    look = self._finder.look(asked, self._settings.passages, within)
                    yield FoundSoFar(self._finder.passages(look))
                waited = True
            if waited:
                yield Waiting(0)
            if not turn.begun:
                yield question.answered("", outcome="not_found")
                return
            question.began = time.perf_counter()  # neither is waiting part of it
            if wanted is not None:
                events = self._summariser.summarise(question, wanted, turn.chat)
            else:
                events = self._answer(question, turn.chat, within, given, history, certainty, today)
            for event in events:
                yield _finished(question, event, turn)

    def _answer(
        self,
        question: Question,
        chat: StreamedChat,
        within: Filter,
        given: Sequence[str] | None,
        history: Sequence[Turn],
        certainty: float | None,
        today: date,
    ) -> Iterator[Event]:
        meant = follow_up(question.asked, history, chat, question.cancel)
        question.text, question.lang = meant.question, _answer_lang(meant, question)
        question.wish = meant.wish
        again: list[Document] = []
        if meant.wish:
            again = passages_again(self._library, meant.chunk_ids, within)
        elif meant.correction:
            elsewhere = narrowed(self._library, meant.correction, meant.chunk_ids, within)
            if elsewhere is None:  # no document is called so; it is what the question is about
                question.text = f"{meant.question} {question.asked}"
            within = elsewhere or within
        elif meant.kind == "written" and given is None:
            direct = self._direct.events(question, within, today)
            if direct:
                yield from direct
                return
        question.today = today_line(question.text, today, question.lang) or ""
        if again and given is None:
            question.passages, question.searched = again, (question.text,)
        elif given is None:
            look = self._finder.look(question.text, self._settings.passages, within)
            if self._finder.takes_time(look):
                yield FoundSoFar(self._finder.passages(look))
            self._finder.read(question, look, chat)
        else:
            _give(question, given)
        question.retrieve_s = question.seconds
        yield Found(list(question.passages), question.searched)
        model = AnswerModel(
            chat,
            chat.context,
            self._settings.answer_tokens,
            odds=chat.odds if chat.can_judge else None,
            calibrations=chat.measured.calibrations,
            least_certainty=self._settings.certainty if certainty is None else certainty,
            strict=self._settings.strict,
        )
        yield from answer(question, model)


def _finished(question: Question, event: Event, turn: ChatTurn | None = None) -> Event:
    """Return an event; an Answer with all that was asked for it and the passages offered with it.

    Without a turn the model was not asked.
    """
    if not isinstance(event, Answer):
        return event
    if turn is not None:
        usage = replace(event.usage, calls=turn.calls, prompt_tokens=turn.tokens_read)
        event = replace(event, usage=usage)
    if event.outcome != "answered":
        cited = {citation.chunk_id for citation in event.citations}
        event = replace(event, closest=closest(question.passages, cited))
    return event


def _answer_lang(meant: FollowUp, question: Question) -> str:
    """Return the language of the answer; one that no sentence of ours is in is said in the wish."""
    lang = (meant.lang or question.lang)[:2]
    return lang if lang in REFUSAL else question.lang


def _give(question: Question, texts: Sequence[str]) -> None:
    """Give a question these texts as its passages."""
    question.passages = [
        Document(id=str(n), page_content=text, metadata={"heading": ""})
        for n, text in enumerate(texts, 1)
    ]
    question.searched = (question.text,)
