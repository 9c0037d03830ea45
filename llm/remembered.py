"""Odds that were asked for before, so that a question asked again reads no passage again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from langchain_core.messages import BaseMessage

from llm.presence import Odds

_MOST = 256  # odds kept: some fifty questions


class RememberedOdds:
    """A model's `odds`, kept by prompt for as long as this lives; safe for threads."""

    def __init__(self, odds: Odds) -> None:
        self._odds = odds
        self._kept: OrderedDict[tuple[str, ...], float] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(
        self,
        messages: Sequence[BaseMessage],
        yes: Sequence[str],
        no: Sequence[str],
        cancel: threading.Event,
    ) -> float:
        """Return the odds of a yes, as `llm.presence.Odds`; a cancelled call is not kept."""
        key = (*(str(message.text) for message in messages), *yes, *no)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        odds = self._odds(messages, yes, no, cancel)
        if not cancel.is_set():
            with self._lock:
                self._kept[key] = odds
                while len(self._kept) > _MOST:
                    self._kept.popitem(last=False)
        return odds
