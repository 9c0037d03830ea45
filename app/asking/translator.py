"""Questions translated by the chat model, within a time that is set."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from app.errors import one_line
from app.loaded_models import Models
from llm.errors import ModelError
from llm.question import translated_question
from retrieval.errors import LibraryError
from retrieval.search import Translations

if TYPE_CHECKING:
    from llm.chat import StreamedChat

log = logging.getLogger(__name__)

_ASKER = "search"  # whose turn a translation for a search is
_LOOK = 0.1  # seconds between two looks at whether the answer is still wanted
# Who asks again what was not translated in time would rather wait than miss what is there.
_PATIENCE = 3
_MISSED = 100  # questions that are remembered as such


class Translator:
    """Puts questions into the other language; a search goes on without when that takes too long."""

    def __init__(self, models: Models, kept: Translations, seconds: float) -> None:
        """`seconds` are the longest that a question waits for its translation; 0: never."""
        self._models = models
        self._kept = kept
        self._seconds = seconds
        self._missed: dict[tuple[str, str], None] = {}

    def translate(
        self,
        question: str,
        to: str,
        cancel: threading.Event | None = None,
        chat: StreamedChat | None = None,
    ) -> str | None:
        """Return a question in the language `to`, None without one in time.

        `chat` is the model of whoever has the turn. Without one it takes a turn of its own, and
        does not wait for that behind an answer, unless it is asked again. Loading the model, the
        first time, is not counted. One that was not translated in time is waited for longer when it
        is asked again. Setting `cancel` gives it up.
        """
        cancel = cancel or threading.Event()
        if not self._seconds:
            return None
        if text := self._kept.get(question, to):
            return text
        if cancel.is_set():
            return None
        try:
            model = chat or self._models.chat()
        except ModelError:  # search works without a chat model
            return None
        if not model.can_reword:
            return None
        stop = threading.Event()
        busy = threading.Event()
        made: list[str | None] = []

        again = (question, to) in self._missed

        def write() -> None:
            try:
                if chat is not None:
                    made.append(translated_question(question, to, chat, stop))
                    return
                with self._models.turn(_ASKER, stop) as turn:
                    for position in turn.positions():
                        if position.ahead and not again:
                            busy.set()
                            return
                    if turn.begun:
                        made.append(translated_question(question, to, turn.chat, stop))
            except Exception as error:  # whatever the model does, the search goes on
                log.warning("a question could not be translated: %s", one_line(error))

        # In a thread, as the model may take longer than is waited for.
        thread = threading.Thread(target=write, name="translate", daemon=True)
        thread.start()
        patience = _PATIENCE if again else 1
        try:
            in_time = self._wait(thread, cancel, self._seconds * patience)
        finally:  # a Ctrl+C ends it too
            stop.set()
        if (busy.is_set() or not in_time) and not cancel.is_set():
            self._miss(question, to)
        text = made[0] if made else None
        if text is not None:
            self._missed.pop((question, to), None)
            self._keep(question, to, text)
        return text

    def takes_time(self, question: str, to: str) -> bool:
        """Tell whether a translation is still to be written."""
        return bool(self._seconds) and self._kept.get(question, to) is None

    def missed(self, question: str, to: str) -> bool:
        """Tell whether a question could not be put into the language `to` in time."""
        return (question, to) in self._missed

    def _miss(self, question: str, to: str) -> None:
        self._missed[question, to] = None
        while len(self._missed) > _MISSED:
            del self._missed[next(iter(self._missed))]

    def _wait(self, thread: threading.Thread, cancel: threading.Event, seconds: float) -> bool:
        """Wait for a thread, and tell whether it ended."""
        ends = time.monotonic() + seconds
        while thread.is_alive() and not cancel.is_set() and (left := ends - time.monotonic()) > 0:
            thread.join(min(left, _LOOK))
        return not thread.is_alive()

    def _keep(self, question: str, to: str, text: str) -> None:
        try:
            self._kept.put(question, to, text)
        except LibraryError:  # a full disk; it is translated again the next time
            log.warning("a translation could not be kept")
