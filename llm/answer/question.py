"""A question on its way from what was typed to what its answer is written from."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from langchain_core.documents import Document

from llm.answer.events import Answer, Citation, Outcome, Timings, Usage
from llm.prompts import AS_USUAL, Manner
from llm.question import Kind, kind_of


@dataclass(eq=False)
class Question:
    """A question that each step adds to: it is written out, searched for, read, and answered.

    `asked` is what was typed; `text` what is searched for and answered, as a follow-up is written
    out; `lang`, "zh" or "en", the language of the answer. `kind` is the form that the answer is to
    have, `wish` how else it is to be given, `manner` how all answers are; `today` is a line with
    the date, where it matters. `searched` are the wordings that the `passages` were found by,
    `untranslated` the language that it could not be put into in time, `called` what its names are
    called in the other language, where that was asked; `texts` are these as they fit the
    prompt, maybe fewer. Setting `cancel` stops the model.
    """

    asked: str
    lang: str
    passages: Sequence[Document] = ()
    searched: tuple[str, ...] = ()
    untranslated: str = ""
    called: Mapping[str, str] | None = None
    cancel: threading.Event = field(default_factory=threading.Event)
    began: float = field(default_factory=time.perf_counter)
    text: str = ""
    kind: Kind | None = None
    wish: str = ""
    manner: Manner = AS_USUAL
    today: str = ""
    retrieve_s: float = 0.0
    texts: Sequence[str] = ()

    def __post_init__(self) -> None:
        self.text = self.text or self.asked

    @property
    def form(self) -> Kind:
        """The form that the answer is to have: the given one, or what the words ask for."""
        return self.kind or kind_of(self.text)

    @property
    def in_prompt(self) -> str:
        """What the model is asked."""
        return f"{self.text} ({self.today})" if self.today else self.text

    @property
    def seconds(self) -> float:
        """How long it has taken until now."""
        return time.perf_counter() - self.began

    def answered(
        self,
        text: str,
        citations: Sequence[Citation] = (),
        *,
        outcome: Outcome = "answered",
        first_token_s: float | None = None,
        usage: Usage | None = None,
        certainty: float | None = None,
        unknown: Sequence[str] = (),
    ) -> Answer:
        """Return the answer to this question, with the time that it took."""
        return Answer(
            question=self.asked,
            answer=text,
            outcome=outcome,
            citations=tuple(citations),
            timings=Timings(
                round(self.retrieve_s, 4),
                None if first_token_s is None else round(first_token_s, 4),
                round(self.seconds, 4),
            ),
            usage=usage or Usage(),
            searched=self.searched,
            untranslated=self.untranslated,
            certainty=None if certainty is None else round(certainty, 4),
            unknown=tuple(unknown),
        )
