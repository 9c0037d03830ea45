"""The test questions asked one after the other, behind the questions of people."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from langchain_core.documents import Document

from app.asking import answering
from app.conversations import AnswerProgress
from app.errors import one_line
from app.evaluation import HITS
from app.quality.expected import expected_documents
from app.quality.measures import Measures, counts_of, measure
from app.service import KnowledgeBase
from llm.answer import Answer, Found
from retrieval.errors import LibraryError
from retrieval.feedback import TestQuestion

_ASKER = "test questions"  # as one person, whom the model comes round to
_LOOK = 0.1  # seconds between two looks at whether somebody waits
_TRIES = 3  # answers that are given up for people; the next is written to its end

Tell = Callable[..., None]


def nobody() -> bool:
    """Tell that nobody waits, where there is one who asks alone."""
    return False


class QualityRun:
    """Asks all test questions of a library, and keeps what came of each.

    Who holds the `lock` has the chat model. `waiting` tells whether people wait for an answer: they
    go first, and the test question in hand is asked again.
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        lock: threading.Lock,
        stop: threading.Event,
        waiting: Callable[[], bool] = nobody,
    ) -> None:
        """Once `stop` is set the answer in hand is given up."""
        self._kb = kb
        self._lock = lock
        self._stop = stop
        self._waiting = waiting

    def run(self, tell: Tell) -> str:
        """Ask them, and return the id of the run.

        `tell` is told the step ("waiting" or "asking"), how many are done, and of how many; it may
        raise to end the run, of which what was asked by then stays. Raises ModelError when there is
        no model to answer.
        """
        kb, questions = self._kb, self._kb.feedback.questions()
        run = kb.conversations.new_id()
        there = {row.path: row.document for row in kb.documents()}
        kb.feedback.runs.begin(run, len(questions), _settings(kb))
        measured: list[Measures] = []
        try:
            for done, question in enumerate(questions):

                def told(step: str, done: int = done) -> None:
                    tell(step, done, len(questions))

                progress, measures = self._asked(question, there, told)
                told("asking")  # what was stopped in the middle is no result
                measured.append(measures)
                exchange = kb.conversations.begin(
                    run,
                    question.question,
                    question.where,
                    assistant=question.assistant,
                )
                kb.conversations.finish(exchange, progress)
                counts = counts_of(measured).to_json()
                kb.feedback.runs.note(run, exchange, question.id, measures.to_json(), counts)
        finally:
            kb.feedback.runs.end(run)
        return run

    def _asked(
        self, question: TestQuestion, there: Mapping[str, str], told: Callable[[str], None]
    ) -> tuple[AnswerProgress, Measures]:
        for tries in range(_TRIES + 1):
            gives_way = tries < _TRIES
            with self._turn(told, gives_way=gives_way):
                told("asking")
                found = self._answer(question, there, gives_way=gives_way)
            if found is not None:
                return found
            told("waiting")
        raise AssertionError("the last try gives way to nobody")

    @contextmanager
    def _turn(self, told: Callable[[str], None], *, gives_way: bool) -> Iterator[None]:
        """Have the model, once no person waits for it."""
        while True:
            if not (gives_way and self._waiting()) and self._lock.acquire(timeout=_LOOK):
                break
            told("waiting")
            self._stop.wait(_LOOK)
        try:
            yield
        finally:
            self._lock.release()

    def _answer(
        self, question: TestQuestion, there: Mapping[str, str], *, gives_way: bool
    ) -> tuple[AnswerProgress, Measures] | None:
        """Return what came of a question, None where it was given up."""
        kb = self._kb
        cancel, over = threading.Event(), threading.Event()

        def look() -> None:
            while not over.wait(_LOOK):
                if self._stop.is_set() or (gives_way and self._waiting()):
                    cancel.set()
                    return

        watch = threading.Thread(target=look, name="quality-watch", daemon=True)
        watch.start()
        passages: tuple[Document, ...] = ()
        result: Answer | None = None
        try:
            within, _ = answering(kb.assistants, question.assistant, question.where)
            found = kb.search(question.question, HITS, within).passages
            for event in kb.ask(
                question.question,
                question.where,
                cancel=cancel,
                assistant=question.assistant,
                asker=_ASKER,
            ):
                match event:
                    case Found(read):
                        passages = tuple(read)
                    case Answer():
                        result = event
        except LibraryError as error:  # as its assistant was deleted: the others can be asked
            return AnswerProgress(phase="done", error=one_line(error)), Measures("failed")
        finally:
            over.set()
            watch.join()
        if cancel.is_set() or result is None:
            return None
        expected = expected_documents(question, there)
        progress = AnswerProgress(
            phase="done", passages=passages, text=result.answer, result=result
        )
        return progress, measure(question, expected, found, result)


def _settings(kb: KnowledgeBase) -> str:
    """Return what decides the answers of a run, as JSON."""
    settings = kb.settings
    return json.dumps(
        {
            "llm_model": Path(settings.chat_model).name,
            "embed_model": Path(settings.embed_model).name,
            "certainty": settings.certainty,
            "passages": settings.passages,
        },
        ensure_ascii=False,
    )
