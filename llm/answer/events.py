"""What comes back for a question: one stream of typed events, the Answer last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from langchain_core.documents import Document

# The documents hold the answer; they may, and a person is to judge; they do not.
Outcome = Literal["answered", "unsure", "not_found"]


@dataclass(frozen=True)
class Waiting:
    """Others have the model first: so many answers, which take about so many `seconds`, if known.

    It comes again whenever there are fewer, the last time with 0 as the turn begins, and not at all
    where nobody is before.
    """

    ahead: int
    seconds: float | None = None


@dataclass(frozen=True)
class Found:
    """The passages found, best first, and the wordings of the question that were searched for.

    `untranslated`, "zh" or "en", is the language that it could not be put into in time.
    """

    passages: list[Document]
    searched: tuple[str, ...] = ()
    untranslated: str = ""


@dataclass(frozen=True)
class FoundSoFar:
    """What the question's own wording found, best first, while it is translated or has to wait."""

    passages: list[Document]


@dataclass(frozen=True)
class ReadingPart:
    """The part of a document that is being read, from 1; `joining`: of the points found so far."""

    part: int
    total: int
    joining: bool = False


@dataclass(frozen=True)
class Text:
    """A part of the answer, to be shown behind what came before; none is ever taken back.

    `cited` are the ids of the passages that the numbers of the answer stand for so far.
    """

    text: str
    cited: Mapping[int, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Citation:
    """Where a part of the answer stands; `quote` is exact text of that page.

    `unit` is what `page` counts: page, slide or sheet; `confidence`, 0 to 1, how sure text
    recognition was of the passage, None where its text was not recognised but read.
    """

    n: int
    document: str
    path: str
    page: int | None
    heading: str
    quote: str
    chunk_id: str
    unit: str | None = None
    confidence: float | None = None


@dataclass(frozen=True)
class ClosestPassage:
    """A passage offered where there is no sure answer, as the closest that was found.

    `unit` and `confidence` are as in `Citation`.
    """

    document: str
    path: str
    page: int | None
    heading: str
    text: str
    chunk_id: str
    unit: str | None = None
    confidence: float | None = None


@dataclass(frozen=True)
class Timings:
    """Seconds from the question; the first token is None when no model was called."""

    retrieve_s: float = 0.0
    first_token_s: float | None = None
    total_s: float = 0.0


@dataclass(frozen=True)
class Usage:
    """Tokens read and written by the chat model for the answer, and all calls for the question."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    calls: int = 0


@dataclass(frozen=True)
class Answer:
    """What came of a question; its fields are those of the JSON that docs/commands.md promises.

    `searched` are the wordings that passages were found by, `untranslated` is the language, "zh" or
    "en", that it should have been asked in too and could not be put into in time. Where it is not
    `answered` the `closest` passages are given, best first, and `unknown` are names of the question
    that none of the passages has. `certainty`, 0 to 1, is how sure it is that the passages hold the
    answer; None where that was not asked. It is `grounded` if it is answered and stands on at least
    one passage, and `refused` if nothing was found.
    """

    question: str
    answer: str
    outcome: Outcome = "answered"
    grounded: bool = field(init=False)
    refused: bool = field(init=False)
    citations: tuple[Citation, ...] = ()
    timings: Timings = field(default_factory=Timings)
    usage: Usage = field(default_factory=Usage)
    searched: tuple[str, ...] = ()
    closest: tuple[ClosestPassage, ...] = ()
    certainty: float | None = None
    unknown: tuple[str, ...] = ()
    untranslated: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "grounded", self.outcome == "answered" and bool(self.citations))
        object.__setattr__(self, "refused", self.outcome == "not_found")


# The texts, one behind the other, are the answer that stands at the end.
Event = Waiting | FoundSoFar | Found | ReadingPart | Text | Answer
