"""What was asked of the model before, so that a question asked again reads no passage again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

from langchain_core.messages import BaseMessage

from llm.answer.drafts import Brief
from llm.answer.judge import Odds

_MOST = 512  # odds and drafts kept: some fifty questions


class ModelCache:
    """A model's `odds` and `brief`, kept by prompt for as long as this lives; safe for threads."""

    def __init__(self, odds: Odds, brief: Brief) -> None:
        self._odds = odds
        self._brief = brief
        self._kept: OrderedDict[tuple[str, ...], float | str] = OrderedDict()
        self._lock = threading.Lock()

    def odds(
        self,
        messages: Sequence[BaseMessage],
        yes: Sequence[str],
        no: Sequence[str],
        cancel: threading.Event,
    ) -> float:
        """Return the odds of a yes, as `llm.answer.judge.Odds`; a cancelled call is not kept."""
        key = (*(str(message.text) for message in messages), *yes, *no)
        return float(self._known(key, lambda: self._odds(messages, yes, no, cancel), cancel))

    def brief(self, messages: Sequence[BaseMessage], cancel: threading.Event) -> str:
        """Return a few words, as `llm.answer.drafts.Brief`; a cancelled call is not kept."""
        key = tuple(str(message.text) for message in messages)
        return str(self._known(key, lambda: self._brief(messages, cancel), cancel))

    def _known(
        self, key: tuple[str, ...], ask: Callable[[], float | str], cancel: threading.Event
    ) -> float | str:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        said = ask()
        if not cancel.is_set():
            with self._lock:
                self._kept[key] = said
                while len(self._kept) > _MOST:
                    self._kept.popitem(last=False)
        return said
