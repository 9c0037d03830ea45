"""Questions: search the library, then answer from what was found."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

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
from llm.answer import Answer, AnswerModel, Event, Found, Question, answer
from llm.prompts import REFUSAL
from llm.question import FollowUp, Turn, follow_up, questions_of, today_line
from retrieval.assistants import Assistants
from retrieval.ledger import EVERYTHING, Filter
from retrieval.library import Library


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
    ) -> Iterator[Event]:
        """Yield what was found, the answer's text as it is written, and the Answer.

        The answer is drawn from the texts `given` instead of the library, if any are. `history` is
        what was said before: a question that leans on it is first written out, and a wish for
        another form of the last answer is answered from its passages. Small talk, the date and
        questions about the library need no model. A wish for the summary of a document also yields
        which part of it is being read. `certainty`, 0 to 1, is how sure it must be that the
        passages hold the answer; None is that of the settings. `today` is the date, None that of
        this machine. The `assistant` of this id answers, from its collections and
        in its manner. Raises LibraryError when there is none of it.
        """
        cancel = cancel or threading.Event()
        # Right as long as one question is asked at a time.
        calls, tokens = self._models.calls, self._models.tokens_read
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
            events = direct
        elif given is None and (wanted := self._summariser.wanted(asked, within, manner.lang)):
            question = Question(asked, wanted.lang, cancel=cancel)
            events = self._summariser.summarise(question, wanted)
        else:
            if given is None:
                self._models.embeddings()  # loading is not part of the time to find passages
            self._models.chat()
            events = self._answer(question, within, given, history, certainty, today)
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
                        cited = {citation.chunk_id for citation in event.citations}
                        event = replace(event, closest=closest(question.passages, cited))
            yield event

    def _answer(
        self,
        question: Question,
        within: Filter,
        given: Sequence[str] | None,
        history: Sequence[Turn],
        certainty: float | None,
        today: date,
    ) -> Iterator[Event]:
        chat = self._models.chat()
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
            calibrations=chat.measured.calibrations,
            least_certainty=self._settings.certainty if certainty is None else certainty,
            strict=self._settings.strict,
        )
        yield from answer(question, model)


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
