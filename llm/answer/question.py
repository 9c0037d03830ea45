"""A question on its way from what was typed to what its answer is written from."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from langchain_core.documents import Document

from llm.answer.answerability import Answerability
from llm.answer.events import Answer, Citation, Timings, Usage


@dataclass(eq=False)
class Question:
    """A question that each step adds to: it is written out, split, searched for, then judged.

    `asked` is what was typed, in `lang`, "zh" or "en"; `text` what is searched for and answered, as
    a follow-up is written out. A question about several things has `parts`. `searched` are the
    wordings that passages were found by, `among` the numbers, from 0, of the `passages` that are
    for this part, if not all are. To be answered from are `texts`, those of the first passages, as
    many as have room, and the chosen `blocks`, best first, by number from 0, as the prompt has
    them. What a few words cannot tell is written `in_full`; without `answerability` the model was
    not asked. Setting `cancel` stops the model.
    """

    asked: str
    lang: str
    passages: Sequence[Document] = ()
    searched: tuple[str, ...] = ()
    among: Sequence[int] | None = None
    cancel: threading.Event = field(default_factory=threading.Event)
    began: float = field(default_factory=time.perf_counter)
    text: str = ""
    parts: Sequence[Question] = ()
    retrieve_s: float = 0.0
    texts: Sequence[str] = ()
    blocks: Mapping[int, str] = field(default_factory=dict)
    in_full: bool = False
    answerability: Answerability | None = None

    def __post_init__(self) -> None:
        self.text = self.text or self.asked

    @property
    def seconds(self) -> float:
        """How long it has taken until now."""
        return time.perf_counter() - self.began

    def part(self, text: str) -> Question:
        """Return a question for one of the things that this one asks about."""
        return replace(self, text=text, parts=())

    def answered(
        self,
        text: str,
        citations: Sequence[Citation] = (),
        *,
        refused: bool = False,
        first_token_s: float | None = None,
        usage: Usage | None = None,
        certainty: float | None = None,
    ) -> Answer:
        """Return the answer to this question, with the time that it took."""
        return Answer(
            question=self.asked,
            answer=text,
            refused=refused,
            citations=tuple(citations),
            timings=Timings(
                round(self.retrieve_s, 4),
                None if first_token_s is None else round(first_token_s, 4),
                round(self.seconds, 4),
            ),
            usage=usage or Usage(),
            searched=self.searched,
            certainty=None if certainty is None else round(certainty, 4),
        )
